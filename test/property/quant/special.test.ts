import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  betaFactor, betaTails, chiSquareCdf, chiSquareSurvival, digamma, erf, erfc, fSurvival, gammaFactor, gammaTails, inverseBetaShare, inverseGammaP,
  inverseGammaQ, kolmogorovCritical, kolmogorovSurvival, logGamma, monotoneRoot, normalCdf, normalQuantile, normalSurvival, studentTCdf,
  studentTPdf, studentTQuantile, studentTSurvival, trigamma,
} from '../../../src-main/quant/special/index.ts'

const runs = { numRuns: Math.max(200, fc.readConfigureGlobal()?.numRuns ?? 0) }
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** Spread over decades. */
const decades = (from: number, to: number) => between(from, to).map((exponent) => 10 ** exponent)
const probability = fc.oneof(between(1e-6, 1 - 1e-6), decades(-200, -1))

const near = (got: number, expected: number, tolerance: number): void => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-290))
}

describe('special functions', () => {
  it('have tails that sum to 1', () => {
    fc.assert(fc.property(decades(-2, 4), decades(-3, 4), between(0, 1), (a, b, x) => {
      const gammas = gammaTails(a, b)
      near(gammas.lower + gammas.upper, 1, 1e-14)
      const betas = betaTails(a, b, { x, rest: 1 - x })
      near(betas.lower + betas.upper, 1, 1e-14)
      near(normalCdf(x * 8) + normalSurvival(x * 8), 1, 1e-15)
      near(erf(x) + erfc(x), 1, 1e-15)
    }), runs)
  })

  it('come back from their inverses', () => {
    fc.assert(fc.property(probability, decades(-1, 4), decades(-1, 4), (p, a, b) => {
      near(normalCdf(normalQuantile(p)), p, 1e-15 * (2 + normalQuantile(p) ** 2))
      const x = inverseGammaP(a, p)
      if (x > 1e-290) near(gammaTails(a, x).lower, p, 3e-13 * (1 + gammaFactor(a, x) / p))
      const far = inverseGammaQ(a, p)
      if (far > 1e-290) near(gammaTails(a, far).upper, p, 3e-13 * (1 + gammaFactor(a, far) / p))
      const share = inverseBetaShare(a, b, p)
      if (share.x > 1e-290) near(
        betaTails(a, b, share).lower, p, 1e-12 * (1 + betaFactor(a, b, share) / p / Math.min(1, share.rest + 1e-3)),
      )
      const t = studentTQuantile(p, a)
      if (Math.abs(t) < 1e140) near(studentTCdf(t, a), p, 1e-12)
    }), runs)
  })

  it('obey the recurrences of the gamma function', () => {
    fc.assert(fc.property(decades(-3, 6), (x) => {
      expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(3e-15 * (1 + Math.abs(logGamma(x))))
      expect(digamma(x + 1) - digamma(x) - 1 / x).toBeCloseTo(0, 11 - Math.ceil(Math.max(0, -Math.log10(x))))
      near(trigamma(x), trigamma(x + 1) + 1 / (x * x), 1e-14)
    }), runs)
  })

  it('agree with the closed forms of few degrees of freedom', () => {
    fc.assert(fc.property(between(-50, 50), decades(-3, 3), (t, x) => {
      near(studentTSurvival(t, 1), t > 0 ? Math.atan(1 / t) / Math.PI : 0.5 - Math.atan(t) / Math.PI, 1e-13)
      near(studentTCdf(-Math.abs(t), 2), 1 / (2 + t * t + Math.abs(t) * Math.sqrt(2 + t * t)), 1e-13)
      near(chiSquareSurvival(x, 2), Math.exp(-x / 2), 1e-13)
      near(chiSquareSurvival(x, 4), Math.exp(-x / 2) * (1 + x / 2), 1e-13)
      near(chiSquareCdf(x, 1), erf(Math.sqrt(x / 2)), 1e-13)
    }), runs)
  })

  it('know that the square of a t number is an F number', () => {
    fc.assert(fc.property(between(0.01, 30), decades(0, 4), (t, freedom) => {
      near(fSurvival(t * t, 1, freedom), 2 * studentTSurvival(t, freedom), 1e-12)
    }), runs)
  })

  it('have a density that is the slope of the distribution', () => {
    fc.assert(fc.property(between(-6, 6), decades(-0.3, 5), (t, freedom) => {
      const step = 1e-4
      const slope = (studentTCdf(t + step, freedom) - studentTCdf(t - step, freedom)) / (2 * step)
      expect(slope).toBeCloseTo(studentTPdf(t, freedom), 7)
    }), runs)
  })

  it('find the critical value of Kolmogorov that is exceeded as often as asked', () => {
    fc.assert(fc.property(between(1e-12, 0.9999), (p) => near(kolmogorovSurvival(kolmogorovCritical(p)), p, 1e-12)), runs)
  })

  it('find the root of any rising function within its bounds', () => {
    fc.assert(fc.property(between(-5, 5), fc.integer({ min: 0, max: 3 }), between(-6, 6), (root, power, start) => {
      const exponent = 2 * power + 1
      const found = monotoneRoot(
        { valueAt: (x) => (x - root) ** exponent, slopeAt: (x) => exponent * (x - root) ** (exponent - 1) }, [-6, 6], start,
      )
      // A root of order m is found to the m-th root of the least number that is told from 0.
      expect(Math.abs(found - root)).toBeLessThan(1e-9)
    }), runs)
  })
})
