import type { Lots, Rate, Ticks } from '../base/index.ts'

export type BookSide = 'bid' | 'ask'

/** One whole trade as a venue tells it. `aggressor` is who crossed the spread. */
export interface TradeSeen {
  readonly kind: 'trade'
  readonly instrument: string
  readonly at: number
  readonly sequence: number
  readonly price: Ticks
  readonly size: Lots
  readonly aggressor: 'buyer' | 'seller'
}

/** The size at one price is now this; none takes the price out. `sequence` goes up by one with each event of an instrument. */
export interface LevelChanged {
  readonly kind: 'level'
  readonly instrument: string
  readonly at: number
  readonly sequence: number
  readonly side: BookSide
  readonly price: Ticks
  readonly size: Lots
}

export interface BookLevel {
  readonly price: Ticks
  readonly size: Lots
}

/** A whole book, best price first on each side: what a reader starts from, and starts anew from after a gap. */
export interface BookSnapshot {
  readonly kind: 'book'
  readonly instrument: string
  readonly at: number
  /** The last event that is in it. */
  readonly sequence: number
  readonly bids: readonly BookLevel[]
  readonly asks: readonly BookLevel[]
}

/** What a perpetual is valued at and what it pays. */
export interface MarkChanged {
  readonly kind: 'mark'
  readonly instrument: string
  readonly at: number
  readonly sequence: number
  readonly mark: Ticks
  readonly index: Ticks
  readonly fundingRate: Rate
  readonly nextFundingAt: number
}

export type MarketEvent = TradeSeen | LevelChanged | BookSnapshot | MarkChanged

/** From one second to one month; a month is a calendar month UTC, a week begins on Monday. */
export const timeframes = ['1s', '5s', '15s', '30s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d', '1w', '1M'] as const
export type Timeframe = (typeof timeframes)[number]

/**
 * Candles as columns of one instrument and timeframe, oldest first: `time` is the opening in milliseconds UTC, prices are raw
 * ticks, volume raw lots. A time without a trade has no row: gaps are explicit and never filled by invention.
 */
export interface CandleColumns {
  readonly time: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}
