import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import { BarMachine, type MachineOutput } from './bar-machine.ts'
import { findIndicator } from './catalogue.ts'
import { createGraph } from './graph.ts'
import { placeIndicator, type IndicatorParams } from './indicator.ts'

export interface Feature {
  /** How the column is called in the vector. */
  readonly name: string
  readonly indicator: string
  readonly params?: IndicatorParams
  /** Which output; the first when it is not said. */
  readonly output?: string
}

/**
 * Many indicators over one stream in one pass. All are placed in one graph, where equal sub-results (an average, a true range,
 * an extreme) are one node, computed once for each bar.
 */
export function createFeatureVector(features: readonly Feature[]): Result<BarMachine, QuantError> {
  const g = createGraph()
  const outputs: MachineOutput[] = []
  for (const feature of features) {
    const definition = findIndicator(feature.indicator)
    if (definition === undefined) return refuse('bad-parameter', `There is no indicator ${feature.indicator}.`)
    const signals = placeIndicator(g, definition, feature.params ?? {})
    if (!signals.ok) return signals
    const index = feature.output === undefined ? 0 : definition.outputs.findIndex(({ name }) => name === feature.output)
    const signal = signals.value[index]
    if (signal === undefined) {
      const known = definition.outputs.map(({ name }) => name).join(', ')
      return refuse('bad-parameter', `${feature.indicator} has no output ${feature.output}: it has ${known}.`)
    }
    if (outputs.some(({ name }) => name === feature.name)) {
      return refuse('bad-parameter', `The feature ${feature.name} is named twice.`)
    }
    outputs.push({ name: feature.name, signal })
  }
  return ok(new BarMachine(g, outputs))
}
