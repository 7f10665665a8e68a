import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  betaFit, gammaFit, isDiscrete, lawCdf, lawDensity, lawMoments, lawQuantile, lognormalFit, normalFit, poissonFit, sampleCheck,
} from '../../../src-main/quant/distributions/index.ts'
import type { Law } from '../../../src-main/quant/distributions/index.ts'

const runs = { numRuns: Math.min(2_000, Math.max(200, fc.readConfigureGlobal()?.numRuns ?? 0)) }
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const decades = (from: number, to: number) => between(from, to).map((exponent) => 10 ** exponent)

const continuous = fc.oneof(
  fc.record({ law: fc.constant('normal' as const), mean: between(-5, 5), sd: decades(-2, 2) }),
  fc.record({ law: fc.constant('lognormal' as const), mu: between(-2, 2), sigma: between(0.05, 1) }),
  fc.record({ law: fc.constant('gamma' as const), shape: decades(-0.5, 3), rate: decades(-2, 2) }),
  fc.record({ law: fc.constant('exponential' as const), rate: decades(-2, 2) }),
  fc.record({ law: fc.constant('beta' as const), a: decades(-0.3, 2), b: decades(-0.3, 2) }),
  fc.record({ law: fc.constant('t' as const), df: decades(0, 3) }),
)
const counts = fc.oneof(
  fc.record({ law: fc.constant('poisson' as const), lambda: decades(-1, 2.5) }),
  fc.record({ law: fc.constant('nbinom' as const), size: decades(-0.3, 1.5), prob: between(0.1, 0.9) }),
)

const near = (got: number, expected: number, tolerance: number): void =>
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected)))
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

describe('probability laws', () => {
  it('have a density whose integral is the distribution', () => {
    fc.assert(fc.property(continuous, between(0.2, 0.6), between(0.05, 0.35), (law: Law, from, width) => {
      const [low, high] = [lawQuantile(law, from), lawQuantile(law, from + width)]
      const steps = 400
      const h = (high - low) / steps
      let integral = 0
      for (let step = 0; step <= steps; step += 1) {
        integral += (step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2) * lawDensity(law, low + step * h)
      }
      // Simpson's rule is less exact beside the pole that a small shape has at 0.
      near((integral * h) / 3, width, 1e-5)
      near(lawCdf(law, low), from, 1e-10)
    }), runs)
  })

  it('of counts have the moments and the quantiles of their probabilities', () => {
    fc.assert(fc.property(counts, between(0.001, 0.999), (law: Law, p) => {
      const { mean, variance, skew, exKurtosis } = lawMoments(law)
      const spread = Math.sqrt(variance ?? 0)
      const last = Math.ceil((mean ?? 0) + 80 * spread + 60)
      const chances = Array.from({ length: last }, (_each, count) => lawDensity(law, count))
      near(sum(chances), 1, 1e-10)
      const moment = (power: number): number => sum(chances.map((chance, count) => chance * ((count - (mean ?? 0)) / spread) ** power))
      near(sum(chances.map((chance, count) => chance * count)), mean ?? Number.NaN, 1e-9)
      near(moment(2), 1, 1e-8)
      near(moment(3), skew ?? Number.NaN, 1e-7)
      near(moment(4) - 3, exKurtosis ?? Number.NaN, 1e-6)
      const quantile = lawQuantile(law, p)
      expect(lawCdf(law, quantile)).toBeGreaterThanOrEqual(p)
      if (quantile > 0) expect(lawCdf(law, quantile - 1)).toBeLessThan(p)
      near(lawCdf(law, quantile), sum(chances.slice(0, quantile + 1)), 1e-10)
      expect(lawQuantile(law, lawCdf(law, quantile))).toBeLessThanOrEqual(quantile)
    }), runs)
  })

  it('of continuous values have the moments of their quantiles', () => {
    fc.assert(fc.property(continuous.filter((law) => law.law !== 't' || law.df > 12), (law: Law) => {
      const { mean, variance } = lawMoments(law)
      const steps = 4000
      // The tails are cut at 1 in 8000, so the tolerance is wide; a wrong formula is out by far more.
      const values = Array.from({ length: steps }, (_each, step) => lawQuantile(law, (step + 0.5) / steps))
      const spread = Math.sqrt(variance ?? Number.NaN)
      expect(Math.abs(sum(values) / steps - (mean ?? Number.NaN))).toBeLessThan(0.01 * spread)
      expect(sum(values.map((value) => (value - (mean ?? 0)) ** 2)) / steps / spread ** 2).toBeGreaterThan(0.93)
      expect(sum(values.map((value) => (value - (mean ?? 0)) ** 2)) / steps / spread ** 2).toBeLessThan(1.001)
    }), { numRuns: 30 })
  })
})

describe('fits', () => {
  const likelihood = (law: Law, sample: readonly number[]): number => sum(sample.map((value) => Math.log(lawDensity(law, value))))
  const uniforms = fc.array(between(0.001, 0.999), { minLength: 5, maxLength: 40 })

  it('have no neighbour that is more likely', () => {
    fc.assert(fc.property(continuous.filter((law) => law.law === 'gamma' || law.law === 'beta'), uniforms, (law: Law, us) => {
      const sample = us.map((u) => Math.min(lawQuantile(law, u), law.law === 'beta' ? 1 - 1e-12 : Infinity))
      fc.pre(new Set(sample.map((value) => value.toPrecision(4))).size > 3 && Math.min(...sample) > 1e-200)
      const fit = (law.law === 'gamma' ? gammaFit : betaFit)(Float64Array.from(sample))
      if (!fit.ok) throw new Error(fit.error.message)
      const best = likelihood(fit.value, sample)
      for (const [one, other] of [[1.001, 1], [0.999, 1], [1, 1.001], [1, 0.999], [1.001, 1.001], [0.999, 0.999]] as const) {
        const found: Law = fit.value
        const neighbour: Law = found.law === 'gamma'
          ? { ...found, shape: found.shape * one, rate: found.rate * other }
          : { ...found, a: found.a * one, b: found.b * other }
        expect(likelihood(neighbour, sample)).toBeLessThanOrEqual(best + 1e-9 * (1 + Math.abs(best)))
      }
    }), runs)
  })

  it('in closed form are the plain means', () => {
    fc.assert(fc.property(fc.array(between(0.01, 100), { minLength: 3, maxLength: 40 }), (values) => {
      fc.pre(Math.max(...values) > Math.min(...values) * 1.001)
      const center = (list: readonly number[]): number => sum(list) / list.length
      const deviation = (list: readonly number[]): number => Math.sqrt(center(list.map((value) => (value - center(list)) ** 2)))
      const [plain, logs] = [normalFit(Float64Array.from(values)), lognormalFit(Float64Array.from(values))]
      if (!plain.ok || !logs.ok) throw new Error('expected both')
      near(plain.value.mean, center(values), 1e-12)
      near(plain.value.sd, deviation(values), 1e-10)
      near(logs.value.mu, center(values.map(Math.log)), 1e-12)
      near(logs.value.sigma, deviation(values.map(Math.log)), 1e-10)
      const whole = values.map(Math.ceil)
      expect(poissonFit(Float64Array.from(whole))).toMatchObject({ ok: true, value: { lambda: expect.closeTo(center(whole), 10) } })
    }), runs)
  })
})

describe('a sample against its law', () => {
  it('has the gap that every point is tried for', () => {
    fc.assert(fc.property(continuous, fc.array(between(0.001, 0.999), { minLength: 1, maxLength: 40 }), (law: Law, us) => {
      const sample = us.map((u) => lawQuantile(law, u))
      let gap = 0
      for (const value of sample) {
        const share = sample.filter((other) => other <= value).length / sample.length
        const below = sample.filter((other) => other < value).length / sample.length
        gap = Math.max(gap, Math.abs(share - lawCdf(law, value)), Math.abs(below - lawCdf(law, value)))
      }
      const found = sampleCheck(Float64Array.from(sample), law)
      expect(isDiscrete(law)).toBe(false)
      if (!found.ok || found.value.kind !== 'continuous') throw new Error('expected a gap')
      near(found.value.ksStat, gap, 1e-12)
    }), runs)
  })
})
