import { assert, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import {
  at, columnOf, correlationFrom, covarianceMatrix, createMatrix, entryOf, isFiniteSeries, matrixOf, type Matrix,
} from '../numeric/index.ts'
import { filterVariance, forecastSigma, type VarianceModel } from './garch-filter.ts'

/** What stands before the first row: rmgarch's z = (1, …, 1) and Q = Q̄, or Q of the first row is Q̄ itself. */
export type DccStart = 'presample' | 'unconditional'

export interface DccWeights {
  readonly a: number
  readonly b: number
}

export interface DccFilter {
  readonly loglik: number
  /** Of the last row, and of the row after it. */
  readonly lastCor: Matrix
  readonly lastCov: Matrix
  readonly forecastCor: Matrix
  readonly forecastCov: Matrix
  readonly qbar: Matrix
  /** The correlation of the first two columns in each row. */
  readonly firstPair: Float64Array
}

/** Returns in standard deviations of their own models, and what belongs to them. */
export interface Standardised {
  readonly returns: Matrix
  readonly models: readonly VarianceModel[]
  readonly sigma: Matrix
  readonly z: Matrix
  readonly qbar: Matrix
  /** Of all variances. */
  readonly logSum: number
}

const leastRows = 10

/** The first step of Engle's (2002) estimator. */
export function standardise(returns: Matrix, models: readonly VarianceModel[]): Result<Standardised, QuantError> {
  const refusal = refuseMatrix('The matrix', returns, leastRows)
  if (refusal !== undefined) return refusal
  assert(models.length === returns.columns, 'expected a model for each column')
  const sigmas: Float64Array[] = []
  for (const [column, model] of models.entries()) {
    const filtered = filterVariance(columnOf(returns, column), model, { dist: 'normal' })
    if (!filtered.ok) return filtered
    sigmas.push(filtered.value.sigma)
  }
  const sigma = matrixOf(returns.rows, returns.columns, (row, column) => at(sigmas[column] as Float64Array, row))
  const z = { ...returns, values: returns.values.map((value, index) => value / at(sigma.values, index)) }
  let logSum = 0
  for (const value of sigma.values) logSum += 2 * Math.log(value)
  return ok({ returns, models, sigma, z, qbar: covarianceMatrix(z, 1), logSum })
}

/** Correlations that move: Q = Q̄(1 − a − b) + a·zzᵀ + b·Q, scaled to ones on its diagonal. */
export function filterDcc(
  standardised: Standardised, weights: DccWeights, start: DccStart = 'presample',
): Result<DccFilter, QuantError> {
  const { a, b } = weights
  if (!(a >= 0 && b >= 0 && a + b < 1)) {
    return refuse('bad-parameter', `Expected a and b of zero or more with a sum below 1, but they were ${a} and ${b}.`)
  }
  const firstPair = new Float64Array(standardised.z.rows)
  const walked = walkDcc(standardised, weights, start, firstPair)
  if (!Number.isFinite(walked.loglik)) {
    return refuse('degenerate', 'The correlations are singular: a column is a combination of the others.')
  }
  const { sigma, returns, models, qbar } = standardised
  const lastCor = correlationFrom(walked.last)
  const forecastCor = correlationFrom(walked.next)
  const ahead = Float64Array.from(models, (model, column) => at(forecastSigma(columnOf(returns, column), model, 1), 0))
  const lastRow = sigma.values.slice(-sigma.columns)
  return ok({
    loglik: walked.loglik, lastCor, forecastCor, qbar, firstPair,
    lastCov: scaledBy(lastCor, lastRow),
    forecastCov: scaledBy(forecastCor, ahead),
  })
}

const scaledBy = (correlation: Matrix, sigma: Float64Array): Matrix =>
  matrixOf(
    correlation.rows, correlation.columns,
    (row, column) => entryOf(correlation, row, column) * at(sigma, row) * at(sigma, column),
  )

interface Walk {
  readonly loglik: number
  readonly last: Matrix
  readonly next: Matrix
}

/** The log-likelihood of all columns together; −Infinity when a correlation is singular. Q itself is factored, R never built. */
export function walkDcc(
  { z, qbar, logSum }: Standardised, { a, b }: DccWeights, start: DccStart, firstPair?: Float64Array,
): Walk {
  const { rows, columns } = z
  const q = createMatrix(columns, columns)
  if (start === 'unconditional') q.values.set(qbar.values)
  else q.values.set(qbar.values.map((value) => value * (1 - a - b) + a + b * value))
  const space = { values: new Float64Array(columns * columns), solved: new Float64Array(columns) }
  let last = q.values
  let sum = 0
  for (let row = 0; row < rows; row++) {
    if (row > 0) advance(q, qbar, z.values, (row - 1) * columns, a, b)
    sum += minusTwiceTerm(q, space, z.values, row * columns)
    if (firstPair !== undefined && columns > 1) {
      firstPair[row] = at(q.values, 1) / Math.sqrt(at(q.values, 0) * at(q.values, columns + 1))
    }
    if (row === rows - 1) last = q.values.slice()
  }
  advance(q, qbar, z.values, (rows - 1) * columns, a, b)
  const loglik = -0.5 * (rows * columns * Math.log(2 * Math.PI) + logSum + sum)
  const isFinite = isFiniteSeries(last) && !Number.isNaN(loglik)
  return { loglik: isFinite ? loglik : -Infinity, last: { ...q, values: last }, next: q }
}

function advance(q: Matrix, qbar: Matrix, z: Float64Array, offset: number, a: number, b: number): void {
  const size = q.rows
  const still = 1 - a - b
  for (let row = 0; row < size; row++) {
    const weighted = a * at(z, offset + row)
    for (let column = 0; column <= row; column++) {
      const place = row * size + column
      const value = still * at(qbar.values, place) + weighted * at(z, offset + column) + b * at(q.values, place)
      q.values[place] = value
      q.values[column * size + row] = value
    }
  }
}

/** For the factor and its solution: a walk fills them once for each row. */
interface Space {
  readonly values: Float64Array
  readonly solved: Float64Array
}

/**
 * ln|R| + zᵀR⁻¹z, by the factor of Q with D = diag(Q): |R| = |Q|/|D| and zᵀR⁻¹z = (D^½z)ᵀQ⁻¹(D^½z). Infinity when Q is singular.
 */
function minusTwiceTerm(q: Matrix, { values, solved }: Space, z: Float64Array, offset: number): number {
  const size = q.rows
  let logarithm = 0
  let squares = 0
  for (let row = 0; row < size; row++) {
    const diagonal = at(q.values, row * size + row)
    let rest = at(z, offset + row) * Math.sqrt(diagonal)
    let pivot = diagonal
    for (let column = 0; column < row; column++) {
      let entry = at(q.values, row * size + column)
      for (let inner = 0; inner < column; inner++) entry -= at(values, row * size + inner) * at(values, column * size + inner)
      entry /= at(values, column * size + column)
      values[row * size + column] = entry
      pivot -= entry * entry
      rest -= entry * at(solved, column)
    }
    if (!(pivot > 1e-13 * diagonal)) return Infinity
    const root = Math.sqrt(pivot)
    values[row * size + row] = root
    const value = rest / root
    solved[row] = value
    squares += value * value
    logarithm += Math.log(pivot / diagonal)
  }
  return logarithm + squares
}
