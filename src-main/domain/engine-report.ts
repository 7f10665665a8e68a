/** What the engine is told about the world around it. */
export type EngineReport = ClockJumped | MachineSlept

/** The wall clock moved against the monotonic one: prices and deadlines from before cannot be trusted. */
export interface ClockJumped {
  readonly kind: 'clock-jumped'
  readonly at: number
  readonly byMs: number
}

/** The machine is about to sleep, or has slept. */
export interface MachineSlept {
  readonly kind: 'machine-slept'
  readonly at: number
}
