import { describe, expect, it } from 'vitest'
import { JournalModel, readLines, tailFaults } from '../../../src-main/rehearsal/index.ts'

const filled = (durable: number, waiting: number): JournalModel<{ readonly sequence: number; readonly note: string }> => {
  const journal = new JournalModel<{ readonly sequence: number; readonly note: string }>()
  for (let sequence = 1; sequence <= durable + waiting; sequence++) {
    journal.append({ sequence, note: `record ${sequence}` })
    if (sequence === durable) journal.flushed(durable)
  }
  return journal
}

describe('the journal of the simulation', () => {
  it('gives back at least what was durable and at most what was written, whatever befell its tail', () => {
    const journal = filled(7, 4)
    for (const fault of tailFaults) {
      for (let at = 0; at < 1; at += 0.01) {
        const { bodies } = readLines(journal.afterCrash(fault, at))
        expect(bodies.length).toBeGreaterThanOrEqual(7)
        expect(bodies.length).toBeLessThanOrEqual(11)
        bodies.forEach((body, index) => expect(JSON.parse(body)).toEqual({ sequence: index + 1, note: `record ${index + 1}` }))
      }
    }
  })

  it('loses exactly the tail that was lost, and nothing of one that was whole', () => {
    const journal = filled(7, 4)
    expect(readLines(journal.afterCrash('lost', 0.5)).bodies).toHaveLength(7)
    expect(readLines(journal.afterCrash('whole', 0.5)).bodies).toHaveLength(11)
    expect(readLines(journal.afterCrash('doubled', 0.5))).toMatchObject({ isCut: true })
  })

  it('notices any changed byte in what was durable', () => {
    const journal = filled(5, 0)
    for (let at = 0; at < 1; at += 0.002) expect(readLines(journal.tampered(at)).bodies.length).toBeLessThan(5)
  })

  it('goes on behind what it read', () => {
    const { bodies } = readLines(filled(3, 0).afterCrash('lost', 0))
    const journal = JournalModel.continuing<{ readonly sequence: number; readonly note: string }>(bodies)
    journal.append({ sequence: 4, note: 'after the crash' })
    journal.flushed(4)
    expect(readLines(journal.afterCrash('lost', 0))).toMatchObject({ isCut: false, bodies: { length: 4 } })
  })
})
