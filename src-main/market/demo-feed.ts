import type { CandleColumns, Instrument, Timeframe } from '../domain/index.ts'
import type { DemoControls, FeedListener, FeedReason, FeedState, MarketDisturbance, MarketFeed } from '../ports/index.ts'
import { minutesOf } from './candle-time.ts'
import { crossedForm, withoutFirstOfEach } from './demo-disturbance.ts'
import { readPast } from './demo-past.ts'
import type { DemoSource } from './demo-source.ts'
import { LoopTurns } from './loop-turns.ts'

export interface DemoFeedParts {
  readonly seed: number
  /** Stands still there from the beginning, until somebody lets it run. */
  readonly standsAt?: number
  readonly createMarket: (startAt: number) => DemoSource
  readonly wallMs: () => number
  readonly monotonicMs: () => number
  /** Calls again and again; the answer ends it. */
  readonly every: (action: () => void, periodMs: number) => () => void
  /** A bug: the feed is down and stays so. */
  readonly onBroken: (error: unknown) => void
}

const periodMs = 16
/** What one turn may cost: the rest of the time belongs to the engine. */
const workMaxMs = 8
/** As much of the market's time is asked for at once; times the speed, so that a fast market needs no more turns. */
const sliceMs = 100
/** A market that asks for more than this machine can do runs later, not in bursts. The start begins up to a minute back. */
const lagMaxMs = 65_000
/** The machine slept: the market goes to where the wall's clock is. */
const sleptMs = 10_000
/** The market itself would soon uncross its books. */
const crossedPeriodMs = 250
const gapPeriodMs = 6_000
/** Long enough that a person sees the gap. */
const resyncDelayMs = 1_500

/**
 * The demo market as a feed: a timer drives its time, at a speed that a person chooses.
 * It must never take the engine's loop for itself, and nothing that breaks in it may leave it.
 * Invariants: 1 one turn works no longer than its bound and one slice more; 2 a throw ends the feed with a reason, never the
 * process; 3 what is rehearsed is taken back whole: each book is told anew.
 */
export class DemoFeed implements MarketFeed {
  readonly demo: DemoControls
  readonly #parts: DemoFeedParts
  readonly #market: DemoSource
  readonly #resyncs = new Map<string, number>()
  readonly #turns = new LoopTurns()
  #listener: FeedListener | undefined
  #stopTimer: (() => void) | undefined
  #at: number
  #target: number
  #speed = 1
  #disturbance: MarketDisturbance = 'none'
  #state: FeedState = 'connecting'
  #lastWall: number
  #lastMonotonic: number
  #rehearsedAt = Number.NEGATIVE_INFINITY
  /** The next events lose the first one of each instrument. */
  #isLossDue = false

  constructor(parts: DemoFeedParts) {
    this.#parts = parts
    this.#lastWall = parts.wallMs()
    this.#lastMonotonic = parts.monotonicMs()
    // From the minute's beginning, so that no candle has to begin in its middle.
    this.#target = parts.standsAt ?? this.#lastWall
    this.#at = Math.floor(this.#target / 60_000) * 60_000
    if (parts.standsAt !== undefined) this.#speed = 0
    this.#market = parts.createMarket(this.#at)
    this.demo = {
      seed: parts.seed,
      speed: () => this.#speed,
      setSpeed: (speed) => this.#guard(() => this.#setSpeed(speed)),
      disturbance: () => this.#disturbance,
      disturb: (disturbance) => this.#guard(() => this.#disturb(disturbance)),
    }
  }

  get instruments(): readonly Instrument[] {
    return this.#market.instruments
  }

  now(): number {
    return this.#at
  }

  listen(listener: FeedListener): () => void {
    this.#listener = listener
    this.#stopTimer = this.#parts.every(() => this.#guard(() => this.#turn()), periodMs)
    listener.state(this.#state, 'none')
    return () => this.dispose()
  }

  /** A reader's wish is answered in a moment, as a venue would. */
  resync(instrument: string): void {
    if (!this.#resyncs.has(instrument)) this.#resyncs.set(instrument, this.#parts.monotonicMs() + resyncDelayMs)
  }

  /** Seconds are kept for some hours only; of all else, everything there ever was. */
  keptFrom(timeframe: Timeframe): number | undefined {
    return minutesOf(timeframe) < 1 ? this.#market.keptFrom(timeframe) : undefined
  }

  history(instrument: string, timeframe: Timeframe, before: number, limit: number): Promise<CandleColumns> {
    return readPast(this.#market, this.#turns, { instrument, timeframe, before, limit })
  }

  dispose(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    this.#listener = undefined
  }

  get #isMute(): boolean {
    return this.#disturbance === 'silence' || this.#disturbance === 'disconnect'
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#stopTimer?.()
      this.#stopTimer = undefined
      this.#parts.onBroken(error)
      this.#sayBroken()
    }
  }

  /** The listener itself may be what broke. */
  #sayBroken(): void {
    try {
      this.#setState('down', 'broken')
    } catch (error) {
      this.#parts.onBroken(error)
    }
  }

  #turn(): void {
    const wall = this.#parts.wallMs()
    const began = this.#parts.monotonicMs()
    const passed = began - this.#lastMonotonic
    const slept = wall - this.#lastWall - passed
    this.#lastWall = wall
    this.#lastMonotonic = began
    if (this.#speed > 0) this.#target += (passed + (slept > sleptMs ? slept : 0)) * this.#speed
    if (this.#state === 'connecting' && this.#disturbance !== 'disconnect') this.#connect()
    this.#answerResyncs(began)
    const slice = sliceMs * Math.max(1, this.#speed)
    // A whole sleep is one leap: the market knows how to begin anew there.
    if (this.#target - this.#at > 2 * lagMaxMs * Math.max(1, this.#speed)) this.#advance(Math.floor(this.#target))
    // The market's time is whole milliseconds; what is left of one waits.
    while (this.#at < Math.floor(this.#target)) {
      this.#advance(Math.min(Math.floor(this.#target), this.#at + slice))
      if (this.#parts.monotonicMs() - began > workMaxMs) break
    }
    this.#target = Math.min(this.#target, this.#at + lagMaxMs * Math.max(1, this.#speed))
    if (this.#disturbance !== 'none') this.#rehearse(began)
  }

  #connect(): void {
    this.#tellBooks(false)
    this.#setState(this.#speed === 0 ? 'paused' : 'live', 'none')
  }

  #advance(at: number): void {
    const events = this.#market.advanceTo(at)
    this.#at = at
    if (events.length === 0 || this.#isMute) return
    this.#listener?.events(this.#isLossDue ? withoutFirstOfEach(events) : events)
    this.#isLossDue = false
  }

  #setSpeed(speed: number): void {
    this.#speed = speed
    if (speed === 0) this.#target = this.#at
    if (this.#state === 'live' || this.#state === 'paused') this.#setState(speed === 0 ? 'paused' : 'live', 'none')
  }

  #disturb(disturbance: MarketDisturbance): void {
    const before = this.#disturbance
    if (before === disturbance) return
    this.#disturbance = disturbance
    if (before === 'disconnect') this.#setState('connecting', 'none')
    else if (before !== 'none') this.#tellBooks(false)
    if (disturbance === 'disconnect') this.#setState('down', 'rehearsal')
    this.#rehearsedAt = Number.NEGATIVE_INFINITY
    this.#isLossDue = false
  }

  /** What a disturbance does again and again. */
  #rehearse(now: number): void {
    const periodOfIt = this.#disturbance === 'gap' ? gapPeriodMs : crossedPeriodMs
    if (now - this.#rehearsedAt < periodOfIt) return
    this.#rehearsedAt = now
    if (this.#disturbance === 'crossed') this.#tellBooks(true)
    if (this.#disturbance === 'gap') this.#isLossDue = true
  }

  #answerResyncs(now: number): void {
    for (const [instrument, due] of this.#resyncs) {
      if (now < due || this.#isMute) continue
      this.#resyncs.delete(instrument)
      this.#listener?.events([this.#market.snapshotOf(instrument)])
    }
  }

  #tellBooks(isCrossed: boolean): void {
    const books = this.#market.instruments.map(({ id }) => this.#market.snapshotOf(id))
    this.#listener?.events(isCrossed ? books.map(crossedForm) : books)
  }

  #setState(state: FeedState, reason: FeedReason): void {
    this.#state = state
    this.#listener?.state(state, reason)
  }
}
