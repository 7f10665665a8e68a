import { collect, ensureDefined, ok, type Result } from '../../base/index.ts'
import type { QuantError, QuantInput, QuantValue } from '../catalogue-entry.ts'
import type { Matrix } from '../numeric/index.ts'
import { readRows, readSeries } from './read-values.ts'
import { refuse } from './refusal.ts'

/** A series where nothing is said. */
export interface InputForm extends Omit<QuantInput, 'shape'> {
  readonly shape?: QuantInput['shape']
  /** Of a matrix: a series is taken for its only column. */
  readonly isSeriesToo?: boolean
}

export type ReadInput = Float64Array | Matrix

/** The last ones, as many as `inputsLess` says, may be left out. */
export function checkInputs(
  forms: readonly InputForm[], inputsLess: number, given: readonly QuantValue[],
): Result<readonly ReadInput[], QuantError> {
  if (given.length > forms.length || given.length < forms.length - inputsLess) {
    const names = forms.length === 0 ? 'none' : forms.map(({ name }) => name).join(', ')
    return refuse('bad-input', `The inputs are expected to be ${names}, but ${given.length} were given.`)
  }
  return collect(given.map((value, index): Result<ReadInput, QuantError> => {
    const { name, shape, isSeriesToo = false } = ensureDefined(forms[index], 'an input that the entry describes')
    if (shape !== 'matrix') return readSeries(name, value)
    return readRows(name, isSeriesToo ? asColumn(value) : value)
  }))
}

/** Rows, of which those that are a number become rows of one. */
const asColumn = (value: QuantValue): QuantValue =>
  Array.isArray(value) ? (value as readonly QuantValue[]).map((row) => (typeof row === 'number' ? [row] : row)) : value

/** Of series that belong together, by their names. */
export function readSeriesOf<Name extends string>(
  names: readonly Name[], given: readonly QuantValue[],
): Result<Readonly<Record<Name, Float64Array>>, QuantError> {
  const read: Partial<Record<Name, Float64Array>> = {}
  for (const [index, name] of names.entries()) {
    const values = readSeries(name, given[index] ?? null)
    if (!values.ok) return values
    read[name] = values.value
  }
  return ok(read as Record<Name, Float64Array>)
}
