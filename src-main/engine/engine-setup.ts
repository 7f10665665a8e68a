import type { Asset, SelfTradePolicy, Tradable } from '../domain/index.ts'
import type { ReviewLimits } from '../risk/index.ts'

export interface EngineAccount {
  readonly id: string
  readonly venue: string
  readonly positions: 'netting' | 'hedging'
  readonly lots: 'fifo' | 'average'
}

/** All in milliseconds. */
export interface EngineTimings {
  /** The venue refuses what reaches it later than this after it was sent. */
  readonly receiveWindowMs: number
  /** How far two clocks may be apart at the worst. */
  readonly clockErrorMs: number
  /** Once nothing can arrive any more, for so long it may still be on its way into the venue's answers. */
  readonly absenceMarginMs: number
  /** Between two questions for the same order. */
  readonly lookupGapMs: number
  /** A question without an answer is asked again. */
  readonly questionPatienceMs: number
  readonly epochEveryMs: number
  /** Between two epochs, whatever asks for them. */
  readonly epochGapMs: number
  /** How far an epoch reaches back behind the last clean one. */
  readonly epochOverlapMs: number
  readonly stuckAfterMs: number
  readonly staleQuoteMs: number
  /** What changed here so shortly before a question is not judged by its answer. */
  readonly graceMs: number
  readonly inferAfterMs: number
}

export interface EngineSetup {
  /** 12 hexadecimal characters, in every order id. */
  readonly installation: string
  readonly tradables: readonly Tradable[]
  readonly assets: readonly Asset[]
  readonly accounts: readonly EngineAccount[]
  /** The asset in which limits and totals are counted. */
  readonly reportingAsset: string
  readonly limits: ReviewLimits
  readonly selfTrade: SelfTradePolicy
  readonly timings: EngineTimings
  /** What follows a start that was clean: the mode before it, or reducing until somebody arms it. */
  readonly afterCleanStart: 'previous' | 'reducing'
  /** What counts as the mode before in books that know of none; `reducing` where it is not said. */
  readonly firstMode?: 'active' | 'reducing'
}

export const usualTimings: EngineTimings = {
  receiveWindowMs: 5_000,
  clockErrorMs: 1_000,
  absenceMarginMs: 5_000,
  lookupGapMs: 5_000,
  questionPatienceMs: 15_000,
  epochEveryMs: 60_000,
  epochGapMs: 2_000,
  epochOverlapMs: 60_000,
  stuckAfterMs: 600_000,
  staleQuoteMs: 5_000,
  graceMs: 5_000,
  inferAfterMs: 60_000,
}
