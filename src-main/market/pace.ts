/** How often an instrument is usually heard of, and from that, how long its silence may last before its prices count as stale. */
export interface PaceLimits {
  /** Times the usual interval. */
  readonly patience: number
  readonly leastMs: number
  readonly mostMs: number
}

export const paceLimits: PaceLimits = { patience: 20, leastMs: 5_000, mostMs: 60_000 }

/** Of each new interval this much goes into what is usual: some thirty of them make a habit. */
const weight = 1 / 32

export class Pace {
  readonly #limits: PaceLimits
  #lastAt: number | undefined
  #usualMs: number | undefined

  constructor(limits: PaceLimits = paceLimits) {
    this.#limits = limits
  }

  /** By the market's clock; undefined while nothing was heard. */
  get lastAt(): number | undefined {
    return this.#lastAt
  }

  heard(at: number): void {
    if (this.#lastAt !== undefined && at <= this.#lastAt) return
    // An outage is no habit: past the longest patience an interval teaches nothing.
    if (this.#lastAt !== undefined) this.#learn(Math.min(at - this.#lastAt, this.#limits.mostMs / this.#limits.patience))
    this.#lastAt = at
  }

  staleAfterMs(): number {
    const { patience, leastMs, mostMs } = this.#limits
    return Math.min(mostMs, Math.max(leastMs, patience * (this.#usualMs ?? 0)))
  }

  isStale(now: number): boolean {
    return this.#lastAt === undefined || now - this.#lastAt > this.staleAfterMs()
  }

  #learn(interval: number): void {
    this.#usualMs = this.#usualMs === undefined ? interval : this.#usualMs + (interval - this.#usualMs) * weight
  }
}
