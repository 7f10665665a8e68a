import type { BridgeError, InstrumentView, TimeframeName } from '../../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../../bridge/screen-bridge.ts'
import { barOfRow, type Bar } from '../../charts/bar.ts'
import type { PriceChart } from '../../charts/price-chart.ts'
import { frameLengthMs } from '../../charts/timeframes.ts'
import { createCandlePages, type CandlePages } from '../../stores/candle-pages.ts'

interface ComparedFeedParts {
  readonly bridge: Pick<ScreenBridge, 'call' | 'watch'>
  readonly chart: PriceChart
  readonly instrument: InstrumentView
  readonly timeframe: TimeframeName
  readonly now: () => number
  /** What the chart shows now. */
  readonly shown: () => readonly Bar[]
  /** Why its closes do not come, or that they do again. */
  readonly onTrouble: (error: BridgeError | undefined) => void
}

/** More than this the engine gives in no one answer. */
const pageMax = 5_000
const askAgainMs = 10_000

/** Brings another instrument's closes for the bars that the chart holds. */
export class ComparedFeed {
  readonly #parts: ComparedFeedParts
  readonly #pages: CandlePages
  readonly #end: () => void
  #asked = 0
  #streamTrouble: BridgeError | undefined
  #pageTrouble: BridgeError | undefined
  #pageAskedAt = 0

  constructor(parts: ComparedFeedParts) {
    this.#parts = parts
    this.#pages = createCandlePages({ ...parts, instrument: parts.instrument.id })
    const hear = (bars: readonly Bar[]): void => parts.chart.compared?.takeLive(bars)
    this.#end = parts.bridge.watch('market.candle', { instrument: parts.instrument.id, timeframe: parts.timeframe }, {
      snapshot: ({ candles }) => {
        this.#streamTrouble = undefined
        this.#tell()
        hear(candles.map(barOfRow))
      },
      delta: ({ candles }) => {
        hear(candles.map(barOfRow))
        // A chart that nobody moves asks for no other page: without this one answer that came too late would be the last word.
        if (this.#pageTrouble !== undefined && parts.now() - this.#pageAskedAt >= askAgainMs) void this.cover(parts.shown())
      },
      // What is drawn of it stands still from here on, beside prices that move.
      ended: (error) => {
        this.#streamTrouble = error
        this.#tell()
      },
    })
  }

  /** Its bars for the same time. */
  async cover(bars: readonly Bar[]): Promise<void> {
    const last = bars.at(-1)
    if (last === undefined) return
    const asked = ++this.#asked
    this.#pageAskedAt = this.#parts.now()
    const before = last.time + frameLengthMs(this.#parts.timeframe)
    // It may have traded where the chart's own did not, so more of them may lie in the same time.
    const page = await this.#pages.older(before, Math.min(pageMax, bars.length * 2))
    if (asked !== this.#asked) return
    if (page.ok) this.#parts.chart.compareWith(page.bars)
    this.#pageTrouble = page.ok ? undefined : page.error
    this.#tell()
  }

  /** Each of the two has its own trouble, and only its own success ends it. */
  #tell(): void {
    this.#parts.onTrouble(this.#streamTrouble ?? this.#pageTrouble)
  }

  dispose(): void {
    this.#asked += 1
    this.#end()
  }
}
