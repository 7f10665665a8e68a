import { gamma, logBeta, stirlingCorrection } from './gamma-function.ts'
import { betaTails, inverseBetaTail } from './incomplete-beta.ts'
import { deviance } from './deviance.ts'
import { normalCdf, normalPdf, normalQuantile, normalSurvival } from './normal.ts'

/** Above this the law differs from the normal one by less than the last bit. */
const normalFrom = 1e18

/** The density of Student's law with `freedom` degrees of freedom. */
export function studentTPdf(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t)) return Number.NaN
  if (freedom >= normalFrom) return normalPdf(t)
  const ratio = (t / freedom) * t
  if (ratio === Infinity) return 0
  return peakDensity(freedom) * Math.exp(-0.5 * (freedom + 1) * Math.log1p(ratio))
}

/** ln of the density, which does not underflow: for likelihoods. */
export function studentTLogPdf(t: number, freedom: number): number {
  return Math.log(peakDensity(freedom)) - 0.5 * (freedom + 1) * Math.log1p((t / freedom) * t)
}

/** P(T ≤ t). */
export const studentTCdf = (t: number, freedom: number): number => studentTSurvival(-t, freedom)

/** P(T > t), exact far in the tail. */
export function studentTSurvival(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t)) return Number.NaN
  if (freedom >= normalFrom) return normalSurvival(t)
  const square = (t / freedom) * t
  // The upper tail of the square, halved; where 1 + t²/ν overflows, its first term is the whole of it.
  const tail = square < 1e300
    ? 0.5 * betaTails(freedom / 2, 0.5, { x: 1 / (1 + square), rest: square / (1 + square) }).lower
    : Math.exp(-freedom * (Math.log(Math.abs(t)) - 0.5 * Math.log(freedom)) - Math.log(freedom) - logBeta(freedom / 2, 0.5))
  return t < 0 ? 1 - tail : tail
}

/** The t with P(T ≤ t) = p. */
export function studentTQuantile(p: number, freedom: number): number {
  if (!(freedom > 0 && p >= 0 && p <= 1)) return Number.NaN
  if (freedom >= normalFrom) return normalQuantile(p)
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  // Near the middle the complement of the doubled tail is the one with digits.
  const { x, rest } = tail > 0.25
    ? inverseBetaTail(freedom / 2, 0.5, 2 * Math.abs(p - 0.5), 'upper')
    : inverseBetaTail(freedom / 2, 0.5, 2 * tail, 'lower')
  const size = Math.sqrt(freedom) * Math.sqrt(rest / x)
  return p < 0.5 ? -size : size
}

/** Γ((ν+1)/2) / (√(νπ) Γ(ν/2)). */
function peakDensity(freedom: number): number {
  if (freedom < 300) return gamma((freedom + 1) / 2) / gamma(freedom / 2) / Math.sqrt(freedom * Math.PI)
  const half = freedom / 2
  // Stirling for both, with (ν/2) ln(1 + 1/ν) - 1/2 kept free of cancellation.
  const exponent = stirlingCorrection(half + 0.5) - stirlingCorrection(half) - half * deviance(1 / freedom)
  return Math.exp(exponent) / Math.sqrt(2 * Math.PI)
}

/** Both tails of |T|: the p-value of a two-sided test. */
export const studentTTwoSided = (t: number, freedom: number): number => 2 * studentTSurvival(Math.abs(t), freedom)

/** The p-value of a two-sided test with a normal statistic. */
export const normalTwoSided = (z: number): number => 2 * normalCdf(-Math.abs(z))
