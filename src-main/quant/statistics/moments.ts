import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseSeries } from '../entry-form/index.ts'
import {
  excessKurtosisOf, momentsOf, quantileOfSorted, skewOf, varianceOf, type QuantileType,
} from '../numeric/index.ts'
import { chiSquareSurvival } from '../special/index.ts'

/** What the sample is too short or too constant for is undefined. */
export interface Moments {
  readonly mean: number
  /** Divided by n − 1, and by n. */
  readonly var1: number | undefined
  readonly std1: number | undefined
  readonly var0: number
  readonly skew: number | undefined
  readonly exKurtosis: number | undefined
  readonly skewAdj: number | undefined
  readonly exKurtosisAdj: number | undefined
  readonly median: number
  readonly mad: number
}

export function moments(values: Float64Array): Result<Moments, QuantError> {
  const refusal = refuseSeries('The series', values, 1)
  if (refusal !== undefined) return refusal
  const n = values.length
  const sample = momentsOf(values)
  const skew = sample.second > 0 ? skewOf(sample) : undefined
  const exKurtosis = sample.second > 0 ? excessKurtosisOf(sample) : undefined
  const median = quantileOfSorted(values.toSorted(), 0.5)
  const var1 = n > 1 ? varianceOf(sample, 1) : undefined
  return ok({
    mean: sample.mean,
    var1,
    std1: var1 === undefined ? undefined : Math.sqrt(var1),
    var0: sample.second,
    skew,
    exKurtosis,
    skewAdj: skew === undefined || n < 3 ? undefined : (skew * Math.sqrt(n * (n - 1))) / (n - 2),
    exKurtosisAdj: exKurtosis === undefined || n < 4 ? undefined : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * exKurtosis + 6),
    median,
    mad: quantileOfSorted(values.map((value) => Math.abs(value - median)).sort(), 0.5),
  })
}

export function quantiles(values: Float64Array, shares: Float64Array, type: QuantileType = 7): Result<Float64Array, QuantError> {
  const refusal = refuseSeries('The series', values, 1)
  if (refusal !== undefined) return refusal
  const strange = shares.find((share) => !(share >= 0 && share <= 1))
  if (strange !== undefined) return refuse('bad-parameter', `Expected a share from 0 to 1, but it was ${strange}.`)
  const sorted = values.toSorted()
  return ok(shares.map((share) => quantileOfSorted(sorted, share, type)))
}

export interface TestResult {
  readonly stat: number
  readonly p: number
}

/** Normality from skew and kurtosis: n/6·(S² + K²/4), compared with χ²(2). */
export function jarqueBera(values: Float64Array): Result<TestResult, QuantError> {
  const refusal = refuseSeries('The series', values, 2)
  if (refusal !== undefined) return refusal
  const sample = moments(values)
  if (!sample.ok) return sample
  const { skew, exKurtosis } = sample.value
  if (skew === undefined || exKurtosis === undefined) return constantSeries
  const stat = (values.length / 6) * (skew ** 2 + exKurtosis ** 2 / 4)
  return ok({ stat, p: chiSquareSurvival(stat, 2) })
}
