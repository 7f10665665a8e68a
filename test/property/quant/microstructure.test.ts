import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  almgrenChriss, binaryProbAbove, blackScholes, glftAsymptotic, glftStationary, kyleLambda, lmsr, rollSpread, touchProbability, varianceRatio,
} from '../../../src-main/quant/microstructure/index.ts'
import type { Result } from '../../../src-main/base/index.ts'

const runs = { numRuns: Math.max(200, fc.readConfigureGlobal()?.numRuns ?? 0) }
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const must = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const near = (got: number | null, expected: number, tolerance = 1e-9): void =>
  expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected)))
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

describe('the stationary quotes', () => {
  const model = fc.record({ gamma: between(0.05, 2), kappa: between(0.3, 3), sigma: between(0.2, 3), intensity: between(1, 200) })

  it('come from a vector that the matrix only stretches, by less than any other', () => {
    fc.assert(fc.property(model, fc.integer({ min: 1, max: 12 }), (parts, limit) => {
      const held = Float64Array.from({ length: 2 * limit + 1 }, (_each, at) => at - limit)
      const { bidOffset, askOffset } = must(glftStationary(parts, limit, held))
      const { gamma, kappa, sigma, intensity } = parts
      const half = Math.log1p(gamma / kappa) / gamma
      const eta = intensity * (1 + gamma / kappa) ** -(1 + kappa / gamma)
      // The vector back from its ratios, then M f / f at every inventory: one number, the eigenvalue.
      const logs = [0]
      for (const offset of bidOffset.slice(0, -1)) logs.push((logs.at(-1) ?? 0) - kappa * ((offset ?? 0) - half))
      const stretched = logs.map((log, at) => {
        const q = held[at] ?? 0
        const beside = [logs[at - 1], logs[at + 1]].filter((other) => other !== undefined)
        return (kappa / 2) * gamma * sigma ** 2 * q * q - eta * sum(beside.map((other) => Math.exp(other - log)))
      })
      const scale = Math.max(...stretched.map(Math.abs), kappa * gamma * sigma ** 2 * limit * limit)
      for (const value of stretched) expect(Math.abs(value - (stretched[limit] ?? 0))).toBeLessThan(1e-9 * scale)
      // All components are positive, which only the lowest one's are (Perron and Frobenius).
      for (const [at, ask] of askOffset.entries()) if (ask !== null) near(ask, bidOffset[2 * limit - at] ?? Number.NaN)
    }), runs)
  })

  it('are near the closed form where little happens between fills', () => {
    fc.assert(fc.property(between(0.05, 0.2), between(100, 400), (gamma, intensity) => {
      const parts = { gamma, kappa: 1.5, sigma: 1, intensity }
      const exact = must(glftStationary(parts, 60, Float64Array.of(-1, 0, 1))).bidOffset
      const closed = must(glftAsymptotic(parts, Float64Array.of(-1, 0, 1))).bidOffset
      for (const [at, offset] of exact.entries()) expect(Math.abs((offset ?? 0) - (closed[at] ?? Infinity))).toBeLessThan(0.01)
    }), runs)
  })
})

describe('a liquidation', () => {
  const task = fc.record({
    size: between(10, 1e6), steps: fc.integer({ min: 1, max: 20 }), tau: between(0.1, 2), sigma: between(0, 2), eta: between(1e-6, 1e-5),
    epsilon: between(0, 0.1), gamma: between(0, 5e-7), lambda: fc.oneof(fc.constant(0), between(1e-9, 1e-4)),
  })

  it('ends at nothing, and no other path has less cost and risk together', () => {
    fc.assert(fc.property(task, fc.nat(), between(-0.2, 0.2), (parts, pick, bump) => {
      const plan = must(almgrenChriss(parts))
      expect(plan.holdings[0]).toBe(parts.size)
      expect(plan.holdings.at(-1)).toBeCloseTo(0, 12)
      near(sum(plan.trades), parts.size)
      const burden = (holdings: Float64Array): number => {
        const trades = [...holdings.slice(1)].map((left, at) => (holdings[at] ?? 0) - left)
        return (plan.etaTilde / parts.tau) * sum(trades.map((trade) => trade * trade))
          + parts.lambda * parts.sigma ** 2 * parts.tau * sum(holdings.slice(1).map((left) => left * left))
      }
      if (parts.steps > 1) {
        const at = 1 + (pick % (parts.steps - 1))
        const bumped = plan.holdings.map((left, index) => (index === at ? left + bump * parts.size : left))
        expect(burden(bumped)).toBeGreaterThanOrEqual(burden(plan.holdings) * (1 - 1e-9))
      }
      const fixed = (parts.gamma * parts.size ** 2) / 2 + parts.epsilon * parts.size
      near(fixed + burden(plan.holdings), plan.expectedCost + parts.lambda * plan.variance)
    }), runs)
  })
})

describe('options and binary markets', () => {
  const market = fc.record(
    { spot: between(10, 1000), rate: between(-0.1, 0.2), sigma: between(0.05, 2), tau: between(0.001, 3), dividend: between(-0.1, 0.2) },
  )

  it('keep parity, and slopes that are slopes', () => {
    fc.assert(fc.property(market, between(0.5, 2), (parts, moneyness) => {
      const strike = parts.spot * moneyness
      const value = must(blackScholes(parts, strike))
      const discount = Math.exp(-parts.rate * parts.tau)
      near(value.call - value.put, parts.spot * Math.exp(-parts.dividend * parts.tau) - strike * discount)
      near(value.digitalCall + value.digitalPut, discount)
      near(value.deltaCall - value.deltaPut, Math.exp(-parts.dividend * parts.tau))
      const callAt = (change: Partial<typeof parts>): number => must(blackScholes({ ...parts, ...change }, strike)).call
      const h = parts.spot * 1e-5
      near(value.deltaCall, (callAt({ spot: parts.spot + h }) - callAt({ spot: parts.spot - h })) / (2 * h), 1e-3)
      near(
        value.vega / parts.spot, (callAt({ sigma: parts.sigma + 1e-5 }) - callAt({ sigma: parts.sigma - 1e-5 })) / 2e-5 / parts.spot, 1e-4,
      )
      const t = parts.tau * 1e-4
      near(
        (value.thetaCall ?? Number.NaN) / parts.spot, (
          callAt({ tau: parts.tau - t }) - callAt({ tau: parts.tau + t })
        ) / (2 * t) / parts.spot, 1e-3,
      )
      const deltaAt = (spot: number): number => must(blackScholes({ ...parts, spot }, strike)).deltaCall
      near((value.gamma ?? 0) * parts.spot, ((deltaAt(parts.spot + h) - deltaAt(parts.spot - h)) / (2 * h)) * parts.spot, 1e-3)
      const plain = { spot: parts.spot, sigma: parts.sigma, mu: parts.rate - parts.dividend }
      near(must(binaryProbAbove(plain, strike, parts.tau)) * discount, value.digitalCall)
    }), runs)
  })

  it('are touched at least as often as ended beyond, and twice as often without drift', () => {
    fc.assert(fc.property(between(10, 1000), between(0.05, 2), between(-0.5, 0.5), between(0.01, 2), between(1.001, 3), (spot, sigma, mu, tau, factor) => {
      const touch = must(touchProbability({ spot, sigma, mu }, spot * factor, { tau, side: 'upper' }))
      expect(touch).toBeGreaterThanOrEqual(must(binaryProbAbove({ spot, sigma, mu }, spot * factor, tau)) - 1e-12)
      const driftless = { spot, sigma, mu: (sigma * sigma) / 2 }
      near(
        must(touchProbability(driftless, spot * factor, { tau, side: 'upper' })), 2 * must(binaryProbAbove(driftless, spot * factor, tau)),
      )
      // The mirror of a path is a path of the inverse price.
      near(must(touchProbability({ spot: 1 / spot, sigma, mu: sigma * sigma - mu }, 1 / spot / factor, { tau, side: 'lower' })), touch)
    }), runs)
  })

  it('have a fat tail further out with fewer degrees of freedom', () => {
    fc.assert(fc.property(between(2.5, 20), between(0.1, 1), (freedom, sigma) => {
      const far = 100 * Math.exp(6 * sigma)
      const normal = must(binaryProbAbove({ spot: 100, sigma, mu: 0 }, far, 1))
      expect(must(binaryProbAbove({ spot: 100, sigma, mu: 0, freedom }, far, 1))).toBeGreaterThan(normal)
      near(
        must(
          binaryProbAbove({ spot: 100, sigma, mu: 0, freedom: 1e9 }, 101, 1),
        ), must(binaryProbAbove({ spot: 100, sigma, mu: 0 }, 101, 1)), 1e-7,
      )
    }), runs)
  })
})

describe('the market scoring rule', () => {
  const shares = fc.array(between(-500, 500), { minLength: 2, maxLength: 5 }).map((values) => Float64Array.from(values))

  it('does not care by which way a state is reached, and charges the price of the next share', () => {
    fc.assert(fc.property(shares, between(5, 200), fc.nat(), between(-1000, 1000), (q, b, pick, amount) => {
      const outcome = pick % q.length
      const trade = q.map((_value, at) => (at === outcome ? amount : 0))
      const half = trade.map((value) => value / 2)
      const whole = must(lmsr({ b, shares: q }, trade))
      near(sum(whole.prices), 1, 1e-13)
      const plain = (state: Float64Array): number => b * Math.log(sum(state.map((value) => Math.exp(value / b))))
      near(whole.cost, plain(q), 1e-9)
      near(whole.tradeCost, plain(q.map((value, at) => value + (trade[at] ?? 0))) - plain(q), 1e-8)
      const middle = q.map((value, at) => value + (half[at] ?? 0))
      near(whole.tradeCost, must(lmsr({ b, shares: q }, half)).tradeCost + must(lmsr({ b, shares: middle }, half)).tradeCost, 1e-9)
      const tiny = trade.map((value) => (value === 0 ? 0 : 1e-7))
      near(must(lmsr({ b, shares: q }, tiny)).tradeCost / 1e-7, amount === 0 ? 0 : whole.prices[outcome] ?? Number.NaN, 1e-7)
    }), runs)
  })
})

describe('liquidity', () => {
  it('by Roll and by Kyle agree with the plain sums', () => {
    fc.assert(fc.property(fc.array(fc.tuple(between(90, 110), fc.boolean(), between(0.1, 10)), { minLength: 6, maxLength: 40 }), (rows) => {
      const price = rows.map(([value]) => value)
      const changes = price.slice(1).map((value, at) => value - (price[at] ?? 0))
      const [later, earlier] = [changes.slice(1), changes.slice(0, -1)]
      const center = (values: readonly number[]): number => sum(values) / values.length
      const covariance = sum(
        later.map((value, at) => (value - center(later)) * ((earlier[at] ?? 0) - center(earlier))),
      ) / (later.length - 1)
      const roll = must(rollSpread(Float64Array.from(price)))
      near(roll.autocov, covariance, 1e-9)
      if (covariance > 1e-9) expect(roll.spread).toBeNull()
      if (covariance < -1e-9) near(roll.spread, 2 * Math.sqrt(-covariance), 1e-9)
      const signed = rows.map(([, isBuy, size]) => (isBuy ? size : -size)).slice(1)
      const spread = sum(signed.map((value) => (value - center(signed)) ** 2))
      fc.pre(spread > 1e-3)
      const slope = sum(changes.map((value, at) => (value - center(changes)) * ((signed[at] ?? 0) - center(signed)))) / spread
      const kyle = must(kyleLambda({
        price: Float64Array.from(price), side: Float64Array.from(
          rows, ([, isBuy]) => (isBuy ? 1 : -1),
        ), size: Float64Array.from(rows, ([, , size]) => size),
      }))
      near(kyle.lambda, slope, 1e-7)
    }), runs)
  })

  it('by the variance ratio is that of sums to single returns', () => {
    fc.assert(fc.property(fc.array(between(-0.1, 0.1), { minLength: 12, maxLength: 60 }), fc.integer({ min: 2, max: 6 }), (values, k) => {
      const n = values.length
      const center = sum(values) / n
      const single = sum(values.map((value) => (value - center) ** 2)) / (n - 1)
      fc.pre(single > 1e-8)
      const sums = values.slice(k - 1).map((_value, at) => sum(values.slice(at, at + k)))
      const long = sum(sums.map((value) => (value - k * center) ** 2)) / (k * (n - k + 1) * (1 - k / n))
      const got = must(varianceRatio(Float64Array.from(values), { k }))
      near(got.vr, long / single, 1e-8)
      near(got.z, ((long / single - 1) * Math.sqrt(n)) / Math.sqrt((2 * (2 * k - 1) * (k - 1)) / (3 * k)), 1e-7)
    }), runs)
  })
})
