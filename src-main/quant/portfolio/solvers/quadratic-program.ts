import { at, dot, type Matrix } from '../../numeric/index.ts'
import { addConstraint, dropConstraint, splitDirection, startActiveSet, type ActiveSet } from './active-set.ts'

/** `coefficients · x` against `bound`. */
export interface LinearConstraint {
  readonly coefficients: Float64Array
  readonly bound: number
}

/** The least `½ x'Hx + slope · x` with every equality kept and every `coefficients · x >= bound`. */
export interface QuadraticProgram {
  /** Symmetric and positive definite, of a size near one. */
  readonly hessian: Matrix
  readonly slope: Float64Array
  readonly equalities: readonly LinearConstraint[]
  readonly atLeast: readonly LinearConstraint[]
}

export type QuadraticAnswer =
  | {
      readonly kind: 'optimal'
      readonly point: Float64Array
      /** What each constraint costs: of the equalities, then of the others, which are never negative. */
      readonly multipliers: Float64Array
    }
  | { readonly kind: 'infeasible' | 'not-convex' | 'not-converged' }

const tolerance = 1e-11

/**
 * Dual active-set method of Goldfarb and Idnani (1983): begins at the least of the function itself and takes in the
 * constraint that is broken worst, one after the other. It ends, because the dual value grows with every step.
 */
export function solveQuadraticProgram(program: QuadraticProgram): QuadraticAnswer {
  const active = startActiveSet(program.hessian, program.slope)
  if (active === undefined) return { kind: 'not-convex' }
  const constraints = [...program.equalities, ...program.atLeast]
  const sizes = Float64Array.from(constraints, ({ coefficients }) => Math.sqrt(dot(coefficients, coefficients)) || 1)
  const most = 50 * (constraints.length + program.slope.length + 10)
  const settled = new Set<number>()
  for (let step = 0; step < most; step++) {
    const worst = worstBroken(active, constraints, sizes, program.equalities.length, settled)
    if (worst === undefined) {
      return { kind: 'optimal', point: active.point, multipliers: multipliersOf(active, constraints.length) }
    }
    const taken = takeIn(active, constraints, worst, program.equalities.length)
    if (taken !== 'taken') return { kind: taken }
    if (worst.index < program.equalities.length) settled.add(worst.index)
  }
  return { kind: 'not-converged' }
}

interface Broken {
  readonly index: number
  /** -1 for an equality that is passed from above. */
  readonly sign: 1 | -1
}

function worstBroken(
  active: ActiveSet,
  constraints: readonly LinearConstraint[],
  sizes: Float64Array,
  equalities: number,
  settled: ReadonlySet<number>,
): Broken | undefined {
  let worst: Broken | undefined
  let least = -tolerance
  for (const [index, { coefficients, bound }] of constraints.entries()) {
    if (settled.has(index) || active.members.some((member) => member.index === index)) continue
    const slack = (dot(coefficients, active.point) - bound) / at(sizes, index)
    // Every equality has to be in, kept or not, before the others are looked at.
    if (index < equalities) return { index, sign: slack > 0 ? -1 : 1 }
    if (slack >= least) continue
    least = slack
    worst = { index, sign: 1 }
  }
  return worst
}

/** Infeasible when no point keeps this constraint and those that are active. */
function takeIn(
  active: ActiveSet, constraints: readonly LinearConstraint[], { index, sign }: Broken, equalities: number,
): 'taken' | 'infeasible' | 'not-converged' {
  const { coefficients = active.point, bound = 0 } = constraints[index] ?? {}
  const normal = sign > 0 ? coefficients : coefficients.map((value) => -value)
  let multiplier = 0
  for (;;) {
    const { step, relief, projected, isDependent } = splitDirection(active, normal)
    const slack = dot(normal, active.point) - sign * bound
    const { reach, position } = nearestBlock(active, relief, equalities)
    // An equality that says what those before it say needs no place among them: they stay.
    if (isDependent && index < equalities && Math.abs(slack) <= tolerance) return 'taken'
    const full = isDependent ? Infinity : -slack / dot(step, normal)
    const length = Math.min(reach, full)
    if (length === Infinity) return 'infeasible'
    // Numbers too large to be told apart.
    if (!Number.isFinite(length)) return 'not-converged'
    if (!isDependent) for (let k = 0; k < step.length; k++) active.point[k] = at(active.point, k) + length * at(step, k)
    for (const [place, member] of active.members.entries()) member.multiplier -= length * at(relief, place)
    multiplier += length
    if (full <= reach) {
      addConstraint(active, { index, sign, multiplier }, projected)
      return 'taken'
    }
    dropConstraint(active, position)
  }
}

function nearestBlock(
  { members }: ActiveSet, relief: Float64Array, equalities: number,
): { readonly reach: number; readonly position: number } {
  let reach = Infinity
  let position = -1
  for (const [place, { index, multiplier }] of members.entries()) {
    if (index < equalities || at(relief, place) <= tolerance) continue
    const room = Math.max(0, multiplier) / at(relief, place)
    if (room >= reach) continue
    reach = room
    position = place
  }
  return { reach, position }
}

function multipliersOf({ members }: ActiveSet, count: number): Float64Array {
  const multipliers = new Float64Array(count)
  for (const { index, sign, multiplier } of members) multipliers[index] = sign * multiplier
  return multipliers
}
