import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CandleColumns, Timeframe } from '../../../../src-main/domain/index.ts'
import { createDemoMarket, historyStart } from '../../../../src-main/venues/sim/index.ts'
import type { DemoMarket } from '../../../../src-main/venues/sim/index.ts'
import { opensAt } from '../../../../src-main/venues/sim/timeframe-grid.ts'

const startAt = Date.UTC(2024, 4, 8, 15, 20, 33)
const markets = new Map<number, DemoMarket>()
/** Few, so that what they remember from one window is tried in the next. */
const marketOf = (seed: number): DemoMarket => {
  const market = markets.get(seed) ?? createDemoMarket({ seed, startAt })
  markets.set(seed, market)
  return market
}

const seed = () => fc.constantFrom(1, 77)
const instrument = () => fc.constantFrom('BTC/USD', 'XRP/USD', 'ETH/USD:PERP', 'EUR/USD', 'BLST')
const cutsOf = () => fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1 })
const beforeTime = () => fc.integer({ min: historyStart, max: startAt })
const coarse = () => fc.constantFrom<Timeframe>('3m', '15m', '30m', '1h', '4h', '12h', '1d', '1w', '1M')
const any = () => fc.constantFrom<Timeframe>('1s', '15s', '30s', '1m', '5m', '30m', '1h', '6h', '1d', '1w', '1M')

/** Of those that never pause and reach back to the beginning. */
const lengths: Readonly<Partial<Record<Timeframe, number>>> = {
  '1m': 60_000, '5m': 300_000, '30m': 1_800_000, '1h': 3_600_000, '6h': 21_600_000, '1d': 86_400_000, '1w': 604_800_000,
}

type Row = readonly [number, number, number, number, number, number]
const rowsOf = ({ time, open, high, low, close, volume }: CandleColumns): Row[] =>
  [...time].map((at, row) => [at, open[row] ?? NaN, high[row] ?? NaN, low[row] ?? NaN, close[row] ?? NaN, volume[row] ?? NaN])

/** The slow form: one row after another. */
const aggregate = (rows: readonly Row[], timeframe: Timeframe): Row[] => {
  const folded = new Map<number, Row>()
  for (const [time, open, high, low, close, volume] of rows) {
    const at = opensAt(timeframe, time)
    const [, first = open, highest = high, lowest = low, , sum = 0] = folded.get(at) ?? []
    folded.set(at, [at, first, Math.max(highest, high), Math.min(lowest, low), close, sum + volume])
  }
  return [...folded.values()]
}

describe('windows of the demo market’s past', () => {
  it('hold the same candles however the past is cut', () => {
    fc.assert(
      fc.property(seed(), instrument(), any(), fc.integer({ min: 1, max: 60 }), cutsOf(), (chosen, id, timeframe, limit, cuts) => {
        const market = marketOf(chosen)
        const whole = rowsOf(market.candles(id, timeframe, startAt, limit))
        const pieces: Row[] = []
        for (let [cut, before] = [0, startAt]; pieces.length < whole.length; cut += 1) {
          const wanted = Math.min(cuts[cut % cuts.length] ?? 1, whole.length - pieces.length)
          const piece = rowsOf(market.candles(id, timeframe, before, wanted))
          expect(piece.length).toBeGreaterThan(0)
          pieces.unshift(...piece)
          before = piece[0]?.[0] ?? 0
        }
        expect(pieces).toEqual(whole)
      }),
      { numRuns: 120 },
    )
  })

  it('give as many candles as asked for, in order, whole and plausible, until history ends', () => {
    fc.assert(
      fc.property(seed(), instrument(), any(), beforeTime(), fc.integer({ min: 1, max: 200 }), (chosen, id, timeframe, before, limit) => {
        const rows = rowsOf(marketOf(chosen).candles(id, timeframe, before, limit))
        expect(rows.length).toBeLessThanOrEqual(limit)
        const length = lengths[timeframe]
        if (length !== undefined && id !== 'BLST') expect(rows.length).toBe(Math.min(limit, Math.ceil((before - historyStart) / length)))
        for (const [at, [time, open, high, low, close, volume]] of rows.entries()) {
          expect(time).toBe(opensAt(timeframe, time))
          expect(time).toBeLessThan(before)
          expect(time).toBeGreaterThan(rows[at - 1]?.[0] ?? 0)
          expect(low).toBeGreaterThan(0)
          expect(low).toBeLessThanOrEqual(Math.min(open, close))
          expect(high).toBeGreaterThanOrEqual(Math.max(open, close))
          expect(volume).toBeGreaterThan(0)
        }
      }),
      { numRuns: 120 },
    )
  })

  it('of a coarse timeframe are the minutes put together, to the tick and the lot, the forming one too', () => {
    fc.assert(
      fc.property(seed(), instrument(), coarse(), (chosen, id, timeframe) => {
        const market = marketOf(chosen)
        const minutes = rowsOf(market.candles(id, '1m', Infinity, 6000))
        // The first may have begun before the first of these minutes.
        const slow = aggregate(minutes, timeframe).slice(1)
        expect(rowsOf(market.candles(id, timeframe, Infinity, slow.length))).toEqual(slow)
      }),
      { numRuns: 30 },
    )
  })

  it('of seconds are the minute’s too', () => {
    fc.assert(
      fc.property(seed(), instrument(), fc.constantFrom<Timeframe>('1s', '5s', '15s', '30s'), (chosen, id, timeframe) => {
        const market = marketOf(chosen)
        const fine = aggregate(rowsOf(market.candles(id, timeframe, Infinity, 600)), '1m').slice(1)
        expect(fine.length).toBeGreaterThan(5)
        expect(rowsOf(market.candles(id, '1m', Infinity, fine.length))).toEqual(fine)
      }),
      { numRuns: 20 },
    )
  })

  it('end with history: nothing is older than its first day, and asking for more gives what there is', () => {
    const market = marketOf(1)
    for (const timeframe of ['1m', '1h', '1d', '1w', '1M'] as const) {
      const rows = rowsOf(market.candles('BTC/USD', timeframe, historyStart + 90 * 60_000, 100))
      expect(rows[0]?.[0]).toBe(historyStart)
      expect(market.candles('BTC/USD', timeframe, historyStart, 100).time.length).toBe(0)
    }
  })
})
