import { create } from 'zustand'
import type { ClockReading } from '../../src-preload/contract/index.ts'
import { appended } from './bounded.ts'
import { limits } from './limits.ts'

/** Four readings a second: half a minute of them. */
export const readingsKept = 120

export interface ClockFacts {
  readonly reading: ClockReading | undefined
  /** The page's monotonic milliseconds when it came. */
  readonly readAt: number
  readonly driftsMs: readonly number[]
  readonly stallsMs: readonly number[]
}

export const useEngineClock = create<ClockFacts>()(() => ({ reading: undefined, readAt: 0, driftsMs: [], stallsMs: [] }))

export const takeClockReading = (reading: ClockReading, now: number): void =>
  useEngineClock.setState((facts) => ({
    reading,
    readAt: now,
    driftsMs: appended(facts.driftsMs, reading.driftMs, readingsKept),
    stallsMs: appended(facts.stallsMs, reading.stallMs, readingsKept),
  }))

/** The engine's wall clock now; it stands still where no reading has come for too long, rather than go on by guess. */
export function engineWallMs(facts: Pick<ClockFacts, 'reading' | 'readAt'>, now: number): number | undefined {
  if (facts.reading === undefined) return undefined
  return facts.reading.wallMs + Math.min(now - facts.readAt, limits.clockSilenceMs)
}

export type ClockTrouble = 'none' | 'no-reading' | 'drift' | 'stall'

export function clockTrouble(facts: Pick<ClockFacts, 'reading' | 'readAt'>, now: number): ClockTrouble {
  if (facts.reading === undefined || now - facts.readAt > limits.clockSilenceMs) return 'no-reading'
  if (Math.abs(facts.reading.driftMs) > limits.driftMs) return 'drift'
  return facts.reading.stallMs > limits.stallMs ? 'stall' : 'none'
}
