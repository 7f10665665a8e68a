import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import {
  at, columnMeans, covarianceMatrix, diagonalOf, dot, isFiniteSeries, multiplyVector, type Matrix,
} from '../numeric/index.ts'

/** Per period, not annualised. */
export interface Moments {
  readonly means: Float64Array
  readonly covariance: Matrix
}

/** Means and covariances of the columns, with one degree of freedom lost. */
export function sampleMoments(returns: Matrix): Result<Moments, QuantError> {
  const refusal = refuseMatrix('returns', returns, 2)
  if (refusal !== undefined) return refusal
  const moments = { means: columnMeans(returns), covariance: covarianceMatrix(returns, 1) }
  const isKnown = isFiniteSeries(moments.means) && isFiniteSeries(moments.covariance.values)
  return isKnown ? ok(moments) : refuse('bad-input', 'The returns are too large to be squared.')
}

/** The returns of an asset that does not move still vary by rounding. */
const varianceLeast = 1e-24

/** The standard deviations; an asset that does not move has no place in a portfolio that is made by risk. */
export function deviationsOf(covariance: Matrix): Result<Float64Array, QuantError> {
  const variances = diagonalOf(covariance)
  const still = variances.findIndex((variance) => !(variance > varianceLeast))
  if (still >= 0) return refuse('degenerate', `The returns of asset ${still} do not vary.`)
  return ok(variances.map(Math.sqrt))
}

export const varianceUnder = (covariance: Matrix, weights: Float64Array): number => dot(
  weights, multiplyVector(covariance, weights),
)

export function normalised(weights: Float64Array): Float64Array {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += at(weights, index)
  return weights.map((weight) => weight / sum)
}
