import { gammaFactor, inverseGammaP, regularizedGammaP, regularizedGammaQ } from './incomplete-gamma.ts'

/** P(X ≤ x) of the chi-square law. */
export const chiSquareCdf = (x: number, freedom: number): number => regularizedGammaP(freedom / 2, Math.max(0, x / 2))

/** P(X > x), exact far in the tail: the p-value of the tests. */
export const chiSquareSurvival = (x: number, freedom: number): number => regularizedGammaQ(freedom / 2, Math.max(0, x / 2))

export const chiSquareQuantile = (p: number, freedom: number): number => 2 * inverseGammaP(freedom / 2, p)

export function chiSquarePdf(x: number, freedom: number): number {
  if (x < 0) return 0
  if (x === 0) return freedom < 2 ? Infinity : freedom === 2 ? 0.5 : 0
  return gammaFactor(freedom / 2, x / 2) / x
}
