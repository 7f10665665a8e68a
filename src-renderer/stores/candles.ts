import type { BridgeError, TimeframeName } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { barOfRow, type Bar } from '../charts/bar.ts'
import { barsMax, emptyWindow, joinBars, liveBars, trimmedLive, withLive, withNewer, withOlder, type BarWindow } from '../charts/bar-window.ts'
import { frameLengthMs } from '../charts/timeframes.ts'
import { createCandlePages, type CandlePages, type Page } from './candle-pages.ts'

export type CandlePhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown' }
  | { readonly kind: 'failed'; readonly error: BridgeError }

export interface CandleFeedParts {
  readonly bridge: Pick<ScreenBridge, 'call' | 'watch'>
  readonly instrument: string
  readonly timeframe: TimeframeName
  /** The market's clock. */
  readonly now: () => number
  /** All bars anew. */
  readonly onWindow: (window: BarWindow) => void
  /** The market moved: from this bar on something changed. */
  readonly onLive: (window: BarWindow, from: number) => void
  readonly onPhase: (phase: CandlePhase) => void
}

/** So many of the newest bars are kept beside the window, for the moment at which it reaches the present. */
const newestKept = 200

/**
 * The bars of one chart: a window onto the past that follows the market while it reaches the present.
 * Every snapshot of the stream - at first, after a reconnection, after a gap - lets it ask anew for what it may have missed.
 */
export class CandleFeed {
  readonly #parts: CandleFeedParts
  readonly #pages: CandlePages
  #window: BarWindow = emptyWindow
  #newest: readonly Bar[] = []
  /** The window holds all that the stream has said. */
  #isFresh = false
  #isPaging = false
  /** What was asked before the last jump is no longer wanted. */
  #jump = 0
  #end: (() => void) | undefined
  #keptFrom: number | undefined

  constructor(parts: CandleFeedParts) {
    this.#parts = parts
    this.#pages = createCandlePages(parts)
  }

  get window(): BarWindow {
    return this.#window
  }

  /** The window begins with the oldest bar that can be had, though the market is older: since when bars are kept. */
  get keptFrom(): number | undefined {
    return this.#window.hasOlder ? undefined : this.#keptFrom
  }

  get pages(): CandlePages {
    return this.#pages
  }

  start(): void {
    const { bridge, instrument, timeframe, onPhase } = this.#parts
    if (this.#window.bars.length === 0) onPhase({ kind: 'loading' })
    this.#end = bridge.watch('market.candle', { instrument, timeframe }, {
      snapshot: ({ candles }) => {
        this.#newest = candles.map(barOfRow)
        if (this.#window.hasNewer) this.#take(this.#window)
        else void this.#refill()
      },
      delta: ({ candles }) => this.#hear(candles.map(barOfRow)),
      ended: (error) => onPhase({ kind: 'failed', error }),
    })
  }

  /** Asks for nothing more; what is held stays. It can be started again. */
  stop(): void {
    this.#end?.()
    this.#end = undefined
    this.#isFresh = false
    this.#jump += 1
    this.#isPaging = false
  }

  /** After a failure: from the beginning. */
  retry(): void {
    this.stop()
    this.start()
  }

  loadOlder(): Promise<void> {
    const first = this.#window.bars[0]
    if (first === undefined || !this.#window.hasOlder) return Promise.resolve()
    return this.#page(() => this.#older(first.time), (page) => withOlder(this.#window, page.bars, page.hasMore))
  }

  loadNewer(): Promise<void> {
    const last = this.#window.bars.at(-1)
    if (last === undefined || !this.#window.hasNewer) return Promise.resolve()
    return this.#page(() => this.#pages.newer(last.time), (page) => {
      if (page.hasMore) return withNewer(this.#window, page.bars, true)
      this.#isFresh = true
      return withNewer(this.#window, joinBars(page.bars, this.#newest), false)
    })
  }

  /** A window around a time. */
  async goTo(time: number): Promise<boolean> {
    const before = time + (liveBars / 2) * frameLengthMs(this.#parts.timeframe)
    if (before > this.#parts.now()) return this.goLive()
    return this.#jumpTo(() => this.#older(before), true)
  }

  goLive(): Promise<boolean> {
    return this.#jumpTo(() => this.#older(undefined), false)
  }

  /** The oldest fall off, once there are clearly too many. Only where they are out of sight: that is for the caller to know. */
  trim(): void {
    const trimmed = trimmedLive(this.#window)
    if (trimmed !== this.#window) this.#take(trimmed)
  }

  #hear(news: readonly Bar[]): void {
    this.#newest = joinBars(this.#newest, news).slice(-newestKept)
    if (!this.#isFresh || this.#window.hasNewer) return
    // After an outage the engine tells closed bars again, as they really were.
    const last = this.#window.bars.at(-1)
    if (last !== undefined && news.some(({ time }) => time < last.time)) return this.#take(withNewer(this.#window, news, false))
    const { window, from } = withLive(this.#window, news)
    if (window.bars.length > barsMax + liveBars) return this.#take(withNewer(window, [], false))
    this.#window = window
    if (from !== undefined) this.#parts.onLive(window, from)
  }

  /** The newest page anew: what was missed is in it. Where it does not meet what is held, it takes its place. */
  async #refill(): Promise<void> {
    this.#isFresh = false
    const jump = ++this.#jump
    this.#isPaging = false
    const page = await this.#older(undefined)
    if (jump !== this.#jump) return
    if (!page.ok) return this.#parts.onPhase({ kind: 'failed', error: page.error })
    const last = this.#window.bars.at(-1)
    const first = page.bars[0]
    // A market whose clock was set back, as a fast demo's is by a restart, has no place for bars of its former future.
    const end = Math.max(page.bars.at(-1)?.time ?? 0, this.#newest.at(-1)?.time ?? 0)
    const meets = last !== undefined && first !== undefined && first.time <= last.time && last.time <= end
    const base: BarWindow = meets ? this.#window : { ...emptyWindow, hasOlder: page.hasMore }
    this.#isFresh = true
    this.#take(withNewer(base, joinBars(page.bars, this.#newest), false))
  }

  async #older(before: number | undefined): Promise<Page> {
    const page = await this.#pages.older(before)
    if (page.ok) this.#keptFrom = page.keptFrom
    return page
  }

  async #page(ask: () => Promise<Page>, taken: (page: Page & { ok: true }) => BarWindow): Promise<void> {
    if (this.#isPaging) return
    this.#isPaging = true
    const jump = this.#jump
    const page = await ask()
    if (jump !== this.#jump) return
    this.#isPaging = false
    if (page.ok) this.#take(taken(page))
    else this.#parts.onPhase({ kind: 'failed', error: page.error })
  }

  async #jumpTo(ask: () => Promise<Page>, hasNewer: boolean): Promise<boolean> {
    const jump = ++this.#jump
    this.#isPaging = false
    const page = await ask()
    if (jump !== this.#jump) return false
    if (!page.ok) {
      this.#parts.onPhase({ kind: 'failed', error: page.error })
      return false
    }
    this.#isFresh = !hasNewer
    this.#take({ bars: hasNewer ? page.bars : joinBars(page.bars, this.#newest), hasOlder: page.hasMore, hasNewer })
    return true
  }

  #take(window: BarWindow): void {
    this.#window = window
    this.#parts.onPhase({ kind: 'shown' })
    this.#parts.onWindow(window)
  }
}
