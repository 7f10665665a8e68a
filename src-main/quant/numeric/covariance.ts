import { assert } from '../../base/index.ts'
import { at, columnOf, createMatrix, entryOf, type Matrix } from './matrix.ts'
import { isConstant } from './sample.ts'

export function columnMeans(observations: Matrix): Float64Array {
  const { rows, columns } = observations
  const means = new Float64Array(columns)
  for (let pass = 0; pass < 2; pass++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let row = 0; row < rows; row++) sum += entryOf(observations, row, column) - at(means, column)
      means[column] = at(means, column) + sum / rows
    }
  }
  return means
}

export function demean(observations: Matrix): Matrix {
  const means = columnMeans(observations)
  const { columns } = observations
  return { ...observations, values: observations.values.map((value, index) => value - at(means, index % columns)) }
}

/** One row for each observation, one column for each variable; divided by n − ddof, in two passes. */
export function covarianceMatrix(observations: Matrix, ddof: number): Matrix {
  assert(observations.rows > ddof, 'expected more rows than degrees of freedom lost')
  return crossProducts(demean(observations), observations.rows - ddof)
}

/** XᵀX / divisor. */
export function crossProducts(observations: Matrix, divisor: number): Matrix {
  const { rows, columns } = observations
  const cross = createMatrix(columns, columns)
  for (let left = 0; left < columns; left++) {
    for (let right = 0; right <= left; right++) {
      let sum = 0
      for (let row = 0; row < rows; row++) sum += entryOf(observations, row, left) * entryOf(observations, row, right)
      cross.values[left * columns + right] = cross.values[right * columns + left] = sum / divisor
    }
  }
  return cross
}

/** NaN in the row and column of a variable that does not vary: whoever shows it turns that into "not available". */
export function correlationFrom(covariance: Matrix): Matrix {
  const size = covariance.rows
  const correlation = createMatrix(size, size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const scale = Math.sqrt(entryOf(covariance, row, row)) * Math.sqrt(entryOf(covariance, column, column))
      const value = entryOf(covariance, row, column) / scale
      const bounded = Math.max(-1, Math.min(1, value))
      correlation.values[row * size + column] = row === column && scale > 0 ? 1 : bounded
    }
  }
  return correlation
}

export const correlationMatrix = (observations: Matrix): Matrix => correlationFrom(covarianceMatrix(observations, 0))

export const hasConstantColumn = (observations: Matrix): boolean =>
  Array.from({ length: observations.columns }, (_each, column) => columnOf(observations, column)).some(isConstant)
