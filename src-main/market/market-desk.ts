import type { MarketEvent, Timeframe } from '../domain/index.ts'
import type { DemoControls, FeedReason, FeedState, MarketFeed } from '../ports/index.ts'
import type { FeedView, QuoteView } from '../../src-preload/contract/index.ts'
import { CandleMending } from './candle-mending.ts'
import { windowOf, type PastWindow, type WindowWish } from './candle-past.ts'
import { Conflator } from './conflation.ts'
import { EventRate } from './event-rate.ts'
import { InstrumentMarket } from './instrument-market.ts'
import { PriceTeller, type PriceListener } from './price-teller.ts'
import { RecordingDesk, type StartsRecorder } from './recording-desk.ts'

/** Lines for the log; the words are of the source, whatever varies is a field. */
export interface MarketLog {
  info(area: string, message: string, fields?: Readonly<Record<string, string | number | boolean>>): void
  warn(area: string, message: string, fields?: Readonly<Record<string, string | number | boolean>>): void
  error(area: string, message: string, fields: { readonly error: unknown }): void
}

/** As often as the market itself has its turns. */
const priceTurnMs = 16

export interface MarketDeskParts {
  /** Called once, with the first need; nothing where a profile has no source. */
  readonly createFeed: () => Promise<MarketFeed | undefined>
  readonly log: MarketLog
  readonly wallMs: () => number
  readonly monotonicMs: () => number
  readonly every: (action: () => void, periodMs: number) => () => void
  readonly startRecorder: StartsRecorder
}

/**
 * Market data in the engine's process: takes what the feed says, keeps what readers need of it, and tells them.
 * It must never show as good what it does not know to be good, and nothing in it may stop the engine.
 * Invariants: 1 a bug here is written to the log and the feed counts as down; it is never thrown into the engine's loop;
 * 2 where events are missing, the book is not shown as live before a new snapshot, and candles are mended from the source's
 * own past.
 */
export class MarketDesk {
  readonly #parts: MarketDeskParts
  readonly readers: Conflator
  readonly recording: RecordingDesk
  readonly #markets = new Map<string, InstrumentMarket>()
  readonly #rate: EventRate
  #feed: MarketFeed | undefined
  #mending: CandleMending | undefined
  #prices: PriceTeller | undefined
  #stopFeed: (() => void) | undefined
  #beginning: Promise<void> | undefined
  #isReady = false
  #isDisposed = false
  #state: FeedState = 'connecting'
  #reason: FeedReason = 'none'
  #gaps = 0
  #late = 0

  constructor(parts: MarketDeskParts) {
    this.#parts = parts
    this.readers = new Conflator({ ...parts, onBroken: (error) => this.broken(error) })
    this.recording = new RecordingDesk(parts.startRecorder)
    this.#rate = new EventRate(parts.monotonicMs)
  }

  /** Done with the first question at the latest, and once. Settled when there are instruments, or it is known why not. */
  begin(): Promise<void> {
    this.#beginning ??= this.#begin()
    return this.#beginning
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get feed(): MarketFeed | undefined {
    return this.#feed
  }

  get demo(): DemoControls | undefined {
    return this.#feed?.demo
  }

  /** None before it has begun. */
  get markets(): ReadonlyMap<string, InstrumentMarket> {
    return this.#markets
  }

  get state(): FeedState {
    return this.#state
  }

  /** The market's own clock. */
  now(): number {
    return Math.floor(this.#feed?.now() ?? this.#parts.wallMs())
  }

  /** Undefined for one that is not there. */
  quote(instrument: string): QuoteView | undefined {
    return this.markets.get(instrument)?.quote(this.#state, this.now())
  }

  /** The books as they are, as events; without a name, of all. */
  books(instruments: readonly string[] | undefined): readonly MarketEvent[] {
    return [...this.markets.values()]
      .filter(({ book, instrument }) => book.isWhole && (instruments === undefined || instruments.includes(instrument.id)))
      .map((market) => market.snapshot())
  }

  feedView(): FeedView {
    const { demo } = this
    return {
      venue: this.#feed?.instruments[0]?.venue ?? '',
      state: this.#state,
      reason: this.#reason,
      at: this.now(),
      eventsPerSecond: this.#rate.perSecond(),
      gaps: this.#gaps,
      demo: demo === undefined ? null : { seed: demo.seed, speed: demo.speed(), disturbance: demo.disturbance() },
      recording: this.recording.facts(),
    }
  }

  /** Undefined where the source's past cannot be read; the log says why. */
  async window(wish: WindowWish): Promise<PastWindow | undefined> {
    const { feed } = this
    return feed === undefined ? undefined : this.#guarded(() => windowOf(feed, this.#markets.get(wish.instrument), wish))
  }

  /** From now on an engine hears what orders have to know of prices. */
  tellPrices(listener: PriceListener): void {
    const prices = new PriceTeller(this, listener, this.#parts)
    this.#prices = prices
    this.readers.add(priceTurnMs, () => {
      this.#guardPrices(prices)
      return true
    })
  }

  /** Puts the past into a candle that was already open when it began to be built here. */
  async complete(market: InstrumentMarket, timeframe: Timeframe): Promise<void> {
    await this.#mending?.complete(market, timeframe)
  }

  /** For the log, and to say that nothing here can be relied on now. */
  broken(error: unknown): void {
    this.#parts.log.error('market', 'a bug in market data; the feed is down', { error })
    this.#stopFeed?.()
    this.#setState('down', 'broken')
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.readers.dispose()
    this.#mending?.dispose()
    this.#stopFeed?.()
    this.#feed?.dispose()
    await this.recording.dispose()
  }

  async #begin(): Promise<void> {
    try {
      const feed = await this.#parts.createFeed()
      if (this.#isDisposed) return feed?.dispose()
      this.#feed = feed
      if (feed === undefined) return this.#setState('down', 'absent')
      this.#mending = new CandleMending(feed, (ask) => this.#guarded(ask))
      const since = feed.now()
      for (const instrument of feed.instruments) this.#markets.set(instrument.id, new InstrumentMarket(instrument, since))
      this.#stopFeed = feed.listen({
        events: (batch) => this.#take(batch),
        state: (state, reason) => this.#setState(state, reason),
      })
      void this.#learnPast()
    } catch (error) {
      this.broken(error)
    } finally {
      this.#isReady = true
    }
  }

  #take(batch: readonly MarketEvent[]): void {
    this.#rate.count(batch.length)
    for (const event of batch) {
      const market = this.#markets.get(event.instrument)
      if (market === undefined) continue
      const lastAt = market.pace.lastAt
      const outcome = market.apply(event)
      if (outcome === 'too-late') this.#noteLate(event.instrument)
      if (outcome === 'taken' || outcome === 'too-late' || lastAt === undefined) continue
      if (outcome === 'missed') {
        this.#gaps++
        this.#feed?.resync(event.instrument)
      }
      this.#mending?.plan(market, lastAt)
    }
    this.#prices?.see(batch)
    this.recording.take(batch)
    this.#mending?.mendDue()
    this.readers.turn()
  }

  /** A bug in here must leave the engine with prices that nobody believes, never with the last ones. */
  #guardPrices(prices: PriceTeller): void {
    try {
      prices.turn()
    } catch (error) {
      this.broken(error)
      prices.giveUp()
    }
  }

  /** Told ever more rarely: with the first, second, fourth, eighth one. */
  #noteLate(instrument: string): void {
    const count = ++this.#late
    if (!Number.isInteger(Math.log2(count))) return
    this.#parts.log.warn('market', 'trades came too late for their candles', { instrument, count })
  }

  #setState(state: FeedState, reason: FeedReason): void {
    if (state !== this.#state) this.#parts.log.info('market', 'the feed is in another state', { state, reason })
    this.#state = state
    this.#reason = reason
    if (state === 'down' || state === 'connecting') for (const market of this.#markets.values()) market.book.lose()
    for (const market of this.#markets.values()) market.touch()
  }

  /** The day of each instrument, one after the other, with the others' turns between them. */
  async #learnPast(): Promise<void> {
    const feed = this.#feed
    for (const market of this.#markets.values()) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.#isDisposed || feed === undefined) return
      await this.complete(market, '1d')
      const asOf = feed.now()
      const recent = await this.#guarded(() => feed.history(market.instrument.id, '1m', asOf, 1))
      const close = recent?.close.at(-1)
      if (close !== undefined) market.rememberLast(close, asOf)
    }
  }

  /** The source's past is not there when it is wanted: what is held stays as it is. */
  async #guarded<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await ask()
    } catch (error) {
      this.#parts.log.error('market', 'the past could not be read', { error })
      return undefined
    }
  }
}
