import type { ExchangeAnswer, ExchangeCall } from './exchange-call.ts'
import type { ExchangeAccount, RequestLimits, VenueBehaviour } from './exchange-setup.ts'
import { RequestLimiter } from './request-limiter.ts'
import { venueCodes } from './venue-codes.ts'

const weights: Readonly<Record<ExchangeCall['kind'], number>> = {
  'place': 1, 'cancel': 1, 'amend': 1, 'cancel-all': 1, 'lookup': 2,
  'open-orders': 5, 'closed-orders': 5, 'trades': 5, 'positions': 5, 'balances': 5, 'postings': 5,
}

/** What a call meets before the exchange looks at what it wants: whose it is, maintenance, limits and the time that it carries. */
export class ExchangeDoor {
  readonly #behaviour: VenueBehaviour
  readonly #limiters: ReadonlyMap<string, RequestLimiter>

  constructor(behaviour: VenueBehaviour, accounts: readonly ExchangeAccount[]) {
    this.#behaviour = behaviour
    this.#limiters = new Map(accounts.map(({ id }) => [id, new RequestLimiter(behaviour.limits)]))
  }

  limit(limits: RequestLimits): void {
    for (const limiter of this.#limiters.values()) limiter.limit(limits)
  }

  refusalOf(call: ExchangeCall, now: number): ExchangeAnswer | undefined {
    const limiter = this.#limiters.get(call.account)
    if (limiter === undefined) return { ...venueCodes.unknownAccount }
    if (this.#behaviour.maintenance.some(({ from, to }) => now >= from && now < to)) return { ...venueCodes.maintenance }
    const verdict = limiter.ask(weights[call.kind], now)
    if (!verdict.passes) return { ...venueCodes[verdict.isBanned ? 'banned' : 'tooManyRequests'], retryAfterMs: verdict.retryAfterMs }
    return this.isInTime(call, now) ? undefined : { ...venueCodes.outsideWindow }
  }

  /** By the exchange's clock: not signed in its future, and not so late that its sender has given it up. */
  isInTime(call: ExchangeCall, now: number): boolean {
    const { clockSkewMs, clockAheadMaxMs, receiveWindowMs } = this.#behaviour
    const clock = now + clockSkewMs
    const validUntil = call.kind === 'place' && call.validUntil !== undefined ? call.validUntil : call.timestamp + receiveWindowMs
    return call.timestamp <= clock + clockAheadMaxMs && clock <= validUntil
  }
}
