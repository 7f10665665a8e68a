import { assert, fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { at, columnOf, diagonalOf, entryOf, identityMatrix, isFiniteSeries, matrixFromColumns, type Matrix } from './matrix.ts'

export interface SymmetricEigen {
  /** The largest first. */
  readonly values: Float64Array
  /** One column for each value, of length one, its largest entry positive so that the sign does not depend on the way there. */
  readonly vectors: Matrix
}

const sweepsMost = 60

/** By cyclic Jacobi rotations: the most exact way for the small eigenvalues, and quick enough for some hundred rows. */
export function symmetricEigen(matrix: Matrix): Result<SymmetricEigen, QuantError> {
  assert(matrix.rows === matrix.columns, 'expected a square matrix')
  if (!isFiniteSeries(matrix.values)) {
    return fail({ code: 'bad-input', message: 'The eigenvalues of a matrix need finite entries.' })
  }
  const size = matrix.rows
  const work = { ...matrix, values: matrix.values.slice() }
  const vectors = identityMatrix(size)
  let sweeps = 0
  while (!isDiagonal(work)) {
    if (sweeps++ === sweepsMost) {
      return fail({ code: 'not-converged', message: `The eigenvalues did not converge in ${sweepsMost} sweeps.` })
    }
    for (let row = 0; row < size - 1; row++) {
      for (let column = row + 1; column < size; column++) rotate(work, vectors, row, column)
    }
  }
  return ok(sorted(diagonalOf(work), vectors))
}

function isDiagonal(matrix: Matrix): boolean {
  for (let row = 0; row < matrix.rows - 1; row++) {
    for (let column = row + 1; column < matrix.columns; column++) {
      if (entryOf(matrix, row, column) !== 0) return false
    }
  }
  return true
}

function rotate(work: Matrix, vectors: Matrix, row: number, column: number): void {
  const size = work.rows
  const { values } = work
  const off = entryOf(work, row, column)
  const first = entryOf(work, row, row)
  const second = entryOf(work, column, column)
  if (
    Math.abs(off) <= Number.EPSILON * 2 ** -10 * Math.sqrt(Math.abs(first * second))
    || Math.abs(off) < Number.MIN_VALUE * 2 ** 60
  ) {
    values[row * size + column] = 0
    values[column * size + row] = 0
    return
  }
  const theta = (second - first) / (2 * off)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const cosine = 1 / Math.hypot(tangent, 1)
  const sine = tangent * cosine
  for (let index = 0; index < size; index++) {
    if (index !== row && index !== column) {
      const left = entryOf(work, index, row)
      const right = entryOf(work, index, column)
      values[index * size + row] = values[row * size + index] = cosine * left - sine * right
      values[index * size + column] = values[column * size + index] = sine * left + cosine * right
    }
    const left = entryOf(vectors, index, row)
    const right = entryOf(vectors, index, column)
    vectors.values[index * size + row] = cosine * left - sine * right
    vectors.values[index * size + column] = sine * left + cosine * right
  }
  values[row * size + row] = first - tangent * off
  values[column * size + column] = second + tangent * off
  values[row * size + column] = 0
  values[column * size + row] = 0
}

function sorted(unsorted: Float64Array, vectors: Matrix): SymmetricEigen {
  const order = Array.from(unsorted.keys()).sort((left, right) => at(unsorted, right) - at(unsorted, left))
  return {
    values: Float64Array.from(order, (index) => at(unsorted, index)),
    vectors: matrixFromColumns(order.map((index) => withSign(columnOf(vectors, index)))),
  }
}

function withSign(vector: Float64Array): Float64Array {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) * (1 + 1e-9) ? value : best), 0)
  return largest < 0 ? vector.map((value) => -value) : vector
}
