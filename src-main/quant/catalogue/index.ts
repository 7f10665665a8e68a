/** The face of the catalogue: every function of the library as one table, and the evaluation of a file that asks them. */
export { findQuantEntry, quantCategories, quantEntries } from './catalogue.ts'
export { evaluateDocument } from './evaluate-document.ts'
export type { EvaluatedDocument, FailedCase, FailureCode } from './evaluate-document.ts'
export { parseQuantDocument } from './quant-document.ts'
export type { Expected, MalformedPlace, QuantCase, QuantDocument } from './quant-document.ts'
