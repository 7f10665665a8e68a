export { Runtime } from './runtime.ts'
export type { RuntimeParts } from './runtime.ts'
export type { ClockReading } from './clock-watch.ts'
export { systemClock } from './system-clock.ts'
