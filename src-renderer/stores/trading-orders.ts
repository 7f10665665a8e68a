import { create } from 'zustand'
import { hasEnded, type BridgeError, type OrderStatusName, type OrderView } from '../../src-preload/contract/index.ts'
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

/** The most pressing first. */
const pressing: readonly OrderStatusName[] = ['stuck', 'unknown', 'sending', 'intent', 'partial', 'working']

/** An owner as its pieces make it: how much of it may fill, and the worst that is known of any of them. */
function withPieces(owner: OrderView, pieces: readonly OrderView[]): OrderView {
  const sum = (lotsOf: (piece: OrderView) => number): number => pieces.reduce((total, piece) => total + lotsOf(piece), 0)
  const status = pressing.find((each) => pieces.some((piece) => piece.status === each)) ?? owner.status
  return { ...owner, status, lots: Math.max(owner.lots, sum(({ lots }) => lots)), remaining: Math.max(owner.remaining, sum(({ remaining }) => remaining)) }
}

/**
 * The living ones of an instrument, the newest first, as a person placed them: what the engine has sent on behalf of one of them is shown within it, and
 * what is asked of that one is meant for all its pieces.
 */
export function liveOrdersOf(orders: ReadonlyMap<string, OrderView>, instrument: string): readonly OrderView[] {
  const live = [...orders.values()].filter((order) => order.instrument === instrument && isLive(order))
  const isPiece = ({ onBehalfOf }: OrderView): boolean => onBehalfOf !== null && live.some(({ id }) => id === onBehalfOf)
  const pieces = live.filter(isPiece)
  return live
    .filter((order) => !isPiece(order))
    .map((order) => {
      const own = pieces.filter(({ onBehalfOf }) => onBehalfOf === order.id)
      return own.length === 0 ? order : withPieces(order, own)
    })
    .sort((one, other) => other.intendedAt - one.intendedAt)
}
