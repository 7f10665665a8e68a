import { amountFromRaw, lotsFromRaw, rawOf } from '../../../src-main/base/index.ts'
import type { VenueOrderSpec } from '../../../src-main/domain/index.ts'
import type { SimExchange } from '../../../src-main/venues/sim/index.ts'
import type { TruthOrder } from '../checkers/index.ts'
import { assets } from './catalogue.ts'

/** Somebody else at the exchange, with money enough for everything: the crowd fills what it meets at once, he takes a part and leaves the rest standing. */
export const counterparty = 'counterparty'

export const counterpartyBalances = assets.map(({ id }) => ({ asset: id, amount: amountFromRaw(1_000_000_000_000_000) }))

/** A part of what is left, and a part of what is left then: most of it stays. */
const timesMax = 2

export class Counterparty {
  readonly #exchange: SimExchange
  readonly #taken = new Map<string, number>()
  #placed = 0

  constructor(exchange: SimExchange) {
    this.#exchange = exchange
  }

  /** Trades with so large a part of what is left of an order, and with all that stands before it; `false` where that is nothing, or where it stands too far away. */
  takePart(order: TruthOrder, share: number, awayMax: number): boolean {
    const floor = this.#exchange.floors.get(order.instrument)
    const left = rawOf(order.lots) - rawOf(order.filled)
    const lots = Math.floor(left * share)
    if (floor === undefined || order.status !== 'open' || order.limit === undefined || order.trigger !== undefined || lots < 1 || lots >= left) return false
    const times = this.#taken.get(order.venueOrder) ?? 0
    if (times >= timesMax) return false
    const isBuy = order.side === 'sell'
    const limit = rawOf(order.limit)
    const best = isBuy ? floor.core.bestAsk() : floor.core.bestBid()
    if (Math.abs(limit - best) > awayMax) return false
    const before = Math.max(0, floor.core.available(isBuy, limit) - left)
    this.#placed += 1
    this.#taken.set(order.venueOrder, times + 1)
    const spec: VenueOrderSpec = {
      instrument: order.instrument, side: isBuy ? 'buy' : 'sell', type: 'limit', lots: lotsFromRaw(before + lots), limit: order.limit, timeInForce: 'ioc', postOnly: false, reduceOnly: false,
      positionSide: 'net',
    }
    return this.#exchange.placeByHand(counterparty, { clientId: `other_${this.#placed}`, spec }).ok
  }
}
