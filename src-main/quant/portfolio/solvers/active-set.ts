import { at, cholesky, solveLower, type Matrix } from '../../numeric/index.ts'

/** One constraint that is held as an equality. */
export interface ActiveConstraint {
  readonly index: number
  readonly sign: 1 | -1
  multiplier: number
}

/**
 * Where the quadratic method stands. `basis` is J of the paper: its columns make the Hessian the unit matrix, and the first
 * of them span the active normals, whose coefficients are the upper triangle R.
 */
export interface ActiveSet {
  readonly size: number
  readonly point: Float64Array
  readonly basis: Float64Array
  readonly triangle: Float64Array
  readonly members: ActiveConstraint[]
}

/** Undefined when the Hessian is not positive definite. */
export function startActiveSet(hessian: Matrix, slope: Float64Array): ActiveSet | undefined {
  const size = slope.length
  const basis = inverseFactor(hessian)
  if (basis === undefined) return undefined
  const point = new Float64Array(size)
  for (let column = 0; column < size; column++) {
    let share = 0
    for (let row = 0; row < size; row++) share -= at(basis, row * size + column) * at(slope, row)
    for (let row = 0; row < size; row++) point[row] = at(point, row) + share * at(basis, row * size + column)
  }
  return { size, point, basis, triangle: new Float64Array(size * size), members: [] }
}

export interface SplitDirection {
  /** Where the point goes when the new constraint is approached and the active ones are kept. */
  readonly step: Float64Array
  /** By how much each active multiplier gives way for it. */
  readonly relief: Float64Array
  /** The normal in the columns of the basis. */
  readonly projected: Float64Array
  /** The normal is made of the active ones: no step approaches it. */
  readonly isDependent: boolean
}

export function splitDirection({ size, basis, triangle, members }: ActiveSet, normal: Float64Array): SplitDirection {
  const projected = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      projected[column] = at(projected, column) + at(basis, row * size + column) * at(normal, row)
    }
  }
  const used = members.length
  const step = new Float64Array(size)
  let free = 0
  let whole = 0
  for (let column = 0; column < size; column++) {
    const share = at(projected, column)
    whole += share * share
    if (column < used) continue
    free += share * share
    for (let row = 0; row < size; row++) step[row] = at(step, row) + share * at(basis, row * size + column)
  }
  const relief = new Float64Array(used)
  for (let row = used - 1; row >= 0; row--) {
    let rest = at(projected, row)
    for (let column = row + 1; column < used; column++) rest -= at(triangle, row * size + column) * at(relief, column)
    relief[row] = rest / at(triangle, row * size + row)
  }
  return { step, relief, projected, isDependent: free <= 1e-22 * whole }
}

/** Turns the free columns of the basis until one alone carries what is new in the normal. */
export function addConstraint(active: ActiveSet, constraint: ActiveConstraint, projected: Float64Array): void {
  const { size, basis, triangle, members } = active
  const used = members.length
  const rest = Float64Array.from(projected)
  for (let column = size - 1; column > used; column--) {
    const { cosine, sine, length } = rotationFor(at(rest, column - 1), at(rest, column))
    rest[column - 1] = length
    rest[column] = 0
    for (let row = 0; row < size; row++) rotate(basis, row * size + column - 1, row * size + column, cosine, sine)
  }
  for (let row = 0; row <= used; row++) triangle[row * size + used] = at(rest, row)
  members.push(constraint)
}

/** Takes a column out of the triangle and turns it into a triangle again. */
export function dropConstraint(active: ActiveSet, position: number): void {
  const { size, basis, triangle, members } = active
  const left = members.length - 1
  for (let column = position; column < left; column++) {
    for (let row = 0; row <= column + 1; row++) triangle[row * size + column] = at(triangle, row * size + column + 1)
  }
  members.splice(position, 1)
  for (let column = position; column < left; column++) {
    const { cosine, sine } = rotationFor(at(triangle, column * size + column), at(triangle, (column + 1) * size + column))
    for (let k = column; k < left; k++) rotate(triangle, column * size + k, (column + 1) * size + k, cosine, sine)
    for (let row = 0; row < size; row++) rotate(basis, row * size + column, row * size + column + 1, cosine, sine)
  }
}

interface Rotation {
  readonly cosine: number
  readonly sine: number
  readonly length: number
}

function rotationFor(first: number, second: number): Rotation {
  const length = Math.hypot(first, second)
  return length === 0 ? { cosine: 1, sine: 0, length } : { cosine: first / length, sine: second / length, length }
}

function rotate(values: Float64Array, one: number, other: number, cosine: number, sine: number): void {
  const first = at(values, one)
  const second = at(values, other)
  values[one] = cosine * first + sine * second
  values[other] = cosine * second - sine * first
}

/** The inverse of the transposed Cholesky factor: its rows are the columns of the factor's own inverse. */
function inverseFactor(hessian: Matrix): Float64Array | undefined {
  const factor = cholesky(hessian)
  if (!factor.ok) return undefined
  const size = hessian.rows
  const inverse = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const unit = new Float64Array(size)
    unit[row] = 1
    inverse.set(solveLower(factor.value, unit), row * size)
  }
  return inverse
}
