import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseOutside, refuseSeries, refuseSeriesOf, type Refusal } from '../entry-form/index.ts'
import { deviationOf, meanOf, momentsOf } from '../numeric/index.ts'
import { monotoneRoot } from '../special/index.ts'
import { refuseAnnual } from './growth.ts'
import type { RiskFree } from './ratios.ts'

/** The share of wealth for a bet that wins `odds` for 1 with probability `p`; 0 where there is no edge. */
export function kellyBinary(p: Float64Array, odds: Float64Array): Result<Float64Array, QuantError> {
  const refusal = refuseSeriesOf({ p, odds }, 1) ?? refuseProbabilities(p)
    ?? (odds.every((value) => value > 0) ? undefined : refuse('bad-parameter', 'Net odds are expected to be above 0.'))
  if (refusal !== undefined) return refusal
  return ok(p.map((probability, at) => Math.max(0, probability - (1 - probability) / (odds[at] as number))))
}

export interface MarketStakes {
  readonly fYes: Float64Array
  readonly fNo: Float64Array
}

/** For contracts that pay 1: YES is bought at the price, NO at 1 less it, whichever has the edge. */
export function kellyBinaryMarket(p: Float64Array, price: Float64Array): Result<MarketStakes, QuantError> {
  const refusal = refuseSeriesOf({ p, price }, 1) ?? refuseProbabilities(p)
    ?? (price.every((value) => value > 0 && value < 1) ? undefined : refuse('bad-parameter', 'Prices are expected to be between 0 and 1.'))
  if (refusal !== undefined) return refusal
  return ok({
    fYes: p.map((chance, at) => Math.max(0, (chance - (price[at] as number)) / (1 - (price[at] as number)))),
    fNo: p.map((chance, at) => Math.max(0, ((price[at] as number) - chance) / (price[at] as number))),
  })
}

/** The leverage (mean - rf) / variance that is best for small returns; null for constant ones. */
export function kellyContinuous(returns: Float64Array, { rf, annualisation }: RiskFree): Result<number | null, QuantError> {
  const refusal = refuseAnnual(returns, annualisation, 2) ?? refuseOutside('rf', rf, -Infinity, Infinity)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  if (moments.isConstant) return ok(null)
  return ok((moments.mean - rf / annualisation) / deviationOf(moments, 1) ** 2)
}

/** The leverage that would have grown wealth fastest, negative when that is a short position. */
export function kellyEmpirical(returns: Float64Array): Result<number, QuantError> {
  const refusal = refuseSeries('returns', returns, 1)
  if (refusal !== undefined) return refusal
  const worst = returns.reduce((least, value) => Math.min(least, value))
  const best = returns.reduce((most, value) => Math.max(most, value))
  if (!(worst < 0 && best > 0)) {
    return refuse('degenerate', 'Growth has no largest value: the returns are expected to hold a gain and a loss.')
  }
  if (meanOf(returns) === 0) return ok(0)
  return ok(monotoneRoot(
    {
      valueAt: (leverage) => -returns.reduce((sum, value) => sum + value / (1 + leverage * value), 0),
      slopeAt: (leverage) => returns.reduce((sum, value) => sum + (value / (1 + leverage * value)) ** 2, 0),
    },
    [-1 / best, -1 / worst],
    0,
  ))
}

function refuseProbabilities(p: Float64Array): Refusal | undefined {
  return p.every((value) => value >= 0 && value <= 1) ? undefined : refuse('bad-parameter', 'Probabilities are expected to be from 0 to 1.')
}
