import { describe, expect, it } from 'vitest'
import { timeframes } from '../../../src-main/domain/index.ts'
import { closingOf, openingOf } from '../../../src-main/market/candle-time.ts'

const at = (text: string): number => Date.parse(text)

describe('where candles begin and end', () => {
  it.each([
    ['5s', '2026-03-04T05:06:09.999Z', '2026-03-04T05:06:05Z', '2026-03-04T05:06:10Z'],
    ['3m', '2026-03-04T05:07:00Z', '2026-03-04T05:06:00Z', '2026-03-04T05:09:00Z'],
    ['4h', '2026-03-04T07:59:59.999Z', '2026-03-04T04:00:00Z', '2026-03-04T08:00:00Z'],
    ['1d', '2026-03-04T23:59:59.999Z', '2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z'],
    ['1w', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['1w', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z'],
    ['1w', '2025-01-01T12:00:00Z', '2024-12-30T00:00:00Z', '2025-01-06T00:00:00Z'],
    ['1M', '2024-02-29T23:59:59.999Z', '2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['1M', '2026-12-31T12:00:00Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('a candle of %s at %s opened at %s and ends at %s', (timeframe, moment, opening, closing) => {
    expect(openingOf(timeframe, at(moment))).toBe(at(opening))
    expect(closingOf(timeframe, at(opening))).toBe(at(closing))
  })

  it.each(timeframes)('candles of %s follow one another without a hole', (timeframe) => {
    let opening = openingOf(timeframe, at('2023-12-28T00:00:00Z'))
    for (let candle = 0; candle < 30; candle++) {
      const closing = closingOf(timeframe, opening)
      expect(openingOf(timeframe, opening)).toBe(opening)
      expect(openingOf(timeframe, closing - 1)).toBe(opening)
      expect(openingOf(timeframe, closing)).toBe(closing)
      opening = closing
    }
  })
})
