import { addMatrices, at, createMatrix, entryOf, multiplyMatrices, transpose, type Matrix } from '../numeric/index.ts'

export interface ArmaModel {
  readonly ar: Float64Array
  readonly ma: Float64Array
}

/** What a pass of the filter leaves. Errors are one step ahead, `shares` their variances in units of that of the shocks. */
export interface ArmaFilter {
  readonly sumOfLogs: number
  /** One row for each series that was filtered. */
  readonly errors: readonly Float64Array[]
  readonly shares: Float64Array
  /** The state after the last row, for each series, and its covariance. */
  readonly states: readonly Float64Array[]
  readonly covariance: Matrix
}

/** The state holds the value itself and what is already known of the values to come (Harvey's form). */
export const stateSize = ({ ar, ma }: ArmaModel): number => Math.max(ar.length, ma.length + 1)

export function transitionOf(model: ArmaModel): Matrix {
  const size = stateSize(model)
  const transition = createMatrix(size, size)
  for (let row = 0; row < size; row++) {
    transition.values[row * size] = model.ar[row] ?? 0
    if (row + 1 < size) transition.values[row * size + row + 1] = 1
  }
  return transition
}

/** How a shock enters the state: 1, θ₁, θ₂, … */
export const loadingOf = (model: ArmaModel): Float64Array =>
  Float64Array.from({ length: stateSize(model) }, (_each, row) => (row === 0 ? 1 : (model.ma[row - 1] ?? 0)))

export function shockCovariance(model: ArmaModel): Matrix {
  const loading = loadingOf(model)
  const column = { rows: loading.length, columns: 1, values: loading }
  return multiplyMatrices(column, transpose(column))
}

const doublingsMost = 60

/**
 * The covariance that the state has before anything is seen: P = T·P·Tᵀ + R·Rᵀ by doubling. Nothing for a model that does not
 * settle.
 */
export function stationaryCovariance(model: ArmaModel): Matrix | undefined {
  let power = transitionOf(model)
  let covariance = shockCovariance(model)
  for (let doubling = 0; doubling < doublingsMost; doubling++) {
    const added = multiplyMatrices(multiplyMatrices(power, covariance), transpose(power))
    covariance = addMatrices(covariance, added)
    if (!Number.isFinite(at(covariance.values, 0))) return undefined
    let isSettled = true
    added.values.forEach((value, index) => {
      isSettled &&= Math.abs(value) <= 1e-17 * (Math.abs(at(covariance.values, index)) + at(covariance.values, 0))
    })
    if (isSettled) return covariance
    power = multiplyMatrices(power, power)
  }
  return undefined
}

/** Kalman's filter over several series of one length at once: gains do not depend on what is filtered. */
export function filterArma(seriesList: readonly Float64Array[], model: ArmaModel): ArmaFilter | undefined {
  const start = stationaryCovariance(model)
  const length = seriesList[0]?.length ?? 0
  if (start === undefined) return undefined
  const size = stateSize(model)
  const phi = Float64Array.from({ length: size }, (_each, index) => model.ar[index] ?? 0)
  const shock = shockCovariance(model).values
  const states = seriesList.map(() => new Float64Array(size))
  const errors = seriesList.map(() => new Float64Array(length))
  const shares = new Float64Array(length)
  const covariance = { ...start, values: start.values.slice() }
  const gain = new Float64Array(size)
  const space = new Float64Array(size * size)
  let sumOfLogs = 0
  let isSteady = false
  for (let time = 0; time < length; time++) {
    if (time > 0) for (const state of states) predictState(state, phi)
    if (!isSteady) {
      if (time > 0) predictCovariance(covariance.values, phi, shock, space)
      const share = at(covariance.values, 0)
      if (!(share > 0)) return undefined
      sumOfLogs += Math.log(share)
      for (let row = 0; row < size; row++) gain[row] = at(covariance.values, row * size) / share
      isSteady = isNear(covariance.values, shock)
      shares[time] = share
      updateCovariance(covariance, gain, share)
    } else shares[time] = 1
    for (let which = 0; which < seriesList.length; which++) {
      const state = states[which] as Float64Array
      const error = at(seriesList[which] as Float64Array, time) - at(state, 0)
      ;(errors[which] as Float64Array)[time] = error
      for (let row = 0; row < size; row++) state[row] = at(state, row) + at(gain, row) * error
    }
  }
  return { sumOfLogs, errors, shares, states, covariance }
}

function predictState(state: Float64Array, phi: Float64Array): void {
  const first = at(state, 0)
  const last = state.length - 1
  for (let row = 0; row <= last; row++) state[row] = at(phi, row) * first + (row < last ? at(state, row + 1) : 0)
}

/** Then all of the past is known, as it soon is for an invertible model, and the gains stay what they are. */
function isNear(covariance: Float64Array, shock: Float64Array): boolean {
  for (let index = 0; index < shock.length; index++) {
    if (!(Math.abs(at(covariance, index) - at(shock, index)) <= 1e-15)) return false
  }
  return true
}

/** T·P·Tᵀ + R·Rᵀ, in place: T only shifts, apart from its first column. */
function predictCovariance(values: Float64Array, phi: Float64Array, shock: Float64Array, old: Float64Array): void {
  const size = phi.length
  old.set(values)
  const corner = at(old, 0)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let value = at(phi, row) * at(phi, column) * corner + at(shock, row * size + column)
      if (column + 1 < size) value += at(phi, row) * at(old, column + 1)
      if (row + 1 < size) value += at(phi, column) * at(old, (row + 1) * size)
      if (row + 1 < size && column + 1 < size) value += at(old, (row + 1) * size + column + 1)
      values[row * size + column] = value
    }
  }
}

function updateCovariance(covariance: Matrix, gain: Float64Array, share: number): void {
  const size = covariance.rows
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      covariance.values[row * size + column] = entryOf(covariance, row, column) - at(gain, row) * at(gain, column) * share
    }
  }
}
