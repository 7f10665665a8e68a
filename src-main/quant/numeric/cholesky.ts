import { assert, fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { at, columnOf, createMatrix, entryOf, identityMatrix, matrixFromColumns, type Matrix } from './matrix.ts'

/** A pivot below this share of its diagonal is rounding, not information. */
const pivotLeast = 1e-14

/** The lower triangle L with L·Lᵀ = matrix. Only the lower triangle is read. */
export function cholesky(matrix: Matrix): Result<Matrix, QuantError> {
  assert(matrix.rows === matrix.columns, 'expected a square matrix')
  const size = matrix.rows
  const lower = createMatrix(size, size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = entryOf(matrix, row, column)
      for (let inner = 0; inner < column; inner++) rest -= entryOf(lower, row, inner) * entryOf(lower, column, inner)
      if (row !== column) {
        lower.values[row * size + column] = rest / entryOf(lower, column, column)
        continue
      }
      // Written so that NaN fails it too.
      if (!(rest > pivotLeast * entryOf(matrix, row, row) && rest < Infinity)) return fail(notPositive)
      lower.values[row * size + row] = Math.sqrt(rest)
    }
  }
  return ok(lower)
}

const notPositive: QuantError = { code: 'degenerate', message: 'The matrix is not positive definite.' }

/** x of L·Lᵀ·x = right. */
export function solveCholesky(lower: Matrix, right: Float64Array): Float64Array {
  const size = lower.rows
  const solution = solveLower(lower, right)
  for (let row = size - 1; row >= 0; row--) {
    let rest = at(solution, row)
    for (let inner = row + 1; inner < size; inner++) rest -= entryOf(lower, inner, row) * at(solution, inner)
    solution[row] = rest / entryOf(lower, row, row)
  }
  return solution
}

/** x of L·x = right: its squares sum to the Mahalanobis distance of `right`. */
export function solveLower(lower: Matrix, right: Float64Array): Float64Array {
  assert(lower.rows === right.length, 'expected as many values as the matrix has rows')
  const solution = right.slice()
  for (let row = 0; row < lower.rows; row++) {
    let rest = at(solution, row)
    for (let inner = 0; inner < row; inner++) rest -= entryOf(lower, row, inner) * at(solution, inner)
    solution[row] = rest / entryOf(lower, row, row)
  }
  return solution
}

export function invertPositive(matrix: Matrix): Result<Matrix, QuantError> {
  const lower = cholesky(matrix)
  if (!lower.ok) return lower
  const identity = identityMatrix(matrix.rows)
  return ok(
    matrixFromColumns(
      Array.from({ length: matrix.rows }, (_each, column) => solveCholesky(lower.value, columnOf(identity, column))),
    ),
  )
}

export function logDeterminant(lower: Matrix): number {
  let sum = 0
  for (let index = 0; index < lower.rows; index++) sum += 2 * Math.log(entryOf(lower, index, index))
  return sum
}
