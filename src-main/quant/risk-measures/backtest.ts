import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { firstRefusal, refuse, refuseOutside, refuseSeriesOf } from '../entry-form/index.ts'
import { deviationOf, momentsOf } from '../numeric/index.ts'
import { chiSquareSurvival, studentTCdf } from '../special/index.ts'

/** Forecasts are signed quantiles of the return: an exceedance is a return below its forecast. */
export interface VarForecasts {
  readonly actual: Float64Array
  readonly forecast: Float64Array
}

export interface ExpectedShare {
  /** The share of exceedances that the forecasts promise, for example 0.05. */
  readonly alpha: number
}

export interface KupiecTest {
  readonly exceedances: number
  readonly n: number
  readonly lr: number
  readonly p: number
}

/** Whether there are as many exceedances as promised (Kupiec 1995). */
export function kupiec(forecasts: VarForecasts, { alpha }: ExpectedShare): Result<KupiecTest, QuantError> {
  const hits = exceedancesOf(forecasts, alpha)
  if (!hits.ok) return hits
  const n = hits.value.length
  const exceedances = countOf(hits.value)
  const lr = coverageRatio(n, exceedances, alpha)
  return ok({ exceedances, n, lr, p: chiSquareSurvival(lr, 1) })
}

export interface ChristoffersenTest {
  readonly lrInd: number
  readonly lrCc: number
  readonly pInd: number
  readonly pCc: number
}

/** Whether exceedances come independently, and as many as promised (Christoffersen 1998). */
export function christoffersen(forecasts: VarForecasts, { alpha }: ExpectedShare): Result<ChristoffersenTest, QuantError> {
  const read = exceedancesOf(forecasts, alpha)
  if (!read.ok) return read
  const hits = read.value
  if (hits.length < 2) return refuse('too-short', `At least 2 forecasts are expected, but there is ${hits.length}.`)
  let [n00, n01, n10, n11] = [0, 0, 0, 0]
  for (let at = 1; at < hits.length; at += 1) {
    const pair = `${hits[at - 1]}${hits[at]}`
    if (pair === '00') n00 += 1
    else if (pair === '01') n01 += 1
    else if (pair === '10') n10 += 1
    else n11 += 1
  }
  const together = likelihood(n00 + n10, n01 + n11)
  const lrInd = Math.max(0, 2 * (likelihood(n00, n01) + likelihood(n10, n11) - together))
  const lrCc = lrInd + coverageRatio(hits.length, countOf(hits), alpha)
  return ok({ lrInd, lrCc, pInd: chiSquareSurvival(lrInd, 1), pCc: chiSquareSurvival(lrCc, 2) })
}

export interface EsForecasts extends VarForecasts {
  /** Signed as the quantiles are: the mean return beyond them, below 0. */
  readonly shortfall: Float64Array
}

export interface EsTest {
  readonly exceedances: number
  /** Second statistic of Acerbi and Székely (2014): 0 when forecasts hold, below -0.7 about as rare as 1 in 20. */
  readonly z2: number
  /** The mean of (return - forecast ES) / |forecast ES| over the exceedances; null without any. */
  readonly meanResidual: number | null
  /** McNeil and Frey (2000): one-sided, the chance of residuals so low if forecasts hold; null below 2 exceedances. */
  readonly p: number | null
}

/** Whether losses beyond VaR are as large as forecast. */
export function esBacktest(forecasts: EsForecasts, { alpha }: ExpectedShare): Result<EsTest, QuantError> {
  const { actual, forecast, shortfall } = forecasts
  const refusal = refuseSeriesOf({ actual, forecast, shortfall }, 1)
  if (refusal !== undefined) return refusal
  const hits = exceedancesOf(forecasts, alpha)
  if (!hits.ok) return hits
  const strange = shortfall.findIndex((value) => !(value < 0))
  if (strange >= 0) return refuse('bad-input', `A forecast shortfall is expected to be a return below 0, but the one at ${strange} is not.`)
  const relative = actual.map((value, at) => value / -(shortfall[at] as number)).filter((_value, at) => hits.value[at] === 1)
  const z2 = relative.reduce((sum, value) => sum + value, 0) / (actual.length * alpha) + 1
  const residuals = momentsOf(relative.map((value) => value + 1))
  if (residuals.n === 0) return ok({ exceedances: 0, z2, meanResidual: null, p: null })
  const error = deviationOf(residuals, 1) / Math.sqrt(residuals.n)
  const p = error > 0 ? studentTCdf(residuals.mean / error, residuals.n - 1) : null
  return ok({ exceedances: residuals.n, z2, meanResidual: residuals.mean, p })
}

function exceedancesOf({ actual, forecast }: VarForecasts, alpha: number): Result<Uint8Array, QuantError> {
  const refusal = firstRefusal(refuseOutside('alpha', alpha, 0, 1), refuseSeriesOf({ actual, forecast }, 1))
  if (refusal !== undefined) return refusal
  return ok(Uint8Array.from(actual, (value, at) => (value < (forecast[at] as number) ? 1 : 0)))
}

const countOf = (hits: Uint8Array): number => hits.reduce((sum, hit) => sum + hit, 0)

function coverageRatio(n: number, exceedances: number, alpha: number): number {
  const promised = (n - exceedances) * Math.log1p(-alpha) + exceedances * Math.log(alpha)
  return Math.max(0, 2 * (likelihood(n - exceedances, exceedances) - promised))
}

/** ln of the best Bernoulli likelihood of so many misses and hits; 0 ln 0 is 0. */
function likelihood(misses: number, hits: number): number {
  const part = (count: number): number => (count === 0 ? 0 : count * Math.log(count / (misses + hits)))
  return part(misses) + part(hits)
}
