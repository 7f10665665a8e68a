import type { Spell, TimedMode } from './mode-times.ts'

/** What came of it. Amounts are whole minor units. */
export interface MonthResult {
  readonly days: number
  readonly seed: number
  readonly quotes: number
  readonly orders: number
  readonly refused: number
  readonly fills: number
  readonly faults: { readonly total: number; readonly byKind: Readonly<Record<string, number>> }
  readonly crashes: number
  readonly unknownOpened: number
  readonly unknownResolved: number
  /** What would have needed a person: a mode that only a person leaves, an order that only a person settles. */
  readonly manualSteps: number
  /** What was seen meanwhile and went away by itself. */
  readonly breaksSeen: number
  readonly stuckSeen: number
  /** What is still unexplained in the end, each named. */
  readonly differences: readonly string[]
  readonly modeMs: Readonly<Partial<Record<TimedMode, number>>>
  readonly activeShare: number
  readonly exceptions: readonly Spell[]
  /** Per asset: what the engine's books hold less what the exchange's do. */
  readonly residuals: readonly { readonly asset: string; readonly amount: number }[]
  readonly isBalanced: boolean
  readonly equity: { readonly start: number; readonly end: number; readonly currency: string }
  readonly traceHash: string
}
