import type { BookSnapshot, CandleColumns, Instrument, MarketEvent, Timeframe } from '../domain/index.ts'

/** The demo market as a function of its own time, as it stands in `venues/sim`. */
export interface DemoSource {
  readonly instruments: readonly Instrument[]
  now(): number
  advanceTo(at: number): readonly MarketEvent[]
  snapshotOf(instrument: string): BookSnapshot
  /** When the oldest candle of this timeframe opened that can be told now. */
  keptFrom(timeframe: Timeframe): number
  /** With a `since`, which has to be an opening, nothing before it is computed. */
  candles(instrument: string, timeframe: Timeframe, before: number, limit: number, since?: number): CandleColumns
}
