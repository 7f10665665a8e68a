import { rateFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { FeedJudged, MarketEvent, MarketReport } from '../domain/index.ts'
import type { FeedState } from '../ports/index.ts'
import type { QuoteState, QuoteView } from '../../src-preload/contract/index.ts'
import type { InstrumentMarket } from './instrument-market.ts'

/**
 * Tells an engine what its orders have to know of prices. It must never vouch for a price that the desk itself does not show as live.
 * Invariants: 1 while an instrument is not live on the desk, nothing is told of it but that; 2 a price is told in the engine's own time, and again each second while
 * it stands; 3 more often than each period only what something rests on is told, and nothing more often than the market has its turns; 4 of the trades of a turn,
 * an instrument that something rests on is told the lowest and the highest as well as the last.
 */
export interface PriceListener {
  /** Nobody listens before that, and who begins to listen is told everything. */
  readonly isListening: () => boolean
  readonly hear: (report: MarketReport) => void
  /** Whether an order waits for the prices of this instrument. */
  readonly isRestedOn: (instrument: string) => boolean
}

export interface PriceSource {
  readonly markets: ReadonlyMap<string, InstrumentMarket>
  readonly state: FeedState
  now(): number
}

export interface PriceClocks {
  /** The engine's time. */
  readonly wallMs: () => number
  readonly monotonicMs: () => number
}

const periodMs = 50
/** An engine believes a price for some seconds: one that does not move has to be vouched for meanwhile. */
const againMs = 1_000

/** What is not live is of no use for an order, whatever the reason; the screen says which. */
const judgements: Readonly<Record<QuoteState, FeedJudged['state']>> = {
  live: 'live', stale: 'stale', gap: 'stale', closed: 'stale', paused: 'stale', crossed: 'crossed', down: 'down',
}

interface Told {
  state: FeedJudged['state'] | undefined
  bid: number
  ask: number
  quotedAt: number
  mark: number | undefined
  index: number | undefined
  fundingRate: number | undefined
  markedAt: number
  tradedAt: number
  trades: Traded | undefined
}

/** Since they were told last. */
interface Traded {
  lowest: number
  highest: number
  last: number
}

export class PriceTeller {
  readonly #source: PriceSource
  readonly #listener: PriceListener
  readonly #clocks: PriceClocks
  readonly #told = new Map<string, Told>()

  constructor(source: PriceSource, listener: PriceListener, clocks: PriceClocks) {
    this.#source = source
    this.#listener = listener
    this.#clocks = clocks
  }

  /** Of trades each one counts; what books say is looked at when the turn comes. */
  see(batch: readonly MarketEvent[]): void {
    for (const event of batch) if (event.kind === 'trade') this.#noteTrade(event.instrument, rawOf(event.price))
  }

  turn(): void {
    if (!this.#listener.isListening()) return this.#told.clear()
    const { markets, state } = this.#source
    const now = this.#source.now()
    for (const market of markets.values()) this.#look(market.quote(state, now))
  }

  /** Nothing can be relied on any more. */
  giveUp(): void {
    if (!this.#listener.isListening()) return
    for (const [instrument, told] of this.#told) this.#judge(instrument, told, 'down')
  }

  #noteTrade(instrument: string, price: number): void {
    const told = this.#toldOf(instrument)
    const { trades } = told
    // An order that comes to rest must not be reached by a price from before it.
    if (trades === undefined || !this.#listener.isRestedOn(instrument)) {
      told.trades = { lowest: price, highest: price, last: price }
      return
    }
    if (price < trades.lowest) trades.lowest = price
    if (price > trades.highest) trades.highest = price
    trades.last = price
  }

  #look(quote: QuoteView): void {
    const { instrument } = quote
    const told = this.#toldOf(instrument)
    const state = judgements[quote.state]
    if (state !== told.state) this.#judge(instrument, told, state)
    if (state !== 'live') {
      // A trade from before is no news once the feed is believed again.
      told.trades = undefined
      return
    }
    const now = this.#clocks.monotonicMs()
    const least = this.#listener.isRestedOn(instrument) ? 0 : periodMs
    this.#tellQuote(quote, told, now, least)
    this.#tellTrades(instrument, told, now, least)
    this.#tellMark(quote, told, now, least)
  }

  #judge(instrument: string, told: Told, state: FeedJudged['state']): void {
    told.state = state
    // Whatever it was told before is told anew: the engine has dropped it.
    told.quotedAt = told.markedAt = told.tradedAt = -Infinity
    this.#listener.hear({ kind: 'feed-judged', at: this.#clocks.wallMs(), instrument, state })
  }

  #tellQuote({ instrument, bid, ask }: QuoteView, told: Told, now: number, least: number): void {
    const [bestBid, bestAsk] = [bid ?? 0, ask ?? 0]
    const since = now - told.quotedAt
    const isNews = bestBid !== told.bid || bestAsk !== told.ask
    if (since < againMs && (!isNews || since < least)) return
    told.bid = bestBid
    told.ask = bestAsk
    told.quotedAt = now
    this.#listener.hear({ kind: 'quote-seen', at: this.#clocks.wallMs(), instrument, bid: ticksFromRaw(bestBid), ask: ticksFromRaw(bestAsk) })
  }

  #tellTrades(instrument: string, told: Told, now: number, least: number): void {
    const { trades } = told
    if (trades === undefined || now - told.tradedAt < least) return
    told.trades = undefined
    told.tradedAt = now
    const { lowest, highest, last } = trades
    if (lowest !== last) this.#tellLast(instrument, lowest)
    if (highest !== last) this.#tellLast(instrument, highest)
    this.#tellLast(instrument, last)
  }

  #tellLast(instrument: string, price: number): void {
    this.#listener.hear({ kind: 'last-seen', at: this.#clocks.wallMs(), instrument, price: ticksFromRaw(price) })
  }

  #tellMark({ instrument, mark, index, fundingRate }: QuoteView, told: Told, now: number, least: number): void {
    if (mark === null || index === null || fundingRate === null) return
    const since = now - told.markedAt
    const isNews = mark !== told.mark || index !== told.index || fundingRate !== told.fundingRate
    if (since < againMs && (!isNews || since < least)) return
    Object.assign(told, { mark, index, fundingRate, markedAt: now })
    this.#listener.hear({
      kind: 'mark-seen', at: this.#clocks.wallMs(), instrument, mark: ticksFromRaw(mark), index: ticksFromRaw(index), fundingRate: rateFromRaw(fundingRate),
    })
  }

  #toldOf(instrument: string): Told {
    const known = this.#told.get(instrument)
    if (known !== undefined) return known
    const made: Told = {
      state: undefined, bid: 0, ask: 0, quotedAt: -Infinity, mark: undefined, index: undefined, fundingRate: undefined, markedAt: -Infinity, tradedAt: -Infinity,
      trades: undefined,
    }
    this.#told.set(instrument, made)
    return made
  }
}
