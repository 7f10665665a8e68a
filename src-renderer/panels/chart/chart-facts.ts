import { createStore, type StoreApi } from 'zustand'
import type { QuoteState } from '../../../src-preload/contract/index.ts'
import type { Drawing, DrawingKind } from '../../charts/drawings/drawing.ts'
import type { ReplaySpeed, ReplayState } from '../../charts/replay.ts'
import type { CandlePhase } from '../../stores/candles.ts'

export interface AlertNote {
  readonly id: string
  readonly ticks: number
  /** The market's clock. */
  readonly at: number
}

/** What React draws around one chart. Changes with what the trader does and with states, never with prices. */
export interface ChartFacts {
  readonly phase: CandlePhase
  readonly hasBars: boolean
  /** Undefined until the market has said so. */
  readonly quoteState: QuoteState | undefined
  readonly lastKnownAt: number | undefined
  readonly isAtPresent: boolean
  readonly tool: DrawingKind | undefined
  readonly selected: string | undefined
  /** A text that waits for its words. */
  readonly wordless: Drawing | undefined
  readonly replay: { readonly state: ReplayState; readonly speed: ReplaySpeed } | undefined
  readonly notes: readonly AlertNote[]
}

export type ChartStore = StoreApi<ChartFacts>

export const createChartStore = (): ChartStore => createStore<ChartFacts>()(() => ({
  phase: { kind: 'loading' }, hasBars: false, quoteState: undefined, lastKnownAt: undefined, isAtPresent: true, tool: undefined, selected: undefined,
  wordless: undefined, replay: undefined, notes: [],
}))
