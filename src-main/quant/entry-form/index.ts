/**
 * The face of the entry form: how a typed function becomes an entry of the catalogue. Parameters and inputs are checked in one
 * place, and refused in one way.
 */
export { available } from './answers.ts'
export type { Answers } from './answers.ts'
export { createEntry } from './create-entry.ts'
export type { CheckedCall, EntryForm } from './create-entry.ts'
export { readSeriesOf } from './inputs.ts'
export type { InputForm } from './inputs.ts'
export { isFiniteValue, readNumbers, readRows } from './read-values.ts'
export {
  constantSeries, firstRefusal, refuse, refuseLag, refuseMatrix, refuseOutside, refuseSeries, refuseSeriesOf,
} from './refusal.ts'
export type { Refusal } from './refusal.ts'
export { checkParameters } from './settings.ts'
export type { Settings } from './settings.ts'
