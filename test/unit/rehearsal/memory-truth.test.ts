import { describe, expect, it } from 'vitest'
import { MemoryTruth } from '../../../src-main/rehearsal/memory-truth.ts'
import { Schedule, type TruthLine } from '../../../src-main/venues/paper/index.ts'

const line = (lives: number): TruthLine => ({ kind: 'venue', lives, market: { seed: 1, at: lives } })
function open() {
  const schedule = new Schedule(0, () => 0)
  const until = (at: number): void => { while (schedule.step(at)); schedule.passTo(at) }
  return { truth: new MemoryTruth(schedule), until }
}

describe('the venue’s own disk', () => {
  it('gives back after a crash what was durable, and nothing behind it', () => {
    const { truth, until } = open()
    truth.append([line(1)])
    until(10)
    truth.append([line(2)])
    expect(truth.durable).toBe(1)
    expect(truth.breakOff().lives).toBe(1)
  })

  it('begins anew with the state where so much has led to it, and goes on numbering', () => {
    const { truth, until } = open()
    let states = 0
    truth.onLong(() => {
      states += 1
      return [line(7)]
    })
    for (let batch = 1; batch <= 4_001; batch += 1) truth.append([line(1)])
    until(10)
    expect([states, truth.durable, truth.append([line(8)])]).toEqual([1, 4_001, 4_002])
    expect(truth.breakOff().lives).toBe(7)
  })
})
