import { assert } from '../../base/index.ts'
import { at } from '../numeric/index.ts'
import { digamma } from '../special/index.ts'
import type { Innovations, VarianceModel } from './garch-filter.ts'

/** The slopes of the log-likelihood. */
export interface LikelihoodGradient {
  readonly omega: number
  /** By lag: of the weight that a rise has, alpha, and of the weight that a fall has, alpha + gamma. */
  readonly rises: Float64Array
  readonly falls: Float64Array
  readonly betas: Float64Array
  /** Of a mean that was taken off the returns to get the residuals. */
  readonly mu: number
  /** Zero for normal innovations. */
  readonly nu: number
}

interface Rows {
  readonly residuals: Float64Array
  /** As `varianceRecursion` has filled it. */
  readonly variance: Float64Array
}

/**
 * Backwards through the recursion: what a row's variance adds to the likelihood, in its own row and through all later ones,
 * follows from what those of the next rows add. One walk, however many weights there are.
 */
export function likelihoodGradient(rows: Rows, model: VarianceModel, innovations: Innovations): LikelihoodGradient {
  const { residuals, variance } = rows
  const { alphas, gammas, betas } = model
  assert(residuals.length === variance.length, 'expected a variance for each residual')
  const n = residuals.length
  const lagsMost = Math.max(alphas.length, betas.length)
  const own = innovations.dist === 'normal' ? normalSlopes(rows) : studentSlopes(rows, innovations.nu)
  const whole = own.ofVariance
  const rises = new Float64Array(alphas.length)
  const falls = new Float64Array(alphas.length)
  const betaSlopes = new Float64Array(betas.length)
  let { mu } = own
  let omega = 0
  for (let time = n - 1; time >= lagsMost; time--) {
    // Complete: every later row that this one reaches has added its share.
    const slope = at(whole, time)
    omega += slope
    for (let lag = 0; lag < alphas.length; lag++) {
      const residual = at(residuals, time - 1 - lag)
      const isFall = residual < 0
      const side = isFall ? falls : rises
      side[lag] = at(side, lag) + slope * residual * residual
      mu -= slope * 2 * (at(alphas, lag) + (isFall ? (gammas[lag] ?? 0) : 0)) * residual
    }
    for (let lag = 0; lag < betas.length; lag++) {
      const before = time - 1 - lag
      betaSlopes[lag] = at(betaSlopes, lag) + slope * at(variance, before)
      whole[before] = at(whole, before) + at(betas, lag) * slope
    }
  }
  // The first rows stand at the mean square of the residuals.
  let first = 0
  for (let time = 0; time < Math.min(lagsMost, n); time++) first += at(whole, time)
  let sum = 0
  for (let time = 0; time < n; time++) sum += at(residuals, time)
  return { omega, rises, falls, betas: betaSlopes, mu: mu - (2 * first * sum) / n, nu: own.nu }
}

/** What the likelihood of each row gains from its own variance, of all rows from mu directly, and from nu. */
interface OwnSlopes {
  readonly ofVariance: Float64Array
  readonly mu: number
  readonly nu: number
}

function normalSlopes({ residuals, variance }: Rows): OwnSlopes {
  const ofVariance = new Float64Array(residuals.length)
  let mu = 0
  for (let time = 0; time < residuals.length; time++) {
    const scaled = at(residuals, time) / at(variance, time)
    ofVariance[time] = 0.5 * (scaled * scaled - 1 / at(variance, time))
    mu += scaled
  }
  return { ofVariance, mu, nu: 0 }
}

const productMost = 1e100

function studentSlopes({ residuals, variance }: Rows, nu: number): OwnSlopes {
  const n = residuals.length
  const ofVariance = new Float64Array(n)
  let [mu, tails, logs, product] = [0, 0, 0, 1]
  for (let time = 0; time < n; time++) {
    const value = at(variance, time)
    const residual = at(residuals, time)
    const tail = (residual * residual) / (value * (nu - 2))
    const pull = (nu + 1) / (1 + tail)
    ofVariance[time] = (0.5 * (pull * tail - 1)) / value
    mu += (pull * residual) / (value * (nu - 2))
    tails += pull * tail
    product *= 1 + tail
    if (product > productMost) {
      logs += Math.log(product)
      product = 1
    }
  }
  const peak = digamma((nu + 1) / 2) - digamma(nu / 2) - 1 / (nu - 2)
  return { ofVariance, mu, nu: 0.5 * (n * peak - logs - Math.log(product) + tails / (nu - 2)) }
}
