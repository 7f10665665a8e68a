/** The face of monitor: logs, metrics, traces, alerts and their delivery. Nothing in here makes the engine wait or throws at it. */
export * from './alerts/index.ts'
export * from './delivery/index.ts'
export * from './log/index.ts'
export * from './metrics/index.ts'
export * from './traces/index.ts'
export { Monitor } from './monitor.ts'
export type { MonitorParts, MonitorSettings, MonitorState } from './monitor.ts'
