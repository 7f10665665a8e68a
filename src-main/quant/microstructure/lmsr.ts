import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { firstRefusal, refuseSeries, refuseSeriesOf } from '../entry-form/index.ts'
import { refuseNotPositive } from './conditions.ts'

export interface LmsrState {
  /** Liquidity: the maker's largest loss is b ln n. */
  readonly b: number
  /** Shares outstanding of each outcome. */
  readonly shares: Float64Array
}

export interface LmsrQuote {
  /** The cost function C(q). */
  readonly cost: number
  /** They sum to 1. */
  readonly prices: Float64Array
  /** C(q + trade) - C(q). */
  readonly tradeCost: number
}

/** Hanson's logarithmic market scoring rule (2003): C(q) = b ln Σ exp(qᵢ/b). */
export function lmsr({ b, shares }: LmsrState, trade: Float64Array): Result<LmsrQuote, QuantError> {
  const refusal = firstRefusal(refuseNotPositive({ b }), refuseSeriesOf({ q: shares, trade }, 1), refuseSeries('q', shares, 2))
  if (refusal !== undefined) return refusal
  const most = shares.reduce((largest, value) => Math.max(largest, value))
  const weights = shares.map((value) => Math.exp((value - most) / b))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const prices = weights.map((weight) => weight / sum)
  return ok({ cost: most + b * Math.log(sum), prices, tradeCost: tradeCost({ b, shares }, prices, trade) })
}

/** From the prices, so that a small trade is not the difference of two large costs. */
function tradeCost({ b, shares }: LmsrState, prices: Float64Array, trade: Float64Array): number {
  const largest = trade.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest <= b) return b * Math.log1p(prices.reduce((sum, price, at) => sum + price * Math.expm1((trade[at] as number) / b), 0))
  // A price that underflowed counts again when the trade is large, so the shares and not the prices are summed.
  return logSum(b, shares.map((value, at) => value + (trade[at] as number))) - logSum(b, shares)
}

function logSum(b: number, shares: Float64Array): number {
  const most = shares.reduce((largest, value) => Math.max(largest, value))
  return most + b * Math.log(shares.reduce((total, value) => total + Math.exp((value - most) / b), 0))
}
