import type { Random } from '../../../base/index.ts'
import type { VenueOrderView } from '../../../domain/index.ts'
import type { AccountDesk } from './account-desk.ts'
import type { ExchangeAnswer, ExchangeBody, ExchangeQuery, Page } from './exchange-call.ts'
import { balancesOf } from './free-money.ts'
import type { MoneyRules } from './free-money.ts'
import { venueCodes } from './venue-codes.ts'
import { venueIdOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

export const success = (body: ExchangeBody): ExchangeAnswer => ({ status: 200, code: 0, message: 'OK', body })

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
        // Whatever lags may still show what has ended; else only what is open can be.
        const candidates = lag.openOrdersMs === 0 ? [...desk.open.values()] : desk.orders
        const items = candidates.filter((order) => order.endedAt > time).map((order) => order.views.asOf(time))
        return success({ kind: 'orders', page: { items: items.filter((view) => view?.status === 'open') as readonly VenueOrderView[] } })
      }
      case 'closed-orders': return success({ kind: 'orders', page: this.#closed(desk, query.since, query.cursor) })
      case 'trades': {
        const time = this.#venueAsOf(lag.tradesMs)
        return success({ kind: 'trades', page: this.#page(desk.trades, query.cursor, (trade) => trade.at >= query.since && trade.at <= time) })
      }
      case 'positions': {
        const time = this.#asOf(lag.positionsMs)
        return success({ kind: 'positions', items: lag.positionsMs === 0 ? desk.positions() : (desk.positionViews.asOf(time) ?? []) })
      }
      case 'balances': {
        const time = this.#asOf(lag.balancesMs)
        return success({ kind: 'balances', items: lag.balancesMs === 0 ? balancesOf(desk, this.#rules) : (desk.balanceViews.asOf(time) ?? []) })
      }
      default: return success({ kind: 'postings', page: this.#page(desk.postings, query.cursor, ({ at }) => at >= query.since) })
    }
  }

  /** By one of its names; of several orders that had this client id the latest. */
  #lookup(desk: AccountDesk, instrument: string, { clientId, venueOrder }: { readonly clientId?: string; readonly venueOrder?: string }): ExchangeAnswer {
    const { lag } = this.#rules.behaviour
    const time = this.#asOf(lag.lookupMs)
    const order = desk.orders.findLast((each) => each.spec.instrument === instrument && this.#isKept(each)
      && (venueOrder === undefined ? each.clientId === clientId : venueIdOf(each) === venueOrder))
    const view = order?.views.asOf(time)
    if (order === undefined || view === undefined) return { ...venueCodes.notFound }
    const tradesUntil = this.#venueAsOf(lag.tradesMs)
    const trades = desk.trades.filter((trade) => trade.venueOrder === view.venueOrder && trade.at <= tradesUntil)
    return success({ kind: 'order', view, trades })
  }

  #closed(desk: AccountDesk, since: number, cursor: number | undefined): Page<VenueOrderView> {
    const time = this.#asOf(this.#rules.behaviour.lag.closedOrdersMs)
    const page = this.#page(desk.closed, cursor, (order) => order.updatedAt >= since && order.endedAt <= time && this.#isKept(order))
    return { ...page, items: page.items.map((order) => order.views.latest()).filter((view) => view !== undefined) }
  }

  #isKept(order: VenueOrder): boolean {
    return order.endedAt > this.#now() - this.#rules.behaviour.closedKeptMs
  }

  /** The cursor is a place in a list that only grows, so no page loses or repeats what another had. */
  #page<Item>(list: readonly Item[], cursor = 0, belongs: (item: Item) => boolean): Page<Item> {
    const items: Item[] = []
    for (let at = cursor; at < list.length; at += 1) {
      const item = list[at] as Item
      if (!belongs(item)) continue
      if (items.length === this.#rules.behaviour.pageSize) return { items, next: at }
      items.push(item)
    }
    return { items }
  }

  #asOf(lagMs: number): number {
    return this.#now() - (lagMs === 0 ? 0 : this.#random.nextInt(lagMs + 1))
  }

  #venueAsOf(lagMs: number): number {
    return this.#asOf(lagMs) + this.#rules.behaviour.clockSkewMs
  }
}
