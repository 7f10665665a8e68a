import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchReader, recordsOfBatch } from '../../../src-main/venue-host/index.ts'
import type { TruthLine } from '../../../src-main/venues/paper/index.ts'

const purse = (amount: number): TruthLine => ({ kind: 'purse', purse: 'p', asset: 'USD', amount })
const long = (length: number): TruthLine => ({ kind: 'reset', reset: { account: 'x'.repeat(length), at: 1, reason: 'r' } })

describe('batches as records', () => {
  it('are read back whole, wherever the records end', () => {
    const batch = fc.array(fc.oneof(fc.nat().map(purse), fc.integer({ min: 1, max: 30_000 }).map(long)), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(fc.array(batch, { minLength: 1, maxLength: 5 }), fc.nat(100), (batches, cut) => {
      const records = batches.map((lines) => recordsOfBatch(lines, 1))
      const all = records.flat()
      const left = all.slice(0, cut % (all.length + 1))
      const reader = new BatchReader()
      left.forEach((draft, index) => reader.read({ ...draft, sequence: index + 1 }))
      let [whole, count] = [0, 0]
      while (records[whole] !== undefined && count + (records[whole]?.length ?? 0) <= left.length) {
        count += records[whole]?.length ?? 0
        whole += 1
      }
      expect(reader.batches).toBe(whole)
      expect(reader.lines).toEqual(batches.slice(0, whole).flat())
    }))
  })

  it('stay below what a record of the journal may hold', () => {
    for (const draft of recordsOfBatch(Array.from({ length: 400 }, () => long(900)), 1)) expect(JSON.stringify(draft).length).toBeLessThan(60_000)
  })

  it('are not made of what somebody else has written', () => {
    expect(new BatchReader().read({ kind: 'engine.mode-changed', at: 1, sequence: 1, body: { lines: [], isLast: true } })).toBe(false)
  })
})
