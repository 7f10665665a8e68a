import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import type { BookLevel, MarketEvent } from '../../../../src-main/domain/index.ts'
import { createDemoMarket, historyStart } from '../../../../src-main/venues/sim/index.ts'
import type { DemoMarket } from '../../../../src-main/venues/sim/index.ts'
import { best, Reader } from './reader.ts'

const minuteMs = 60_000
const seed = () => fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
/** Any minute of five years. */
const minute = () => fc.integer({ min: 0, max: 5 * 365 * 1440 }).map((at) => historyStart + at * minuteMs)
const intensity = () => fc.constantFrom(undefined, 2, 40, 200)

const stepsOf = () => fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 8 })

const runBy = (market: DemoMarket, from: number, until: number, steps: readonly number[]): MarketEvent[] => {
  const events = [...market.advanceTo(from)]
  let at = from
  for (let step = 0; at < until; step += 1) {
    at = Math.min(until, at + (steps[step % steps.length] ?? 1000))
    events.push(...market.advanceTo(at))
  }
  return events
}

const rowsOf = (levels: readonly BookLevel[]) => levels.map(({ price, size }) => [rawOf(price), rawOf(size)])

/** Of the trades, by minute: open, high, low, close, volume. */
const candlesFromTrades = (reader: Reader, instrument: string): Map<number, number[]> => {
  const candles = new Map<number, number[]>()
  for (const trade of reader.trades) {
    if (trade.instrument !== instrument) continue
    const [open, price, size] = [Math.floor(trade.at / minuteMs) * minuteMs, rawOf(trade.price), rawOf(trade.size)]
    const [first = price, high = price, low = price, , volume = 0] = candles.get(open) ?? []
    candles.set(open, [first, Math.max(high, price), Math.min(low, price), price, volume + size])
  }
  return candles
}

describe('the live demo market', () => {
  it('tells a book that is never crossed, trades at its best price, and numbers without a gap', () => {
    fc.assert(
      fc.property(seed(), minute(), fc.integer({ min: 0, max: minuteMs - 1 }), intensity(), (chosen, from, within, pace) => {
        const market = createDemoMarket({ seed: chosen, startAt: from + within, intensity: pace })
        const reader = new Reader()
        reader.read(runBy(market, from + within, from + within + 70_000, [900]))
        expect(reader.faults).toEqual([])
        // What the market says its book is, a reader of its changes has too.
        for (const { id } of market.instruments) {
          const [told, read] = [market.snapshotOf(id), reader.books.get(id)]
          expect(told.sequence).toBe(read?.sequence)
          expect(rowsOf(told.bids)).toEqual([...(read?.bids ?? [])].sort(([a], [b]) => b - a))
          expect(rowsOf(told.asks)).toEqual([...(read?.asks ?? [])].sort(([a], [b]) => a - b))
        }
      }),
      { numRuns: 12 },
    )
  })

  it('trades exactly the candles of its past: open, high, low, close and volume of each minute', () => {
    fc.assert(
      fc.property(seed(), minute(), intensity(), (chosen, from, pace) => {
        const market = createDemoMarket({ seed: chosen, startAt: from, intensity: pace })
        const reader = new Reader()
        reader.read(runBy(market, from, from + 3 * minuteMs - 1, [10_000]))
        for (const { id } of market.instruments) {
          const traded = candlesFromTrades(reader, id)
          const past = market.candles(id, '1m', from + 3 * minuteMs, 3)
          const { open, high, low, close, volume } = past
          const recent = [...past.time].map((time, at) => [time, [open[at], high[at], low[at], close[at], volume[at]]] as const)
          expect(recent.filter(([time]) => time >= from)).toEqual([...traded])
        }
      }),
      { numRuns: 12 },
    )
  })

  it('says the same however often it is asked', () => {
    fc.assert(
      fc.property(seed(), minute(), stepsOf(), (chosen, from, steps) => {
        const [one, other] = [createDemoMarket({ seed: chosen, startAt: from }), createDemoMarket({ seed: chosen, startAt: from })]
        const until = from + 90_000
        const [told, whole] = [runBy(one, from, until, steps), runBy(other, from, until, [60_000])]
        expect(told.length).toBe(whole.length)
        const first = told.findIndex((event, at) => JSON.stringify(event) !== JSON.stringify(whole[at]))
        expect([told[first], whole[first]]).toEqual([undefined, undefined])
      }),
      { numRuns: 6 },
    )
  })

  it('tells of a forming candle only what has traded so far', () => {
    fc.assert(
      fc.property(seed(), minute(), fc.integer({ min: 1, max: minuteMs - 1 }), (chosen, from, within) => {
        const market = createDemoMarket({ seed: chosen, startAt: from })
        const reader = new Reader()
        reader.read(runBy(market, from, from + within, [20_000]))
        for (const { id } of market.instruments) {
          const traded = candlesFromTrades(reader, id).get(from)
          const { time, open, high, low, close, volume } = market.candles(id, '1m', Infinity, 1)
          if (traded === undefined) expect(time[0] ?? 0).toBeLessThan(from)
          else expect([time[0], open[0], high[0], low[0], close[0], volume[0]]).toEqual([from, ...traded])
        }
      }),
      { numRuns: 10 },
    )
  })

  it('jumps where it is asked to go far: a new book of each instrument, with a gap in the numbers, and on from there', () => {
    fc.assert(
      fc.property(seed(), minute(), fc.integer({ min: minuteMs + 1, max: 40 * 86_400_000 }), (chosen, from, leap) => {
        const market = createDemoMarket({ seed: chosen, startAt: from })
        const before = market.advanceTo(from)
        const after = market.advanceTo(from + leap)
        expect(after.map(({ kind, at }) => [kind, at])).toEqual(market.instruments.map(() => ['book', from + leap]))
        for (const [at, event] of after.entries()) expect(event.sequence).toBeGreaterThan(before[at]?.sequence ?? Infinity)
        const reader = new Reader()
        reader.read(after)
        reader.read(runBy(market, from + leap, from + leap + 61_000, [5000]))
        expect(reader.faults).toEqual([])
        // The new book stands where the past says the price is.
        for (const { id } of market.instruments) {
          const last = market.candles(id, '1m', Infinity, 1)
          const book = reader.books.get(id)
          const middle = (best(book?.bids ?? new Map(), true) + best(book?.asks ?? new Map(), false)) / 2
          if (last.time.length > 0) expect(Math.abs(middle / (last.close[0] ?? 0) - 1)).toBeLessThan(0.02)
        }
      }),
      { numRuns: 10 },
    )
  })
})
