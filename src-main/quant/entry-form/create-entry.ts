import { ensureDefined, mapValue, type Result } from '../../base/index.ts'
import type { QuantCall, QuantEntry, QuantError, QuantInput, QuantOutputs } from '../catalogue-entry.ts'
import { columnOf, type Matrix } from '../numeric/index.ts'
import { jsonOf, type Answers } from './answers.ts'
import { checkInputs, type InputForm, type ReadInput } from './inputs.ts'
import { checkParameters, type ParameterForm, type Settings } from './settings.ts'

/** What was asked, checked against the description of the entry. Asking for an input of another shape is a bug. */
export interface CheckedCall extends Settings {
  readonly series: (index: number) => Float64Array
  readonly matrix: (index: number) => Matrix
  /** Of a matrix. */
  readonly columns: (index: number) => readonly Float64Array[]
  /** How many of them were given. */
  readonly inputs: number
}

export interface EntryForm extends Omit<QuantEntry, 'evaluate' | 'inputs'>, ParameterForm {
  readonly inputs: readonly InputForm[]
  /** How many of the inputs, from the end, may be left out. */
  readonly inputsLess?: number
  readonly run: (call: CheckedCall) => Result<Answers, QuantError>
}

/** From a description and a typed function to an entry: parameters and inputs are checked before, answers made JSON after. */
export function createEntry(form: EntryForm): QuantEntry {
  const { run, inputsLess = 0, optional: _optional, readByFunction: _readByFunction, inputs, ...description } = form
  const evaluate = (call: QuantCall): Result<QuantOutputs, QuantError> => {
    const settings = checkParameters(form, call.params)
    if (!settings.ok) return settings
    const read = checkInputs(inputs, inputsLess, call.inputs)
    if (!read.ok) return read
    return mapValue(run({ ...settings.value, ...accessTo(read.value) }), (answers) => jsonOf(answers) as QuantOutputs)
  }
  const described = inputs.map(({ name, meaning, shape = 'series' }): QuantInput => ({ name, meaning, shape }))
  return { ...description, inputs: described, evaluate }
}

function accessTo(inputs: readonly ReadInput[]): Omit<CheckedCall, keyof Settings> {
  const pick = <Kind>(index: number, is: (input: ReadInput) => input is ReadInput & Kind): Kind => {
    const input = inputs[index]
    return ensureDefined(input !== undefined && is(input) ? input : undefined, 'an input of the shape that the entry describes')
  }
  const matrix = (index: number): Matrix => pick(index, (input): input is Matrix => !(input instanceof Float64Array))
  return {
    series: (index) => pick(index, (input): input is Float64Array => input instanceof Float64Array),
    matrix,
    columns: (index) => {
      const observations = matrix(index)
      return Array.from({ length: observations.columns }, (_each, column) => columnOf(observations, column))
    },
    inputs: inputs.length,
  }
}
