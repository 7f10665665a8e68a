/**
 * The face of quant: indicators, statistics, risk and performance measures, portfolios, microstructure and distributions,
 * all pure functions of floats. Money is counted elsewhere, exactly; what comes from here informs and never books.
 */
export type {
  QuantCall, QuantCategory, QuantEntry, QuantError, QuantErrorCode, QuantInput, QuantOutput, QuantOutputs, QuantParameter, QuantValue,
} from './catalogue-entry.ts'
export { evaluateDocument, findQuantEntry, parseQuantDocument, quantCategories, quantEntries } from './catalogue/index.ts'
export type {
  EvaluatedDocument, Expected, FailedCase, FailureCode, MalformedPlace, QuantCase, QuantDocument,
} from './catalogue/index.ts'
export * as distributions from './distributions/index.ts'
export * as indicators from './indicators/index.ts'
export * as microstructure from './microstructure/index.ts'
export * as performance from './performance/index.ts'
export * as portfolio from './portfolio/index.ts'
export * as riskMeasures from './risk-measures/index.ts'
export * as statistics from './statistics/index.ts'
