import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseLag, refuseSeries } from '../entry-form/index.ts'
import { at, isConstant, meanOf } from '../numeric/index.ts'
import { chiSquareSurvival } from '../special/index.ts'

/** From lag 0, each divided by n, or by the n − lag products it has where `isAdjusted`. */
export function autocovariances(values: Float64Array, lags: number, isAdjusted = false): Float64Array {
  const n = values.length
  const mean = meanOf(values)
  const rest = values.map((value) => value - mean)
  return Float64Array.from({ length: lags + 1 }, (_each, lag) => {
    let sum = 0
    for (let index = lag; index < n; index++) sum += at(rest, index) * at(rest, index - lag)
    return sum / (isAdjusted ? n - lag : n)
  })
}

export function autocorrelations(values: Float64Array, lags: number, isAdjusted = false): Result<Float64Array, QuantError> {
  const refusal = refuseSeries('The series', values, 2) ?? refuseLag(lags, values.length - 1)
  if (refusal !== undefined) return refusal
  if (isConstant(values)) return constantSeries
  const covariances = autocovariances(values, lags, isAdjusted)
  return ok(covariances.map((covariance) => covariance / at(covariances, 0)))
}

export interface LevinsonDurbin {
  /** From lag 0, which is 1. */
  readonly partial: Float64Array
  readonly coefficients: Float64Array
  /** Of the error, as a share of the variance. */
  readonly errorShare: number
}

/** Solves the Yule–Walker equations for all orders up to the last. `correlations` start with lag 0. */
export function levinsonDurbin(correlations: Float64Array, order: number): LevinsonDurbin {
  const partial = new Float64Array(order + 1)
  partial[0] = 1
  let coefficients = new Float64Array(0)
  let errorShare = 1
  for (let lag = 1; lag <= order; lag++) {
    let rest = at(correlations, lag)
    for (let index = 1; index < lag; index++) rest -= at(coefficients, index - 1) * at(correlations, lag - index)
    const reflection = rest / errorShare
    const shorter = coefficients
    coefficients = Float64Array.from({ length: lag }, (_each, index) =>
      index === lag - 1 ? reflection : at(shorter, index) - reflection * at(shorter, lag - 2 - index))
    partial[lag] = reflection
    errorShare *= 1 - reflection * reflection
  }
  return { partial, coefficients, errorShare }
}

/** `ldb` with autocovariances divided by n, `ld` by the number of products. */
export type PacfMethod = 'ldb' | 'ld'

export function partialAutocorrelations(
  values: Float64Array, lags: number, method: PacfMethod = 'ldb',
): Result<Float64Array, QuantError> {
  const correlations = autocorrelations(values, lags, method === 'ld')
  return correlations.ok ? ok(levinsonDurbin(correlations.value, lags).partial) : correlations
}

export type Transform = 'none' | 'x^2' | '|x|'

export interface PortmanteauResult {
  readonly lbStat: number
  readonly lbP: number
  readonly bpStat: number
  readonly bpP: number
}

/**
 * Whether the first autocorrelations are zero together: Ljung and Box, and Box and Pierce. `fitted` parameters cost degrees of
 * freedom.
 */
export function ljungBox(
  values: Float64Array, lags: number, transform: Transform = 'none', fitted = 0,
): Result<PortmanteauResult, QuantError> {
  const refusal = refuseSeries('The series', values, 2)
  if (refusal !== undefined) return refusal
  if (lags < 1 || lags <= fitted) {
    return refuse('bad-parameter', `Expected more lags than the ${fitted} fitted parameters, but there were ${lags}.`)
  }
  const changed = (value: number): number => (transform === 'x^2' ? value * value : Math.abs(value))
  const transformed = transform === 'none' ? values : values.map(changed)
  const correlations = autocorrelations(transformed, lags)
  if (!correlations.ok) return correlations
  const n = values.length
  let [lbStat, bpStat] = [0, 0]
  correlations.value.forEach((correlation, lag) => {
    if (lag === 0) return
    lbStat += (n * (n + 2) * correlation ** 2) / (n - lag)
    bpStat += n * correlation ** 2
  })
  return ok({ lbStat, lbP: chiSquareSurvival(lbStat, lags - fitted), bpStat, bpP: chiSquareSurvival(bpStat, lags - fitted) })
}
