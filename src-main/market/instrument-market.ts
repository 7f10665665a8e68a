import { ensureDefined, lotsFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { BookLevel, BookSnapshot, Instrument, MarkChanged, MarketEvent, Timeframe, TradeSeen } from '../domain/index.ts'
import type { FeedState } from '../ports/index.ts'
import type { BookView, CandleRow, QuoteState, QuoteView } from '../../src-preload/contract/index.ts'
import { depthMax, OrderBook } from './book.ts'
import { CandleBuilder } from './candle-builder.ts'
import { openingOf } from './candle-time.ts'
import { Pace } from './pace.ts'
import { TradeTape } from './trade-tape.ts'
import { isOpenAt } from './trading-hours.ts'

/**
 * What is held of one instrument: at most this many trades and candles, and `depthMax` prices a side, which is under one
 * megabyte together.
 */
export const tapeMax = 4_096
const keptCandles: Partial<Readonly<Record<Timeframe, number>>> = { '1s': 900, '1m': 1_500 }
const keptCandlesOfOthers = 96

/** The finest ones are always built: the others begin from them. The day is what a quote tells of. */
const alwaysBuilt: readonly Timeframe[] = ['1s', '1m', '1d']

/**
 * `missed`: events are missing from here on; `resumed`: the book is whole again, and something before it was missed;
 * `too-late`: a trade whose minute is no longer held.
 */
export type EventOutcome = 'taken' | 'missed' | 'resumed' | 'too-late'

/** What the market says of one instrument, put together. */
export class InstrumentMarket {
  readonly instrument: Instrument
  readonly book = new OrderBook()
  readonly tape = new TradeTape(tapeMax)
  readonly pace = new Pace()
  readonly #since: number
  readonly #builders = new Map<Timeframe, CandleBuilder>()
  #mark: MarkChanged | undefined
  #lastKnown: { readonly price: number; readonly at: number } | undefined
  #revision = 0
  #quote: QuoteView | undefined
  #quoteRevision = -1

  constructor(instrument: Instrument, since: number) {
    this.instrument = instrument
    this.#since = since
    for (const timeframe of alwaysBuilt) this.builder(timeframe)
  }

  /** Goes up with each event. */
  get revision(): number {
    return this.#revision
  }

  get timeframes(): readonly Timeframe[] {
    return [...this.#builders.keys()]
  }

  hasBuilder(timeframe: Timeframe): boolean {
    return this.#builders.has(timeframe)
  }

  /** Begun with the first reader; the past has to be put in once by whoever asks. */
  builder(timeframe: Timeframe): CandleBuilder {
    const there = this.#builders.get(timeframe)
    if (there !== undefined) return there
    const since = this.#builders.size < alwaysBuilt.length ? this.#since : (this.pace.lastAt ?? this.#since)
    const builder = new CandleBuilder(timeframe, since, keptCandles[timeframe] ?? keptCandlesOfOthers)
    this.#builders.set(timeframe, builder)
    return builder
  }

  apply(event: MarketEvent): EventOutcome {
    const before = this.book.sequence
    const wasHeard = this.pace.lastAt !== undefined
    const outcome = this.book.apply(event)
    if (outcome === 'old') return 'taken'
    const isResumed = event.kind === 'book' && wasHeard && event.sequence > before
    // Also while a new book is awaited: trades are told meanwhile, and more of them may go missing.
    if (isResumed || (wasHeard && event.kind !== 'book' && event.sequence > before + 1)) this.tape.break()
    this.#revision++
    this.pace.heard(event.at)
    const isInCandle = event.kind !== 'trade' || this.#take(event)
    if (event.kind === 'mark') this.#mark = event
    if (outcome === 'missed') return 'missed'
    if (!isInCandle) return 'too-late'
    return isResumed ? 'resumed' : 'taken'
  }

  /** Something else than an event has changed what a quote says. */
  touch(): void {
    this.#revision++
  }

  /** From the past: shown until a later trade comes, which may be on Monday. */
  rememberLast(price: number, at: number): void {
    this.#lastKnown = { price, at }
    this.touch()
  }

  state(feed: FeedState, now: number): QuoteState {
    if (feed === 'down' || feed === 'connecting') return 'down'
    if (feed === 'paused') return 'paused'
    if (!isOpenAt(this.instrument.hours, now)) return 'closed'
    if (!this.book.isWhole) return 'gap'
    if (this.pace.isStale(now)) return 'stale'
    return this.book.isCrossed ? 'crossed' : 'live'
  }

  /** The same object as long as nothing has changed. */
  quote(feed: FeedState, now: number): QuoteView {
    const state = this.state(feed, now)
    if (this.#quote?.state === state && this.#quoteRevision === this.#revision) return this.#quote
    this.#quoteRevision = this.#revision
    this.#quote = this.#makeQuote(state)
    return this.#quote
  }

  bookView(feed: FeedState, now: number, depth: number): BookView {
    return {
      instrument: this.instrument.id,
      state: this.state(feed, now),
      at: this.pace.lastAt ?? null,
      sequence: this.book.sequence,
      bids: this.book.bids(depth),
      asks: this.book.asks(depth),
    }
  }

  /** The book as an event, for a recording to begin with. */
  snapshot(): BookSnapshot {
    const { id } = this.instrument
    const { sequence } = this.book
    const side = (levels: readonly (readonly [number, number])[]): BookLevel[] =>
      levels.map(([price, size]) => ({ price: ticksFromRaw(price), size: lotsFromRaw(size) }))
    return {
      kind: 'book', instrument: id, at: ensureDefined(this.pace.lastAt, 'the time of a book'), sequence,
      bids: side(this.book.bids(depthMax)), asks: side(this.book.asks(depthMax)),
    }
  }

  /** False where the minute of that trade is gone: nobody will see it in a candle. */
  #take(trade: TradeSeen): boolean {
    this.tape.add(trade)
    const price = rawOf(trade.price)
    const size = rawOf(trade.size)
    let isInMinute = true
    for (const builder of this.#builders.values()) {
      const outcome = builder.add(trade.at, price, size)
      if (builder.timeframe === '1m') isInMinute = outcome === 'taken'
    }
    return isInMinute
  }

  #makeQuote(state: QuoteState): QuoteView {
    const { bestBid, bestAsk } = this.book
    const last = this.#last()
    const day = this.#day()
    const mark = this.#mark
    return {
      instrument: this.instrument.id,
      state,
      at: this.pace.lastAt ?? null,
      bid: bestBid?.[0] ?? null,
      bidSize: bestBid?.[1] ?? null,
      ask: bestAsk?.[0] ?? null,
      askSize: bestAsk?.[1] ?? null,
      last: last?.price ?? null,
      lastSize: last?.size ?? null,
      dayOpen: day?.[1] ?? null,
      dayHigh: day?.[2] ?? null,
      dayLow: day?.[3] ?? null,
      dayVolume: day?.[5] ?? null,
      mark: mark === undefined ? null : rawOf(mark.mark),
      index: mark === undefined ? null : rawOf(mark.index),
      fundingRate: mark === undefined ? null : rawOf(mark.fundingRate),
      nextFundingAt: mark?.nextFundingAt ?? null,
    }
  }

  /** Whichever is later: the last trade that was heard, or what the past knows of those that were not; of them no size. */
  #last(): { readonly price: number; readonly size: number | null } | undefined {
    const heard = this.tape.last
    const known = this.#lastKnown
    if (heard !== undefined && (known === undefined || heard.at >= known.at)) return { price: rawOf(heard.price), size: rawOf(heard.size) }
    return known === undefined ? undefined : { price: known.price, size: null }
  }

  /** Null until it is known whole, and on a new day until its first trade. */
  #day(): CandleRow | undefined {
    const { lastAt } = this.pace
    const [row] = ensureDefined(this.#builders.get('1d'), 'the day').last(1)
    return row !== undefined && lastAt !== undefined && row[0] === openingOf('1d', lastAt) ? row : undefined
  }
}
