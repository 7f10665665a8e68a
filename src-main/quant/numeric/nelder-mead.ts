import { fail, ok } from '../../base/index.ts'
import { at } from './matrix.ts'
import type { Minimum, MinimumResult, Objective } from './minimum.ts'

export interface NelderMeadOptions {
  /** The edge of the first simplex, in each variable. */
  readonly step?: number | Float64Array
  /** Between the best and the worst corner, relative to 1 + |value|. */
  readonly valueTolerance?: number
  readonly pointTolerance?: number
  readonly evaluationsMost?: number
  /** How often a fresh simplex starts at the minimum: a collapsed one stops too early. */
  readonly restarts?: number
}

interface Corner {
  readonly point: Float64Array
  readonly value: number
}

/** Nelder and Mead (1965) with the adaptive coefficients of Gao and Han (2012). Converged when a restart gains nothing. */
export function nelderMead(of: Objective, start: Float64Array, options: NelderMeadOptions = {}): MinimumResult {
  const { valueTolerance = 1e-12, evaluationsMost = 2_000 * (start.length + 1), restarts = 4 } = options
  const measured = countingObjective(of)
  let best: Corner = { point: start.slice(), value: measured.of(start) }
  if (best.value === Infinity) {
    return fail({ code: 'degenerate', message: 'The function to minimise is not finite at the start.' })
  }
  let iterations = 0
  for (let round = 0; round <= restarts; round++) {
    const search = descend(measured, best, { ...options, valueTolerance, evaluationsMost })
    iterations += search.iterations
    const gain = best.value - search.best.value
    best = search.best
    const reached: Minimum = { ...best, iterations, evaluations: measured.count() }
    if (!search.hasCollapsed) {
      return fail(
        { code: 'not-converged', message: `The minimum was not found in ${evaluationsMost} evaluations.`, best: reached },
      )
    }
    if (round > 0 && gain <= 100 * valueTolerance * (1 + Math.abs(best.value))) return ok(reached)
  }
  return fail({
    code: 'not-converged',
    message: `Each of ${restarts} restarts still found a better point.`,
    best: { ...best, iterations, evaluations: measured.count() },
  })
}

interface Counted {
  readonly of: Objective
  readonly count: () => number
}

function countingObjective(of: Objective): Counted {
  let evaluations = 0
  const counted = (point: Float64Array): number => {
    evaluations++
    const value = of(point)
    return Number.isNaN(value) ? Infinity : value
  }
  return { of: counted, count: () => evaluations }
}

interface Descent {
  readonly best: Corner
  readonly iterations: number
  readonly hasCollapsed: boolean
}

function descend(
  measured: Counted, from: Corner, options: NelderMeadOptions & { valueTolerance: number; evaluationsMost: number },
): Descent {
  const simplex = simplexAround(measured.of, from, options.step ?? 0.1)
  const { pointTolerance = 1e-9 } = options
  for (let iterations = 0; ; iterations++) {
    simplex.sort((left, right) => left.value - right.value)
    const best = simplex[0] as Corner
    const spread = (simplex.at(-1) as Corner).value - best.value
    if (
      spread <= options.valueTolerance * (1 + Math.abs(best.value))
      && widthOf(simplex) <= pointTolerance * (1 + largest(best.point)) * 1e3
    ) {
      return { best, iterations, hasCollapsed: true }
    }
    if (widthOf(simplex) <= pointTolerance * 1e-4) return { best, iterations, hasCollapsed: true }
    if (measured.count() >= options.evaluationsMost) return { best, iterations, hasCollapsed: false }
    moveWorst(measured.of, simplex)
  }
}

function simplexAround(of: Objective, from: Corner, step: number | Float64Array): Corner[] {
  const corners = Array.from({ length: from.point.length }, (_each, index) => {
    const point = from.point.slice()
    point[index] = at(point, index) + (
      typeof step === 'number' ? step * Math.max(1, Math.abs(at(point, index))) : at(step, index)
    )
    return { point, value: of(point) }
  })
  return [from, ...corners]
}

const largest = (point: Float64Array): number => point.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

function widthOf(simplex: readonly Corner[]): number {
  const best = simplex[0] as Corner
  return Math.max(0, ...simplex.map((corner) => largest(corner.point.map((value, index) => value - at(best.point, index)))))
}

/** One step: the worst corner is reflected, expanded or contracted, or else all shrink towards the best. Expects them sorted. */
function moveWorst(of: Objective, simplex: Corner[]): void {
  const size = simplex.length - 1
  const worst = simplex[size] as Corner
  const best = simplex[0] as Corner
  const secondWorst = simplex[Math.max(0, size - 1)] as Corner
  const centre = new Float64Array(size)
  for (let corner = 0; corner < size; corner++) {
    for (let index = 0; index < size; index++) centre[index] = at(centre, index) + at(
      (simplex[corner] as Corner).point, index,
    ) / size
  }
  const along = (factor: number): Corner => {
    const point = centre.map((value, index) => value + factor * (at(worst.point, index) - value))
    return { point, value: of(point) }
  }
  const dimensions = Math.max(size, 2)
  const reflected = along(-1)
  if (reflected.value < best.value) {
    const expanded = along(-(1 + 2 / dimensions))
    simplex[size] = expanded.value < reflected.value ? expanded : reflected
    return
  }
  if (reflected.value < secondWorst.value) {
    simplex[size] = reflected
    return
  }
  const isOutside = reflected.value < worst.value
  const contracted = along((isOutside ? -1 : 1) * (0.75 - 1 / (2 * dimensions)))
  if (contracted.value < Math.min(reflected.value, worst.value)) {
    simplex[size] = contracted
    return
  }
  for (let corner = 1; corner <= size; corner++) {
    const point = (simplex[corner] as Corner).point.map(
      (value, index) => at(best.point, index) + (1 - 1 / dimensions) * (value - at(best.point, index)),
    )
    simplex[corner] = { point, value: of(point) }
  }
}
