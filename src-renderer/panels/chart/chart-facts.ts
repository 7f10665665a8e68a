import { createStore, type StoreApi } from 'zustand'
import type { BridgeError, QuoteState } from '../../../src-preload/contract/index.ts'
import type { Drawing, DrawingKind } from '../../charts/drawings/drawing.ts'
import type { ReplaySpeed, ReplayState } from '../../charts/replay.ts'
import type { CandlePhase } from '../../stores/candles.ts'

/** What React draws around one chart. Changes with what the trader does and with states, never with prices. */
export interface ChartFacts {
  readonly phase: CandlePhase
  readonly hasBars: boolean
  /** Undefined until the market has said so. */
  readonly quoteState: QuoteState | undefined
  readonly lastKnownAt: number | undefined
  /** Why the instrument that it is compared with stands still. */
  readonly comparedError: BridgeError | undefined
  readonly isAtPresent: boolean
  /** The oldest bar is in sight, and the market is older: since when bars of this length are kept. */
  readonly keptFrom: number | undefined
  readonly tool: DrawingKind | undefined
  readonly selected: string | undefined
  /** A text that waits for its words. */
  readonly wordless: Drawing | undefined
  /** What moving an order would do, while it is in the hand; `isAsked`: it was let go, and a yes is waited for. */
  readonly orderNote: { readonly words: string; readonly isAsked: boolean } | undefined
  readonly replay: { readonly state: ReplayState; readonly speed: ReplaySpeed } | undefined
}

export type ChartStore = StoreApi<ChartFacts>

export const createChartStore = (): ChartStore => createStore<ChartFacts>()(() => ({
  phase: { kind: 'loading' }, hasBars: false, quoteState: undefined, lastKnownAt: undefined, comparedError: undefined, isAtPresent: true, keptFrom: undefined, tool: undefined, selected: undefined,
  wordless: undefined, orderNote: undefined, replay: undefined,
}))
