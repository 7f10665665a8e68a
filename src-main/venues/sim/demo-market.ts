import { assert, ensureDefined } from '../../base/index.ts'
import type { BookSnapshot, CandleColumns, Instrument, MarketEvent, Timeframe } from '../../domain/index.ts'
import { candleWindow, secondsKeptFrom } from './candle-windows.ts'
import { demoInstruments } from './demo-instruments.ts'
import { InstrumentStream } from './instrument-stream.ts'
import { historyStart, MarketPast } from './market-past.ts'
import { mergeByTime } from './merge-by-time.ts'
import { MinutePlans } from './minute-plans.ts'
import { grainOf } from './timeframe-grid.ts'

export { historyStart }

export interface DemoMarketOptions {
  /** From 0 to 2^53 - 1; the same seed is the same market. */
  readonly seed: number
  /** Where the market's clock stands at first, in milliseconds UTC; not before `historyStart`. */
  readonly startAt: number
  /** Updates per second of each instrument, up to 500, day and night alike; without it each has its own pace and rhythm. */
  readonly intensity?: number | undefined
}

export const intensityMax = 500
/** One call tells no more than this much of the market; asked to go further, it jumps there instead. */
export const stepMaxMs = 60_000

/** The demo market: stands at a virtual time, which only `advanceTo` moves. */
export class DemoMarket {
  readonly seed: number
  readonly instruments: readonly Instrument[] = demoInstruments.map(({ instrument }) => instrument)
  readonly #past: MarketPast
  readonly #plans: MinutePlans
  readonly #streams: readonly InstrumentStream[]
  #now: number
  #isToldBooks = false

  constructor({ seed, startAt, intensity }: DemoMarketOptions) {
    assert(Number.isSafeInteger(startAt) && startAt >= historyStart, 'expected a start after the beginning of history')
    assert(intensity === undefined || (intensity > 0 && intensity <= intensityMax), 'expected an intensity up to 500 updates per second')
    this.seed = seed
    this.#now = startAt
    this.#past = new MarketPast(seed)
    this.#plans = new MinutePlans(this.#past, intensity)
    this.#streams = demoInstruments.map((traits, index) => new InstrumentStream(traits, index, this.#past, this.#plans, startAt))
  }

  now(): number {
    return this.#now
  }

  /**
   * All that happens after the last call up to and with this time, in order of time; the first call begins with a book of each
   * instrument. More than a minute ahead it does not tell what lay between: it jumps, and tells the books anew.
   */
  advanceTo(time: number): readonly MarketEvent[] {
    assert(Number.isSafeInteger(time), 'expected a time in whole milliseconds')
    const told: MarketEvent[] = this.#isToldBooks ? [] : this.#streams.map((stream) => stream.snapshot())
    this.#isToldBooks = true
    if (time <= this.#now) return told
    const isJump = time - this.#now > stepMaxMs
    this.#now = time
    if (isJump) {
      for (const stream of this.#streams) stream.jumpTo(time)
      return this.#streams.map((stream) => stream.snapshot())
    }
    const parts = this.#streams.map((stream) => {
      const events: MarketEvent[] = []
      stream.run(time, events)
      return events
    })
    mergeByTime(parts, told)
    return told
  }

  /** The whole book as it is now. */
  snapshotOf(instrument: string): BookSnapshot {
    return ensureDefined(this.#streams[this.#indexOf(instrument)], 'the instrument').snapshot()
  }

  /**
   * The newest candles that opened before a time, oldest first. Nothing after the market's own time is told: the last may still
   * be forming, and then holds exactly the trades told so far. Candles of seconds reach back six hours. With a `since`, which has
   * to be an opening, nothing before it is told, and nothing of it costs anything.
   */
  candles(instrument: string, timeframe: Timeframe, before: number, limit: number, since = historyStart): CandleColumns {
    const request = { index: this.#indexOf(instrument), timeframe, before: Math.min(before, this.#now + 1), limit, since, now: this.#now }
    return candleWindow(this.#past, request, (index, time) => this.#plans.trades(index, time))
  }

  /** When the oldest candle of this timeframe opened that can be told now. */
  keptFrom(timeframe: Timeframe): number {
    return grainOf(timeframe) === 'second' ? secondsKeptFrom(this.#now) : historyStart
  }

  #indexOf(instrument: string): number {
    const index = this.instruments.findIndex(({ id }) => id === instrument)
    assert(index >= 0, 'expected an instrument of the demo market')
    return index
  }
}

export const createDemoMarket = (options: DemoMarketOptions): DemoMarket => new DemoMarket(options)
