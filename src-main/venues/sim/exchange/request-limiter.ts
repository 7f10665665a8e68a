import type { RequestLimits } from './exchange-setup.ts'

const refusalsCountedMs = 10_000

export type LimiterVerdict = { readonly passes: true } | { readonly passes: false; readonly isBanned: boolean; readonly retryAfterMs: number }

/** A token bucket for one account; who goes on asking while it is empty is shut out for a time. */
export class RequestLimiter {
  #limits: RequestLimits
  #tokens: number
  #asOf = 0
  #bannedUntil = 0
  #refusedAt: number[] = []

  constructor(limits: RequestLimits) {
    this.#limits = limits
    this.#tokens = limits.capacity
  }

  /** What is in the bucket stays, as far as it fits. */
  limit(limits: RequestLimits): void {
    this.#limits = limits
  }

  ask(weight: number, now: number): LimiterVerdict {
    const { capacity, perSecond, banAfter, banMs } = this.#limits
    this.#tokens = Math.min(capacity, this.#tokens + ((now - this.#asOf) / 1000) * perSecond)
    this.#asOf = now
    if (now < this.#bannedUntil) return { passes: false, isBanned: true, retryAfterMs: this.#bannedUntil - now }
    if (this.#tokens >= weight) {
      this.#tokens -= weight
      return { passes: true }
    }
    this.#refusedAt = [...this.#refusedAt.filter((at) => at > now - refusalsCountedMs), now]
    const isBanned = this.#refusedAt.length >= banAfter
    if (!isBanned) return { passes: false, isBanned, retryAfterMs: Math.ceil(((weight - this.#tokens) / perSecond) * 1000) }
    this.#bannedUntil = now + banMs
    this.#refusedAt = []
    return { passes: false, isBanned, retryAfterMs: banMs }
  }
}
