import { at, dot } from '../../numeric/index.ts'
import { refreshBasis, startBasis, type Basis } from './linear-basis.ts'

/** The least `costs · x` among all x with `columns x = totals` and `lower <= x <= upper`; bounds may be infinite. */
export interface LinearProgram {
  readonly costs: Float64Array
  /** One for each variable: its coefficient in every equation. */
  readonly columns: readonly Float64Array[]
  readonly totals: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
}

export type LinearAnswer =
  | { readonly kind: 'optimal'; readonly point: Float64Array; readonly multipliers: Float64Array; readonly value: number }
  | { readonly kind: 'infeasible' | 'unbounded' | 'not-converged' }

const tolerance = 1e-10
/** Rounding gathers in the inverse that is only updated; it is made anew after so many exchanges. */
const exchangesUntilRefresh = 40
/** Exchanges without progress after which the rule is one that cannot go in circles. */
const patienceUsual = 30

/**
 * Two-phase revised simplex method for bounded variables (Dantzig 1963; Bland 1977 against cycles). The equations are
 * expected to be few and of a size near one; there may be many variables.
 */
export function solveLinearProgram(program: LinearProgram, patience = patienceUsual): LinearAnswer {
  const count = program.columns.length
  const basis = startBasis(program)
  const surplus = Float64Array.from(basis.columns, (_column, index) => (index < count ? 0 : 1))
  const first = descend(basis, surplus, patience)
  if (first !== 'optimal') return { kind: 'not-converged' }
  const missing = basis.point.subarray(count).reduce((sum, value) => sum + value, 0)
  const size = program.totals.reduce((sum, value) => sum + Math.abs(value), 1)
  if (missing > 1e-9 * size) return { kind: 'infeasible' }
  // The helping variables have to stay where they are: at nothing.
  basis.upper.fill(0, count)
  basis.point.fill(0, count)
  const costs = Float64Array.from(basis.columns, (_column, index) => (index < count ? at(program.costs, index) : 0))
  const second = descend(basis, costs, patience)
  if (second !== 'optimal') return { kind: second }
  const point = basis.point.slice(0, count)
  return { kind: 'optimal', point, multipliers: multipliersOf(basis, costs), value: dot(program.costs, point) }
}

type Descent = 'optimal' | 'unbounded' | 'not-converged'

function descend(basis: Basis, costs: Float64Array, patience: number): Descent {
  const most = 200 * (basis.rows + 10) + 20 * costs.length
  let stalled = 0
  let sinceRefresh = 0
  for (let step = 0; step < most; step++) {
    const entering = chooseEntering(basis, costs, stalled >= patience)
    if (entering === undefined) {
      if (sinceRefresh === 0) return 'optimal'
      // Found with an inverse that has been updated: look again with an exact one.
      if (!refreshBasis(basis)) return 'not-converged'
      sinceRefresh = 0
      continue
    }
    const moved = exchange(basis, entering, stalled >= patience)
    if (moved === undefined) return 'unbounded'
    stalled = moved > tolerance ? 0 : stalled + 1
    if (++sinceRefresh >= exchangesUntilRefresh) {
      if (!refreshBasis(basis)) return 'not-converged'
      sinceRefresh = 0
    }
  }
  return 'not-converged'
}

function multipliersOf({ rows, inverse, members }: Basis, costs: Float64Array): Float64Array {
  const multipliers = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const cost = at(costs, memberAt(members, row))
    if (cost === 0) continue
    for (let column = 0; column < rows; column++) {
      multipliers[column] = at(multipliers, column) + cost * at(inverse, row * rows + column)
    }
  }
  return multipliers
}

interface Entering {
  readonly variable: number
  readonly direction: 1 | -1
}

function chooseEntering(basis: Basis, costs: Float64Array, isFirstTaken: boolean): Entering | undefined {
  const multipliers = multipliersOf(basis, costs)
  let best = tolerance
  let entering: Entering | undefined
  for (let variable = 0; variable < costs.length; variable++) {
    if (basis.isMember[variable] === 1 || at(basis.lower, variable) === at(basis.upper, variable)) continue
    const saving = dot(multipliers, basis.columns[variable] ?? multipliers) - at(costs, variable)
    const value = at(basis.point, variable)
    const gain = saving > 0 ? (value < at(basis.upper, variable) ? saving : 0) : value > at(basis.lower, variable) ? -saving : 0
    if (gain <= best) continue
    best = gain
    entering = { variable, direction: saving > 0 ? 1 : -1 }
    if (isFirstTaken) return entering
  }
  return entering
}

/** Moves as far as the bounds allow; gives how far, or undefined when nothing stops it. */
function exchange(basis: Basis, { variable, direction }: Entering, isFirstTaken: boolean): number | undefined {
  const change = changeOf(basis, variable)
  const start = at(basis.point, variable)
  let reach = direction > 0 ? at(basis.upper, variable) - start : start - at(basis.lower, variable)
  let leaving = -1
  for (let row = 0; row < basis.rows; row++) {
    const slope = direction * at(change, row)
    if (Math.abs(slope) <= tolerance) continue
    const member = memberAt(basis.members, row)
    const bound = slope > 0 ? at(basis.lower, member) : at(basis.upper, member)
    const room = Math.max(0, (at(basis.point, member) - bound) / slope)
    if (room > reach + tolerance || room === Infinity) continue
    const isNearer = room < reach - tolerance
    const isBetter = leaving < 0 || (
      isFirstTaken ? member < memberAt(basis.members, leaving) : Math.abs(slope) > Math.abs(at(change, leaving))
    )
    if (!isNearer && !isBetter) continue
    reach = Math.min(reach, room)
    leaving = row
  }
  if (reach === Infinity) return undefined
  move(basis, variable, direction * reach, change)
  if (leaving >= 0) replaceMember(basis, leaving, variable, direction, change)
  else basis.point[variable] = direction > 0 ? at(basis.upper, variable) : at(basis.lower, variable)
  return reach
}

function changeOf({ rows, inverse, columns }: Basis, variable: number): Float64Array {
  const column = columns[variable] ?? new Float64Array(rows)
  return Float64Array.from({ length: rows }, (_each, row) => dot(inverse.subarray(row * rows, (row + 1) * rows), column))
}

function move(basis: Basis, variable: number, distance: number, change: Float64Array): void {
  basis.point[variable] = at(basis.point, variable) + distance
  for (let row = 0; row < basis.rows; row++) {
    const member = memberAt(basis.members, row)
    basis.point[member] = at(basis.point, member) - distance * at(change, row)
  }
}

function replaceMember(basis: Basis, leaving: number, variable: number, direction: number, change: Float64Array): void {
  const { rows, inverse, members } = basis
  const gone = memberAt(members, leaving)
  // Exactly on the bound that stopped it.
  basis.point[gone] = direction * at(change, leaving) > 0 ? at(basis.lower, gone) : at(basis.upper, gone)
  basis.isMember[gone] = 0
  basis.isMember[variable] = 1
  members[leaving] = variable
  const pivot = at(change, leaving)
  for (let column = 0; column < rows; column++) inverse[leaving * rows + column] = at(inverse, leaving * rows + column) / pivot
  for (let row = 0; row < rows; row++) {
    const factor = at(change, row)
    if (row === leaving || factor === 0) continue
    for (let column = 0; column < rows; column++) {
      inverse[row * rows + column] = at(inverse, row * rows + column) - factor * at(inverse, leaving * rows + column)
    }
  }
}

/** There by construction, as in `at`. */
const memberAt = (members: Int32Array, row: number): number => members[row] as number
