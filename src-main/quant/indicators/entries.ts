import { ensureDefined, mapValue } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantCall, QuantEntry, QuantError, QuantInput, QuantOutputs, QuantValue } from '../catalogue-entry.ts'
import { readSeriesOf, refuse, refuseSeriesOf } from '../entry-form/index.ts'
import type { ColumnName } from './bar.ts'
import { indicatorDefinitions } from './catalogue.ts'
import type { IndicatorDefinition } from './definition.ts'
import { edgeBehaviourEntry } from './edge-behaviour.ts'
import { computeIndicator, displacements } from './indicator.ts'

const meanings: Readonly<Record<ColumnName, string>> = {
  open: 'price at the start of each bar',
  high: 'highest price of each bar',
  low: 'lowest price of each bar',
  close: 'price at the end of each bar',
  volume: 'quantity traded in each bar',
  session: 'number of the session that each bar belongs to',
}

export function entryOf(definition: IndicatorDefinition): QuantEntry {
  return {
    name: definition.name,
    title: definition.title,
    category: 'indicator',
    formula: definition.formula,
    convention: definition.convention,
    source: definition.source,
    parameters: definition.parameters,
    inputs: definition.inputs.map((name): QuantInput => ({ name, meaning: meanings[name], shape: 'series' })),
    outputs: definition.outputs.map(({ name, meaning }) => ({ name, meaning, shape: 'series' })),
    evaluate: (call) => evaluate(definition, call),
  }
}

function evaluate(definition: IndicatorDefinition, { params, inputs }: QuantCall): Result<QuantOutputs, QuantError> {
  const forms = [definition.inputs, ...(definition.otherInputs ?? [])]
  const names = forms.find((form) => form.length === inputs.length)
  if (names === undefined) {
    const known = forms.map((form) => form.join(', ')).join('; or ')
    return refuse('bad-input', `The inputs are expected to be ${known}, but ${inputs.length} were given.`)
  }
  const columns = readSeriesOf(names, inputs)
  if (!columns.ok) return columns
  const refusal = refuseSeriesOf(columns.value, 0)
  if (refusal !== undefined) return refusal
  const computed = computeIndicator(definition, params, columns.value)
  if (!computed.ok) return computed
  return mapValue(displacements(definition, params), (shifts) => Object.fromEntries(
    Object.entries(computed.value).map(([name, values]) => [name, asDrawn(values, shifts[name] ?? 0)]),
  ))
}

const asDrawn = (values: Float64Array, displacement: number): readonly QuantValue[] =>
  Array.from(values, (_value, index) => {
    const value = values[index - displacement]
    return value === undefined || Number.isNaN(value) ? null : value
  })

export const indicatorEntries: readonly QuantEntry[] = [...indicatorDefinitions.map(entryOf), edgeBehaviourEntry((name) =>
  ensureDefined(indicatorDefinitions.find((definition) => definition.name === name), name))]
