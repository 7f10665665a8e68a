import type { QuantInput, QuantOutput, QuantParameter } from '../catalogue-entry.ts'
import type { InputForm } from '../entry-form/index.ts'

/** Words and forms that many entries share. */
export const seriesInput: QuantInput = { name: 'series', meaning: 'values in the order of time', shape: 'series' }
export const sampleInput: QuantInput = { name: 'sample', meaning: 'values in any order', shape: 'series' }
export const twoSamples: readonly QuantInput[] = [
  { name: 'first', meaning: 'one sample', shape: 'series' },
  { name: 'second', meaning: 'the other sample', shape: 'series' },
]
export const returnsInput: QuantInput = { name: 'returns', meaning: 'returns, in percent or as fractions', shape: 'series' }
export const returnsMatrix: InputForm = {
  name: 'returns', meaning: 'a row for each period, a column for each asset', shape: 'matrix', isSeriesToo: true,
}

export const number = (name: string, meaning: string): QuantOutput => ({ name, meaning, shape: 'number' })
export const series = (name: string, meaning: string): QuantOutput => ({ name, meaning, shape: 'series' })
export const matrix = (name: string, meaning: string): QuantOutput => ({ name, meaning, shape: 'matrix' })
export const record = (name: string, meaning: string): QuantOutput => ({ name, meaning, shape: 'record' })

export const choice = (name: string, choices: readonly string[], preset: string, meaning: string): QuantParameter =>
  ({ name, kind: 'text', choices, preset, meaning })

export const whole = (
  name: string, [least, most]: readonly [number, number], preset: number | undefined, meaning: string,
): QuantParameter =>
  ({ name, kind: 'integer', least, most, meaning, ...(preset === undefined ? {} : { preset }) })

export const horizonParameter = (preset: number): QuantParameter => whole('horizon', [1, 10_000], preset, 'steps to look ahead')
