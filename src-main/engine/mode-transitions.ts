import type { EngineMode } from '../domain/index.ts'

/** Every way from one mode to another; what is not here does not happen. A halt or a kill is possible from everywhere. */
const transitions: Readonly<Record<EngineMode, readonly EngineMode[]>> = {
  starting: ['active', 'reducing', 'halted', 'killing', 'killed'],
  active: ['reducing', 'halted', 'killing', 'killed'],
  reducing: ['active', 'halted', 'killing', 'killed'],
  halted: ['active', 'reducing', 'killing', 'killed'],
  // Over only by proof, see `kill-proof.ts`.
  killing: ['killed'],
  // Released by hardware key only, and then by way of a start.
  killed: [],
}

/** Nothing is sent but what takes risk away, and only a resume or a release leads out of it. */
export const isStill = (mode: EngineMode): boolean => mode === 'halted' || mode === 'killing' || mode === 'killed'

/** A kill was asked for, proven or not. */
export const isKill = (mode: EngineMode): boolean => mode === 'killing' || mode === 'killed'

export const mayChange = (from: EngineMode, to: EngineMode): boolean => transitions[from].includes(to)
