import type { Actor } from './engine-mode.ts'

/** What can be asked of the engine. Times arrive with the command: the engine never reads a clock. */
export type EngineCommand = HaltTrading | ResumeTrading | KillTrading

interface Asked {
  readonly at: number
  readonly reason: string
  readonly actor: Actor
  /** Ties together everything that this command causes. Absent for what nobody sent over a line, a signal for example. */
  readonly correlation?: string
}

export interface HaltTrading extends Asked {
  readonly kind: 'halt-trading'
}

export interface ResumeTrading extends Asked {
  readonly kind: 'resume-trading'
  readonly to: 'active' | 'reducing'
}

export interface KillTrading extends Asked {
  readonly kind: 'kill-trading'
}
