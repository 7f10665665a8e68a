import { unreachable } from '../../base/index.ts'
import {
  betaFactor, betaTails, gammaFactor, gammaTails, inverseBetaShare, inverseGammaP, normalCdf, normalPdf, normalQuantile, studentTCdf,
  studentTPdf, studentTQuantile,
} from '../special/index.ts'
import type { Law } from './law.ts'
import { lawMoments } from './law-moments.ts'

/** P(X ≤ x). */
export function lawCdf(law: Law, x: number): number {
  switch (law.law) {
    case 'normal': return normalCdf((x - law.mean) / law.sd)
    case 'lognormal': return x <= 0 ? 0 : normalCdf((Math.log(x) - law.mu) / law.sigma)
    case 'gamma': return x <= 0 ? 0 : gammaTails(law.shape, law.rate * x).lower
    case 'exponential': return x <= 0 ? 0 : -Math.expm1(-law.rate * x)
    case 'beta': return x <= 0 ? 0 : x >= 1 ? 1 : betaTails(law.a, law.b, { x, rest: 1 - x }).lower
    case 't': return studentTCdf(x, law.df)
    case 'poisson': return x < 0 ? 0 : gammaTails(Math.floor(x) + 1, law.lambda).upper
    case 'nbinom': return x < 0 ? 0 : betaTails(law.size, Math.floor(x) + 1, { x: law.prob, rest: 1 - law.prob }).lower
    default: return unreachable(law, 'law')
  }
}

/** The density, or the probability of exactly x for a law of counts. */
export function lawDensity(law: Law, x: number): number {
  switch (law.law) {
    case 'normal': return normalPdf((x - law.mean) / law.sd) / law.sd
    case 'lognormal': return x <= 0 ? 0 : normalPdf((Math.log(x) - law.mu) / law.sigma) / law.sigma / x
    case 'gamma': return x <= 0 ? 0 : gammaFactor(law.shape, law.rate * x) / x
    case 'exponential': return x < 0 ? 0 : law.rate * Math.exp(-law.rate * x)
    case 'beta': return x <= 0 || x >= 1 ? 0 : betaFactor(law.a, law.b, { x, rest: 1 - x }) / x / (1 - x)
    case 't': return studentTPdf(x, law.df)
    case 'poisson': return isCount(x) ? gammaFactor(x + 1, law.lambda) / law.lambda : 0
    case 'nbinom': return isCount(x) ? betaFactor(
      law.size, x + 1, { x: law.prob, rest: 1 - law.prob },
    ) / (law.size + x) / (1 - law.prob) : 0
    default: return unreachable(law, 'law')
  }
}

/** The least x with P(X ≤ x) of at least p; infinite at the ends of an unbounded law. */
export function lawQuantile(law: Law, p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  switch (law.law) {
    case 'normal': return law.mean + law.sd * normalQuantile(p)
    case 'lognormal': return Math.exp(law.mu + law.sigma * normalQuantile(p))
    case 'gamma': return inverseGammaP(law.shape, p) / law.rate
    case 'exponential': return -Math.log1p(-p) / law.rate
    case 'beta': return inverseBetaShare(law.a, law.b, p).x
    case 't': return studentTQuantile(p, law.df)
    case 'poisson':
    case 'nbinom': return p === 1 ? Infinity : leastCount(law, p)
    default: return unreachable(law, 'law')
  }
}

const isCount = (x: number): boolean => Number.isInteger(x) && x >= 0

/** From the normal approximation outwards by doubling steps, then by halving. */
function leastCount(law: Law, p: number): number {
  const isEnough = (count: number): boolean => lawCdf(law, count) >= p
  const { mean, variance } = lawMoments(law)
  const guess = (mean ?? 0) + normalQuantile(Math.min(Math.max(p, 1e-12), 1 - 1e-12)) * Math.sqrt(variance ?? 0)
  let high = Math.max(0, Math.round(guess))
  let low = high - 1
  for (let step = 1; !isEnough(high); step *= 2) {
    // Reached only when the distribution function itself is not available.
    if (high > 2 ** 53) return Number.NaN
    low = high
    high += step
  }
  for (let step = 1; low >= 0 && isEnough(low); step *= 2) {
    high = low
    low = Math.max(-1, low - step)
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}
