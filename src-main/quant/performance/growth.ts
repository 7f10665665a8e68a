import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, firstRefusal, refuseOutside, refuseSeries } from '../entry-form/index.ts'
import { deviationOf, momentsOf } from '../numeric/index.ts'
import { drawdown, refuseCompounding } from '../risk-measures/index.ts'

export interface Annual {
  /** Periods in a year. */
  readonly annualisation: number
}

export interface Performance {
  readonly totalReturn: number | null
  readonly cagr: number | null
  /** Null for a single return. */
  readonly annVol: number | null
  /** Null without a drawdown. */
  readonly calmar: number | null
}

export function performance(returns: Float64Array, { annualisation }: Annual): Result<Performance, QuantError> {
  const refusal = firstRefusal(refuseOutside('annualisation', annualisation, 0, Infinity), refuseCompounding(returns))
  if (refusal !== undefined) return refusal
  const falls = drawdown(returns)
  if (!falls.ok) return falls
  const logGrowth = logGrowthOf(returns)
  const cagr = Math.expm1((logGrowth * annualisation) / returns.length)
  return ok({
    totalReturn: available(Math.expm1(logGrowth)),
    cagr: available(cagr),
    annVol: available(deviationOf(momentsOf(returns), 1) * Math.sqrt(annualisation)),
    calmar: available(cagr / falls.value.maxDrawdown),
  })
}

/** ln of the growth of 1: minus infinity when everything was lost. */
export function logGrowthOf(returns: Float64Array): number {
  let sum = 0
  for (const value of returns) sum += Math.log1p(value)
  return sum
}

/** The geometric return of a year. */
export const annualReturn = (returns: Float64Array, annualisation: number): number =>
  Math.expm1((logGrowthOf(returns) * annualisation) / returns.length)

export const refuseAnnual = (returns: Float64Array, annualisation: number, least: number): ReturnType<typeof refuseSeries> =>
  firstRefusal(refuseOutside('annualisation', annualisation, 0, Infinity), refuseSeries('returns', returns, least))
