import { describe, expect, it } from 'vitest'
import * as special from '../../../../src-main/quant/special/index.ts'
import { referenceValues } from './reference-values.ts'

const functions = special as unknown as Readonly<Record<string, (...given: readonly number[]) => number>>

const relativeError = (got: number, expected: number): number => Math.abs(got - expected) / Math.abs(expected)

/** I_x(a, b) for whole a and b and a rational x is a finite sum of whole numbers over a power: exact. */
function exactBeta(a: number, b: number, above: bigint, below: bigint): number {
  const n = a + b - 1
  let choose = 1n
  let sum = 0n
  for (let k = 0; k <= n; k += 1) {
    if (k >= a) sum += choose * above ** BigInt(k) * (below - above) ** BigInt(n - k)
    choose = (choose * BigInt(n - k)) / BigInt(k + 1)
  }
  return ratioOf(sum, below ** BigInt(n))
}

/** A quotient of big whole numbers as the nearest double but for the last bit. */
function ratioOf(above: bigint, below: bigint): number {
  const digits = 25n
  let scale = 0
  let scaled = above
  while (scaled < below * 10n ** digits) {
    scaled *= 10n
    scale += 1
  }
  return Number(`${scaled / below}e-${scale}`)
}

describe('the special functions', () => {
  it.each(Object.entries(referenceValues))('have nearly every digit of %s', (name, rows) => {
    const evaluate = functions[name]
    if (evaluate === undefined) throw new Error(`no function ${name}`)
    for (const [given, expected] of rows) {
      expect(relativeError(evaluate(...given), expected), `${name}(${given.join(', ')})`).toBeLessThan(2e-13)
    }
  })

  it('agree with the incomplete beta function as a sum of whole numbers', () => {
    for (const [a, b, above, below] of [[3, 4, 1n, 3n], [40, 2, 1n, 7n], [7, 60, 1n, 100n], [120, 180, 2n, 5n], [1, 1, 9n, 10n]] as const) {
      const expected = exactBeta(a, b, above, below)
      // The quotient is not a double, so the reference is taken to 13 digits.
      expect(relativeError(special.regularizedBeta(a, b, Number(above) / Number(below)), expected)).toBeLessThan(3e-14)
    }
  })

  it('have their known values', () => {
    expect(special.gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 14)
    expect(special.gamma(171)).toBeCloseTo(7.257415615307994e306, -293)
    expect(special.gamma(6)).toBe(120)
    expect(special.logGamma(1)).toBe(0)
    expect(special.logGamma(2)).toBe(0)
    expect(special.digamma(1)).toBeCloseTo(-0.5772156649015329, 15)
    expect(special.digamma(-0.5)).toBeCloseTo(0.03648997397857652, 15)
    expect(special.trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 14)
    expect(special.trigamma(-0.5)).toBeCloseTo(8.934802200544679, 13)
    expect(special.normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 15)
    expect(special.kolmogorovCritical(0.05)).toBeCloseTo(1.3580986393225505, 14)
    expect(special.chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841458820694124, 13)
    expect(special.chiSquareSurvival(3.841458820694124, 1)).toBeCloseTo(0.05, 15)
    expect(special.studentTQuantile(0.975, 5)).toBeCloseTo(2.570581835636314, 13)
    expect(special.inverseRegularizedBeta(2, 3, 0.5)).toBeCloseTo(0.38572756813238945, 14)
  })

  it('are exact far in the tails, where a difference from 1 would be 0', () => {
    expect(relativeError(special.normalSurvival(30), 4.906713927148187e-198)).toBeLessThan(1e-14)
    expect(relativeError(special.studentTSurvival(1e160, 1), 1 / (Math.PI * 1e160))).toBeLessThan(1e-12)
    expect(relativeError(special.chiSquareSurvival(1400, 2), Math.exp(-700))).toBeLessThan(1e-13)
    expect(special.normalLogSurvival(1e5)).toBeCloseTo(-5e9 - Math.log(1e5 * Math.sqrt(2 * Math.PI)), 4)
    expect(special.normalLogSurvival(-10)).toBeCloseTo(-7.619853024160527e-24, 37)
    expect(special.normalCdf(special.normalQuantile(5e-324))).toBe(5e-324)
  })

  it('end where their laws end', () => {
    expect([special.normalCdf(-Infinity), special.normalCdf(Infinity), special.normalPdf(Infinity)]).toEqual([0, 1, 0])
    expect([special.normalQuantile(0), special.normalQuantile(0.5), special.normalQuantile(1)]).toEqual([-Infinity, 0, Infinity])
    expect(
      [special.studentTQuantile(0, 4), special.studentTQuantile(0.5, 4), special.studentTQuantile(1, 4)],
    ).toEqual([-Infinity, 0, Infinity])
    expect([special.studentTCdf(-Infinity, 4), special.studentTPdf(Infinity, 4)]).toEqual([0, 0])
    expect([special.inverseGammaP(2, 0), special.inverseGammaP(2, 1), special.inverseGammaQ(2, 0), special.inverseGammaQ(2, 1)])
      .toEqual([0, Infinity, Infinity, 0])
    expect([special.inverseRegularizedBeta(2, 3, 0), special.inverseRegularizedBeta(2, 3, 1)]).toEqual([0, 1])
    expect([special.inverseBetaTail(2, 3, 1, 'lower').x, special.inverseBetaTail(2, 3, 1, 'upper').x]).toEqual([1, 0])
    expect([special.regularizedGammaP(2, 0), special.regularizedGammaQ(2, Infinity)]).toEqual([0, 0])
    expect([special.regularizedBeta(2, 3, 0), special.regularizedBeta(2, 3, 1)]).toEqual([0, 1])
    expect([special.chiSquareCdf(-1, 3), special.fCdf(-1, 3, 4), special.fSurvival(Infinity, 3, 4)]).toEqual([0, 0, 0])
    expect([special.chiSquarePdf(-1, 3), special.chiSquarePdf(0, 1), special.chiSquarePdf(0, 2), special.chiSquarePdf(0, 3)])
      .toEqual([0, Infinity, 0.5, 0])
    expect([special.kolmogorovSurvival(0), special.kolmogorovCdf(0), special.kolmogorovCdf(10)]).toEqual([1, 0, 1])
    expect([special.gamma(172), special.logGamma(Infinity), special.logGamma(-3), special.logBeta(0, 2)])
      .toEqual([Infinity, Infinity, Infinity, Infinity])
    expect(special.inverseGammaP(0.001, 1e-300)).toBe(0)
  })

  it('become the normal law when a t law has no end of freedom', () => {
    expect(special.studentTCdf(1.5, 1e19)).toBe(special.normalCdf(1.5))
    expect(special.studentTPdf(1.5, 1e19)).toBe(special.normalPdf(1.5))
    expect(special.studentTQuantile(0.9, 1e19)).toBe(special.normalQuantile(0.9))
    expect(special.studentTCdf(1.5, 1e12)).toBeCloseTo(special.normalCdf(1.5), 11)
    expect(special.studentTLogPdf(1.5, 7)).toBeCloseTo(Math.log(special.studentTPdf(1.5, 7)), 14)
    expect(special.studentTPdf(1.5, 299.9) - special.studentTPdf(1.5, 300.1)).toBeCloseTo(0, 6)
  })

  it('have no number for what they are not defined for', () => {
    const nothing = [
      special.erf(Number.NaN), special.logGamma(Number.NaN), special.gamma(-2), special.gamma(0), special.digamma(-1), special.logBeta(-1, 2),
      special.regularizedGammaP(-1, 2), special.regularizedGammaP(2, -1), special.regularizedGammaQ(Infinity, 2),
      special.regularizedBeta(-1, 2, 0.5), special.regularizedBeta(1, 2, 1.5), special.regularizedBeta(1, Infinity, 0.5),
      special.inverseGammaP(2, 1.5), special.inverseGammaP(-1, 0.5), special.inverseRegularizedBeta(2, 2, -0.5),
      special.normalQuantile(1.1), special.normalQuantile(Number.NaN), special.studentTCdf(1, 0), special.studentTPdf(Number.NaN, 3),
      special.studentTQuantile(0.5, -1), special.kolmogorovSurvival(Number.NaN), special.kolmogorovCdf(Number.NaN), special.kolmogorovCritical(0),
      special.normalCdf(Number.NaN), special.fCdf(1, 0, 3),
    ]
    expect(nothing.map(Number.isNaN)).toEqual(nothing.map(() => true))
    expect(special.trigamma(-1)).toBe(Infinity)
  })

  it('say that they do not know rather than guess for a shape beyond their reach', () => {
    expect(special.regularizedGammaP(1e14, 1e14)).toBeNaN()
  })
})
