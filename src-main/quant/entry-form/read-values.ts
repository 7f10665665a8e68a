import { ok, type Result } from '../../base/index.ts'
import type { QuantError, QuantErrorCode, QuantValue } from '../catalogue-entry.ts'
import { matrixFromRows, type Matrix } from '../numeric/index.ts'
import { refuse } from './refusal.ts'

export const isFiniteValue = (value: QuantValue | undefined): value is number => typeof value === 'number' && Number.isFinite(value)

const isList = (value: QuantValue | undefined): value is readonly QuantValue[] => Array.isArray(value)

export function readSeries(name: string, value: QuantValue): Result<Float64Array, QuantError> {
  if (!isList(value)) return refuse('bad-input', `${name} is expected to be a series of numbers.`)
  const strange = value.findIndex((each) => !isFiniteValue(each))
  if (strange < 0) return ok(Float64Array.from(value as readonly number[]))
  return refuse('bad-input', `${name} is expected to have finite numbers only, but the one at ${strange} is not.`)
}

/** A matrix as rows, whether an input or a parameter. */
export function readRows(name: string, value: QuantValue, code: QuantErrorCode = 'bad-input'): Result<Matrix, QuantError> {
  if (!isList(value)) return refuse(code, `${name} is expected to be rows of numbers.`)
  const width = isList(value[0]) ? value[0].length : 0
  const strange = value.findIndex((row) => !(isList(row) && row.length === width && row.every(isFiniteValue)))
  if (strange < 0) return ok(matrixFromRows(value as readonly (readonly number[])[]))
  return refuse(code, `${name} is expected to be rows of finite numbers, all of one length, but row ${strange} is not.`)
}

/** Of a parameter, or of a field in one. */
export const readNumbers = (name: string, value: QuantValue | undefined): Result<readonly number[], QuantError> =>
  isList(value) && value.every(isFiniteValue)
    ? ok(value as readonly number[])
    : refuse('bad-parameter', `${name} is expected to be a list of numbers.`)
