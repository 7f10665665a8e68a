import type { Result } from '../base/index.ts'

/**
 * How a function of the library describes itself, so that the command line, the documentation and the charts can read
 * one table. `evaluate` adapts a typed function, which is what the rest of the program calls.
 */
export interface QuantEntry {
  /** How the function is asked for, for example `garchFit`. */
  readonly name: string
  readonly title: string
  readonly category: QuantCategory
  /** In plain text: what is computed. */
  readonly formula: string
  /** Which of the conventions in use, where there are several: degrees of freedom, seeds, signs, annualisation. */
  readonly convention: string
  /** The paper or the reference implementation that this agrees with. */
  readonly source: string
  readonly parameters: readonly QuantParameter[]
  readonly inputs: readonly QuantInput[]
  readonly outputs: readonly QuantOutput[]
  readonly evaluate: (call: QuantCall) => Result<QuantOutputs, QuantError>
}

export type QuantCategory =
  | 'indicator' | 'statistics' | 'risk' | 'performance' | 'portfolio' | 'microstructure' | 'distributions' | 'sizing'

export interface QuantParameter {
  readonly name: string
  readonly kind: 'number' | 'integer' | 'text' | 'boolean' | 'numbers' | 'object'
  readonly meaning: string
  /** Absent when the parameter has to be given. */
  readonly preset?: QuantValue
  readonly least?: number
  readonly most?: number
  /** Of a text: the words that are understood. */
  readonly choices?: readonly string[]
}

export interface QuantInput {
  readonly name: string
  readonly meaning: string
  /** A matrix has one row for each point of time. */
  readonly shape: 'series' | 'matrix'
}

export interface QuantOutput {
  readonly name: string
  readonly meaning: string
  readonly shape: 'number' | 'series' | 'matrix' | 'record'
}

/** As in JSON: null is what is not available. */
export type QuantValue = null | boolean | number | string | readonly QuantValue[] | { readonly [name: string]: QuantValue }
export type QuantOutputs = Readonly<Record<string, QuantValue>>

export interface QuantCall {
  readonly params: Readonly<Record<string, QuantValue>>
  /** In the order of the entry's inputs. Each is a series of numbers, or a matrix as rows. */
  readonly inputs: readonly QuantValue[]
}

export interface QuantError {
  readonly code: QuantErrorCode
  /** One sentence: what, expected, was. */
  readonly message: string
}

export type QuantErrorCode =
  /** A parameter that is missing, unknown, of another kind or out of its range. */
  | 'bad-parameter'
  /** An input that is missing, of another shape, of another length than its companions, or not finite. */
  | 'bad-input'
  /** Fewer values than the function needs. */
  | 'too-short'
  /** A computation that has no answer for these values: a singular matrix, a constant series. */
  | 'degenerate'
  | 'not-converged'
