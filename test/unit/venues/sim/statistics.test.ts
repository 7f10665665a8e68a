import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/base/index.ts'
import { DayWalk } from '../../../../src-main/venues/sim/day-walk.ts'
import { demoDrivers } from '../../../../src-main/venues/sim/demo-instruments.ts'
import { createDemoMarket } from '../../../../src-main/venues/sim/index.ts'
import type { DemoMarket } from '../../../../src-main/venues/sim/index.ts'
import { firstDay } from '../../../../src-main/venues/sim/market-past.ts'

/** Fresh in the sense that nothing was tuned on them. */
const seeds = [101, 20_260_101, 987_654_321] as const
const startAt = Date.UTC(2026, 9, 14, 15)
const minutes = 15_000

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const moment = (values: readonly number[], power: number): number => {
  const centre = mean(values)
  return mean(values.map((value) => (value - centre) ** power))
}
const kurtosis = (values: readonly number[]): number => moment(values, 4) / moment(values, 2) ** 2

const autocorrelation = (values: readonly number[], lag: number): number => {
  const centre = mean(values)
  let sum = 0
  for (let at = lag; at < values.length; at += 1) sum += ((values[at] ?? 0) - centre) * ((values[at - lag] ?? 0) - centre)
  return sum / values.length / moment(values, 2)
}

/** By the minute each return ends with; none over a pause. */
const returnsOf = (market: DemoMarket, instrument: string): ReadonlyMap<number, number> => {
  const { time, close } = market.candles(instrument, '1m', startAt, minutes)
  const returns = new Map<number, number>()
  for (let at = 1; at < time.length; at += 1) {
    const [now, before] = [time[at] ?? 0, time[at - 1] ?? 0]
    if (now - before === 60_000) returns.set(now, Math.log((close[at] ?? 1) / (close[at - 1] ?? 1)))
  }
  return returns
}

const hourOf = (time: number): number => Math.floor(time / 3_600_000) % 24

const correlation = (left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): number => {
  const pairs = [...left].flatMap(([time, value]) => (right.has(time) ? [[value, right.get(time) ?? 0] as const] : []))
  const product = mean(pairs.map(([a, b]) => a * b))
  return product / Math.sqrt(mean(pairs.map(([a]) => a * a)) * mean(pairs.map(([, b]) => b * b)))
}

describe.each(seeds)('the demo market of the fresh seed %i', (seed) => {
  const market = createDemoMarket({ seed, startAt })
  const returns = new Map(market.instruments.map(({ id }) => [id, returnsOf(market, id)]))
  const of = (id: string) => returns.get(id) ?? new Map<number, number>()

  it('has fat tails and volatility that comes in clusters, while the moves themselves say little of the next', () => {
    for (const [id, map] of returns) {
      const values = [...map.values()]
      const sizes = values.map(Math.abs)
      expect(kurtosis(values), `${id}: kurtosis`).toBeGreaterThan(4)
      for (let lag = 1; lag <= 20; lag += 1) expect(autocorrelation(sizes, lag), `${id}: sizes at lag ${lag}`).toBeGreaterThan(0.05)
      expect(Math.abs(autocorrelation(values, 1)), `${id}: moves at lag 1`).toBeLessThan(0.12)
    }
  })

  it('moves the coins together, a perpetual with its spot market, and the rest mostly on its own', () => {
    for (const other of ['ETH/USD', 'SOL/USD', 'XRP/USD']) {
      const measured = correlation(of('BTC/USD'), of(other))
      expect(measured, other).toBeGreaterThan(0.4)
      expect(measured, other).toBeLessThan(0.95)
    }
    expect(correlation(of('BTC/USD'), of('BTC/USD:PERP'))).toBeGreaterThan(0.97)
    expect(Math.abs(correlation(of('BTC/USD'), of('EUR/USD')))).toBeLessThan(0.4)
    expect(correlation(of('BTC/USD'), of('BLST'))).toBeLessThan(0.6)
  })

  it('is livelier in the afternoon than in the small hours', () => {
    const during = (from: number, to: number) =>
      Math.sqrt(mean([...of('BTC/USD')].filter(([time]) => hourOf(time) >= from && hourOf(time) < to).map(([, value]) => value * value)))
    expect(during(13, 17)).toBeGreaterThan(1.2 * during(3, 7))
  })

  it('is as lively per day as it is meant to be', () => {
    for (const [id, daily] of [['BTC/USD', 0.026], ['EUR/USD', 0.0045], ['BLST', 0.018]] as const) {
      const { close } = market.candles(id, '1d', startAt, 200)
      const moves = [...close].slice(1).map((value, at) => Math.log(value / (close[at] ?? 1)))
      const volatility = Math.sqrt(moment(moves, 2))
      expect(volatility / daily, id).toBeGreaterThan(0.6)
      expect(volatility / daily, id).toBeLessThan(1.7)
    }
  })
})

describe('the slow walk of the demo market', () => {
  it('stays within plausible prices for ten years, whatever the seed', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const walk = new DayWalk(createRandom(seed), demoDrivers, firstDay)
      for (const [index, { name, priceAtStart }] of demoDrivers.entries()) {
        for (let day = firstDay; day < firstDay + 3650; day += 5) {
          const away = walk.day(index, day).start - Math.log(priceAtStart)
          if (Math.abs(away) > Math.log(8)) throw new Error(`${name} of seed ${seed} went to e^${away} of its price by day ${day}`)
        }
      }
    }
  })
})
