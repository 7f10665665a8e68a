import type { TailFault } from './journal-model.ts'

/** Where a run is broken off, and what the disk shows afterwards. */
export interface CrashPoint {
  /** With the n-th batch of records, counted from the first action after `afterAction`. */
  readonly afterAction: number
  readonly appends: number
  readonly moment: 'written' | 'durable' | 'left'
  readonly tail: TailFault
  readonly tailAt: number
  readonly downMs: number
}

/** All that makes a run what it is; the same options always make the same run. */
export interface RunOptions {
  readonly seed: number
  /** How many things the trader may do at the most. */
  readonly actions: number
  /** He stops when so many orders were intended and all crashes have been. Absent: he does everything. */
  readonly intents?: number
  /** Faults that are left out, for shrinking. */
  readonly without?: ReadonlySet<string>
  /** Actions that are left out, by number. */
  readonly skip?: ReadonlySet<number>
  readonly crashes?: readonly CrashPoint[]
  /** Keep a readable trace of the last so many steps. */
  readonly traceMax?: number
}
