import { fail, ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { firstRefusal, refuseOutside, refuseSeries } from '../entry-form/index.ts'
import { deviationOf, momentsOf, quantileOfSorted } from '../numeric/index.ts'
import { normalQuantile, studentTQuantile } from '../special/index.ts'
import { cornishFisherQuantile } from './cornish-fisher.ts'

export interface RiskLevel {
  /** For example 0.99: the loss that is not exceeded in 99 of 100 periods. */
  readonly level: number
}

export interface ParametricRisk extends RiskLevel {
  /** Subtracted from n in the denominator of the variance. */
  readonly ddof: number
  /** Degrees of freedom of a Student law with the sample's mean and variance; the normal law where it is left out. */
  readonly freedom?: number
}

/** Losses are positive. */
export function varHistorical(returns: Float64Array, { level }: RiskLevel): Result<number, QuantError> {
  const refusal = refuseRisk(returns, level, 1)
  if (refusal !== undefined) return refusal
  return ok(-quantileOfSorted(returns.toSorted(), 1 - level))
}

export function varParametric(returns: Float64Array, { level, ddof, freedom }: ParametricRisk): Result<number, QuantError> {
  const refusal = refuseRisk(returns, level, ddof + 1) ?? refuseFreedom(freedom)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  return ok(-(moments.mean + standardQuantile(1 - level, freedom) * deviationOf(moments, ddof)))
}

export function varCornishFisher(returns: Float64Array, { level, ddof }: ParametricRisk): Result<number, QuantError> {
  const refusal = refuseRisk(returns, level, ddof + 1)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  if (moments.isConstant) return ok(-moments.mean)
  return ok(-(moments.mean + cornishFisherQuantile(normalQuantile(1 - level), moments) * deviationOf(moments, ddof)))
}

/** Of a law with variance 1. */
export function standardQuantile(probability: number, freedom: number | undefined): number {
  if (freedom === undefined) return normalQuantile(probability)
  return studentTQuantile(probability, freedom) * Math.sqrt((freedom - 2) / freedom)
}

export const refuseRisk = (returns: Float64Array, level: number, least: number): ReturnType<typeof refuseSeries> =>
  firstRefusal(refuseOutside('level', level, 0, 1), refuseSeries('returns', returns, least))

/** A Student law of 2 degrees of freedom or fewer has no variance that it could be scaled by. */
export function refuseFreedom(freedom: number | undefined): ReturnType<typeof refuseSeries> {
  if (freedom === undefined || freedom > 2) return undefined
  return fail({ code: 'bad-parameter', message: `The degrees of freedom are expected to be above 2, but they were ${freedom}.` })
}
