import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseSeries } from '../entry-form/index.ts'
import { at, isConstant, leastSquares, matrixOf, meanOf } from '../numeric/index.ts'
import { arimaFit } from './arima-fit.ts'
import { autocovariances, levinsonDurbin } from './autocorrelation.ts'

export type ArMethod = 'ols' | 'yule-walker' | 'ml'

export interface ArFit {
  readonly coef: Float64Array
  /** Of the regression; the process's mean is const/(1 − Σ coef). */
  readonly const: number
  /** Undefined where the regression has a unit root. */
  readonly mean: number | undefined
  readonly sigma2: number
  readonly loglik: number | undefined
  readonly forecast: Float64Array
  readonly forecastSe: Float64Array
}

/** An autoregression with a constant. */
export function arFit(values: Float64Array, order: number, method: ArMethod, horizon: number): Result<ArFit, QuantError> {
  if (!Number.isInteger(order) || order < 1) {
    return refuse('bad-parameter', `Expected an order of 1 or more, but it was ${order}.`)
  }
  const refusal = refuseSeries('The series', values, 2 * order + 3)
  if (refusal !== undefined) return refusal
  if (isConstant(values)) return constantSeries
  if (method === 'ols') return byLeastSquares(values, order, horizon)
  if (method === 'yule-walker') return ok(byYuleWalker(values, order, horizon))
  const fit = arimaFit(values, { p: order, d: 0, q: 0 }, true, horizon)
  if (!fit.ok) return fit
  const { ar, mean = 0, sigma2, loglik, forecast, forecastSe } = fit.value
  return ok({ coef: ar, mean, const: mean * (1 - sumOf(ar)), sigma2, loglik, forecast, forecastSe })
}

/** Conditional on the first values; σ² divided by the number of rows. */
function byLeastSquares(values: Float64Array, order: number, horizon: number): Result<ArFit, QuantError> {
  const rows = values.length - order
  const design = matrixOf(rows, order + 1, (row, column) => (column === 0 ? 1 : at(values, row + order - column)))
  const fit = leastSquares(design, values.slice(order))
  if (!fit.ok) return fit
  const coef = fit.value.coefficients.slice(1)
  const constant = at(fit.value.coefficients, 0)
  const sigma2 = fit.value.sumOfSquares / rows
  if (!(sigma2 > 0)) return refuse('degenerate', 'The series follows its past without an error.')
  const loglik = -0.5 * rows * (Math.log(2 * Math.PI * sigma2) + 1)
  const missing = 1 - sumOf(coef)
  return ok({
    coef, const: constant, mean: Math.abs(missing) > 1e-12 ? constant / missing : undefined, sigma2, loglik,
    ...forecasts(values, { coef, constant, sigma2 }, horizon),
  })
}

/** Autocovariances divided by n; σ² corrected for the fitted parameters, as R's ar.yw does. */
function byYuleWalker(values: Float64Array, order: number, horizon: number): ArFit {
  const covariances = autocovariances(values, order)
  const { coefficients, errorShare } = levinsonDurbin(covariances.map((value) => value / at(covariances, 0)), order)
  const coef = Float64Array.from(coefficients)
  const mean = meanOf(values)
  const n = values.length
  const sigma2 = (at(covariances, 0) * errorShare * n) / (n - (order + 1))
  const constant = mean * (1 - sumOf(coef))
  return { coef, mean, const: constant, sigma2, loglik: undefined, ...forecasts(values, { coef, constant, sigma2 }, horizon) }
}

interface Autoregression {
  readonly coef: Float64Array
  readonly constant: number
  readonly sigma2: number
}

function forecasts(
  values: Float64Array, { coef, constant, sigma2 }: Autoregression, horizon: number,
): Pick<ArFit, 'forecast' | 'forecastSe'> {
  const order = coef.length
  const path = Float64Array.from([...values.slice(-order), ...new Float64Array(horizon)])
  const response = new Float64Array(horizon)
  const forecastSe = new Float64Array(horizon)
  let variance = 0
  for (let step = 0; step < horizon; step++) {
    let value = constant
    let weight = step === 0 ? 1 : 0
    for (let lag = 1; lag <= order; lag++) {
      value += at(coef, lag - 1) * at(path, order + step - lag)
      if (lag <= step) weight += at(coef, lag - 1) * at(response, step - lag)
    }
    path[order + step] = value
    response[step] = weight
    variance += sigma2 * weight * weight
    forecastSe[step] = Math.sqrt(variance)
  }
  return { forecast: path.slice(order), forecastSe }
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
