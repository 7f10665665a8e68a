import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import { type LimitRow, type WeightLimits } from './constraints.ts'
import { solveLinearProgram, type LinearAnswer } from './solvers/linear-program.ts'

/** Limits that no portfolio keeps are named: the fewest that already exclude each other. */
export function ensureFeasible(limits: WeightLimits): Result<void, QuantError> {
  if (isFeasible(limits)) return ok(undefined)
  let culprit = limits
  const names: string[] = []
  // Each part in turn is left out; what is still impossible without it is not its doing.
  for (const { name, without } of partsOf(limits)) {
    const relaxed = without(culprit)
    if (isFeasible(relaxed)) names.push(name)
    else culprit = relaxed
  }
  return refuse('bad-parameter', `No portfolio keeps to all of ${['full investment', ...names].join(', ')}.`)
}

const isFeasible = (limits: WeightLimits): boolean => optimiseLinear(limits, new Float64Array(limits.assets)).kind === 'optimal'

interface Part {
  readonly name: string
  readonly without: (limits: WeightLimits) => WeightLimits
}

function partsOf({ lower, upper, rows }: WeightLimits): readonly Part[] {
  const floors: Part = {
    name: lower.some((floor) => floor !== 0) ? 'minWeight' : 'longOnly',
    without: (limits) => ({ ...limits, lower: limits.lower.map(() => -Infinity) }),
  }
  const caps: Part = { name: 'maxWeight', without: (limits) => ({ ...limits, upper: limits.upper.map(() => Infinity) }) }
  return [
    ...rows.map(
      ({ name }): Part => ({ name, without: (limits) => ({ ...limits, rows: limits.rows.filter((row) => row.name !== name) }) }),
    ),
    ...(upper.some((cap) => cap !== Infinity) ? [caps] : []),
    ...(lower.some((floor) => floor !== -Infinity) ? [floors] : []),
  ]
}

/** The portfolio within the limits whose `costs · weights` is least. */
export function optimiseLinear({ assets, lower, upper, rows }: WeightLimits, costs: Float64Array): LinearAnswer {
  const equations = 1 + rows.length
  const weights = Array.from(
    { length: assets }, (_each, asset) => Float64Array.from([1, ...rows.map((row) => row.coefficients[asset] ?? 0)]),
  )
  // Each row becomes an equation with a variable that takes the row's value.
  const values = rows.map(
    (_row, index) => Float64Array.from({ length: equations }, (_each, equation) => (equation === index + 1 ? -1 : 0)),
  )
  const totals = new Float64Array(equations)
  totals[0] = 1
  const answer = solveLinearProgram({
    costs: Float64Array.from([...costs, ...rows.map(() => 0)]),
    columns: [...weights, ...values],
    totals,
    lower: Float64Array.from([...lower, ...rows.map(({ least }) => least)]),
    upper: Float64Array.from([...upper, ...rows.map(({ most }) => most)]),
  })
  return answer.kind === 'optimal' ? { ...answer, point: answer.point.slice(0, assets) } : answer
}

/** One more row, for example a return that has to be reached. */
export const withRow = (limits: WeightLimits, row: LimitRow): WeightLimits => ({ ...limits, rows: [...limits.rows, row] })
