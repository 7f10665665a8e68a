import type { BridgeError } from '../../src-preload/contract/index.ts'
import type { Bar } from './bar.ts'
import { emptyWindow, joinBars, trimmedLive, type BarWindow } from './bar-window.ts'

/** Bars for each second of ours. */
export const replaySpeeds = [1, 2, 5, 10, 25, 50, 100] as const
export type ReplaySpeed = (typeof replaySpeeds)[number]

export type ReplayState = 'loading' | 'paused' | 'playing' | 'ended' | 'failed'

type Page =
  | { readonly ok: true; readonly bars: readonly Bar[]; readonly hasMore: boolean }
  | { readonly ok: false; readonly error: BridgeError }

export interface ReplayParts {
  readonly pages: {
    older(before: number): Promise<Page>
    newer(after: number): Promise<Page>
  }
  readonly onWindow: (window: BarWindow) => void
  readonly onBars: (window: BarWindow, from: number) => void
  readonly onState: (state: ReplayState) => void
}

/** The next page is asked for when so few bars are left: three seconds at full speed. */
const aheadLeast = 300

/**
 * The past as if it happened now. It shows only bars that are over at the moment that it has reached, and never one of
 * after it: whoever replays must not see what comes.
 */
export class Replay {
  readonly #parts: ReplayParts
  #window: BarWindow = emptyWindow
  #ahead: readonly Bar[] = []
  #hasMore = true
  #isAsking = false
  #state: ReplayState = 'loading'
  #speed: ReplaySpeed = 5
  /** The part of a bar that time has brought so far. */
  #carry = 0
  #isDisposed = false

  constructor(parts: ReplayParts) {
    this.#parts = parts
  }

  get state(): ReplayState {
    return this.#state
  }

  get speed(): ReplaySpeed {
    return this.#speed
  }

  get window(): BarWindow {
    return this.#window
  }

  /** Shows what was before this time, and waits. */
  async begin(time: number): Promise<void> {
    const page = await this.#parts.pages.older(time)
    if (this.#isDisposed) return
    if (!page.ok || page.bars.length === 0) return this.#become(page.ok ? 'ended' : 'failed')
    this.#window = { bars: page.bars, hasOlder: page.hasMore, hasNewer: true }
    this.#parts.onWindow(this.#window)
    await this.#fill()
    if (this.#state === 'loading') this.#become('paused')
  }

  play(): void {
    if (this.#state === 'paused') this.#become('playing')
  }

  pause(): void {
    if (this.#state === 'playing') this.#become('paused')
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#speed = speed
  }

  /** One bar on. */
  step(): void {
    this.pause()
    if (this.#state === 'paused') this.#show(1)
  }

  /** So much of our time has gone by. */
  advance(elapsedMs: number): void {
    if (this.#state !== 'playing') return
    this.#carry += (elapsedMs / 1_000) * this.#speed
    const count = Math.floor(this.#carry)
    this.#carry -= count
    if (count > 0) this.#show(count)
  }

  dispose(): void {
    this.#isDisposed = true
  }

  #show(count: number): void {
    const next = this.#ahead.slice(0, count)
    this.#ahead = this.#ahead.slice(count)
    if (next.length > 0) {
      const from = this.#window.bars.length
      const grown: BarWindow = { ...this.#window, bars: [...this.#window.bars, ...next] }
      this.#window = trimmedLive(grown)
      if (this.#window === grown) this.#parts.onBars(grown, from)
      else this.#parts.onWindow(this.#window)
    }
    if (this.#ahead.length < aheadLeast) void this.#fill()
    if (this.#ahead.length === 0 && !this.#hasMore) this.#become('ended')
  }

  async #fill(): Promise<void> {
    const last = this.#ahead.at(-1) ?? this.#window.bars.at(-1)
    if (this.#isAsking || !this.#hasMore || last === undefined) return
    this.#isAsking = true
    const page = await this.#parts.pages.newer(last.time)
    this.#isAsking = false
    if (this.#isDisposed) return
    if (!page.ok) return this.#become('failed')
    this.#hasMore = page.hasMore
    // The newest bar of all may still form: it is not over, so it is not replayed.
    this.#ahead = joinBars(this.#ahead, page.hasMore ? page.bars : page.bars.slice(0, -1))
  }

  #become(state: ReplayState): void {
    if (state === this.#state) return
    this.#state = state
    this.#parts.onState(state)
  }
}
