import type { Timeframe } from '../domain/index.ts'
import type { MarketFeed } from '../ports/index.ts'
import { rowsSince } from './candle-past.ts'
import { closingOf, minutesOf, openingOf } from './candle-time.ts'
import type { CandleRow } from '../../src-preload/contract/index.ts'
import type { InstrumentMarket } from './instrument-market.ts'

const minuteMs = 60_000

/**
 * Puts right what was built from trades that were not all seen: a candle in whose middle somebody began to look, and all that
 * formed while events were missing. The truth is the source's own past.
 */
export class CandleMending {
  readonly #feed: MarketFeed
  /** The past may be unreadable: told by whoever asks for it, and then what is held stays as it is. */
  readonly #guarded: <Value>(ask: () => Promise<Value>) => Promise<Value | undefined>
  /** What is mended again once the minute is over in which the trouble ended: by its market time. */
  readonly #planned = new Map<InstrumentMarket, { readonly from: number; readonly due: number }>()
  /** One instrument after the other: an older answer must not come after a newer one, nor all of them at once. */
  #work: Promise<void> = Promise.resolve()
  #isOver = false

  constructor(feed: MarketFeed, guarded: <Value>(ask: () => Promise<Value>) => Promise<Value | undefined>) {
    this.#feed = feed
    this.#guarded = guarded
  }

  /** Puts the past into a candle that was already open when it began to be built here. */
  async complete(market: InstrumentMarket, timeframe: Timeframe): Promise<void> {
    const now = this.#feed.now()
    if (market.builder(timeframe).knownFrom > now) await this.#mend(market, timeframe, now)
  }

  /** Events are missing since then: mended at once as far as it is known, and again when the source knows the whole minute. */
  plan(market: InstrumentMarket, from: number): void {
    const earlier = this.#planned.get(market)
    const due = closingOf('1m', openingOf('1m', this.#feed.now()))
    this.#planned.set(market, { from: Math.min(from, earlier?.from ?? from), due })
    if (earlier === undefined) this.#mendAll(market, from)
  }

  /** To be asked each time that the market's clock has moved on. */
  mendDue(): void {
    if (this.#planned.size === 0) return
    const now = this.#feed.now()
    for (const [market, { from, due }] of this.#planned) {
      if (now < due) continue
      this.#planned.delete(market)
      this.#mendAll(market, from)
    }
  }

  dispose(): void {
    this.#isOver = true
    this.#planned.clear()
  }

  #mendAll(market: InstrumentMarket, from: number): void {
    this.#work = this.#work.then(async () => {
      // The finest first: the others are put together from them.
      for (const timeframe of market.timeframes) await this.#mend(market, timeframe, from)
    })
  }

  async #mend(market: InstrumentMarket, timeframe: Timeframe, since: number): Promise<void> {
    if (this.#isOver) return
    await this.#guarded(async () => {
      const builder = market.builder(timeframe)
      // Of a long trouble no more is put right than is held: the rest is asked of the past by whoever wants it.
      const heldFrom = openingOf(timeframe, this.#feed.now() - builder.keepMax * minutesOf(timeframe) * minuteMs)
      const from = Math.max(since, heldFrom)
      const rows = await rowsSince(this.#feed, market, timeframe, from)
      if (from > since) builder.forgetBefore(from)
      builder.mend(from, rows)
      if (timeframe === '1m') this.#rememberLast(market, rows)
      market.touch()
    })
  }

  /** The last trade that was heard may be older than the trouble: the minutes that closed since know better. */
  #rememberLast(market: InstrumentMarket, rows: readonly CandleRow[]): void {
    const now = this.#feed.now()
    const closed = rows.findLast(([time]) => closingOf('1m', time) <= now)
    if (closed !== undefined) market.rememberLast(closed[4], closingOf('1m', closed[0]) - 1)
  }
}
