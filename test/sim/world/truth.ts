import { rawOf } from '../../../src-main/base/index.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'
import type { AccountTruth, SimExchange } from '../../../src-main/venues/sim/index.ts'
import { ownOrder } from '../../../src-main/venues/paper/index.ts'
import type { TruthOrder, VenueTruth } from '../checkers/index.ts'

/** The exchange's own books, read past every lag; looked up once for each moment. */
export function createVenueTruth(exchange: SimExchange, account: string, installation: string, now: () => number): VenueTruth {
  let readAt = -1
  let truth: AccountTruth | undefined
  let orders: readonly TruthOrder[] = []
  let byId = new Map<OrderId, TruthOrder[]>()

  const read = (): AccountTruth => {
    if (truth !== undefined && readAt === now()) return truth
    truth = exchange.truth(account)
    readAt = now()
    byId = new Map()
    orders = truth.orders.map((view) => {
      const own = ownOrder(view.clientId, installation)
      return { ...view, ...(own === undefined ? {} : { order: own }), isExternal: own === undefined }
    })
    for (const order of orders) {
      if (order.order === undefined) continue
      const known = byId.get(order.order)
      if (known === undefined) byId.set(order.order, [order])
      else known.push(order)
    }
    return truth
  }

  return {
    ordersOf(order) {
      read()
      return byId.get(order) ?? []
    },
    orders() {
      read()
      return orders
    },
    trades: () => read().trades,
    positions: () => read().positions.map(({ instrument, positionSide, lots }) => ({ instrument, positionSide, lots: rawOf(lots) })),
    balances: () => read().balances.map(({ asset, total }) => ({ asset, total: rawOf(total) })),
  }
}
