import {
  addMatrices, at, createMatrix, entryOf, multiplyMatrices, multiplyVector, transpose, type Matrix,
} from '../numeric/index.ts'
import { loadingOf, stateSize, transitionOf, type ArmaFilter, type ArmaModel } from './arma-likelihood.ts'

export interface ArimaForecast {
  /** Of the series itself, 1, 2, … steps after its end. */
  readonly forecast: Float64Array
  readonly forecastSe: Float64Array
}

export interface FittedArima {
  readonly model: ArmaModel
  readonly d: number
  readonly mean: number
  readonly sigma2: number
  /** Of the differenced series, less some mean, in units of `unit`, and of a series of ones. */
  readonly filter: ArmaFilter
  /** What of the mean was left in the filtered series. */
  readonly filteredMean: number
  readonly unit: number
}

/**
 * The state of the differenced series with the last value of each difference below it. Those are known exactly at the end of the
 * series, and each is the sum of itself and the next.
 */
export function forecastArima(values: Float64Array, fitted: FittedArima, horizon: number): ArimaForecast {
  const { model, d, mean, sigma2, filter, filteredMean, unit } = fitted
  const inner = stateSize(model)
  const transition = integratedTransition(model, d)
  const loading = integratedLoading(model, d)
  const shock = multiplyMatrices(loading, transpose(loading))
  const [own, ones] = filter.states as readonly [Float64Array, Float64Array]
  const levels = lastDifferences(values, d)
  let state = Float64Array.from([...own.map((value, row) => unit * (value - filteredMean * at(ones, row))), ...levels])
  let covariance = createMatrix(inner + d, inner + d)
  for (let row = 0; row < inner; row++) {
    for (let column = 0; column < inner; column++) {
      covariance.values[row * (inner + d) + column] = entryOf(filter.covariance, row, column)
    }
  }
  const forecast = new Float64Array(horizon)
  const forecastSe = new Float64Array(horizon)
  // With differences the series is the last entry, without it is the first.
  const place = d === 0 ? 0 : inner + d - 1
  for (let step = 0; step < horizon; step++) {
    state = Float64Array.from(multiplyVector(transition, state))
    for (let level = 0; level < d; level++) state[inner + level] = at(state, inner + level) + mean
    covariance = addMatrices(multiplyMatrices(multiplyMatrices(transition, covariance), transpose(transition)), shock)
    forecast[step] = at(state, place) + (d === 0 ? mean : 0)
    forecastSe[step] = Math.sqrt(sigma2 * entryOf(covariance, place, place))
  }
  return { forecast, forecastSe }
}

/** Every level takes the next value of the differenced series and of the levels between. */
function integratedTransition(model: ArmaModel, d: number): Matrix {
  const small = transitionOf(model)
  const inner = small.rows
  const size = inner + d
  const transition = createMatrix(size, size)
  for (let row = 0; row < size; row++) {
    const source = Math.min(row, inner)
    for (let column = 0; column < inner; column++) {
      transition.values[row * size + column] = entryOf(small, source === inner ? 0 : source, column)
    }
    for (let level = inner; level <= row; level++) transition.values[row * size + level] = 1
  }
  return transition
}

function integratedLoading(model: ArmaModel, d: number): Matrix {
  const loading = loadingOf(model)
  return { rows: loading.length + d, columns: 1, values: Float64Array.from([...loading, ...Array.from({ length: d }, () => 1)]) }
}

/** The last value of the difference of order d − 1, of d − 2, … and of the series. */
function lastDifferences(values: Float64Array, d: number): readonly number[] {
  const levels: number[] = []
  let current = Array.from(values.slice(-d - 1))
  for (let order = 0; order < d; order++) {
    levels.unshift(current.at(-1) ?? 0)
    current = current.slice(1).map((value, index) => value - (current[index] ?? 0))
  }
  return levels
}
