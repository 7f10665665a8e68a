import { assert } from '../../base/index.ts'

/** Dense, row after row. Functions never change the matrix that they are given. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
}

/**
 * The compiler holds every index for a possible miss, and here every loop bounds its own. A miss would still not pass for a
 * number: undefined becomes NaN in the next operation, and every face checks what it gives for finiteness.
 */
export const at = (values: Float64Array, index: number): number => values[index] as number

export const entryOf = (matrix: Matrix, row: number, column: number): number => at(matrix.values, row * matrix.columns + column)

export const createMatrix = (rows: number, columns: number): Matrix => ({
  rows, columns, values: new Float64Array(rows * columns),
})

export function matrixOf(rows: number, columns: number, entry: (row: number, column: number) => number): Matrix {
  const matrix = createMatrix(rows, columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) matrix.values[row * columns + column] = entry(row, column)
  }
  return matrix
}

/** The rows have to be of one length: whoever reads them from outside checks that before. */
export function matrixFromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0
  const matrix = createMatrix(rows.length, columns)
  rows.forEach((row, index) => {
    assert(row.length === columns, 'expected rows of one length')
    matrix.values.set(row, index * columns)
  })
  return matrix
}

export function matrixFromColumns(columns: readonly Float64Array[]): Matrix {
  const rows = columns[0]?.length ?? 0
  assert(columns.every((column) => column.length === rows), 'expected columns of one length')
  return matrixOf(rows, columns.length, (row, column) => at(columns[column] as Float64Array, row))
}

export const identityMatrix = (size: number): Matrix => matrixOf(size, size, (row, column) => (row === column ? 1 : 0))

export const rowOf = (matrix: Matrix, row: number): Float64Array =>
  matrix.values.slice(row * matrix.columns, (row + 1) * matrix.columns)

export const columnOf = (matrix: Matrix, column: number): Float64Array =>
  Float64Array.from({ length: matrix.rows }, (_each, row) => entryOf(matrix, row, column))

export const diagonalOf = (matrix: Matrix): Float64Array =>
  Float64Array.from({ length: Math.min(matrix.rows, matrix.columns) }, (_each, index) => entryOf(matrix, index, index))

export const rowsFromMatrix = (matrix: Matrix): readonly (readonly number[])[] =>
  Array.from({ length: matrix.rows }, (_each, row) => [...rowOf(matrix, row)])

export const transpose = (matrix: Matrix): Matrix =>
  matrixOf(matrix.columns, matrix.rows, (row, column) => entryOf(matrix, column, row))

export const scaleMatrix = (matrix: Matrix, factor: number): Matrix => ({
  ...matrix, values: matrix.values.map((value) => value * factor),
})

export function addMatrices(left: Matrix, right: Matrix): Matrix {
  assert(left.rows === right.rows && left.columns === right.columns, 'expected two matrices of one shape')
  return { ...left, values: left.values.map((value, index) => value + at(right.values, index)) }
}

export function multiplyMatrices(left: Matrix, right: Matrix): Matrix {
  assert(left.columns === right.rows, 'expected as many columns on the left as rows on the right')
  const product = createMatrix(left.rows, right.columns)
  for (let row = 0; row < left.rows; row++) {
    for (let inner = 0; inner < left.columns; inner++) {
      const factor = entryOf(left, row, inner)
      const target = row * right.columns
      const source = inner * right.columns
      for (let column = 0; column < right.columns; column++) {
        product.values[target + column] = at(product.values, target + column) + factor * at(right.values, source + column)
      }
    }
  }
  return product
}

export function multiplyVector(matrix: Matrix, vector: Float64Array): Float64Array {
  assert(matrix.columns === vector.length, 'expected as many values as the matrix has columns')
  const product = new Float64Array(matrix.rows)
  for (let row = 0; row < matrix.rows; row++) {
    let sum = 0
    for (let column = 0; column < matrix.columns; column++) sum += entryOf(matrix, row, column) * at(vector, column)
    product[row] = sum
  }
  return product
}

export function dot(left: Float64Array, right: Float64Array): number {
  assert(left.length === right.length, 'expected two series of one length')
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += at(left, index) * at(right, index)
  return sum
}

export const isFiniteSeries = (values: Float64Array): boolean => values.every((value) => Number.isFinite(value))
