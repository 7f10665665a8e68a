import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  annualReturn, capm, deflatedSharpe, kellyBinary, kellyBinaryMarket, kellyContinuous, kellyEmpirical, minTrackRecord, olsSimple, omega, performance,
  probabilisticSharpe, profitFactor, sharpe, sortino, tailRatio,
} from '../../../src-main/quant/performance/index.ts'
import type { Result } from '../../../src-main/base/index.ts'

const runs = { numRuns: Math.min(2_000, Math.max(200, fc.readConfigureGlobal()?.numRuns ?? 0)) }
const returnOf = fc.double({ min: -0.5, max: 0.5, noNaN: true }).map((value) => Math.round(value * 1e4) / 1e4)
const list = fc.array(returnOf, { minLength: 4, maxLength: 50 })

const must = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const near = (got: number | null, expected: number, tolerance = 1e-10): void => {
  if (!Number.isFinite(expected)) expect(got).toBeNull()
  else expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected)))
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
const variance = (values: readonly number[]): number => {
  const center = mean(values)
  return sum(values.map((value) => (value - center) ** 2)) / (values.length - 1)
}
const isSpread = (values: readonly number[]): boolean => variance(values) > 1e-8

describe('performance', () => {
  it('agrees with the plain formulas', () => {
    fc.assert(fc.property(list, fc.double({ min: 1, max: 400, noNaN: true }), fc.double(
      { min: -0.5, max: 0.5, noNaN: true },
    ), (values, annualisation, rf) => {
      fc.pre(isSpread(values))
      const returns = Float64Array.from(values)
      const growth = values.reduce((product, value) => product * (1 + value), 1)
      const got = must(performance(returns, { annualisation }))
      near(got.totalReturn, growth - 1)
      near(got.cagr, growth ** (annualisation / values.length) - 1, 1e-8)
      near(got.annVol, Math.sqrt(variance(values) * annualisation))
      const ratio = must(sharpe(returns, { rf, annualisation, ddof: 1 }))
      near(ratio.perPeriod, (mean(values) - rf / annualisation) / Math.sqrt(variance(values)), 1e-8)
      near(ratio.annualised, (ratio.perPeriod ?? Number.NaN) * Math.sqrt(annualisation))
      const downside = Math.sqrt(mean(values.map((value) => Math.min(0, value - 0.01) ** 2)))
      near(must(sortino(returns, { mar: 0.01, annualisation })).perPeriod, (mean(values) - 0.01) / downside, 1e-8)
      near(
        must(omega(returns, { threshold: 0.01 })), sum(
          values.map((value) => Math.max(0, value - 0.01)),
        ) / sum(values.map((value) => Math.max(0, 0.01 - value))), 1e-8,
      )
      const wins = values.filter((value) => value > 0)
      const losses = values.filter((value) => value < 0).map((value) => -value)
      const factor = must(profitFactor(returns))
      near(factor.profitFactor, losses.length === 0 ? Infinity : sum(wins) / sum(losses), 1e-8)
      near(factor.payoff, wins.length === 0 || losses.length === 0 ? Number.NaN : mean(wins) / mean(losses), 1e-8)
      expect(factor.winRate).toBe(wins.length / values.length)
    }), runs)
  })

  it('keeps a ratio when the returns are scaled', () => {
    fc.assert(fc.property(list, fc.double({ min: 0.01, max: 1.9, noNaN: true }), (values, scale) => {
      fc.pre(isSpread(values))
      const [returns, scaled] = [Float64Array.from(values), Float64Array.from(values, (value) => value * scale)]
      near(
        must(sharpe(scaled, { rf: 0, annualisation: 1, ddof: 1 })).perPeriod, must(
          sharpe(returns, { rf: 0, annualisation: 1, ddof: 1 }),
        ).perPeriod ?? Number.NaN, 1e-8,
      )
      const tail = must(tailRatio(returns))
      if (tail !== null && tail < 1e3) near(must(tailRatio(scaled)), tail, 1e-6)
      near(
        must(kellyContinuous(scaled, { rf: 0, annualisation: 1 })), (
          must(kellyContinuous(returns, { rf: 0, annualisation: 1 })) ?? Number.NaN
        ) / scale, 1e-7,
      )
    }), runs)
  })

  it('draws the line of least squares', () => {
    fc.assert(fc.property(fc.array(fc.tuple(returnOf, returnOf), { minLength: 4, maxLength: 40 }), (pairs) => {
      const [y, x] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)]
      fc.pre(isSpread(x) && isSpread(y))
      const line = must(olsSimple(Float64Array.from(y), Float64Array.from(x)))
      const residuals = y.map((value, at) => value - line.intercept - line.slope * (x[at] ?? 0))
      near(sum(residuals), 0, 1e-9)
      near(sum(residuals.map((value, at) => value * (x[at] ?? 0))), 0, 1e-9)
      near(line.r2, 1 - sum(residuals.map((value) => value ** 2)) / (variance(y) * (y.length - 1)), 1e-7)
      const error = Math.sqrt(sum(residuals.map((value) => value ** 2)) / (y.length - 2) / (variance(x) * (x.length - 1)))
      if (error > 1e-9) near(line.slopeError, error, 1e-6)
    }), runs)
  })

  it('against a benchmark is the line through excess returns', () => {
    fc.assert(fc.property(fc.array(
      fc.tuple(returnOf, returnOf), { minLength: 4, maxLength: 40 },
    ), fc.double({ min: -0.2, max: 0.2, noNaN: true }), (pairs, rf) => {
      const [y, x] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)]
      fc.pre(isSpread(x) && isSpread(y.map((value, at) => value - (x[at] ?? 0))))
      const annualisation = 12
      const got = must(capm(Float64Array.from(y), Float64Array.from(x), { rf, annualisation }))
      const line = must(olsSimple(Float64Array.from(y), Float64Array.from(x)))
      near(got.beta, line.slope, 1e-7)
      near(got.alphaPerPeriod, line.intercept - (rf / annualisation) * (1 - line.slope), 1e-7)
      const error = Math.sqrt(variance(y.map((value, at) => value - (x[at] ?? 0))) * annualisation)
      near(
        got.informationRatio, (
          annualReturn(Float64Array.from(y), annualisation) - annualReturn(Float64Array.from(x), annualisation)
        ) / error, 1e-6,
      )
    }), runs)
  })

  it('is as probable as the track record says that it is', () => {
    fc.assert(fc.property(list, fc.double({ min: 0.55, max: 0.999, noNaN: true }), (values, confidence) => {
      fc.pre(isSpread(values) && mean(values) > 1e-3)
      const returns = Float64Array.from(values)
      const benchmark = 0
      const periods = must(minTrackRecord(returns, { benchmark, confidence }))
      const { psr } = must(probabilisticSharpe(returns, { benchmark }))
      // The record is long enough exactly when the ratio is probable enough.
      if (periods !== null && Math.abs(periods - values.length) > 1e-6) expect(psr > confidence).toBe(values.length > periods)
      expect(must(probabilisticSharpe(returns, { benchmark: 0.1 })).psr).toBeLessThanOrEqual(psr)
      const few = must(deflatedSharpe(returns, { trials: 2, trialsSharpeVariance: 0.01 }))
      const many = must(deflatedSharpe(returns, { trials: 2000, trialsSharpeVariance: 0.01 }))
      expect(many.expectedMaxSharpe).toBeGreaterThan(few.expectedMaxSharpe)
      expect(many.dsr).toBeLessThanOrEqual(few.dsr)
    }), runs)
  })
})

describe('Kelly stakes', () => {
  const growth = (values: readonly number[], leverage: number): number =>
    values.every((value) => 1 + leverage * value > 0) ? mean(values.map((value) => Math.log1p(leverage * value))) : -Infinity

  it('grow faster than any other', () => {
    fc.assert(fc.property(list, fc.double({ min: -0.99, max: 0.99, noNaN: true }), (values, share) => {
      fc.pre(Math.min(...values) < -0.001 && Math.max(...values) > 0.001)
      const best = must(kellyEmpirical(Float64Array.from(values)))
      const other = share < 0 ? -share / -Math.max(...values) : share / -Math.min(...values)
      expect(growth(values, best)).toBeGreaterThanOrEqual(growth(values, other) - 1e-12)
    }), runs)
  })

  it('of a bet and of a market are those of the two returns that they pay', () => {
    fc.assert(fc.property(fc.double(
      { min: 0.01, max: 0.99, noNaN: true },
    ), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (p, price) => {
      const odds = (1 - price) / price
      const stake = must(kellyBinary(Float64Array.of(p), Float64Array.of(odds)))[0] ?? Number.NaN
      const { fYes, fNo } = must(kellyBinaryMarket(Float64Array.of(p), Float64Array.of(price)))
      near(fYes[0] ?? null, stake, 1e-9)
      near(fNo[0] ?? null, must(kellyBinary(Float64Array.of(1 - p), Float64Array.of(1 / odds)))[0] ?? Number.NaN, 1e-9)
      const expected = (f: number): number => p * Math.log1p(f * odds) + (1 - p) * Math.log1p(-f)
      for (
        const f of [0, stake / 2, Math.min(0.999, stake * 1.1), 0.5]
      ) expect(expected(Math.min(stake, 0.9999))).toBeGreaterThanOrEqual(expected(f) - 1e-9)
    }), runs)
  })
})
