import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, firstRefusal, refuseOutside, refuseSeries } from '../entry-form/index.ts'
import { deviationOf, meanOf, momentsOf, quantileOfSorted } from '../numeric/index.ts'
import { refuseAnnual } from './growth.ts'
import type { Annual } from './growth.ts'

export interface RiskFree extends Annual {
  /** Of a year; a period has this over the annualisation. */
  readonly rf: number
}

export interface Sharpe {
  /** Null for constant returns. */
  readonly perPeriod: number | null
  readonly annualised: number | null
}

export function sharpe(returns: Float64Array, choice: RiskFree & { readonly ddof: number }): Result<Sharpe, QuantError> {
  const { annualisation, rf, ddof } = choice
  const refusal = refuseAnnual(returns, annualisation, ddof + 1) ?? refuseOutside('rf', rf, -Infinity, Infinity)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  const ratio = moments.isConstant ? Number.NaN : (moments.mean - rf / annualisation) / deviationOf(moments, ddof)
  return ok({ perPeriod: available(ratio), annualised: available(ratio * Math.sqrt(annualisation)) })
}

export interface Sortino extends Sharpe {
  readonly downsideDeviation: number | null
}

/** `mar` is the least acceptable return of a period. */
export function sortino(returns: Float64Array, choice: Annual & { readonly mar: number }): Result<Sortino, QuantError> {
  const { annualisation, mar } = choice
  const refusal = refuseAnnual(returns, annualisation, 1) ?? refuseOutside('mar', mar, -Infinity, Infinity)
  if (refusal !== undefined) return refusal
  let squares = 0
  for (const value of returns) squares += Math.min(value - mar, 0) ** 2
  const downside = Math.sqrt(squares / returns.length)
  const ratio = (meanOf(returns) - mar) / downside
  return ok(
    { perPeriod: available(ratio), annualised: available(ratio * Math.sqrt(annualisation)), downsideDeviation: available(downside) },
  )
}

/** Gains over the threshold for each unit of shortfall below it; null without a shortfall. */
export function omega(returns: Float64Array, { threshold }: { readonly threshold: number }): Result<number | null, QuantError> {
  const refusal = firstRefusal(refuseOutside('threshold', threshold, -Infinity, Infinity), refuseSeries('returns', returns, 1))
  if (refusal !== undefined) return refusal
  let [gains, shortfalls] = [0, 0]
  for (const value of returns) {
    if (value > threshold) gains += value - threshold
    else shortfalls += threshold - value
  }
  return ok(available(gains / shortfalls))
}

export interface ProfitFactor {
  /** Null without a loss. */
  readonly profitFactor: number | null
  readonly winRate: number
  /** Mean win over mean loss; null without a win or a loss. */
  readonly payoff: number | null
  /** Sum of the returns over the sum of the losses; null without a loss. */
  readonly gainToPain: number | null
}

export function profitFactor(returns: Float64Array): Result<ProfitFactor, QuantError> {
  const refusal = refuseSeries('returns', returns, 1)
  if (refusal !== undefined) return refusal
  let [wins, losses, won, lost] = [0, 0, 0, 0]
  for (const value of returns) {
    if (value > 0) {
      wins += 1
      won += value
    } else if (value < 0) {
      losses += 1
      lost -= value
    }
  }
  return ok({
    profitFactor: available(won / lost),
    winRate: wins / returns.length,
    payoff: available(won / wins / (lost / losses)),
    gainToPain: available((won - lost) / lost),
  })
}

/** The 95 % quantile over the 5 % quantile, in size; null when the latter is 0. */
export function tailRatio(returns: Float64Array): Result<number | null, QuantError> {
  const refusal = refuseSeries('returns', returns, 1)
  if (refusal !== undefined) return refusal
  const ascending = returns.toSorted()
  return ok(available(Math.abs(quantileOfSorted(ascending, 0.95) / quantileOfSorted(ascending, 0.05))))
}
