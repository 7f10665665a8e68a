import { ensureDefined, ok, type Result } from '../../base/index.ts'
import type { QuantError, QuantParameter, QuantValue } from '../catalogue-entry.ts'
import { isFiniteValue } from './read-values.ts'
import { refuse } from './refusal.ts'

/** Parameters after they were checked, with the presets filled in. Asking for another kind than the described one is a bug. */
export interface Settings {
  readonly number: (name: string) => number
  /** Undefined for a parameter that may be left out and was. */
  readonly optionalNumber: (name: string) => number | undefined
  /** A caller that names a union has described its words as choices. */
  readonly text: <Text extends string>(name: string) => Text
  readonly optionalText: <Text extends string>(name: string) => Text | undefined
  readonly flag: (name: string) => boolean
  readonly numbers: (name: string) => Float64Array
  /** For kinds that the function reads itself. */
  readonly value: (name: string) => QuantValue | undefined
  /** False for a parameter that may be left out and was. */
  readonly has: (name: string) => boolean
}

export interface ParameterForm {
  readonly parameters: readonly QuantParameter[]
  /** Parameters without a preset that may be left out; one whose preset is null always may. */
  readonly optional?: readonly string[]
  /** Parameters that take more than their kind says, which the function itself looks at. */
  readonly readByFunction?: readonly string[]
}

export type GivenParameters = Readonly<Record<string, QuantValue>>

export function checkParameters(form: ParameterForm, given: GivenParameters): Result<Settings, QuantError> {
  const { parameters, optional = [], readByFunction = [] } = form
  const known = parameters.map(({ name }) => name)
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    return refuse(
      'bad-parameter', `There is no parameter ${unknown}: ${known.length === 0 ? 'none is taken' : `known are ${known.join(', ')}`}.`,
    )
  }
  const checked: Record<string, QuantValue> = {}
  for (const parameter of parameters) {
    const { name, preset } = parameter
    const value = given[name] ?? preset ?? null
    if (value === null) {
      if (optional.includes(name) || preset === null) continue
      return refuse('bad-parameter', `The parameter ${name} has to be given.`)
    }
    const expected = readByFunction.includes(name) ? undefined : expectation(parameter, value)
    if (expected !== undefined) return refuse('bad-parameter', `${name} is expected to be ${expected}, but it was ${asTold(value)}.`)
    checked[name] = value
  }
  return ok(settingsOf(checked))
}

/** Nothing when the value is as described. */
function expectation(parameter: QuantParameter, value: QuantValue): string | undefined {
  const { kind, choices } = parameter
  switch (kind) {
    case 'number': return isInRange(parameter, value) ? undefined : `a number${rangeOf(parameter)}`
    case 'integer':
      return isInRange(parameter, value) && Number.isInteger(value) ? undefined : `a whole number${rangeOf(parameter)}`
    case 'numbers': {
      const isList = Array.isArray(value) && value.every((each: QuantValue) => isInRange(parameter, each))
      return isList ? undefined : `a list of numbers${rangeOf(parameter)}`
    }
    case 'boolean': return typeof value === 'boolean' ? undefined : 'true or false'
    case 'text':
      if (typeof value !== 'string') return choices === undefined ? 'a text' : `one of ${choices.join(', ')}`
      return choices === undefined || choices.includes(value) ? undefined : `one of ${choices.join(', ')}`
    case 'object': return undefined
  }
}

const isInRange = ({ least = -Infinity, most = Infinity }: QuantParameter, value: QuantValue): boolean =>
  isFiniteValue(value) && value >= least && value <= most

function rangeOf({ least, most }: QuantParameter): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  if (least !== undefined) return ` of at least ${least}`
  return most === undefined ? '' : ` of at most ${most}`
}

const toldMost = 60

/** A long list would drown the sentence. */
function asTold(value: QuantValue): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > toldMost ? `${text.slice(0, toldMost)}…` : text
}

function settingsOf(values: GivenParameters): Settings {
  const optionally = <Kind>(name: string, is: (value: QuantValue) => value is QuantValue & Kind): Kind | undefined => {
    const value = values[name]
    return value === undefined ? undefined : ensureDefined(is(value) ? value : undefined, `the parameter ${name} of that kind`)
  }
  const number = (name: string): number | undefined => optionally(name, isFiniteValue)
  // That it is one of the caller's words is what the choices were checked for.
  const text = <Text extends string>(name: string): Text | undefined =>
    optionally(name, (value): value is Text => typeof value === 'string')
  const present = <Kind>(name: string, value: Kind | undefined): Kind => ensureDefined(value, `the parameter ${name}`)
  return {
    number: (name) => present(name, number(name)),
    optionalNumber: number,
    text: <Text extends string>(name: string) => present(name, text<Text>(name)),
    optionalText: text,
    flag: (name) => present(name, optionally(name, (value): value is boolean => typeof value === 'boolean')),
    numbers: (name) => Float64Array.from(present(name, optionally(name, (value): value is readonly number[] => Array.isArray(value)))),
    value: (name) => values[name],
    has: (name) => values[name] !== undefined,
  }
}
