import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import type { MarkChanged, MarketEvent } from '../../../../src-main/domain/index.ts'
import { demoInstruments } from '../../../../src-main/venues/sim/demo-instruments.ts'
import { createDemoMarket, historyStart } from '../../../../src-main/venues/sim/index.ts'
import type { DemoMarket } from '../../../../src-main/venues/sim/index.ts'

/** A Friday afternoon, when everything trades. */
const busy = Date.UTC(2026, 10, 20, 15)

const run = (market: DemoMarket, fromMs: number, lengthMs: number, stepMs = 1000): MarketEvent[] => {
  const events: MarketEvent[] = []
  for (let at = fromMs; at <= fromMs + lengthMs; at += stepMs) events.push(...market.advanceTo(at))
  return events
}

const rates = (events: readonly MarketEvent[], seconds: number): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { instrument } of events) counts.set(instrument, (counts.get(instrument) ?? 0) + 1 / seconds)
  return counts
}

describe('the demo market', () => {
  it('begins with a book of twenty prices a side for each instrument, and repeats nothing when time stands still', () => {
    const market = createDemoMarket({ seed: 5, startAt: busy })
    const first = market.advanceTo(busy)
    expect(first.map(({ kind, instrument }) => [kind, instrument])).toEqual(market.instruments.map(({ id }) => ['book', id]))
    for (const event of first) if (event.kind === 'book') expect([event.bids.length, event.asks.length]).toEqual([20, 20])
    expect(market.advanceTo(busy)).toEqual([])
    expect(market.advanceTo(busy - 1000)).toEqual([])
    expect(market.now()).toBe(busy)
  })

  it('keeps spread and depth of each instrument near what it is meant to have', () => {
    const sums = demoInstruments.map(() => ({ spread: 0, depth: 0, count: 0 }))
    for (const seed of [11, 12, 13, 14]) {
      const market = createDemoMarket({ seed, startAt: busy })
      for (let at = busy; at < busy + 240_000; at += 1000) {
        market.advanceTo(at)
        for (const [index, { instrument }] of demoInstruments.entries()) {
          const { bids, asks } = market.snapshotOf(instrument.id)
          const [bid, ask, sum] = [bids[0], asks[0], sums[index]]
          if (!bid || !ask || !sum) throw new Error('a side of the book is empty')
          sum.spread += rawOf(ask.price) - rawOf(bid.price)
          sum.depth += [...bids, ...asks].reduce((total, { size }) => total + rawOf(size), 0) / 40
          sum.count += 1
        }
      }
    }
    for (const [index, { instrument, spreadTicks, depthLots }] of demoInstruments.entries()) {
      const { spread = 0, depth = 0, count = 1 } = sums[index] ?? {}
      expect(spread / count / spreadTicks, `${instrument.id}: spread`).toBeGreaterThan(0.65)
      expect(spread / count / spreadTicks, `${instrument.id}: spread`).toBeLessThan(1.35)
      // Deeper prices hold 8 % more each.
      expect(depth / count / (depthLots * 1.76), `${instrument.id}: depth`).toBeGreaterThan(0.8)
      expect(depth / count / (depthLots * 1.76), `${instrument.id}: depth`).toBeLessThan(1.25)
    }
  })

  it('storms with the intensity it is told, for every instrument', () => {
    for (const intensity of [50, 500]) {
      const market = createDemoMarket({ seed: 21, startAt: busy, intensity })
      for (const [id, rate] of rates(run(market, busy, 60_000, 500), 60)) {
        expect(rate / intensity, `${id} at ${intensity}`).toBeGreaterThan(0.8)
        expect(rate / intensity, `${id} at ${intensity}`).toBeLessThan(1.2)
      }
    }
  })

  it('follows the rhythm of the day where it is not told an intensity', () => {
    const at = (hour: number) => {
      const from = Date.UTC(2026, 10, 19, hour)
      return rates(run(createDemoMarket({ seed: 22, startAt: from }), from, 120_000), 120).get('BTC/USD') ?? 0
    }
    expect(at(14)).toBeGreaterThan(1.4 * at(5))
  })

  it('opens the share’s session with a new book, closes it in silence, and rests at the weekend', () => {
    const of = (from: number, lengthMs: number) =>
      run(createDemoMarket({ seed: 31, startAt: from }), from, lengthMs).filter(({ instrument }) => instrument === 'BLST')
    const opening = of(Date.UTC(2026, 10, 20, 13, 28), 180_000)
    expect(opening.slice(0, 2).map(({ kind }) => kind)).toEqual(['book', 'book'])
    expect(opening[1]?.at).toBe(Date.UTC(2026, 10, 20, 13, 30))
    expect(opening[1]?.sequence).toBeGreaterThan(opening[0]?.sequence ?? Infinity)
    expect(opening.length).toBeGreaterThan(50)
    const closing = of(Date.UTC(2026, 10, 20, 19, 59), 180_000)
    expect(Math.max(...closing.map(({ at }) => at))).toBeLessThan(Date.UTC(2026, 10, 20, 20))
    expect(of(Date.UTC(2026, 10, 21, 15), 60_000).map(({ kind }) => kind)).toEqual(['book'])
  })

  it('leaves a share’s nights and weekends out of its candles', () => {
    const market = createDemoMarket({ seed: 32, startAt: Date.UTC(2026, 10, 23, 12) })
    const { time } = market.candles('BLST', '1m', Infinity, 5000)
    for (const at of time) {
      const date = new Date(at)
      expect([1, 2, 3, 4, 5]).toContain(date.getUTCDay())
      expect(at % 86_400_000).toBeGreaterThanOrEqual(810 * 60_000)
      expect(at % 86_400_000).toBeLessThan(1200 * 60_000)
    }
    expect(time.at(-1)).toBe(Date.UTC(2026, 10, 20, 19, 59))
  })

  it('values perpetuals every three seconds near their spot market, with the funding that comes next', () => {
    const from = Date.UTC(2026, 10, 20, 15, 58)
    const marks = run(createDemoMarket({ seed: 41, startAt: from }), from, 240_000)
      .filter((event): event is MarkChanged => event.kind === 'mark' && event.instrument === 'BTC/USD:PERP')
    expect(marks.length).toBe(80)
    for (const { at, mark, index, fundingRate, nextFundingAt } of marks) {
      expect(Math.abs(rawOf(mark) / rawOf(index) - 1)).toBeLessThan(0.005)
      expect(nextFundingAt).toBe(Date.UTC(2026, 10, 20, at < Date.UTC(2026, 10, 20, 16) ? 16 : 24))
      expect(Math.abs(rawOf(fundingRate))).toBeLessThanOrEqual(3_000_000)
    }
    expect(new Set(marks.map(({ fundingRate }) => rawOf(fundingRate))).size).toBeGreaterThan(1)
    expect(marks.some(({ instrument }) => instrument === 'BTC/USD')).toBe(false)
  })

  it('refuses a start before history, an intensity beyond its limit, an instrument it has not', () => {
    expect(() => createDemoMarket({ seed: 1, startAt: historyStart - 1 })).toThrow('beginning of history')
    expect(() => createDemoMarket({ seed: 1, startAt: busy, intensity: 501 })).toThrow('up to 500')
    expect(() => createDemoMarket({ seed: 1, startAt: busy }).candles('DOGE/USD', '1m', busy, 10)).toThrow('an instrument of the demo market')
    expect(() => createDemoMarket({ seed: -1, startAt: busy })).toThrow('a seed')
    expect(createDemoMarket({ seed: 0, startAt: historyStart }).candles('BLST', '1m', Infinity, 10).time.length).toBe(0)
  })
})
