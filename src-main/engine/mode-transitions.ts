import type { EngineMode } from '../domain/index.ts'

/** Every way from one mode to another; what is not here does not happen. A halt or a kill is possible from everywhere. */
const transitions: Readonly<Record<EngineMode, readonly EngineMode[]>> = {
  starting: ['active', 'reducing', 'halted', 'killed'],
  active: ['reducing', 'halted', 'killed'],
  reducing: ['active', 'halted', 'killed'],
  halted: ['active', 'reducing', 'killed'],
  // Released by hardware key only, and then by way of a start.
  killed: [],
}

export const mayChange = (from: EngineMode, to: EngineMode): boolean => transitions[from].includes(to)
