import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { at, bfgs, centralHessian, diagonalOf, invertPositive, isConstant, meanOf, type Minimum } from '../numeric/index.ts'
import { forecastArima, type ArimaForecast } from './arima-forecast.ts'
import { filterArma, type ArmaFilter, type ArmaModel } from './arma-likelihood.ts'
import { meanSquare } from './garch-filter.ts'

export interface ArimaOrder {
  readonly p: number
  readonly d: number
  readonly q: number
}

export interface ArimaFit extends ArimaForecast {
  readonly ar: Float64Array
  readonly ma: Float64Array
  /** Of the differenced series; undefined without a constant. */
  readonly mean: number | undefined
  readonly sigma2: number
  readonly loglik: number
  readonly aic: number
  readonly bic: number
  /** Standard errors of the ar, the ma and the mean, in this order. */
  readonly se: Float64Array
}

/** Signs of partial correlations to start from, beside none at all: the likelihood of mixed models has several maxima. */
const startLevels: readonly (readonly [number, number])[] = [
  [0, 0], [0.5, 0], [-0.5, 0], [0, 0.5], [0, -0.5], [0.5, 0.5], [-0.5, -0.5], [0.9, -0.5], [0.9, 0.3],
]
const searches = 3

/**
 * X = φ₁X₋₁ + … + e + θ₁e₋₁ + … of the differenced series, by exact Gaussian likelihood. The mean and the variance are solved for,
 * the rest is searched over partial autocorrelations, so that every model that is tried is stationary and invertible.
 */
export function arimaFit(
  values: Float64Array, order: ArimaOrder, hasConstant: boolean, horizon: number,
): Result<ArimaFit, QuantError> {
  const { p, d, q } = order
  const size = p + q + (hasConstant ? 1 : 0)
  const refusal = refuseSeries('The series', values, d + 2 * size + 3)
  if (refusal !== undefined) return refusal
  const differenced = differences(values, d)
  if (isConstant(differenced)) return refuse('degenerate', 'The differenced series does not vary.')
  const offset = hasConstant ? meanOf(differenced) : 0
  const unit = Math.sqrt(meanSquare(differenced.map((value) => value - offset)))
  const scaled = differenced.map((value) => (value - offset) / unit)
  const found = search(scaled, order, hasConstant)
  if (!found.ok) return found
  const model = modelOf(found.value.point, order)
  const fitted = concentrate(scaled, model, hasConstant ? 'estimated' : 0)
  const errors = fitted === undefined ? undefined : standardErrors(scaled, model, hasConstant ? fitted.mean : undefined)
  if (fitted === undefined || errors === undefined) {
    return refuse('degenerate', 'The likelihood is flat at its maximum: the model has more terms than the series can tell apart.')
  }
  const n = differenced.length
  const loglik = fitted.loglik - n * Math.log(unit)
  const [mean, sigma2] = [offset + fitted.mean * unit, fitted.sigma2 * unit * unit]
  return ok({
    ...forecastArima(values, { model, d, mean, sigma2, filter: fitted.filter, filteredMean: fitted.mean, unit }, horizon),
    ...model,
    mean: hasConstant ? mean : undefined,
    sigma2,
    loglik,
    aic: -2 * loglik + 2 * (size + 1),
    bic: -2 * loglik + Math.log(n) * (size + 1),
    se: errors.map((error, index) => (index === p + q ? error * unit : error)),
  })
}

export function differences(values: Float64Array, times: number): Float64Array {
  let current = values
  for (let time = 0; time < times; time++) {
    current = Float64Array.from({ length: current.length - 1 }, (_each, index) => at(current, index + 1) - at(current, index))
  }
  return current
}

function search(scaled: Float64Array, order: ArimaOrder, hasConstant: boolean): Result<Minimum, QuantError> {
  const { p, q } = order
  const mean = hasConstant ? ('estimated' as const) : 0
  const objective = (point: Float64Array): number => {
    const fitted = concentrate(scaled, modelOf(point, order), mean)
    return fitted === undefined ? Infinity : -fitted.loglik / scaled.length
  }
  if (p + q === 0) return ok({ point: new Float64Array(0), value: 0, iterations: 0, evaluations: 0 })
  const starts = startLevels.filter(([ar, ma]) => (p > 0 || ar === 0) && (q > 0 || ma === 0)).map(([ar, ma]) =>
    Float64Array.from(
      { length: p + q }, (_each, index) => (index === 0 && p > 0 ? Math.atanh(ar) : index === p ? Math.atanh(ma) : 0),
    ))
  const tried = starts.map((point) => ({ point, value: objective(point) })).sort((left, right) => left.value - right.value)
  const found = tried.slice(0, searches).map(({ point }) => bfgs(objective, point, { gradientTolerance: 1e-7 }))
  const [best] = found.flatMap((result) => (result.ok ? [result.value] : [])).sort((left, right) => left.value - right.value)
  const [first] = found
  if (best !== undefined) return ok(best)
  return refuse('not-converged', `No start led to a maximum of the likelihood: ${first?.ok === false ? first.error.message : ''}`)
}

function modelOf(point: Float64Array, { p, q }: ArimaOrder): ArmaModel {
  return { ar: fromPartial(point.slice(0, p)), ma: fromPartial(point.slice(p, p + q)).map((value) => -value) }
}

/** Any numbers, by tanh to partial autocorrelations, by Durbin's recursion to the weights of a stationary model (Jones 1980). */
function fromPartial(free: Float64Array): Float64Array {
  let weights = new Float64Array(0)
  for (const value of free) {
    const partial = Math.tanh(value)
    const shorter = weights
    weights = Float64Array.from({ length: shorter.length + 1 }, (_each, index) =>
      index === shorter.length ? partial : at(shorter, index) - partial * at(shorter, shorter.length - 1 - index))
  }
  return weights
}

interface Concentrated {
  readonly loglik: number
  readonly mean: number
  readonly sigma2: number
  readonly filter: ArmaFilter
}

/** The likelihood with the best variance, and with the best mean or a given one: the errors are linear in the mean. */
function concentrate(values: Float64Array, model: ArmaModel, given: number | 'estimated'): Concentrated | undefined {
  const n = values.length
  const filter = filterArma([values, onesOf(n, given)], model)
  if (filter === undefined) return undefined
  const [own, ones] = filter.errors as readonly [Float64Array, Float64Array]
  const weightedSum = (left: Float64Array, right: Float64Array): number => {
    let sum = 0
    for (let time = 0; time < n; time++) sum += (at(left, time) * at(right, time)) / at(filter.shares, time)
    return sum
  }
  const mean = given === 'estimated' ? weightedSum(own, ones) / weightedSum(ones, ones) : given
  const errors = own.map((error, time) => error - mean * at(ones, time))
  const sigma2 = weightedSum(errors, errors) / n
  const loglik = -0.5 * (n * Math.log(2 * Math.PI * sigma2) + n + filter.sumOfLogs)
  return Number.isFinite(loglik) ? { loglik, mean, sigma2, filter } : undefined
}

/** Nothing has to be known of the response to a constant where there is none. */
const onesOf = (length: number, given: number | 'estimated'): Float64Array =>
  new Float64Array(length).fill(given === 'estimated' || given !== 0 ? 1 : 0)

/** From the curvature of the likelihood with the variance solved for. Nothing where it is not a maximum that curves down. */
function standardErrors(values: Float64Array, { ar, ma }: ArmaModel, mean: number | undefined): Float64Array | undefined {
  const point = Float64Array.from([...ar, ...ma, ...(mean === undefined ? [] : [mean])])
  if (point.length === 0) return point
  const objective = (at: Float64Array): number => {
    const model = { ar: at.slice(0, ar.length), ma: at.slice(ar.length, ar.length + ma.length) }
    return -(concentrate(values, model, mean === undefined ? 0 : (at.at(-1) as number))?.loglik ?? Number.NaN)
  }
  const inverse = invertPositive(centralHessian(objective, point))
  return inverse.ok ? diagonalOf(inverse.value).map((value) => Math.sqrt(value)) : undefined
}

