import { describe, expect, it } from 'vitest'
import { lotsFromRaw, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { MarketEvent } from '../../../../src-main/domain/index.ts'
import { mergeByTime } from '../../../../src-main/venues/sim/merge-by-time.ts'

const event = (instrument: string, at: number, sequence: number): MarketEvent => ({
  kind: 'level', instrument, at, sequence, side: 'bid', price: ticksFromRaw(1), size: lotsFromRaw(1),
})

const merged = (...parts: readonly MarketEvent[][]): string[] => {
  const into: MarketEvent[] = []
  mergeByTime(parts, into)
  return into.map(({ instrument, sequence }) => `${instrument}${sequence}`)
}

describe('streams merged by time', () => {
  it('are told by time, of the same millisecond in the order of the streams, each in its own order', () => {
    const a = [event('a', 5, 1), event('a', 5, 2), event('a', 9, 3)]
    const b = [event('b', 1, 1), event('b', 5, 2), event('b', 9, 3), event('b', 9, 4)]
    const c = [event('c', 5, 1), event('c', 6, 2)]
    expect(merged(a, b, c)).toEqual(['b1', 'a1', 'a2', 'b2', 'c1', 'c2', 'a3', 'b3', 'b4'])
    expect(merged(c, b, a)).toEqual(['b1', 'c1', 'b2', 'a1', 'a2', 'c2', 'b3', 'b4', 'a3'])
  })

  it('lose and invent nothing where a stream is empty', () => {
    expect(merged([], [event('b', 1, 1)], [])).toEqual(['b1'])
    expect(merged([], [])).toEqual([])
  })
})
