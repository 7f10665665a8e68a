import { assert, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { at } from '../numeric/index.ts'
import { logGamma } from '../special/index.ts'

/** h = ω + Σ(αᵢ + γᵢ·1[e<0])e² + Σ βⱼ h. Without gammas it is GARCH, with them the model of Glosten, Jagannathan and Runkle. */
export interface VarianceModel {
  readonly omega: number
  readonly alphas: Float64Array
  /** One for each alpha, or none. */
  readonly gammas: Float64Array
  readonly betas: Float64Array
}

export type Innovations = { readonly dist: 'normal' } | { readonly dist: 't'; readonly nu: number }

export interface VarianceFilter {
  readonly sigma: Float64Array
  readonly loglik: number
}

/** A model that may give a variance below zero is refused: the number would be wrong one day. */
export function refuseModel(
  { omega, alphas, gammas, betas }: VarianceModel, innovations: Innovations,
): ReturnType<typeof refuse> | undefined {
  if (!(omega > 0 && omega < Infinity)) return refuse('bad-parameter', `Expected a positive omega, but it was ${omega}.`)
  const isNegative = (value: number): boolean => !(value >= 0 && value < Infinity)
  const weights = [...alphas, ...betas, ...gammas.map((gamma, lag) => gamma + at(alphas, lag))]
  if (weights.some(isNegative)) return refuse('bad-parameter', 'Expected alpha, beta and alpha + gamma to be zero or more.')
  if (innovations.dist === 't' && !(innovations.nu > 2 && innovations.nu < Infinity)) {
    return refuse('bad-parameter', `Expected nu above 2, but it was ${innovations.nu}.`)
  }
  return undefined
}

/**
 * The standard deviations that the model gives a series of returns, the first from the mean square; with the log-likelihood of
 * all rows.
 */
export function filterVariance(
  residuals: Float64Array, model: VarianceModel, innovations: Innovations,
): Result<VarianceFilter, QuantError> {
  const refusal = refuseSeries('The series', residuals, 2) ?? refuseModel(model, innovations)
  if (refusal !== undefined) return refusal
  const variance = new Float64Array(residuals.length)
  const first = varianceRecursion(residuals, model, variance)
  if (!(first > 0)) return refuse('degenerate', 'The series does not vary.')
  const loglik = logLikelihood(residuals, variance, innovations)
  if (!Number.isFinite(loglik)) return refuse('degenerate', 'The variance left the range of numbers.')
  return ok({ sigma: variance.map((value) => Math.sqrt(value)), loglik })
}

export function meanSquare(values: Float64Array): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += at(values, index) ** 2
  return sum / values.length
}

/** Fills `variance` and gives the mean square that stands for what was before the series. */
export function varianceRecursion(residuals: Float64Array, model: VarianceModel, variance: Float64Array): number {
  const { omega, alphas, gammas, betas } = model
  assert(gammas.length === 0 || gammas.length === alphas.length, 'expected a gamma for each alpha')
  const before = meanSquare(residuals)
  if (alphas.length === 1 && betas.length === 1) {
    shortRecursion(residuals, { omega, alpha: at(alphas, 0), beta: at(betas, 0), gamma: gammas[0] ?? 0, before }, variance)
    return before
  }
  const lagsMost = Math.max(alphas.length, betas.length)
  for (let time = 0; time < residuals.length; time++) {
    if (time < lagsMost) {
      variance[time] = before
      continue
    }
    let value = omega
    for (let lag = 0; lag < alphas.length; lag++) {
      const residual = at(residuals, time - 1 - lag)
      value += (at(alphas, lag) + (residual < 0 ? (gammas[lag] ?? 0) : 0)) * residual * residual
    }
    for (let lag = 0; lag < betas.length; lag++) value += at(betas, lag) * at(variance, time - 1 - lag)
    variance[time] = value
  }
  return before
}

interface ShortModel {
  readonly omega: number
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly before: number
}

/** The usual orders without inner loops, because a fit walks the series some hundred times. */
function shortRecursion(
  residuals: Float64Array, { omega, alpha, beta, gamma, before }: ShortModel, variance: Float64Array,
): void {
  let value = before
  variance[0] = value
  for (let time = 1; time < residuals.length; time++) {
    const residual = at(residuals, time - 1)
    value = omega + (residual < 0 ? alpha + gamma : alpha) * residual * residual + beta * value
    variance[time] = value
  }
}

/**
 * Student's law is scaled to the variance of one. Logarithms of products: one for some dozens of rows instead of one for each.
 */
export function logLikelihood(residuals: Float64Array, variance: Float64Array, innovations: Innovations): number {
  if (innovations.dist === 'normal') return normalLogLikelihood(residuals, variance)
  return studentLogLikelihood(residuals, variance, innovations.nu)
}

const productMost = 1e100
const productLeast = 1e-100

function normalLogLikelihood(residuals: Float64Array, variance: Float64Array): number {
  let squares = 0
  let logs = 0
  let product = 1
  for (let time = 0; time < residuals.length; time++) {
    const value = at(variance, time)
    const residual = at(residuals, time)
    squares += (residual * residual) / value
    product *= value
    if (product > productMost || product < productLeast) {
      logs += Math.log(product)
      product = 1
    }
  }
  return -0.5 * (residuals.length * Math.log(2 * Math.PI) + logs + Math.log(product) + squares)
}

function studentLogLikelihood(residuals: Float64Array, variance: Float64Array, nu: number): number {
  const inverse = 1 / (nu - 2)
  let logs = 0
  let product = 1
  let tailLogs = 0
  let tailProduct = 1
  for (let time = 0; time < residuals.length; time++) {
    const value = at(variance, time)
    const residual = at(residuals, time)
    product *= value
    tailProduct *= 1 + ((residual * residual) / value) * inverse
    if (product > productMost || product < productLeast) {
      logs += Math.log(product)
      product = 1
    }
    if (tailProduct > productMost) {
      tailLogs += Math.log(tailProduct)
      tailProduct = 1
    }
  }
  const peak = logGamma((nu + 1) / 2) - logGamma(nu / 2) - 0.5 * Math.log(Math.PI * (nu - 2))
  return residuals.length * peak - 0.5 * (logs + Math.log(product)) - 0.5 * (nu + 1) * (tailLogs + Math.log(tailProduct))
}

/** Of h: how much of a shock is left after one step. Innovations are symmetric, so half of them are negative. */
export function persistenceOf({ alphas, gammas, betas }: VarianceModel): number {
  let sum = 0
  for (const weight of [...alphas, ...betas]) sum += weight
  for (const gamma of gammas) sum += gamma / 2
  return sum
}

/** Standard deviations 1, 2, … steps after the last row: what is not yet known is replaced by its expectation. */
export function forecastSigma(residuals: Float64Array, model: VarianceModel, horizon: number): Float64Array {
  const { omega, alphas, gammas, betas } = model
  const variance = new Float64Array(residuals.length)
  const before = varianceRecursion(residuals, model, variance)
  const n = residuals.length
  const ahead = new Float64Array(horizon)
  const varianceAt = (time: number): number => (time < 0 ? before : time < n ? at(variance, time) : at(ahead, time - n))
  for (let step = 0; step < horizon; step++) {
    let value = omega
    alphas.forEach((alpha, lag) => {
      const time = n + step - 1 - lag
      const gamma = gammas[lag] ?? 0
      const residual = time >= 0 && time < n ? at(residuals, time) : undefined
      if (residual === undefined) value += (alpha + gamma / 2) * varianceAt(time)
      else value += (alpha + (residual < 0 ? gamma : 0)) * residual ** 2
    })
    betas.forEach((beta, lag) => (value += beta * varianceAt(n + step - 1 - lag)))
    ahead[step] = value
  }
  return ahead.map((value) => Math.sqrt(value))
}
