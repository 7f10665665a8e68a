import { fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import {
  at, cholesky, correlationFrom, dot, matrixOf, entryOf, multiplyVector, solveCholesky, type Matrix,
} from '../numeric/index.ts'
import { deviationsOf, normalised } from './moments.ts'

export interface RiskParityWeights {
  readonly weights: Float64Array
  /** The share of each asset in the variance of the whole. */
  readonly riskContribution: Float64Array
}

const stepsMost = 500
const closeEnough = 1e-12

/**
 * Long-only weights whose shares in the variance are as the budgets. They are those of the least of `½ y'Cy − Σ b ln y`
 * (Spinu 2013), which has one least only, here found by Newton steps on the correlations.
 */
export function riskParity(covariance: Matrix, budgets: 'equal' | readonly number[]): Result<RiskParityWeights, QuantError> {
  const deviations = deviationsOf(covariance)
  if (!deviations.ok) return deviations
  const shares = sharesOf(budgets, covariance.rows)
  if (!shares.ok) return shares
  const correlation = correlationFrom(covariance)
  const scaled = descend(correlation, shares.value)
  if (!scaled.ok) return scaled
  const weights = normalised(scaled.value.map((value, asset) => value / at(deviations.value, asset)))
  return ok({ weights, riskContribution: contributionsOf(covariance, weights) })
}

export function contributionsOf(covariance: Matrix, weights: Float64Array): Float64Array {
  const exposure = multiplyVector(covariance, weights)
  const variance = dot(weights, exposure)
  return weights.map((weight, asset) => (weight * at(exposure, asset)) / variance)
}

function sharesOf(budgets: 'equal' | readonly number[], assets: number): Result<Float64Array, QuantError> {
  if (budgets === 'equal') return ok(new Float64Array(assets).fill(1 / assets))
  if (budgets.length !== assets) return refuse('bad-parameter', `budget has ${budgets.length} numbers for ${assets} assets.`)
  if (!budgets.every((budget) => budget > 0 && budget < Infinity)) {
    return refuse('bad-parameter', 'budget is expected to be made of positive numbers.')
  }
  return ok(normalised(Float64Array.from(budgets)))
}

function descend(correlation: Matrix, budgets: Float64Array): Result<Float64Array, QuantError> {
  let point: Float64Array = budgets.map(Math.sqrt)
  for (let step = 0; step < stepsMost; step++) {
    const exposure = multiplyVector(correlation, point)
    const gap = point.reduce(
      (most, value, asset) => Math.max(most, Math.abs(value * at(exposure, asset) - at(budgets, asset)) / at(budgets, asset)), 0,
    )
    if (gap <= closeEnough) return ok(point)
    const gradient = exposure.map((value, asset) => value - at(budgets, asset) / at(point, asset))
    const here = point
    const curvature = cholesky(
      matrixOf(
        here.length,
        here.length,
        (row, column) => entryOf(correlation, row, column) + (row === column ? at(budgets, row) / at(here, row) ** 2 : 0),
      ),
    )
    if (!curvature.ok) return fail(unbalanced)
    const next = searchLine({ correlation, budgets, point, gradient, direction: solveCholesky(curvature.value, gradient) })
    if (next === undefined) return gap <= closeEnough * 1e3 ? ok(point) : fail(unbalanced)
    point = next
  }
  return refuse('not-converged', `The risk budgets were not reached in ${stepsMost} steps.`)
}

const unbalanced: QuantError = {
  code: 'degenerate', message: 'The assets cancel each other out: no long-only portfolio has these risk budgets.',
}

interface Line {
  readonly correlation: Matrix
  readonly budgets: Float64Array
  readonly point: Float64Array
  readonly gradient: Float64Array
  readonly direction: Float64Array
}

/** The first of ever shorter steps that stays positive and leads down; undefined when none does. */
function searchLine({ correlation, budgets, point, gradient, direction }: Line): Float64Array | undefined {
  const valueAt = (values: Float64Array): number =>
    dot(values, multiplyVector(correlation, values)) / 2 - values.reduce(
      (sum, value, asset) => sum + at(budgets, asset) * Math.log(value), 0,
    )
  const value = valueAt(point)
  const slope = dot(gradient, direction)
  for (let length = 1; length > 1e-9; length /= 2) {
    const next = point.map((coordinate, asset) => coordinate - length * at(direction, asset))
    // Near the least the value no longer tells two points apart.
    const slack = 1e-15 * (1 + Math.abs(value))
    if (next.every((coordinate) => coordinate > 0) && valueAt(next) <= value - 1e-4 * length * slope + slack) return next
  }
  return undefined
}
