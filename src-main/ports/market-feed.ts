import type { CandleColumns, Instrument, MarketEvent, Timeframe } from '../domain/index.ts'

export type FeedState = 'connecting' | 'live' | 'down' | 'paused'

/** Why a feed is as it is. `rehearsal`: a person asked for it; `broken`: a bug, told in the log; `absent`: none is set up. */
export const feedReasons = ['none', 'rehearsal', 'broken', 'absent'] as const
export type FeedReason = (typeof feedReasons)[number]

export interface FeedListener {
  /** In order, none left out; after a gap a book snapshot comes before the next change. The batch is only lent for the call. */
  events(batch: readonly MarketEvent[]): void
  state(state: FeedState, reason: FeedReason): void
}

/** Where market data comes from: a venue's public side, or the demo market. */
export interface MarketFeed {
  readonly instruments: readonly Instrument[]
  /** Begins to tell; the answer ends it. The first word on each instrument is a book snapshot. */
  listen(listener: FeedListener): () => void
  /** A reader has missed something of this instrument: its book is told anew. */
  resync(instrument: string): void
  /** The market's own clock: wall time of a venue, virtual time of the demo market. */
  now(): number
  /** Older candles of this timeframe are not kept, though the market is older; undefined where all there ever was can be had. */
  keptFrom(timeframe: Timeframe): number | undefined
  /** The market's past, oldest first, at most `limit` candles that opened before `before`. */
  history(instrument: string, timeframe: Timeframe, before: number, limit: number): Promise<CandleColumns>
  /** Only the demo market has them. */
  readonly demo?: DemoControls
  dispose(): void
}

/** What can go wrong with a feed, on demand, so that a person can rehearse it. */
export type MarketDisturbance = 'none' | 'silence' | 'crossed' | 'gap' | 'disconnect'

export interface DemoControls {
  readonly seed: number
  /** Times real time: 0 pauses, 1 to 100. */
  speed(): number
  setSpeed(speed: number): void
  disturbance(): MarketDisturbance
  disturb(disturbance: MarketDisturbance): void
}
