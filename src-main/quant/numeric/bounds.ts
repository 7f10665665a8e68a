import { assert } from '../../base/index.ts'
import { bfgs, type BfgsOptions } from './bfgs.ts'
import type { MinimumResult, Objective } from './minimum.ts'

/** Open at both ends; absent means none. */
export interface Bound {
  readonly above?: number
  readonly below?: number
}

export const logistic = (free: number): number => (free < 0 ? Math.exp(free) / (1 + Math.exp(free)) : 1 / (1 + Math.exp(-free)))
export const logit = (share: number): number => Math.log(share) - Math.log1p(-share)

/** From the whole line into the bound. */
export function boundedFrom(free: number, { above, below }: Bound): number {
  if (above !== undefined && below !== undefined) return above + (below - above) * logistic(free)
  if (above !== undefined) return above + Math.exp(free)
  if (below !== undefined) return below - Math.exp(free)
  return free
}

/** And back. A value outside of its bound is a bug. */
export function freeFrom(value: number, { above, below }: Bound): number {
  assert((above === undefined || value > above) && (below === undefined || value < below), 'expected a value inside its bound')
  if (above !== undefined && below !== undefined) return logit((value - above) / (below - above))
  if (above !== undefined) return Math.log(value - above)
  if (below !== undefined) return Math.log(below - value)
  return value
}

/** BFGS over the whole space of transformed variables: the function is never asked outside of its bounds. */
export function minimiseWithin(
  of: Objective, bounds: readonly Bound[], start: Float64Array, options: Omit<BfgsOptions, 'gradient'> = {},
): MinimumResult {
  assert(bounds.length === start.length, 'expected a bound for each variable')
  const inside = (free: Float64Array): Float64Array => free.map((value, index) => boundedFrom(value, bounds[index] ?? {}))
  const found = bfgs((free) => of(inside(free)), start.map((value, index) => freeFrom(value, bounds[index] ?? {})), options)
  if (found.ok) return { ok: true, value: { ...found.value, point: inside(found.value.point) } }
  const { best } = found.error
  return best === undefined ? found : { ok: false, error: { ...found.error, best: { ...best, point: inside(best.point) } } }
}

/** The best of several deterministic starts; those that fail count only when all do. */
export function bestOfStarts(starts: readonly Float64Array[], search: (start: Float64Array) => MinimumResult): MinimumResult {
  const found = starts.map(search)
  const converged = found.filter((result) => result.ok)
  const best = converged.reduce<(typeof converged)[number] | undefined>(
    (least, result) => (least === undefined || result.value.value < least.value.value ? result : least),
    undefined,
  )
  const first = found[0]
  assert(first !== undefined, 'expected a start')
  return best ?? first
}

