import type { PositionSide, VenuePosting, VenueTrade } from '../../../domain/index.ts'
import type { VenueOrder } from './venue-order.ts'

/** What has changed since it was last asked, by name: what it has become is read when it is written down. */
export class ChangeNotes {
  readonly #orders = new Set<VenueOrder>()
  readonly #purses = new Map<string, { readonly purse: string; readonly asset: string }>()
  readonly #positions = new Map<string, { readonly account: string; readonly instrument: string; readonly side: PositionSide }>()
  readonly #volumes = new Set<string>()
  #trades: { readonly account: string; readonly trade: VenueTrade }[] = []
  #postings: { readonly account: string; readonly posting: VenuePosting }[] = []

  order(order: VenueOrder): void {
    this.#orders.add(order)
  }

  trade(account: string, trade: VenueTrade): void {
    this.#trades.push({ account, trade })
  }

  posting(account: string, posting: VenuePosting): void {
    this.#postings.push({ account, posting })
  }

  purse(purse: string, asset: string): void {
    this.#purses.set(`${purse} ${asset}`, { purse, asset })
  }

  position(account: string, instrument: string, side: PositionSide): void {
    this.#positions.set(`${account} ${instrument} ${side}`, { account, instrument, side })
  }

  volume(account: string): void {
    this.#volumes.add(account)
  }

  get isEmpty(): boolean {
    return this.#orders.size === 0 && this.#purses.size === 0 && this.#trades.length === 0 && this.#postings.length === 0
  }

  /** And begins anew. */
  take() {
    const taken = {
      orders: [...this.#orders], purses: [...this.#purses.values()], positions: [...this.#positions.values()], volumes: [...this.#volumes],
      trades: this.#trades, postings: this.#postings,
    }
    for (const kept of [this.#orders, this.#purses, this.#positions, this.#volumes]) kept.clear()
    this.#trades = []
    this.#postings = []
    return taken
  }
}
