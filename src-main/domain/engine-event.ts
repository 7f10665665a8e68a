import type { Actor, EngineMode } from './engine-mode.ts'

/** What the engine decided, in the past tense, numbered without a gap from the first start of these books. */
export type EngineEvent = EngineStarted | ModeChanged | ModeRefused | ClockJumpSeen | JournalTroubled | JournalRecovered

interface Decided {
  readonly sequence: number
  readonly at: number
  /** Of the command that caused it. */
  readonly correlation?: string
}

/** A process began; whatever stood before it was said by another one. */
export interface EngineStarted extends Decided {
  readonly kind: 'engine-started'
  readonly mode: EngineMode
  readonly reason: string
  readonly version: string
  /** Since when it stands still, and who stopped it; only of one that the start before left still. */
  readonly left?: { readonly since: number; readonly actor: Actor }
}

export interface ModeChanged extends Decided {
  readonly kind: 'mode-changed'
  readonly from: EngineMode
  readonly to: EngineMode
  readonly reason: string
  readonly actor: Actor
}

export interface ModeRefused extends Decided {
  readonly kind: 'mode-refused'
  readonly mode: EngineMode
  readonly wanted: EngineMode
  readonly actor: Actor
}

export interface ClockJumpSeen extends Decided {
  readonly kind: 'clock-jumped'
  readonly byMs: number
}

/** What was decided could not be written down as it should. */
export interface JournalTroubled extends Decided {
  readonly kind: 'journal-troubled'
  readonly trouble: JournalTroubleKind
  readonly detail: string
}

export type JournalTroubleKind =
  /** The disk does not answer. */
  | 'stalled'
  /** There is no room for much more. */
  | 'short'
  /** The disk refused. */
  | 'failed'

export interface JournalRecovered extends Decided {
  readonly kind: 'journal-recovered'
}
