import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { deviationOf, excessKurtosisOf, momentsOf, quantileOfSorted, skewOf, snapped } from '../numeric/index.ts'
import { normalPdf, normalQuantile, studentTPdf, studentTQuantile } from '../special/index.ts'
import { cornishFisherQuantile } from './cornish-fisher.ts'
import { refuseFreedom, refuseRisk } from './value-at-risk.ts'
import type { ParametricRisk, RiskLevel } from './value-at-risk.ts'

/**
 * `strict`: the mean of the returns strictly below the type-7 quantile. `rockafellar-uryasev`: the worst n·a returns, the last one
 * by its fraction, which is the coherent form and is there for any sample.
 */
export type TailForm = 'strict' | 'rockafellar-uryasev'

export interface TailRisk {
  readonly valueAtRisk: number
  /** Null in the strict form when no return lies below the quantile. */
  readonly expectedShortfall: number | null
}

export function esHistorical(returns: Float64Array, choice: RiskLevel & { readonly tail: TailForm }): Result<number | null, QuantError> {
  const refusal = refuseRisk(returns, choice.level, 1)
  if (refusal !== undefined) return refusal
  return ok(shortfallOfSorted(returns.toSorted(), choice.level, choice.tail))
}

/** Both historical figures from one sorting, for a screen that shows them side by side. */
export function tailRisk(returns: Float64Array, choice: RiskLevel & { readonly tail: TailForm }): Result<TailRisk, QuantError> {
  const refusal = refuseRisk(returns, choice.level, 1)
  if (refusal !== undefined) return refusal
  const ascending = returns.toSorted()
  return ok({
    valueAtRisk: -quantileOfSorted(ascending, 1 - choice.level),
    expectedShortfall: shortfallOfSorted(ascending, choice.level, choice.tail),
  })
}

export function esParametric(returns: Float64Array, { level, ddof, freedom }: ParametricRisk): Result<number, QuantError> {
  const refusal = refuseRisk(returns, level, ddof + 1) ?? refuseFreedom(freedom)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  return ok(-moments.mean + standardShortfall(1 - level, freedom) * deviationOf(moments, ddof))
}

/**
 * `boudt-edgeworth`: the modified ES of Boudt, Peterson and Croux (2008), the Edgeworth expansion below the Cornish-Fisher quantile.
 * `integral`: the average of the Cornish-Fisher quantile over the tail.
 */
export type ModifiedForm = 'boudt-edgeworth' | 'integral'

export function esCornishFisher(
  returns: Float64Array, choice: ParametricRisk & { readonly variant: ModifiedForm },
): Result<number, QuantError> {
  const refusal = refuseRisk(returns, choice.level, choice.ddof + 1)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  if (moments.isConstant) return ok(-moments.mean)
  const tail = 1 - choice.level
  const z = normalQuantile(tail)
  const [skew, kurtosis] = [skewOf(moments), excessKurtosisOf(moments)]
  const weight = choice.variant === 'integral'
    ? integralWeight(z, skew, kurtosis)
    : edgeworthWeight(cornishFisherQuantile(z, moments), skew, kurtosis)
  return ok(-moments.mean + (weight / tail) * deviationOf(moments, choice.ddof))
}

/** Of a law with variance 1: the mean of the losses beyond the quantile. */
export function standardShortfall(tail: number, freedom: number | undefined): number {
  if (freedom === undefined) return normalPdf(normalQuantile(tail)) / tail
  const t = studentTQuantile(tail, freedom)
  return ((studentTPdf(t, freedom) / tail) * (freedom + t * t) * Math.sqrt((freedom - 2) / freedom)) / (freedom - 1)
}

function shortfallOfSorted(ascending: Float64Array, level: number, form: TailForm): number | null {
  return form === 'strict' ? strictShortfall(ascending, level) : coherentShortfall(ascending, level)
}

function strictShortfall(ascending: Float64Array, level: number): number | null {
  const quantile = quantileOfSorted(ascending, 1 - level)
  let sum = 0
  let count = 0
  for (const value of ascending) {
    if (value >= quantile) break
    sum += value
    count += 1
  }
  return count === 0 ? null : -sum / count
}

function coherentShortfall(ascending: Float64Array, level: number): number {
  const size = snapped(ascending.length * (1 - level))
  const whole = Math.floor(size)
  let sum = (size - whole) * (ascending[whole] as number)
  for (let at = 0; at < whole; at += 1) sum += ascending[at] as number
  return -sum / size
}

function edgeworthWeight(h: number, skew: number, kurtosis: number): number {
  const square = h * h
  return normalPdf(h) * (1 + (square * h * skew) / 6
    + ((((square - 9) * square + 9) * square + 3) * skew * skew) / 72
    + (((square - 2) * square - 1) * kurtosis) / 24)
}

/** Term by term: the integral of Heₙ φ below z is -Heₙ₋₁(z) φ(z). */
function integralWeight(z: number, skew: number, kurtosis: number): number {
  const square = z * z
  return normalPdf(z) * (1 + (z * skew) / 6 + ((square - 1) * kurtosis) / 24 + ((1 - 2 * square) * skew * skew) / 36)
}
