import { erf, erfc, scaledErfc } from './error-function.ts'

const rootOfHalf = Math.SQRT1_2
const rootOfTwoPi = Math.sqrt(2 * Math.PI)

export const normalPdf = (z: number): number => expMinusHalfSquare(z) / rootOfTwoPi

/** P(Z ≤ z). */
export const normalCdf = (z: number): number => normalSurvival(-z)

/** P(Z > z), exact far in the tail. */
export function normalSurvival(z: number): number {
  if (z < 1) return 0.5 * erfc(z * rootOfHalf)
  return 0.5 * expMinusHalfSquare(z) * scaledErfc(z * rootOfHalf)
}

/** ln P(Z > z), which does not underflow. */
export function normalLogSurvival(z: number): number {
  if (z < 1) return Math.log1p(-0.5 * erfc(-z * rootOfHalf))
  return Math.log(0.5 * scaledErfc(z * rootOfHalf)) - (z * z) / 2
}

/** The z with P(Z ≤ z) = p. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  if (p === 0.5) return 0
  const isUpper = p > 0.5
  const tail = isUpper ? 1 - p : p
  const size = tail > 0.25 ? centralQuantile(0.5 - tail, roughSize(tail)) : tailQuantile(tail, roughSize(tail))
  return isUpper ? size : -size
}

/** exp(-z²/2), the square split as in erfc: z/√2 is rounded, and far out its square shows it. */
function expMinusHalfSquare(z: number): number {
  if (Math.abs(z) > 60) return 0
  const coarse = Math.round(z * 16) / 16
  return Math.exp((-coarse * coarse) / 2) * Math.exp(-(z - coarse) * (z + coarse) * 0.5)
}

/** Abramowitz and Stegun 26.2.23: within 4.5e-4, a start for Newton's steps. */
function roughSize(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

/** About the middle through erf, which keeps the digits of a quantile near 0. */
function centralQuantile(gap: number, rough: number): number {
  let z = rough
  for (let step = 0; step < 3; step += 1) z -= (0.5 * erf(z * rootOfHalf) - gap) / normalPdf(z)
  return z
}

/** In the tail on the scale of logarithms, where density and probability may both underflow and their ratio does not. */
function tailQuantile(tail: number, rough: number): number {
  let z = rough
  const logTail = Math.log(tail)
  for (let step = 0; step < 3; step += 1) {
    const scaled = scaledErfc(z * rootOfHalf) / 2
    z += (Math.log(scaled) - (z * z) / 2 - logTail) * scaled * rootOfTwoPi
  }
  return z
}
