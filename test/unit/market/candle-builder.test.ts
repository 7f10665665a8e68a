import { describe, expect, it } from 'vitest'
import { CandleBuilder } from '../../../src-main/market/candle-builder.ts'

const minute = 60_000

describe('a builder of candles', () => {
  it('opens with the first trade, closes with the last and sums what was traded', () => {
    const builder = new CandleBuilder('1m', 0, 10)
    for (const [at, price, size] of [[1, 10, 1], [2, 14, 2], [3, 8, 3], [59_999, 9, 4], [60_000, 11, 5]] as const) builder.add(at, price, size)
    expect(builder.rows()).toEqual([[0, 10, 14, 8, 9, 10], [minute, 11, 11, 11, 11, 5]])
  })

  it('leaves a time without a trade out', () => {
    const builder = new CandleBuilder('1m', 0, 10)
    builder.add(0, 10, 1)
    builder.add(3 * minute, 12, 1)
    expect(builder.rows().map(([time]) => time)).toEqual([0, 3 * minute])
  })

  it('puts a late trade into its own candle, and makes one where there was none', () => {
    const builder = new CandleBuilder('1m', 0, 10)
    builder.add(100, 10, 1)
    builder.add(2 * minute, 12, 1)
    const seen = builder.revision
    expect(builder.add(50, 7, 2)).toBe('taken')
    expect(builder.add(minute + 5, 30, 1)).toBe('taken')
    // It came late, but it was the first one: it opens and does not close.
    expect(builder.rows()).toEqual([[0, 7, 10, 7, 10, 3], [minute, 30, 30, 30, 30, 1], [2 * minute, 12, 12, 12, 12, 1]])
    expect(builder.changedSince(seen).map(([time]) => time)).toEqual([0, minute])
  })

  it('counts a trade that is too late for what it still holds, and puts it nowhere else', () => {
    const builder = new CandleBuilder('1m', 0, 2)
    for (let candle = 0; candle < 4; candle++) builder.add(candle * minute, 10, 1)
    const before = builder.rows()
    expect(builder.add(minute + 1, 99, 1)).toBe('too-late')
    expect(builder.tooLate).toBe(1)
    expect(builder.rows()).toEqual(before)
    expect(builder.size).toBe(2)
  })

  it('does not show the candle in whose middle it began before that is mended', () => {
    const builder = new CandleBuilder('1h', 90 * minute, 10)
    builder.add(91 * minute, 10, 1)
    expect(builder.rows()).toEqual([])
    builder.mend(91 * minute, [[60 * minute, 4, 12, 3, 10, 8]])
    expect(builder.rows()).toEqual([[60 * minute, 4, 12, 3, 10, 8]])
    builder.add(92 * minute, 2, 1)
    expect(builder.rows()).toEqual([[60 * minute, 4, 12, 2, 2, 9]])
  })

  it('cuts weeks on Monday and months on their first', () => {
    const days = ['2026-11-22T23:59:59Z', '2026-11-23T00:00:00Z', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z'].map((text) => Date.parse(text))
    const opened = (timeframe: '1w' | '1M'): string[] => {
      const builder = new CandleBuilder(timeframe, 0, 10)
      for (const at of days) builder.add(at, 1, 1)
      return builder.rows().map(([time]) => new Date(time).toISOString().slice(0, 10))
    }
    expect(opened('1w')).toEqual(['2026-11-16', '2026-11-23', '2026-11-30'])
    expect(opened('1M')).toEqual(['2026-11-01', '2026-12-01'])
  })
})
