import type { Random } from '../../../base/index.ts'
import type { VenueOrderView } from '../../../domain/index.ts'
import type { AccountDesk } from './account-desk.ts'
import type { ExchangeAnswer, ExchangeBody, ExchangeQuery, Page } from './exchange-call.ts'
import { balancesOf } from './free-money.ts'
import type { MoneyRules } from './free-money.ts'
import type { KeptList } from './kept-list.ts'
import { venueCodes } from './venue-codes.ts'
import type { VenueOrder } from './venue-order.ts'

export const success = (body: ExchangeBody): ExchangeAnswer => ({ status: 200, code: 0, message: 'OK', body })

/** A list from a time on, and the page of it. */
interface Asked {
  readonly since: number
  readonly cursor?: number
}

/** Answers questions from replicas: each answer shows the account as it was up to so many milliseconds ago. */
export class QueryDesk {
  readonly #rules: MoneyRules
  readonly #random: Random
  readonly #now: () => number

  constructor(rules: MoneyRules, random: Random, now: () => number) {
    this.#rules = rules
    this.#random = random.split('replicas')
    this.#now = now
  }

  answer(desk: AccountDesk, query: ExchangeQuery): ExchangeAnswer {
    const { lag } = this.#rules.behaviour
    switch (query.kind) {
      case 'lookup': return this.#lookup(desk, query.instrument, query)
      case 'open-orders': {
        const time = this.#asOf(lag.openOrdersMs)
        const items = desk.archive.openAfter(time).map((order) => order.views.asOf(time)).filter((view) => view !== undefined)
        return success({ kind: 'orders', page: { items: items.filter(({ status }) => status === 'open') } })
      }
      case 'closed-orders': return success({ kind: 'orders', page: this.#closed(desk, query) })
      case 'trades': {
        const time = this.#venueAsOf(lag.tradesMs)
        return success({ kind: 'trades', page: this.#page(desk.trades, query, ({ at }) => at, ({ at }) => at <= time) })
      }
      case 'positions': {
        const time = this.#asOf(lag.positionsMs)
        return success({ kind: 'positions', items: lag.positionsMs === 0 ? desk.positions() : (desk.positionViews.asOf(time) ?? []) })
      }
      case 'balances': {
        const time = this.#asOf(lag.balancesMs)
        return success({ kind: 'balances', items: lag.balancesMs === 0 ? balancesOf(desk, this.#rules) : (desk.balanceViews.asOf(time) ?? []) })
      }
      default: return success({ kind: 'postings', page: this.#page(desk.postings, query, ({ at }) => at, () => true) })
    }
  }

  /** By one of its names; of several orders that had this client id the latest. */
  #lookup(desk: AccountDesk, instrument: string, { clientId, venueOrder }: { readonly clientId?: string; readonly venueOrder?: string }): ExchangeAnswer {
    const { lag } = this.#rules.behaviour
    const time = this.#asOf(lag.lookupMs)
    const named = venueOrder === undefined ? desk.archive.named(clientId ?? '') : [desk.archive.numbered(Number(venueOrder))]
    const order = named.findLast((each) => each?.spec.instrument === instrument && this.#isKept(each))
    const view = order?.views.asOf(time)
    if (order === undefined || view === undefined) return { ...venueCodes.notFound }
    const tradesUntil = this.#venueAsOf(lag.tradesMs)
    const trades = order.trades.filter(({ at }) => at <= tradesUntil)
    return success({ kind: 'order', view, trades })
  }

  #closed(desk: AccountDesk, asked: Asked): Page<VenueOrderView> {
    const time = this.#asOf(this.#rules.behaviour.lag.closedOrdersMs)
    const page = this.#page(desk.archive.closed, asked, ({ updatedAt }) => updatedAt, (order) => order.endedAt <= time && this.#isKept(order))
    return { ...page, items: page.items.map((order) => order.views.latest()).filter((view) => view !== undefined) }
  }

  #isKept(order: VenueOrder): boolean {
    return order.endedAt > this.#now() - this.#rules.behaviour.closedKeptMs
  }

  #page<Item>(list: KeptList<Item>, { since, cursor }: Asked, timeOf: (item: Item) => number, belongs: (item: Item) => boolean): Page<Item> {
    // The exchange's clock may have been set back meanwhile, by less than this.
    const longBefore = since - 3_600_000
    return list.page(cursor, this.#rules.behaviour.pageSize, (item) => timeOf(item) < longBefore, (item) => timeOf(item) >= since && belongs(item))
  }

  #asOf(lagMs: number): number {
    return this.#now() - (lagMs === 0 ? 0 : this.#random.nextInt(lagMs + 1))
  }

  #venueAsOf(lagMs: number): number {
    return this.#asOf(lagMs) + this.#rules.behaviour.clockSkewMs
  }
}
