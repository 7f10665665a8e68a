import type { Actor, EngineMode } from './engine-mode.ts'

/** What the engine decided, in the past tense, numbered without a gap. */
export type EngineEvent = ModeChanged | ModeRefused | ClockJumpSeen

export interface ModeChanged {
  readonly kind: 'mode-changed'
  readonly sequence: number
  readonly at: number
  readonly from: EngineMode
  readonly to: EngineMode
  readonly reason: string
  readonly actor: Actor
}

export interface ModeRefused {
  readonly kind: 'mode-refused'
  readonly sequence: number
  readonly at: number
  readonly mode: EngineMode
  readonly wanted: EngineMode
  readonly actor: Actor
}

export interface ClockJumpSeen {
  readonly kind: 'clock-jumped'
  readonly sequence: number
  readonly at: number
  readonly byMs: number
}
