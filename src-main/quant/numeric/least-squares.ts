import { assert, fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { at, createMatrix, entryOf, multiplyVector, type Matrix } from './matrix.ts'

export interface LeastSquares {
  readonly coefficients: Float64Array
  readonly residuals: Float64Array
  /** Of the squared residuals. */
  readonly sumOfSquares: number
  /** (XᵀX)⁻¹: times the variance of the errors it is the covariance of the coefficients. */
  readonly inverseCross: Matrix
}

/** A column that keeps less than this share of its length after the columns before it is their combination. */
const independentLeast = 1e-11

/** Ordinary least squares by Householder reflections: the normal equations would square the condition of the design. */
export function leastSquares(design: Matrix, target: Float64Array): Result<LeastSquares, QuantError> {
  assert(design.rows === target.length, 'expected one target for each row')
  const { rows, columns } = design
  if (rows < columns) {
    return fail({ code: 'too-short', message: `A fit of ${columns} coefficients needs ${columns} rows, but there are ${rows}.` })
  }
  const factors = { ...design, values: design.values.slice() }
  const rotated = target.slice()
  for (let step = 0; step < columns; step++) {
    if (!reflect(factors, rotated, step)) return fail(collinear)
  }
  const coefficients = backSubstitute(factors, rotated)
  const fitted = multiplyVector(design, coefficients)
  const residuals = target.map((value, row) => value - at(fitted, row))
  let sumOfSquares = 0
  for (const residual of residuals) sumOfSquares += residual * residual
  if (!Number.isFinite(sumOfSquares)) return fail({ code: 'bad-input', message: 'A regression needs finite values.' })
  return ok({ coefficients, residuals, sumOfSquares, inverseCross: inverseCross(factors) })
}

const collinear: QuantError = { code: 'degenerate', message: 'A regressor is a combination of the others.' }

/** Makes the column zero below the diagonal, in place. False when nothing of the column is left. */
function reflect(factors: Matrix, rotated: Float64Array, step: number): boolean {
  const { rows, columns, values } = factors
  const below = columnLength(factors, step, step)
  const whole = columnLength(factors, step, 0)
  if (!(below > independentLeast * whole)) return false
  const head = entryOf(factors, step, step)
  const diagonal = head > 0 ? -below : below
  values[step * columns + step] = head - diagonal
  // The squared length of the reflecting vector, without cancellation.
  const scale = below * (below + Math.abs(head))
  for (let column = step + 1; column < columns; column++) {
    let sum = 0
    for (let row = step; row < rows; row++) sum += entryOf(factors, row, step) * entryOf(factors, row, column)
    const factor = sum / scale
    for (let row = step; row < rows; row++) {
      values[row * columns + column] = entryOf(factors, row, column) - factor * entryOf(factors, row, step)
    }
  }
  let sum = 0
  for (let row = step; row < rows; row++) sum += entryOf(factors, row, step) * at(rotated, row)
  for (let row = step; row < rows; row++) rotated[row] = at(rotated, row) - (sum / scale) * entryOf(factors, row, step)
  for (let row = step + 1; row < rows; row++) values[row * columns + step] = 0
  values[step * columns + step] = diagonal
  return true
}

function columnLength(matrix: Matrix, column: number, from: number): number {
  let largest = 0
  for (let row = from; row < matrix.rows; row++) largest = Math.max(largest, Math.abs(entryOf(matrix, row, column)))
  if (!(largest > 0)) return largest
  let sum = 0
  for (let row = from; row < matrix.rows; row++) sum += (entryOf(matrix, row, column) / largest) ** 2
  return largest * Math.sqrt(sum)
}

function backSubstitute(factors: Matrix, rotated: Float64Array): Float64Array {
  const { columns } = factors
  const solution = rotated.slice(0, columns)
  for (let row = columns - 1; row >= 0; row--) {
    let rest = at(solution, row)
    for (let inner = row + 1; inner < columns; inner++) rest -= entryOf(factors, row, inner) * at(solution, inner)
    solution[row] = rest / entryOf(factors, row, row)
  }
  return solution
}

/** R⁻¹·R⁻ᵀ. */
function inverseCross(factors: Matrix): Matrix {
  const { columns } = factors
  const inverse = createMatrix(columns, columns)
  for (let column = 0; column < columns; column++) {
    const unit = new Float64Array(columns)
    unit[column] = 1
    backSubstitute(factors, unit).forEach((value, row) => (inverse.values[row * columns + column] = value))
  }
  const cross = createMatrix(columns, columns)
  for (let row = 0; row < columns; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let inner = Math.max(row, column); inner < columns; inner++) {
        sum += entryOf(inverse, row, inner) * entryOf(inverse, column, inner)
      }
      cross.values[row * columns + column] = sum
    }
  }
  return cross
}
