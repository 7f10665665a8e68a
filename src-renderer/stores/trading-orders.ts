import { create } from 'zustand'
import { hasEnded, type BridgeError, type OrderView } from '../../src-preload/contract/index.ts'
import { createHold } from './market-hold.ts'

export interface OrderFacts {
  /** The number of the engine's last event in it; undefined until it has told its orders. */
  readonly revision: number | undefined
  /** Those that have not ended, and those that ended a moment ago. */
  readonly orders: ReadonlyMap<string, OrderView>
  readonly error: BridgeError | undefined
}

const nothingTold: OrderFacts = { revision: undefined, orders: new Map(), error: undefined }

export const useOrders = create<OrderFacts>()(() => nothingTold)

/** For so long an order that has ended still lies among the living, as the engine tells it to newcomers as well. */
export const endedStaysMs = 60_000

interface Told {
  readonly revision: number
  readonly orders: readonly OrderView[]
}

/** The state anew: what it does not name is no longer there. */
export const takeOrders = ({ revision, orders }: Told): void =>
  useOrders.setState({ revision, orders: new Map(orders.map((order) => [order.id, order])), error: undefined })

/** What changed, each order whole. Those that ended a while ago are dropped, measured by the engine's own times. */
export function takeOrderChanges({ revision, orders }: Told): void {
  useOrders.setState((facts) => {
    const next = new Map(facts.orders)
    let now = 0
    for (const order of orders) {
      next.set(order.id, order)
      now = Math.max(now, order.changedAt)
    }
    for (const [id, { endedAt }] of next) if (endedAt !== null && now - endedAt > endedStaysMs) next.delete(id)
    return { revision, orders: next, error: undefined }
  })
}

/** Orders are followed by one stream while somebody holds them. */
export const holdOrders = createHold((bridge) => {
  const end = bridge.watch('trading.orders', {}, {
    snapshot: takeOrders,
    delta: takeOrderChanges,
    ended: (error) => useOrders.setState({ error }),
  })
  return () => {
    end()
    useOrders.setState(nothingTold)
  }
})

export const isLive = (order: OrderView): boolean => !hasEnded(order.status)

/** The living ones of an instrument, the newest first. */
export const liveOrdersOf = (orders: ReadonlyMap<string, OrderView>, instrument: string): readonly OrderView[] =>
  [...orders.values()].filter((order) => order.instrument === instrument && isLive(order)).sort((one, other) => other.intendedAt - one.intendedAt)
