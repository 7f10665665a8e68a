export type { SpanCounts } from './counted-exporter.ts'
export { openTraces, traceIdOf, traceLimits } from './traces.ts'
export type { TraceAttributes, TraceLimits, TraceParts, Traces } from './traces.ts'
