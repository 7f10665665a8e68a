import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import { at } from '../numeric/index.ts'

/** What a portfolio has to keep to, beside being fully invested: its weights always sum to one. */
export interface PortfolioConstraints {
  /** No weight below zero; as always when it is not said. */
  readonly longOnly?: boolean
  /** For all assets, or one for each. */
  readonly minWeight?: number | readonly number[]
  readonly maxWeight?: number | readonly number[]
  readonly groups?: readonly WeightGroup[]
}

/** A sector, a chain, a venue: bounds for the sum of its members' weights. */
export interface WeightGroup {
  readonly name: string
  /** By the place of their column. */
  readonly members: readonly number[]
  readonly min?: number
  readonly max?: number
}

/** The same as bounds and rows, each with the name that a trader knows it by. */
export interface WeightLimits {
  readonly assets: number
  /** May be -Infinity. */
  readonly lower: Float64Array
  /** May be Infinity. */
  readonly upper: Float64Array
  readonly rows: readonly LimitRow[]
}

/** `least <= coefficients · weights <= most`. */
export interface LimitRow {
  readonly name: string
  readonly coefficients: Float64Array
  readonly least: number
  readonly most: number
}

export function limitsOf(
  assets: number, { longOnly = true, minWeight, maxWeight, groups = [] }: PortfolioConstraints,
): Result<WeightLimits, QuantError> {
  const floors = boundsOf('minWeight', minWeight, assets, -Infinity)
  if (!floors.ok) return floors
  const caps = boundsOf('maxWeight', maxWeight, assets, Infinity)
  if (!caps.ok) return caps
  const lower = longOnly ? floors.value.map((floor) => Math.max(0, floor)) : floors.value
  const crossed = lower.findIndex((floor, asset) => floor > at(caps.value, asset))
  if (crossed >= 0) {
    const [cap, floor] = [at(caps.value, crossed), at(lower, crossed)]
    return refuse('bad-parameter', `maxWeight of asset ${crossed} is ${cap}, below its least weight ${floor}.`)
  }
  const rows: LimitRow[] = []
  for (const group of groups) {
    const row = rowOf(group, assets)
    if (!row.ok) return row
    rows.push(row.value)
  }
  return ok({ assets, lower, upper: caps.value, rows })
}

/** Nothing but full investment: the answer is then a formula. */
export const isFree = ({ lower, upper, rows }: WeightLimits): boolean =>
  rows.length === 0 && lower.every((floor) => floor === -Infinity) && upper.every((cap) => cap === Infinity)

function boundsOf(
  name: string, given: number | readonly number[] | undefined, assets: number, otherwise: number,
): Result<Float64Array, QuantError> {
  if (given === undefined) return ok(new Float64Array(assets).fill(otherwise))
  if (typeof given !== 'number' && given.length !== assets) {
    return refuse('bad-parameter', `${name} has ${given.length} numbers for ${assets} assets.`)
  }
  const bounds = typeof given === 'number' ? new Float64Array(assets).fill(given) : Float64Array.from(given)
  if (given !== undefined && !bounds.every(isSensible)) {
    return refuse('bad-parameter', `${name} is expected to be made of numbers up to ${boundMost}.`)
  }
  return ok(bounds)
}

/** So many times the capital; beyond it a bound bounds nothing and drowns the others in rounding. */
const boundMost = 1e6
const isSensible = (bound: number): boolean => Math.abs(bound) <= boundMost

function rowOf({ name, members, min, max }: WeightGroup, assets: number): Result<LimitRow, QuantError> {
  const coefficients = new Float64Array(assets)
  for (const member of members) {
    if (!Number.isInteger(member) || member < 0 || member >= assets) {
      return refuse('bad-parameter', `The group ${name} has a member ${member}, and there are only the assets 0 to ${assets - 1}.`)
    }
    coefficients[member] = 1
  }
  const least = min ?? -Infinity
  const most = max ?? Infinity
  if (![min, max].every((bound) => bound === undefined || isSensible(bound))) {
    return refuse('bad-parameter', `The bounds of the group ${name} are expected to be numbers up to ${boundMost}.`)
  }
  if (least > most) return refuse('bad-parameter', `The group ${name} has min ${least}, above its max ${most}.`)
  return ok({ name: `group ${name}`, coefficients, least, most })
}
