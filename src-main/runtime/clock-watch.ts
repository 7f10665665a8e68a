import type { Clock } from '../ports/index.ts'

export interface ClockReading {
  readonly wallMs: number
  readonly monotonicMs: number
  /** How far the wall clock has moved away from the monotonic one since the watch began. */
  readonly driftMs: number
  readonly stallMs: number
}

export interface ClockWatch {
  read(stallMs: number): ClockReading
  /** How far the wall clock jumped since the reading before that was asked about; 0 when it only crept. */
  jumpOf(reading: ClockReading): number
}

/** A time service slews by less than this between two readings; a set clock or a sleeping machine moves by more. */
const jumpMs = 1_000

export function createClockWatch(clock: Clock): ClockWatch {
  const wallAtStart = clock.wallMs()
  const monotonicAtStart = clock.monotonicMs()
  let driftBefore = 0
  return {
    read(stallMs) {
      const wallMs = clock.wallMs()
      const monotonicMs = clock.monotonicMs()
      const driftMs = Math.round(wallMs - wallAtStart - (monotonicMs - monotonicAtStart))
      return { wallMs, monotonicMs, driftMs, stallMs }
    },
    jumpOf(reading) {
      const byMs = reading.driftMs - driftBefore
      driftBefore = reading.driftMs
      return Math.abs(byMs) >= jumpMs ? byMs : 0
    },
  }
}
