import type { Violation } from '../checkers/index.ts'
import type { TailFault } from '../../../src-main/rehearsal/index.ts'
import type { CrashMoment } from './run-options.ts'

/** What came of one seed. */
export interface RunResult {
  readonly seed: number
  readonly intents: number
  readonly sends: number
  readonly fills: number
  readonly crashes: number
  readonly unknown: number
  readonly steps: number
  readonly faults: Readonly<Record<string, number>>
  readonly checks: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
  readonly traceHash: string
  /** The hash as it was on the way, so that two runs can be compared at many places. */
  readonly marks: readonly string[]
  readonly trace: readonly string[]
  readonly appends: number
  /** Where the run could have been broken off. */
  readonly moments: readonly CrashMoment[]
  /** By the damage of the tail, how many records came back after the last crash, or would have; only where it was asked for. */
  readonly recovered: ReadonlyMap<TailFault, number>
  /** What the trader did, or was left out. */
  readonly actions: number
}
