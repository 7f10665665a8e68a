import { assert, fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { at, columnOf, entryOf, identityMatrix, matrixFromColumns, type Matrix } from './matrix.ts'

/** Row-permuted triangles in one matrix: below the diagonal L without its ones, from the diagonal on U. */
export interface LuFactors {
  readonly factors: Matrix
  /** Which row of the matrix stands where. */
  readonly order: Int32Array
  /** Of the permutation: 1 or −1. */
  readonly sign: number
}

/** By partial pivoting. A pivot that is nothing beside the largest entry of its column is singular. */
export function luFactors(matrix: Matrix): Result<LuFactors, QuantError> {
  assert(matrix.rows === matrix.columns, 'expected a square matrix')
  const size = matrix.rows
  const factors = { ...matrix, values: matrix.values.slice() }
  const order = Int32Array.from({ length: size }, (_each, index) => index)
  const largest = largestOf(matrix)
  let sign = 1
  for (let step = 0; step < size; step++) {
    const pivotRow = pivotOf(factors, step)
    if (!(Math.abs(entryOf(factors, pivotRow, step)) > largest * size * Number.EPSILON)) return fail(singular)
    if (pivotRow !== step) {
      swapRows(factors, order, step, pivotRow)
      sign = -sign
    }
    eliminate(factors, step)
  }
  return ok({ factors, order, sign })
}

const singular: QuantError = { code: 'degenerate', message: 'The matrix is singular.' }

function largestOf(matrix: Matrix): number {
  let largest = 0
  for (const value of matrix.values) {
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY
    largest = Math.max(largest, Math.abs(value))
  }
  return largest
}

function pivotOf(factors: Matrix, step: number): number {
  let best = step
  for (let row = step + 1; row < factors.rows; row++) {
    if (Math.abs(entryOf(factors, row, step)) > Math.abs(entryOf(factors, best, step))) best = row
  }
  return best
}

function swapRows(factors: Matrix, order: Int32Array, first: number, second: number): void {
  const size = factors.columns
  const kept = factors.values.slice(first * size, (first + 1) * size)
  factors.values.copyWithin(first * size, second * size, (second + 1) * size)
  factors.values.set(kept, second * size)
  const place = order[first] as number
  order[first] = order[second] as number
  order[second] = place
}

function eliminate(factors: Matrix, step: number): void {
  const size = factors.columns
  const { values } = factors
  for (let row = step + 1; row < size; row++) {
    const factor = at(values, row * size + step) / at(values, step * size + step)
    values[row * size + step] = factor
    for (let column = step + 1; column < size; column++) {
      values[row * size + column] = at(values, row * size + column) - factor * at(values, step * size + column)
    }
  }
}

export function solveLu({ factors, order }: LuFactors, right: Float64Array): Float64Array {
  const size = factors.rows
  assert(right.length === size, 'expected as many values as the matrix has rows')
  const solution = Float64Array.from(order, (row) => at(right, row))
  for (let row = 0; row < size; row++) {
    let rest = at(solution, row)
    for (let inner = 0; inner < row; inner++) rest -= entryOf(factors, row, inner) * at(solution, inner)
    solution[row] = rest
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = at(solution, row)
    for (let inner = row + 1; inner < size; inner++) rest -= entryOf(factors, row, inner) * at(solution, inner)
    solution[row] = rest / entryOf(factors, row, row)
  }
  return solution
}

export function solveLinear(matrix: Matrix, right: Float64Array): Result<Float64Array, QuantError> {
  const factors = luFactors(matrix)
  return factors.ok ? ok(solveLu(factors.value, right)) : factors
}

export function invert(matrix: Matrix): Result<Matrix, QuantError> {
  const factors = luFactors(matrix)
  if (!factors.ok) return factors
  const identity = identityMatrix(matrix.rows)
  return ok(
    matrixFromColumns(Array.from({ length: matrix.rows }, (_each, column) => solveLu(factors.value, columnOf(identity, column)))),
  )
}

export function determinant(matrix: Matrix): number {
  const factors = luFactors(matrix)
  if (!factors.ok) return 0
  let product = factors.value.sign
  for (let index = 0; index < matrix.rows; index++) product *= entryOf(factors.value.factors, index, index)
  return product
}
