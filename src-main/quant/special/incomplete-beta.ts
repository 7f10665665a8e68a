import { deviance } from './deviance.ts'
import { gamma, logBeta, stirlingCorrection } from './gamma-function.ts'
import type { Tails } from './incomplete-gamma.ts'
import { monotoneRoot } from './monotone-root.ts'

/** A share x of 1 together with 1 - x, each with all of its digits. */
export interface Share {
  readonly x: number
  readonly rest: number
}

const iterationsMax = 1_000_000

/** I_x(a, b) and its complement, for a and b > 0. Who knows 1 - x better than by subtraction gives it. */
export function betaTails(a: number, b: number, { x, rest }: Share): Tails {
  if (!areShapes(a, b) || !(x >= 0 && rest >= 0)) return { lower: Number.NaN, upper: Number.NaN }
  if (x === 0) return { lower: 0, upper: 1 }
  if (rest === 0) return { lower: 1, upper: 0 }
  const factor = betaFactor(a, b, { x, rest })
  if (x * (a + b + 2) < a + 1) {
    const lower = factor * betaFraction(a, b, { x, rest })
    return { lower, upper: 1 - lower }
  }
  const upper = factor * betaFraction(b, a, { x: rest, rest: x })
  return { lower: 1 - upper, upper }
}

export const regularizedBeta = (a: number, b: number, x: number): number => betaTails(a, b, { x, rest: 1 - x }).lower

/** x^a (1-x)^b / B(a, b): the density of a beta law times x (1-x). */
export function betaFactor(a: number, b: number, { x, rest }: Share): number {
  if (a < 20 && b < 20) return (Math.pow(x, a) * Math.pow(rest, b) * gamma(a + b)) / gamma(a) / gamma(b)
  const n = a + b
  const excess = b * x - a * rest
  const exponent = -a * deviance(excess / a, (n * x) / a) - b * deviance(-excess / b, (n * rest) / b)
  const correction = stirlingCorrection(n) - stirlingCorrection(a) - stirlingCorrection(b)
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * Math.exp(exponent + correction)
}

/** The x with I_x(a, b) = p, together with 1 - x. */
export function inverseBetaShare(a: number, b: number, p: number): Share {
  return p > 0.5 ? inverseBetaTail(a, b, 1 - p, 'upper') : inverseBetaTail(a, b, p, 'lower')
}

export const inverseRegularizedBeta = (a: number, b: number, p: number): number => inverseBetaShare(a, b, p).x

/** Solved for the logit of x by the logarithm of the tail that is given. */
export function inverseBetaTail(a: number, b: number, tail: number, side: 'lower' | 'upper'): Share {
  if (!areShapes(a, b) || !(tail >= 0 && tail <= 1)) return { x: Number.NaN, rest: Number.NaN }
  if (tail === 0) return side === 'lower' ? { x: 0, rest: 1 } : { x: 1, rest: 0 }
  if (tail === 1) return side === 'lower' ? { x: 1, rest: 0 } : { x: 0, rest: 1 }
  const sign = side === 'lower' ? 1 : -1
  const logTail = Math.log(tail)
  const logit = monotoneRoot(
    {
      valueAt: (at) => sign * (Math.log(betaTails(a, b, shareOf(at))[side]) - logTail),
      slopeAt: (at) => betaFactor(a, b, shareOf(at)) / betaTails(a, b, shareOf(at))[side],
    },
    [-745, 745],
    startOfInverse(a, b, logTail, side),
  )
  return shareOf(logit)
}

/** Below the least of these Γ overflows, and with it the product that the tails are made of. */
const areShapes = (a: number, b: number): boolean => Math.min(a, b) >= 1e-300 && Math.max(a, b) < Infinity

const shareOf = (logit: number): Share => ({ x: 1 / (1 + Math.exp(-logit)), rest: 1 / (1 + Math.exp(logit)) })

/** The first term of the series where the tail is far out, else the mean. */
function startOfInverse(a: number, b: number, logTail: number, side: 'lower' | 'upper'): number {
  const mean = Math.log(a) - Math.log(b)
  const far = side === 'lower' ? (logTail + Math.log(a) + logBeta(a, b)) / a : -(logTail + Math.log(b) + logBeta(a, b)) / b
  return side === 'lower' ? Math.min(mean, far) : Math.max(mean, far)
}

/**
 * The even part of the continued fraction of I_x(a, b) / factor, by Lentz's method (Didonato and Morris 1992, BFRAC). It asks for
 * the distance from the mean, a(1-x) - bx, and never for x against 1, so it holds where x is within a few bits of 1.
 */
function betaFraction(a: number, b: number, { x, rest }: Share): number {
  const distance = a * rest - b * x + 1
  let value = (a * distance) / (a + 1)
  let c = value
  let d = 0
  for (let m = 1; m < iterationsMax; m += 1) {
    const even = a + 2 * m - 1
    const numerator = ((((a + m - 1) / even) * (a + b + m - 1)) / even) * m * (b - m) * x * x
    const partial = m + (m * (b - m) * x) / even + ((a + m) * (distance + m * (1 + rest))) / (even + 2)
    d = 1 / (partial + numerator * d)
    c = partial + numerator / c
    const change = c * d
    value *= change
    if (Math.abs(change - 1) < 2 ** -52) return 1 / value
  }
  return Number.NaN
}
