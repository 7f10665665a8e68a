import type { JournalTroubleKind } from './engine-event.ts'
import type { ModeState } from './engine-mode.ts'

/** What the engine is told about the world around it. */
export type EngineReport = ProgramStarted | ClockJumped | MachineSlept | JournalInTrouble | JournalWell

/** The first input of every engine: its process has opened the books. */
export interface ProgramStarted {
  readonly kind: 'program-started'
  readonly at: number
  readonly version: string
  /** What stands on the disk of a stop before, or was asked for while the books were being opened. */
  readonly left?: ModeState
}

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

/** Records wait for a disk that does not take them. */
export interface JournalInTrouble {
  readonly kind: 'journal-in-trouble'
  readonly at: number
  readonly trouble: JournalTroubleKind
  readonly detail: string
}

export interface JournalWell {
  readonly kind: 'journal-well'
  readonly at: number
}
