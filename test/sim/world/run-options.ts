import type { TailFault } from '../../../src-main/rehearsal/index.ts'

/** Of a batch of records: just written, just durable, or just after an order left. */
export const crashMoments = ['written', 'durable', 'left'] as const

export interface CrashMoment {
  readonly appends: number
  readonly moment: (typeof crashMoments)[number]
}

/** Where a run is broken off, and what the disk shows afterwards. */
export interface CrashPoint extends CrashMoment {
  /** With the n-th batch of records, counted from the first action after `afterAction`; from the first record on where that is less than zero. */
  readonly afterAction: number
  readonly tail: TailFault
  readonly tailAt: number
  readonly downMs: number
  /** Also after the last fault, while all comes to rest. */
  readonly isToTheEnd?: boolean
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
  /** Tell, for a run with one crash, how many records each damage of the tail would have left. */
  readonly isTailCompared?: boolean
}
