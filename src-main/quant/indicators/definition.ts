import type { QuantParameter } from '../catalogue-entry.ts'
import type { Settings } from '../entry-form/index.ts'
import type { ColumnName } from './bar.ts'
import type { Graph, Signal } from './graph.ts'

export type IndicatorCategory = 'trend' | 'momentum' | 'volatility' | 'volume' | 'price' | 'statistics'

/** The one place where an indicator is defined: batch, streaming, charts, strategies and sweeps all read this. */
export interface IndicatorDefinition {
  readonly name: string
  readonly title: string
  readonly category: IndicatorCategory
  /** Drawn over the price, or in a pane of its own. */
  readonly pane: 'overlay' | 'own'
  readonly formula: string
  readonly convention: string
  readonly source: string
  readonly parameters: readonly QuantParameter[]
  /** The columns it is usually given, in this order. */
  readonly inputs: readonly ColumnName[]
  /** Other sets of columns that some parameters need; told apart by their number. */
  readonly otherInputs?: readonly (readonly ColumnName[])[]
  readonly outputs: readonly IndicatorOutput[]
  /** One signal for each output. Called once for each instance; `check` has passed. */
  readonly build: (g: Graph, settings: Settings) => readonly Signal[]
  /** What the parameters have to be together, in one sentence; undefined when they are. */
  readonly check?: (settings: Settings) => string | undefined
}

export interface IndicatorOutput {
  readonly name: string
  readonly meaning: string
  /**
   * How many bars later (or, when negative, earlier) than its bar a chart draws the value. A value drawn earlier is still
   * known only at its own bar: streaming never sees the future.
   */
  readonly displacement?: (settings: Settings) => number
}

export const output = (name: string, meaning: string): IndicatorOutput => ({ name, meaning })

export const period = (preset: number, name = 'period', least = 1, meaning = 'number of bars'): QuantParameter => ({
  name, kind: 'integer', meaning, preset, least, most: 10_000,
})

export const factor = (name: string, preset: number, least: number, most: number, meaning: string): QuantParameter => ({
  name, kind: 'number', meaning, preset, least, most,
})

export const choice = (name: string, choices: readonly [string, ...string[]], meaning: string): QuantParameter => ({
  name, kind: 'text', meaning, preset: choices[0], choices,
})

/** For parameters of which one has to be smaller than the other. */
export const rising = (settings: Settings, low: string, high: string): string | undefined =>
  settings.number(low) < settings.number(high) ? undefined : `${low} is expected to be less than ${high}.`
