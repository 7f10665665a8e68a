import type { ModeState } from '../domain/index.ts'

/**
 * Word on the disk that trading was stopped. It is written beside the act, never before it: `keep` and `drop` return at
 * once, and what goes wrong is told to `onTrouble`.
 */
export interface HaltLatch {
  keep(state: ModeState): void
  drop(): void
  /** What the engine before this one left, if anything. A latch that cannot be read counts as left. */
  read(): ModeState | undefined
  /** When everything asked so far is on the disk. */
  settled(): Promise<void>
}
