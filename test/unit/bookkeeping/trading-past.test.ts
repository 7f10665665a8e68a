import { describe, expect, it } from 'vitest'
import { tradingPastOf } from '../../../src-main/bookkeeping/trading-past.ts'
import type { JournalRecord } from '../../../src-main/ports/index.ts'
import type { KeptSnapshot, Past } from '../../../src-main/runtime/index.ts'

const started = (sequence: number, event: number): JournalRecord => ({
  sequence, at: sequence, kind: 'engine.started', body: { sequence: event, mode: 'starting', reason: 'started', version: '1' },
})
const asked = (sequence: number, event: number): JournalRecord => ({
  sequence, at: sequence, kind: 'trading.epoch-asked', body: { sequence: event, account: 'main', epoch: event, why: 'a test' },
})
const beside = (sequence: number): JournalRecord => ({ sequence, at: sequence, kind: 'alert.raised', body: { id: 'x' } })

const journal = [started(1, 1), beside(2), asked(3, 2), asked(4, 3), beside(5), asked(6, 4)]

function past(records: readonly JournalRecord[], kept?: KeptSnapshot): Promise<{ readonly ok: boolean; readonly value?: Past; readonly readFrom: readonly number[] }> {
  const readFrom: number[] = []
  const sources = {
    snapshot: () => Promise.resolve(kept),
    async *recordsFrom(sequence: number) {
      readFrom.push(sequence)
      yield* records.filter((record) => record.sequence >= sequence)
    },
  }
  return tradingPastOf(sources, []).then((result) => ({ ...result, readFrom }))
}

const snapshotAt = (event: number, record: number, body = JSON.stringify({ lastSequence: event })): KeptSnapshot => ({ event, record, form: 1, body })
const numbersOf = (value: Past | undefined): readonly number[] => [...(value?.trading?.events ?? [])].map(({ sequence }) => sequence)

describe('what an engine that trades knows of the past', () => {
  it('is every event of the books where there is no snapshot', async () => {
    const { value } = await past(journal)
    expect(value).toMatchObject({ lastSequence: 4 })
    expect(numbersOf(value)).toEqual([1, 2, 3, 4])
    expect(value?.trading?.snapshot).toBeUndefined()
  })

  it('is nothing in new books', async () => {
    expect((await past([])).value).toMatchObject({ lastSequence: 0 })
  })

  it('is a snapshot and what came behind it', async () => {
    const { value, readFrom } = await past(journal, snapshotAt(3, 4))
    expect(value).toMatchObject({ lastSequence: 4, trading: { snapshot: { lastSequence: 3 } } })
    expect(numbersOf(value)).toEqual([4])
    expect(readFrom).toEqual([5])
  })

  it('is read from the beginning where the snapshot does not fit, or cannot be read', async () => {
    for (const kept of [snapshotAt(2, 4), snapshotAt(3, 3), snapshotAt(3, 4, '{"lastSeq'), snapshotAt(3, 4, '{"lastSequence":2}')]) {
      const { value } = await past(journal, kept)
      expect(numbersOf(value)).toEqual([1, 2, 3, 4])
      expect(value?.trading?.snapshot).toBeUndefined()
    }
  })

  it('is refused where an event is missing or of a kind that a later version writes', async () => {
    expect(await past(journal.filter(({ sequence }) => sequence !== 4))).toMatchObject({ ok: false, error: { code: 'vault-newer' } })
    const later: JournalRecord = { sequence: 7, at: 7, kind: 'trading.order-teleported', body: { sequence: 5 } }
    expect(await past([...journal, later])).toMatchObject({ ok: false, error: { code: 'vault-newer' } })
  })
})
