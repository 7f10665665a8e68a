import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, refuse, refuseSeries, refuseSeriesOf } from '../entry-form/index.ts'
import { meanOf } from '../numeric/index.ts'

export interface RollSpread {
  /** Covariance of successive price changes, ddof 1, each with its own mean. */
  readonly autocov: number
  /** In the unit of the price; null when the covariance is positive, which the model does not know. */
  readonly spread: number | null
}

/** Roll (1984): the bounce between bid and ask makes successive changes go against each other. */
export function rollSpread(prices: Float64Array): Result<RollSpread, QuantError> {
  const refusal = refuseSeries('prices', prices, 4)
  if (refusal !== undefined) return refusal
  const changes = prices.subarray(1).map((price, at) => price - (prices[at] as number))
  const later = changes.subarray(1)
  const earlier = changes.subarray(0, -1)
  const [laterMean, earlierMean] = [meanOf(later), meanOf(earlier)]
  let sum = 0
  for (const [at, value] of later.entries()) sum += (value - laterMean) * ((earlier[at] as number) - earlierMean)
  const autocov = sum / (later.length - 1)
  return ok({ autocov, spread: autocov > 0 ? null : 2 * Math.sqrt(Math.max(0, -autocov)) })
}

/** What a negative estimate of a pair of bars becomes. */
export type NegativeEstimate = 'zero' | 'drop' | 'keep'

export interface CorwinSchultz {
  /** As a share of the price; null when every estimate was dropped. */
  readonly spread: number | null
  /** One for each bar; null for the first, which has none before it, and where one was dropped. */
  readonly series: readonly (number | null)[]
}

/** Corwin and Schultz (2012): highs are bought and lows are sold, and volatility grows with time while the spread does not. */
export function corwinSchultz(high: Float64Array, low: Float64Array, negative: NegativeEstimate): Result<CorwinSchultz, QuantError> {
  const refusal = refuseSeriesOf({ high, low }, 2)
  if (refusal !== undefined) return refusal
  const strange = high.findIndex((value, at) => !((low[at] as number) > 0 && value >= (low[at] as number)))
  if (strange >= 0) return refuse(
    'bad-input', `A high is expected to be at least its low and both above 0, but at ${strange} they are not.`,
  )
  const series = Array.from(high, (_value, at) => {
    if (at === 0) return null
    const estimate = pairSpread(high, low, at)
    if (estimate >= 0 || negative === 'keep') return estimate
    return negative === 'zero' ? 0 : null
  })
  const kept = series.filter((value) => value !== null)
  return ok({ spread: kept.length === 0 ? null : meanOf(Float64Array.from(kept)), series })
}

function pairSpread(high: Float64Array, low: Float64Array, at: number): number {
  const range = (upper: number, lower: number): number => Math.log(upper / lower) ** 2
  const [upper, lower] = [high[at] as number, low[at] as number]
  const [upperBefore, lowerBefore] = [high[at - 1] as number, low[at - 1] as number]
  const beta = range(upper, lower) + range(upperBefore, lowerBefore)
  const both = range(Math.max(upper, upperBefore), Math.min(lower, lowerBefore))
  const scale = 3 - 2 * Math.SQRT2
  const alpha = (Math.SQRT2 - 1) * (Math.sqrt(beta) / scale) - Math.sqrt(both / scale)
  return 2 * Math.tanh(alpha / 2)
}

/** Amihud (2002): mean of |return| over traded value; periods without trading are left out, null when nothing is left. */
export function amihud(returns: Float64Array, value: Float64Array): Result<number | null, QuantError> {
  const refusal = refuseSeriesOf({ returns, value }, 1)
  if (refusal !== undefined) return refusal
  if (value.some((traded) => traded < 0)) return refuse('bad-input', 'The traded value is expected to be at least 0.')
  let sum = 0
  let count = 0
  for (const [at, traded] of value.entries()) {
    if (traded === 0) continue
    sum += Math.abs(returns[at] as number) / traded
    count += 1
  }
  return ok(available(sum / count))
}
