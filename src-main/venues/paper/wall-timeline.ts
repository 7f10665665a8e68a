import type { Timeline } from './timeline.ts'

export interface WallTimelineParts {
  /** Milliseconds UTC; may jump. */
  readonly wallMs: () => number
  /** Milliseconds since some moment; never goes back. */
  readonly monotonicMs: () => number
  /** Where this clock stood when it was last here: it goes on from there, whatever the wall says. */
  readonly notBefore?: number
  readonly later: (delayMs: number, run: () => void) => void
}

/** A machine that slept, or a clock that was set forward. */
const jumpMs = 1_000
/** A timer cannot be set further than this; whoever waits longer is woken and waits again. */
const delayMostMs = 2 ** 31 - 1

/**
 * The venue's clock: the wall's, but it never goes back. Where the wall's clock was set back it runs at half speed until the wall has
 * caught up; a leap forward it follows.
 */
export class WallTimeline implements Timeline {
  readonly #parts: WallTimelineParts
  #now: number
  #lookedAt: number

  constructor(parts: WallTimelineParts) {
    this.#parts = parts
    this.#now = Math.max(parts.wallMs(), parts.notBefore ?? 0)
    this.#lookedAt = parts.monotonicMs()
  }

  /** Whole milliseconds. */
  get now(): number {
    const [wall, monotonic] = [this.#parts.wallMs(), this.#parts.monotonicMs()]
    const passed = monotonic - this.#lookedAt
    this.#lookedAt = monotonic
    const ahead = Math.max(0, this.#now + passed - wall)
    this.#now += passed - Math.min(ahead, passed / 2)
    if (wall - this.#now > jumpMs) this.#now = wall
    return Math.floor(this.#now)
  }

  after(delayMs: number, run: () => void): void {
    this.#parts.later(Math.min(delayMostMs, Math.ceil(delayMs)), run)
  }
}
