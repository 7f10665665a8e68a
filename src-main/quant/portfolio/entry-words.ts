import type { QuantOutput } from '../catalogue-entry.ts'
import type { InputForm } from '../entry-form/index.ts'

/** Every function here takes one matrix of returns. */
export const returnsInput: InputForm = {
  name: 'returns', meaning: 'returns per period: a row for each period, a column for each asset', shape: 'matrix',
}
export const weightsOutput: QuantOutput = {
  name: 'weights', meaning: 'in the order of the columns; they sum to one', shape: 'series',
}
