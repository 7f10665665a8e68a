import { ensureDefined, ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError, QuantValue } from '../catalogue-entry.ts'
import { checkParameters, refuse, type Settings } from '../entry-form/index.ts'
import { BarMachine } from './bar-machine.ts'
import type { ColumnName, Columns } from './bar.ts'
import { isFiniteNumber } from './cells.ts'
import type { IndicatorDefinition } from './definition.ts'
import { createGraph, type Graph, type Signal } from './graph.ts'

export type IndicatorParams = Readonly<Record<string, QuantValue>>

/** Checks the parameters and places the indicator's nodes in a graph. */
export function placeIndicator(
  g: Graph, definition: IndicatorDefinition, params: IndicatorParams,
): Result<readonly Signal[], QuantError> {
  const settings = settingsFor(definition, params)
  return settings.ok ? ok(definition.build(g, settings.value)) : settings
}

function settingsFor(definition: IndicatorDefinition, params: IndicatorParams): Result<Settings, QuantError> {
  const settings = checkParameters(definition, params)
  if (!settings.ok) return settings
  const problem = definition.check?.(settings.value)
  return problem === undefined ? settings : refuse('bad-parameter', problem)
}

/** The streaming form: its values are in the order of the definition's outputs. */
export function createIndicator(definition: IndicatorDefinition, params: IndicatorParams = {}): Result<BarMachine, QuantError> {
  const g = createGraph()
  const signals = placeIndicator(g, definition, params)
  if (!signals.ok) return signals
  const outputs = definition.outputs.map(
    ({ name }, index) => ({ name, signal: ensureDefined(signals.value[index], `the output ${name}`) }),
  )
  return ok(new BarMachine(g, outputs))
}

/** For each output the number of bars before its first value. */
export function warmUp(
  definition: IndicatorDefinition, params: IndicatorParams = {},
): Result<Readonly<Record<string, number>>, QuantError> {
  const machine = createIndicator(definition, params)
  return machine.ok ? ok(Object.fromEntries(machine.value.outputs.map(({ name, signal }) => [name, signal.first]))) : machine
}

/** For each output how many bars later a chart draws it. */
export function displacements(
  definition: IndicatorDefinition, params: IndicatorParams = {},
): Result<Readonly<Record<string, number>>, QuantError> {
  const settings = settingsFor(definition, params)
  if (!settings.ok) return settings
  return ok(Object.fromEntries(definition.outputs.map(({ name, displacement }) => [name, displacement?.(settings.value) ?? 0])))
}

/**
 * The batch form: one array for each output, aligned with the bars, NaN where it is not available. Equal to the streaming form
 * bit for bit, because it is the same machine fed in a loop.
 */
export function computeIndicator(
  definition: IndicatorDefinition, params: IndicatorParams, columns: Columns,
): Result<Readonly<Record<string, Float64Array>>, QuantError> {
  const machine = createIndicator(definition, params)
  if (!machine.ok) return machine
  const length = lengthOf(machine.value.columns, columns)
  if (!length.ok) return length
  const arrays = definition.outputs.map(() => new Float64Array(length.value))
  machine.value.run(columns, length.value, arrays)
  return ok(Object.fromEntries(definition.outputs.map(({ name }, index) => [name, ensureDefined(arrays[index], name)])))
}

export function lengthOf(needed: readonly ColumnName[], columns: Columns): Result<number, QuantError> {
  let length: number | undefined
  for (const name of needed) {
    const column = columns[name]
    if (column === undefined) return refuse('bad-input', `The column ${name} is missing.`)
    length ??= column.length
    if (column.length !== length) {
      return refuse(
        'bad-input', `The columns are expected to be of one length, but ${name} has ${column.length} bars and another ${length}.`,
      )
    }
    const wrong = column.findIndex((value) => !isFiniteNumber(value))
    if (wrong >= 0) {
      return refuse('bad-input', `${name} is expected to have finite numbers only, but at bar ${wrong} it has ${column[wrong]}.`)
    }
  }
  return ok(length ?? 0)
}
