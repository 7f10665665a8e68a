import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import { at, createMatrix, entryOf, type Matrix } from '../numeric/index.ts'

/** What the recursion S = λS + (1 − λ)rrᵀ starts from, or no recursion at all but weights that sum to one. */
export type EwmaStart =
  /** The mean of the first products stands for these rows; the recursion runs over those after them. */
  | { readonly kind: 'first-rows'; readonly rows: number }
  | { readonly kind: 'normalised' }

export interface EwmaOptions {
  /** λ: what is kept of yesterday. */
  readonly decay: number
  /** A known mean, or the mean under the same weights. */
  readonly mean: number | 'weighted'
  readonly start: EwmaStart
}

/** Every form is a weighted sum over the rows, so only the weights differ. */
export function ewmaCovariance(returns: Matrix, { decay, mean, start }: EwmaOptions): Result<Matrix, QuantError> {
  const refusal = refuseMatrix('The matrix', returns, start.kind === 'first-rows' ? start.rows : 1)
  if (refusal !== undefined) return refusal
  if (!(decay > 0 && decay < 1)) return refuse('bad-parameter', `Expected lambda between 0 and 1, but it was ${decay}.`)
  if (start.kind === 'first-rows' && start.rows < 1) return refuse('bad-parameter', 'Expected at least one row to start from.')
  const weights = weightsOf(returns.rows, decay, start)
  const { columns } = returns
  const means = new Float64Array(columns).fill(mean === 'weighted' ? 0 : mean)
  if (mean === 'weighted') {
    weights.forEach((weight, row) => means.forEach((sum, column) => (means[column] = sum + weight * entryOf(returns, row, column))))
  }
  const covariance = createMatrix(columns, columns)
  for (let left = 0; left < columns; left++) {
    for (let right = 0; right <= left; right++) {
      let sum = 0
      for (let row = 0; row < returns.rows; row++) {
        const [x, y] = [entryOf(returns, row, left) - at(means, left), entryOf(returns, row, right) - at(means, right)]
        sum += at(weights, row) * x * y
      }
      covariance.values[left * columns + right] = covariance.values[right * columns + left] = sum
    }
  }
  return ok(covariance)
}

/** Of the rows, the last one weighing most. They sum to one. */
function weightsOf(rows: number, decay: number, start: EwmaStart): Float64Array {
  const age = (row: number): number => decay ** (rows - 1 - row)
  const weights = Float64Array.from({ length: rows }, (_each, row) => (1 - decay) * age(row))
  if (start.kind === 'normalised') {
    const total = -Math.expm1(rows * Math.log(decay))
    return weights.map((weight) => weight / total)
  }
  return weights.map((weight, row) => (row < start.rows ? age(start.rows - 1) / start.rows : weight))
}
