import type { Random } from '../../base/index.ts'

/** How often a channel may be used. What is critical may use the last of it, what is not may not. */
export interface PaceLimits {
  readonly burst: number
  readonly keptForCritical: number
  readonly refillMs: number
}

export class Pace {
  readonly #limits: PaceLimits
  #tokens: number
  #filledAt: number

  constructor(limits: PaceLimits, nowMs: number) {
    this.#limits = limits
    this.#tokens = limits.burst
    this.#filledAt = nowMs
  }

  /** Takes one turn and gives 0, or says how long to wait for it. */
  take(nowMs: number, isCritical: boolean): number {
    const { burst, keptForCritical, refillMs } = this.#limits
    this.#tokens = Math.min(burst, this.#tokens + (nowMs - this.#filledAt) / refillMs)
    this.#filledAt = nowMs
    const needed = isCritical ? 1 : 1 + keptForCritical
    if (this.#tokens < needed) return Math.ceil((needed - this.#tokens) * refillMs)
    this.#tokens -= 1
    return 0
  }
}

export interface BackoffLimits {
  readonly firstMs: number
  readonly maxMs: number
  /** For a receiver that said it does not want this. */
  readonly lastingMs: number
}

/** Twice as long each time up to a bound, and a fifth more or less, so that receivers are not all asked at once. */
export function backoffMs(limits: BackoffLimits, failures: number, isLasting: boolean, random: Random): number {
  const { firstMs, maxMs, lastingMs } = limits
  const plainMs = isLasting ? lastingMs : Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(plainMs * (0.8 + 0.4 * random.nextFloat53()))
}
