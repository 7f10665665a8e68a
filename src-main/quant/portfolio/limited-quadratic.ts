import { fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import type { WeightLimits } from './constraints.ts'
import { at, diagonalOf, scaleMatrix, type Matrix } from '../numeric/index.ts'
import { solveQuadraticProgram, type LinearConstraint } from './solvers/quadratic-program.ts'

/** The least variance of all fully invested portfolios within the limits. */
export function leastVariance(covariance: Matrix, limits: WeightLimits): Result<Float64Array, QuantError> {
  const { assets, lower, upper, rows } = limits
  const ones = new Float64Array(assets).fill(1)
  const equalities: LinearConstraint[] = [{ coefficients: ones, bound: 1 }]
  const atLeast: LinearConstraint[] = []
  for (let asset = 0; asset < assets; asset++) {
    if (at(lower, asset) > -Infinity) atLeast.push({ coefficients: unit(assets, asset, 1), bound: at(lower, asset) })
    if (at(upper, asset) < Infinity) atLeast.push({ coefficients: unit(assets, asset, -1), bound: -at(upper, asset) })
  }
  for (const { coefficients, least, most } of rows) {
    if (least === most) equalities.push({ coefficients, bound: least })
    else {
      if (least > -Infinity) atLeast.push({ coefficients, bound: least })
      if (most < Infinity) atLeast.push({ coefficients: coefficients.map((value) => -value), bound: -most })
    }
  }
  return mapWeights(solveScaled(covariance, equalities, atLeast), limits)
}

/**
 * The highest ratio of `reward · weights` to the standard deviation. Reward and deviation grow alike with the size of a
 * portfolio, so its size is left open, its reward set to one, and the limits stated relative to its sum.
 */
export function highestRatio(covariance: Matrix, reward: Float64Array, limits: WeightLimits): Result<Float64Array, QuantError> {
  const { assets, lower, upper, rows } = limits
  const size = reward.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const relative = (coefficients: Float64Array, share: number, sign: 1 | -1): LinearConstraint => ({
    coefficients: coefficients.map((value) => sign * (value - share)),
    bound: 0,
  })
  const atLeast: LinearConstraint[] = [{ coefficients: new Float64Array(assets).fill(1), bound: 0 }]
  for (let asset = 0; asset < assets; asset++) {
    if (at(lower, asset) > -Infinity) atLeast.push(relative(unit(assets, asset, 1), at(lower, asset), 1))
    if (at(upper, asset) < Infinity) atLeast.push(relative(unit(assets, asset, 1), at(upper, asset), -1))
  }
  for (const { coefficients, least, most } of rows) {
    if (least > -Infinity) atLeast.push(relative(coefficients, least, 1))
    if (most < Infinity) atLeast.push(relative(coefficients, most, -1))
  }
  const equalities = [{ coefficients: reward.map((value) => value / size), bound: 1 }]
  return mapWeights(solveScaled(covariance, equalities, atLeast), limits)
}

function solveScaled(
  covariance: Matrix, equalities: readonly LinearConstraint[], atLeast: readonly LinearConstraint[],
): Result<Float64Array, QuantError> {
  const trace = diagonalOf(covariance).reduce((sum, variance) => sum + variance, 0)
  const answer = solveQuadraticProgram({
    // The tolerances are for numbers near one; a variance of a day's returns is not.
    hessian: scaleMatrix(covariance, covariance.rows / trace),
    slope: new Float64Array(covariance.rows),
    equalities,
    atLeast,
  })
  if (answer.kind === 'optimal') return ok(answer.point)
  if (answer.kind === 'not-convex') return fail(singular)
  if (answer.kind === 'not-converged') {
    return refuse('not-converged', 'The quadratic program did not come to an end.')
  }
  return refuse('degenerate', 'No portfolio within the limits has a positive reward.')
}

export const singular: QuantError = {
  code: 'degenerate',
  message: 'The covariance matrix is singular: an asset does not vary, follows from others, or there are no more periods than assets.',
}

function mapWeights(solved: Result<Float64Array, QuantError>, { lower, upper }: WeightLimits): Result<Float64Array, QuantError> {
  if (!solved.ok) return solved
  const sum = solved.value.reduce((total, value) => total + value, 0)
  if (!(sum > 0)) return refuse('degenerate', 'No portfolio within the limits has a positive reward.')
  return ok(settled(solved.value.map((value) => value / sum), { lower, upper }))
}

/** A weight that rounding alone keeps from its bound, or has put beyond it, is set there: nobody holds 1e-17 of an asset. */
export const settled = (weights: Float64Array, { lower, upper }: Pick<WeightLimits, 'lower' | 'upper'>): Float64Array =>
  weights.map((weight, asset) => {
    if (weight < at(lower, asset) + rounding) return at(lower, asset)
    return weight > at(upper, asset) - rounding ? at(upper, asset) : weight
  })

const rounding = 1e-14

function unit(size: number, index: number, value: number): Float64Array {
  const coefficients = new Float64Array(size)
  coefficients[index] = value
  return coefficients
}
