import { fail, type Failed } from '../../base/index.ts'
import type { QuantError, QuantErrorCode } from '../catalogue-entry.ts'
import type { Matrix } from '../numeric/index.ts'

export type Refusal = Failed<QuantError>

/** The message is one sentence, from a capital letter or the name of a parameter to its full stop. */
export const refuse = (code: QuantErrorCode, message: string): Refusal => fail({ code, message })

/** Nothing when the series is long enough and finite, otherwise what is wrong with it. */
export function refuseSeries(name: string, values: Float64Array, least: number): Refusal | undefined {
  const strange = values.findIndex((value) => !Number.isFinite(value))
  if (strange >= 0) return refuse('bad-input', `${name} is expected to have finite numbers only, but the one at ${strange} is not.`)
  if (values.length >= least) return undefined
  return refuse('too-short', `${name} is expected to have at least ${least} values, but it has ${values.length}.`)
}

/** As above for series that belong together, which have to be of one length. */
export function refuseSeriesOf(series: Readonly<Record<string, Float64Array>>, least: number): Refusal | undefined {
  const named = Object.entries(series)
  const lengths = new Set(named.map(([, values]) => values.length))
  if (lengths.size > 1) {
    const told = named.map(([name, values]) => `${name} has ${values.length}`).join(', ')
    return refuse('bad-input', `The series are expected to be of the same length, but ${told}.`)
  }
  return firstRefusal(...named.map(([name, values]) => refuseSeries(name, values, least)))
}

/** A matrix has one row for each point of time. */
export function refuseMatrix(name: string, { rows, columns, values }: Matrix, leastRows: number): Refusal | undefined {
  if (values.length !== rows * columns || (columns === 0 && rows > 0)) {
    return refuse('bad-input', `${name} is expected to have rows of at least one number.`)
  }
  const strange = values.findIndex((value) => !Number.isFinite(value))
  if (strange >= 0) {
    const place = `row ${Math.floor(strange / columns)}, column ${strange % columns}`
    return refuse('bad-input', `${name} is expected to have finite numbers only, but the one at ${place} is not.`)
  }
  if (rows >= leastRows) return undefined
  return refuse('too-short', `${name} is expected to have at least ${leastRows} rows, but it has ${rows}.`)
}

/** A number of the caller that has to lie strictly between two bounds. */
export function refuseOutside(name: string, value: number, above: number, below: number): Refusal | undefined {
  if (value > above && value < below) return undefined
  const range = below === Infinity ? `above ${above} and finite` : `between ${above} and ${below}`
  return refuse('bad-parameter', `${name} is expected to be ${above === -Infinity ? 'finite' : range}, but it was ${value}.`)
}

export const refuseLag = (lags: number, most: number): Refusal | undefined =>
  Number.isInteger(lags) && lags >= 0 && lags <= most
    ? undefined
    : refuse('bad-parameter', `The lag is expected to be a whole number from 0 to ${most}, but it was ${lags}.`)

export const constantSeries = refuse('degenerate', 'The series does not vary.')

/** The first that is there, so that a function can say all of its conditions in one place. */
export const firstRefusal = (...refusals: readonly (Refusal | undefined)[]): Refusal | undefined =>
  refusals.find((refusal) => refusal !== undefined)
