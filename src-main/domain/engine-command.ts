import type { Actor } from './engine-mode.ts'

/** What can be asked of the engine. Times arrive with the command: the engine never reads a clock. */
export type EngineCommand = HaltTrading | ResumeTrading | KillTrading

export interface HaltTrading {
  readonly kind: 'halt-trading'
  readonly at: number
  readonly reason: string
  readonly actor: Actor
}

export interface ResumeTrading {
  readonly kind: 'resume-trading'
  readonly at: number
  readonly to: 'active' | 'reducing'
  readonly reason: string
  readonly actor: Actor
}

export interface KillTrading {
  readonly kind: 'kill-trading'
  readonly at: number
  readonly reason: string
  readonly actor: Actor
}
