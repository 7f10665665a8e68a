import { assert, ensureDefined } from '../base/index.ts'

/**
 * Which breakers are open, for everything, per account and per instrument. It must never let an order pass an open breaker.
 * Invariants: 1 an order is stopped as long as any breaker of its instrument, its account or of everything is open; 2 two breakers never close each other.
 */
export const breakers = [
  'loss-streak', 'daily-loss', 'drawdown', 'volatility', 'stale', 'latency', 'clock', 'reconcile', 'unknown-orders', 'order-rate', 'venue', 'key',
] as const
export type Breaker = (typeof breakers)[number]

/** What a breaker stops: everything where neither is named. */
export interface BreakerScope {
  readonly account?: string
  readonly instrument?: string
}

const bitOf = (breaker: Breaker): number => 1 << breakers.indexOf(breaker)

export class BreakerBoard {
  /** One word of bits each: everything, then the accounts, then the instruments. */
  readonly #flags: Int32Array
  readonly #accounts: ReadonlyMap<string, number>
  readonly #instruments: ReadonlyMap<string, number>

  constructor(accounts: readonly string[], instruments: readonly string[]) {
    this.#accounts = new Map(accounts.map((id, index) => [id, 1 + index]))
    this.#instruments = new Map(instruments.map((id, index) => [id, 1 + accounts.length + index]))
    this.#flags = new Int32Array(1 + accounts.length + instruments.length)
  }

  open(breaker: Breaker, scope: BreakerScope): void {
    const place = this.#placeOf(scope)
    this.#flags[place] = (this.#flags[place] ?? 0) | bitOf(breaker)
  }

  close(breaker: Breaker, scope: BreakerScope): void {
    const place = this.#placeOf(scope)
    this.#flags[place] = (this.#flags[place] ?? 0) & ~bitOf(breaker)
  }

  /** Where an account or an instrument stands, so that the check looks up no name. */
  accountPlace(account: string): number {
    return ensureDefined(this.#accounts.get(account), 'the account on the board of breakers')
  }

  instrumentPlace(instrument: string): number {
    return ensureDefined(this.#instruments.get(instrument), 'the instrument on the board of breakers')
  }

  /** The check before every order: the bits of what stops it, 0 for nothing. A place that is not on the board is stopped by everything. */
  stopping(accountPlace: number, instrumentPlace: number): number {
    const flags = this.#flags
    return (flags[0] ?? -1) | (flags[accountPlace] ?? -1) | (flags[instrumentPlace] ?? -1)
  }

  names(stopping: number): readonly Breaker[] {
    return breakers.filter((breaker) => (stopping & bitOf(breaker)) !== 0)
  }

  #placeOf({ account, instrument }: BreakerScope): number {
    assert(account === undefined || instrument === undefined, 'expected a breaker of an account or of an instrument, not of both')
    if (account !== undefined) return this.accountPlace(account)
    return instrument === undefined ? 0 : this.instrumentPlace(instrument)
  }
}
