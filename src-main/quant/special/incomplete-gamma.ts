import { deviance } from './deviance.ts'
import { gamma, logGamma, stirlingCorrection } from './gamma-function.ts'
import { monotoneRoot } from './monotone-root.ts'
import { normalQuantile } from './normal.ts'

/** Both tails, each computed without subtraction from one where it is the small one. */
export interface Tails {
  readonly lower: number
  readonly upper: number
}

const iterationsMax = 1_000_000
const noTails: Tails = { lower: Number.NaN, upper: Number.NaN }

/** P(a, x) and Q(a, x) for a > 0 and x of at least 0. */
export function gammaTails(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0) || a === Infinity) return noTails
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  if (a < 1 && x < 1.5) return smallShapeTails(a, x)
  const density = gammaFactor(a, x)
  if (x < a + 1) {
    const lower = (density / a) * lowerSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = density * upperFraction(a, x)
  return { lower: 1 - upper, upper }
}

export const regularizedGammaP = (a: number, x: number): number => gammaTails(a, x).lower
export const regularizedGammaQ = (a: number, x: number): number => gammaTails(a, x).upper

/** x^a e^(-x) / Γ(a): the density of a gamma law of rate 1, times x. */
export function gammaFactor(a: number, x: number): number {
  if (a < 20 && x < 100) return (Math.pow(x, a) * Math.exp(-x)) / gamma(a)
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-a * deviance((x - a) / a, x / a) - stirlingCorrection(a))
}

/** The x with P(a, x) = p. */
export const inverseGammaP = (a: number, p: number): number =>
  p > 0.5 ? inverseGammaTail(a, 1 - p, 'upper') : inverseGammaTail(a, p, 'lower')

/** The x with Q(a, x) = q. */
export const inverseGammaQ = (a: number, q: number): number =>
  q > 0.5 ? inverseGammaTail(a, 1 - q, 'lower') : inverseGammaTail(a, q, 'upper')

/** Solved for ln x by the logarithm of the smaller tail, so that far tails keep their digits. */
function inverseGammaTail(a: number, tail: number, side: 'lower' | 'upper'): number {
  if (!(a > 0) || a === Infinity || !(tail >= 0 && tail <= 1)) return Number.NaN
  if (tail === 0) return side === 'lower' ? 0 : Infinity
  const sign = side === 'lower' ? 1 : -1
  const logTail = Math.log(tail)
  const root = monotoneRoot(
    {
      valueAt: (logX) => sign * (Math.log(gammaTails(a, Math.exp(logX))[side]) - logTail),
      slopeAt: (logX) => gammaFactor(a, Math.exp(logX)) / gammaTails(a, Math.exp(logX))[side],
    },
    [-745, 709],
    startOfInverse(a, tail, side),
  )
  return root <= -744 ? 0 : Math.exp(root)
}

/** Wilson and Hilferty's cube for the middle, the first term of the series for the lower end. */
function startOfInverse(a: number, tail: number, side: 'lower' | 'upper'): number {
  const z = normalQuantile(tail) * (side === 'lower' ? 1 : -1)
  const cube = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a))
  if (cube > 0.2) return Math.log(a) + 3 * Math.log(cube)
  return side === 'lower' ? (Math.log(tail) + logGamma(a + 1)) / a : Math.log(Math.max(a, -Math.log(tail)))
}

/** Σ x^n / ((a+1)...(a+n)), from n = 0. */
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < iterationsMax; n += 1) {
    term *= x / (a + n)
    sum += term
    if (term < 1e-17 * sum) return sum
  }
  return Number.NaN
}

/** Legendre's continued fraction of Γ(a, x) e^x x^(-a), by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let value = d
  for (let n = 1; n < iterationsMax; n += 1) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    const change = c * d
    value *= change
    if (Math.abs(change - 1) < 2 ** -52) return value
  }
  return Number.NaN
}

/** For a < 1 and small x, where Q = 1 - P would lose every digit as a falls to 0. */
function smallShapeTails(a: number, x: number): Tails {
  let power = 1
  let sum = 0
  for (let n = 1; n < 40; n += 1) {
    power *= -x / n
    sum += power / (a + n)
  }
  const logFront = a * Math.log(x) - logGamma(1 + a)
  const front = Math.exp(logFront)
  const upper = -Math.expm1(logFront) - front * a * sum
  return { lower: front * (1 + a * sum), upper }
}
