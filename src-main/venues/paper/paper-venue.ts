import { createRandom, ensureDefined } from '../../base/index.ts'
import type { MarketReport, VenueReport, VenueRequest } from '../../domain/index.ts'
import type { Venue, VenueListener } from '../../ports/index.ts'
import { houseAssets, houseTradables, SimExchange } from '../sim/index.ts'
import type { AccountTruth, ChaosPresetName, ExchangeAccount, ExchangeOutput } from '../sim/index.ts'
import { AccountLine } from './account-line.ts'
import { resetAccount } from './account-reset.ts'
import type { AccountReset, ResetOutcome } from './account-reset.ts'
import { MarketDriver } from './market/market-driver.ts'
import type { MarketPace } from './market/market-pace.ts'
import type { Timeline } from './timeline.ts'
import { TruthKeeper } from './truth-keeper.ts'
import type { KeptTruth, ResetNote, TruthLog } from './truth-log.ts'
import { calmBehaviour, lagMostMs, VenueMoments } from './weather/venue-moments.ts'
import { shakePeriodMs, Weather } from './weather/weather.ts'

export interface PaperVenueParts {
  readonly timeline: Timeline
  /** The clock of the machine that asks, where it is another than the timeline. */
  readonly wallMs?: () => number
  readonly pace: MarketPace
  /** What the ids of our orders begin with. */
  readonly installation: string
  readonly accounts: readonly ExchangeAccount[]
  readonly weather?: ChaosPresetName
  /** How often the exchange sees the market. */
  readonly feedEveryMs?: number
  /** What was kept of an exchange that was here before. */
  readonly kept?: KeptTruth
  /** Without it nothing is kept, and everything is told at once. */
  readonly log?: TruthLog
  /** The venue's own prices, for whoever has no other. */
  readonly onMarket?: (report: MarketReport) => void
  /** The best prices are told at every look, as a ticker does, and not only when they changed. */
  readonly isTicker?: boolean
  readonly onWeather?: (weather: WeatherNow) => void
}

/** An account as the venue has it: what it was opened with before wins over what is asked for now. */
export interface OpenedAccount {
  readonly id: string
  readonly positions: ExchangeAccount['positions']
  readonly lots: ExchangeAccount['lots']
  readonly balances: ExchangeAccount['balances']
}

export interface WeatherNow {
  readonly preset: ChaosPresetName
  /** How often each fault has struck in this life of the venue. */
  readonly struck: Readonly<Record<string, number>>
}

const usualFeedMs = 100

/**
 * The house's own exchange with everything that lies between it and an engine: fed by the demo market, in the weather that somebody
 * chose, in time that is handed in.
 *
 * Invariants:
 * 1. Nothing is told of the exchange before what it follows from is durable.
 * 2. A request is carried at most once, and one that came by a line that has ended is not carried at all.
 * 3. While the market stands still nothing fills.
 */
export class PaperVenue implements Venue {
  readonly #parts: PaperVenueParts
  readonly #timeline: Timeline
  readonly #feedEveryMs: number
  readonly #exchange: SimExchange
  readonly #weather: Weather
  readonly #moments: VenueMoments
  readonly #driver: MarketDriver
  readonly #keeper: TruthKeeper
  #lines = new Map<string, AccountLine>()
  #endLines: () => void = () => undefined
  #report: (report: VenueReport) => void = () => undefined
  #wakeAt = Infinity
  #resets = 0
  #isDisposed = false

  constructor(parts: PaperVenueParts) {
    this.#parts = parts
    const { accounts, kept, pace } = parts
    this.#timeline = wholeMilliseconds(parts.timeline)
    this.#feedEveryMs = parts.feedEveryMs ?? usualFeedMs
    const random = createRandom(pace.seed).split(`venue ${kept?.lives ?? 0}`)
    this.#exchange = new SimExchange({
      seed: random.nextUint32(), startAt: Math.max(this.#timeline.now, kept?.books.counts?.at ?? 0), tradables: houseTradables, assets: houseAssets, accounts,
      isNoted: true, isMarketTold: false,
      // It remembers for as long as any weather may ask it to.
      behaviour: { ...calmBehaviour, lag: { ...calmBehaviour.lag, lookupMs: lagMostMs } },
      ...(kept === undefined ? {} : { books: kept.books }),
    })
    this.#weather = new Weather(random)
    this.#moments = new VenueMoments({
      exchange: this.#exchange, timeline: this.#timeline, weather: this.#weather, accounts: this.#exchange.accounts().map(({ id }) => id),
      moved: (instrument) => this.#driver.tellBook(instrument),
      tell: (report) => this.#report(report(this.#wallMs())),
    })
    this.#driver = new MarketDriver({
      exchange: this.#exchange, tradables: houseTradables, pace, wallMs: () => this.#wallMs(), ...(kept?.market === undefined ? {} : { leftAt: kept.market }),
    })
    this.#keeper = new TruthKeeper({
      exchange: this.#exchange, log: parts.log, kept, deliver: (output) => this.#deliver(output),
      market: () => ({ seed: this.#driver.pace.seed, at: this.#driver.at }),
    })
    this.#keeper.begin()
    this.#moments.become(parts.weather ?? 'calm')
    this.#driver.turn()
    this.#pump()
    this.#feedAgain()
    this.#shakeAgain()
  }

  perform(request: VenueRequest): void {
    // Nobody listens: it came by a line that has ended.
    if (this.#isDisposed || this.#lines.size === 0) return
    ensureDefined(this.#lines.get(request.account), 'a line to the account').send(request)
    this.#wake()
  }

  /** A new line for whoever listens; the one before it ends. */
  listen(listener: VenueListener): () => void {
    this.#endLines()
    const { installation } = this.#parts
    let isOpen = true
    const lines = new Map(this.#exchange.accounts().map(({ id: account }) => [account, new AccountLine({
      account, installation, timeline: this.#timeline, weather: this.#weather, moments: this.#moments,
      exchange: { receive: (call, at) => this.#receive(call, at) },
      clockOffset: () => Math.round(this.#wallMs() - this.#timeline.now),
      deliver: (report) => { if (isOpen) listener.report(report) },
    })]))
    this.#lines = lines
    this.#report = (report) => listener.report(report)
    const end = (): void => {
      if (!isOpen) return
      isOpen = false
      this.#report = () => undefined
      this.#lines = new Map()
      for (const line of lines.values()) line.close()
    }
    this.#endLines = end
    this.#timeline.after(0, () => { if (isOpen) for (const line of lines.values()) line.connect() })
    return end
  }

  // --- what a person may do to it

  follow(pace: MarketPace): void {
    this.#driver.follow(pace)
    this.#pump()
    this.#tellMarket()
  }

  become(weather: ChaosPresetName): void {
    this.#moments.become(weather)
    this.#parts.onWeather?.(this.weather())
    this.#wake()
  }

  weather(): WeatherNow {
    return { preset: this.#weather.preset, struck: Object.fromEntries(this.#weather.counts) }
  }

  /** All orders end, contracts are closed at the mark, and a transfer brings every balance to what is asked for. */
  reset(reset: AccountReset): ResetOutcome {
    this.#pump()
    this.#resets += 1
    const outcome = resetAccount(this.#exchange, reset, `reset-${this.#exchange.now()}-${this.#resets}`)
    if (outcome.ok) this.#keeper.noteReset({ account: reset.account, at: this.#exchange.now(), reason: reset.reason })
    this.#pump()
    return outcome
  }

  /** The exchange's own truth, for those who check. */
  truth(account: string): AccountTruth {
    return this.#exchange.truth(account)
  }

  ledgerSums(): ReadonlyMap<string, bigint> {
    return this.#exchange.ledgerSums()
  }

  /** As they were opened, with what they hold. */
  accounts(): readonly OpenedAccount[] {
    return this.#exchange.accounts().map(({ id, positions, lots }) =>
      ({ id, positions, lots, balances: this.#exchange.truth(id).balances.map(({ asset, total }) => ({ asset, amount: total })) }))
  }

  resets(): readonly ResetNote[] {
    return this.#keeper.resets
  }

  dispose(): Promise<void> {
    this.#isDisposed = true
    this.#endLines()
    return Promise.resolve()
  }

  // --- inside

  #wallMs(): number {
    return this.#parts.wallMs?.() ?? this.#timeline.now
  }

  #receive(call: Parameters<SimExchange['receive']>[0], at: number): number {
    const ticket = this.#exchange.receive(call, Math.max(at, this.#exchange.now()))
    this.#wake()
    return ticket
  }

  #feedAgain(): void {
    this.#timeline.after(this.#feedEveryMs, () => {
      if (this.#isDisposed) return
      this.#pump()
      this.#driver.turn()
      this.#pump()
      this.#tellMarket()
      this.#feedAgain()
    })
  }

  #shakeAgain(): void {
    this.#timeline.after(shakePeriodMs, () => {
      if (this.#isDisposed) return
      const before = this.#struckCount()
      for (const line of this.#lines.values()) line.shake()
      this.#moments.look()
      if (this.#struckCount() !== before) this.#parts.onWeather?.(this.weather())
      this.#wake()
      this.#shakeAgain()
    })
  }

  #struckCount(): number {
    let count = 0
    for (const each of this.#weather.counts.values()) count += each
    return count
  }

  #tellMarket(): void {
    const { onMarket, isTicker = false } = this.#parts
    if (onMarket !== undefined) for (const report of this.#exchange.lookAtMarket(isTicker)) onMarket(report)
  }

  /** Whatever is due by now happens, is written down, and is told as soon as that is durable. */
  #pump(): void {
    if (this.#isDisposed) return
    this.#keeper.take(this.#exchange.advance(Math.max(this.#timeline.now, this.#exchange.now())))
    this.#wake()
  }

  #wake(): void {
    const at = this.#exchange.nextAt()
    const inMs = Math.max(0, at - this.#timeline.now)
    // What is further away is met when the market is looked at.
    if (at >= this.#wakeAt || inMs > this.#feedEveryMs) return
    this.#wakeAt = at
    this.#timeline.after(inMs, () => {
      if (this.#wakeAt === at) this.#wakeAt = Infinity
      this.#pump()
    })
  }

  #deliver(output: ExchangeOutput): void {
    if (output.kind === 'market') return
    const account = output.kind === 'stream' ? output.account : output.call.account
    this.#lines.get(account)?.take(output)
  }
}

/** The exchange counts whole milliseconds, and so does the line to it. */
const wholeMilliseconds = (timeline: Timeline): Timeline => ({
  get now() {
    return Math.floor(timeline.now)
  },
  after: (delayMs, run) => timeline.after(Math.ceil(delayMs), run),
})
