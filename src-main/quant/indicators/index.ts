/**
 * The face of the indicators: their definitions, their batch and streaming forms, feature vectors, and entries for the
 * catalogue.
 */
export type { Bar, ColumnName, Columns } from './bar.ts'
export { BarMachine } from './bar-machine.ts'
export type { BarOutcome, MachineOutput, MachineSnapshot } from './bar-machine.ts'
export { findIndicator, indicatorDefinitions } from './catalogue.ts'
export type { IndicatorCategory, IndicatorDefinition, IndicatorOutput } from './definition.ts'
export { indicatorEntries } from './entries.ts'
export { createFeatureVector } from './feature-vector.ts'
export type { Feature } from './feature-vector.ts'
export { computeIndicator, createIndicator, displacements, warmUp } from './indicator.ts'
export type { IndicatorParams } from './indicator.ts'
