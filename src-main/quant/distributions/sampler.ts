import { ok, unreachable } from '../../base/index.ts'
import type { Random, Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { checkLaw } from './law.ts'
import type { Law } from './law.ts'
import { lawQuantile } from './law-functions.ts'

export type Draw = (random: Random) => number

/** How to draw from a law; the randomness comes with each draw, so one seed fixes all of them. */
export function samplerOf(law: Law): Result<Draw, QuantError> {
  const checked = checkLaw(law)
  return checked.ok ? ok(drawOf(checked.value)) : checked
}

function drawOf(law: Law): Draw {
  switch (law.law) {
    case 'normal': return (random) => law.mean + law.sd * random.nextNormal()
    case 'lognormal': return (random) => Math.exp(law.mu + law.sigma * random.nextNormal())
    case 'gamma': return (random) => Math.exp(logGammaDraw(random, law.shape)) / law.rate
    case 'exponential': return (random) => -Math.log(aboveZero(random)) / law.rate
    case 'beta': return (random) => betaDraw(random, law.a, law.b)
    case 't': return (random) => random.nextNormal() * Math.exp(0.5 * (Math.log(law.df / 2) - logGammaDraw(random, law.df / 2)))
    case 'poisson': return (random) => poissonDraw(random, law.lambda)
    case 'nbinom': return (random) => poissonDraw(random, (Math.exp(logGammaDraw(random, law.size)) * (1 - law.prob)) / law.prob)
    default: return unreachable(law, 'law')
  }
}

/** In (0, 1], for a logarithm. */
const aboveZero = (random: Random): number => 1 - random.nextFloat53()

/**
 * ln of a gamma number of rate 1 by Marsaglia and Tsang (2000). The logarithm, because with a small shape the number itself
 * underflows; below shape 1 it is drawn for one more and multiplied by a power of a uniform number.
 */
function logGammaDraw(random: Random, shape: number): number {
  if (shape < 1) return logGammaDraw(random, shape + 1) + Math.log(aboveZero(random)) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = random.nextNormal()
    const root = 1 + c * z
    if (root <= 0) continue
    const cube = root * root * root
    if (Math.log(aboveZero(random)) < 0.5 * z * z + d * (1 - cube + Math.log(cube))) return Math.log(d * cube)
  }
}

function betaDraw(random: Random, a: number, b: number): number {
  const above = logGammaDraw(random, a)
  const below = logGammaDraw(random, b)
  return 1 / (1 + Math.exp(below - above))
}

/**
 * By multiplication for small means (Knuth), by the quantile of one uniform number for large ones. The mean of a negative binomial
 * draw has no bound; far up the law is normal to within 1e-5 of probability.
 */
function poissonDraw(random: Random, lambda: number): number {
  if (lambda > 1e8) return Math.round(lambda + Math.sqrt(lambda) * random.nextNormal())
  if (lambda > 30) return lawQuantile({ law: 'poisson', lambda }, random.nextFloat53())
  const limit = Math.exp(-lambda)
  let count = 0
  for (let product = aboveZero(random); product > limit; product *= aboveZero(random)) count += 1
  return count
}
