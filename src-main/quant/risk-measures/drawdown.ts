import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries, type Refusal } from '../entry-form/index.ts'

export interface Drawdown {
  /** As a positive fraction of the highest equity before, the start included. */
  readonly maxDrawdown: number
  readonly ulcer: number
  readonly pain: number
  /** Index into the returns of the deepest point; null when equity never fell. */
  readonly troughIndex: number | null
  /** Index of the peak before it: -1 is the start. */
  readonly peakIndex: number | null
  /** Index at which that peak was reached again; null while it has not been. */
  readonly recoveryIndex: number | null
  /** The most periods in a row below a former peak. */
  readonly longestUnderWater: number
  readonly current: number
}

/** The drawdown of each period, with compounded equity that starts at 1. */
export function drawdownSeries(returns: Float64Array): Result<Float64Array, QuantError> {
  const refusal = refuseCompounding(returns)
  if (refusal !== undefined) return refusal
  let equity = 1
  let peak = 1
  return ok(returns.map((value) => {
    equity *= 1 + value
    peak = Math.max(peak, equity)
    return 1 - equity / peak
  }))
}

export function drawdown(returns: Float64Array): Result<Drawdown, QuantError> {
  const series = drawdownSeries(returns)
  if (!series.ok) return series
  const depths = series.value
  if (depths.some((depth) => !Number.isFinite(depth))) return refuse('degenerate', 'The compounded equity is too large for a number.')
  let [sum, squares, under, longest, trough] = [0, 0, 0, 0, 0]
  for (let at = 0; at < depths.length; at += 1) {
    const depth = depths[at] as number
    sum += depth
    squares += depth * depth
    under = depth > 0 ? under + 1 : 0
    longest = Math.max(longest, under)
    if (depth > (depths[trough] as number)) trough = at
  }
  const maxDrawdown = depths[trough] as number
  return ok({
    maxDrawdown,
    ulcer: Math.sqrt(squares / depths.length),
    pain: sum / depths.length,
    ...(maxDrawdown > 0 ? placeOf(depths, trough) : { troughIndex: null, peakIndex: null, recoveryIndex: null }),
    longestUnderWater: longest,
    current: depths.at(-1) as number,
  })
}

/** Nothing, or that equity would be lost more than whole: compounding has no meaning beyond that. */
export function refuseCompounding(returns: Float64Array): Refusal | undefined {
  const refusal = refuseSeries('returns', returns, 1)
  if (refusal !== undefined) return refusal
  const ruin = returns.findIndex((value) => value < -1)
  if (ruin < 0) return undefined
  return refuse('bad-input', `A simple return is expected to be at least -1, but the one at ${ruin} is ${returns[ruin]}.`)
}

function placeOf(depths: Float64Array, trough: number): Pick<Drawdown, 'troughIndex' | 'peakIndex' | 'recoveryIndex'> {
  let peak = trough
  while (peak >= 0 && (depths[peak] as number) > 0) peak -= 1
  const recovery = depths.findIndex((depth, at) => at > trough && depth === 0)
  return { troughIndex: trough, peakIndex: peak, recoveryIndex: recovery < 0 ? null : recovery }
}
