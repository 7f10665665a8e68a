import type { EngineSetup } from '../engine/index.ts'
import type { Runtime } from '../runtime/index.ts'
import type { PaperDesk } from './paper-desk.ts'
import type { TradingHistory } from './trading-history.ts'

export interface TradingDeskParts {
  readonly runtime: Runtime
  /** Absent: this profile trades nowhere. */
  readonly setup: EngineSetup | undefined
  /** Absent: nothing past is kept here. */
  readonly history?: TradingHistory
  /** Absent: not on the simulated exchange. */
  readonly paper?: PaperDesk
}

export class TradingDesk {
  readonly history: TradingHistory | undefined
  readonly paper: PaperDesk | undefined

  constructor(parts: TradingDeskParts) {
    this.history = parts.history
    this.paper = parts.paper
  }

  dispose(): void {
    // Streams are ended by their readers.
  }
}
