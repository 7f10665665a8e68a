import { at, invert, matrixFromColumns, multiplyVector } from '../../numeric/index.ts'
import type { LinearProgram } from './linear-program.ts'

/** Where the simplex method stands: which variables are held by the equations, and the value of every one. */
export interface Basis {
  readonly rows: number
  /** Those of the program, then one helping variable for each equation. */
  readonly columns: readonly Float64Array[]
  readonly totals: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly point: Float64Array
  readonly members: Int32Array
  readonly isMember: Uint8Array
  /** Of the members' columns; by rows. */
  readonly inverse: Float64Array
}

/** Every variable at the bound that is nearest to nothing; the helping variables carry what is missing. */
export function startBasis({ columns, totals, lower, upper }: LinearProgram): Basis {
  const rows = totals.length
  const count = columns.length
  const start = columns.map((_column, index) => nearestToNothing(at(lower, index), at(upper, index)))
  const missing = totals.map(
    (total, row) => columns.reduce((left, column, index) => left - at(column, row) * (start[index] ?? 0), total),
  )
  const helpers = Array.from(missing, (value, row) => {
    const column = new Float64Array(rows)
    column[row] = value < 0 ? -1 : 1
    return column
  })
  const inverse = new Float64Array(rows * rows)
  for (let row = 0; row < rows; row++) inverse[row * rows + row] = at(missing, row) < 0 ? -1 : 1
  return {
    rows,
    columns: [...columns, ...helpers],
    totals,
    lower: Float64Array.from([...lower, ...helpers.map(() => 0)]),
    upper: Float64Array.from([...upper, ...helpers.map(() => Infinity)]),
    point: Float64Array.from([...start, ...missing.map(Math.abs)]),
    members: Int32Array.from({ length: rows }, (_each, row) => count + row),
    isMember: Uint8Array.from([...columns.map(() => 0), ...helpers.map(() => 1)]),
    inverse,
  }
}

const nearestToNothing = (lower: number, upper: number): number => (
  lower > 0 ? lower : upper < 0 ? upper : lower > -Infinity ? lower : Math.min(upper, 0)
)

/** Makes the inverse and the members' values anew from the program itself; false when rounding has left them without one. */
export function refreshBasis(basis: Basis): boolean {
  const { rows, columns, members, inverse, totals, point } = basis
  const inverted = invert(matrixFromColumns(Array.from(members, (member) => columns[member] ?? totals)))
  if (!inverted.ok) return false
  inverse.set(inverted.value.values)
  const rest = totals.slice()
  for (const [variable, column] of columns.entries()) {
    const value = at(point, variable)
    if (basis.isMember[variable] === 1 || value === 0) continue
    for (let row = 0; row < rows; row++) rest[row] = at(rest, row) - at(column, row) * value
  }
  const values = multiplyVector(inverted.value, rest)
  for (let row = 0; row < rows; row++) point[members[row] as number] = at(values, row)
  return true
}
