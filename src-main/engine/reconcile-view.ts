import { add } from '../base/index.ts'
import type { VenueTrade } from '../domain/index.ts'
import type { OurAccount, OurOrder as ReconcileOrder } from '../reconcile/index.ts'
import { accountOf, orderAtVenue } from './core.ts'
import type { Core } from './core.ts'
import { tradeKeyOf } from './engine-state.ts'
import { hasNeverLeft, mayBeAtVenue, standIns } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { completed, faultOfTrade, hasRoomFor, isInOpening, isSameTrade } from './trade-door.ts'
import { orderOfTrade } from './trades.ts'

/** One account of the engine in the words of the reconciler. Read only. */
export function accountForReconcile(core: Core, account: string): OurAccount {
  const { books, breaks, references } = accountOf(core, account)
  const openOrders: ReconcileOrder[] = []
  for (const order of core.state.live.values()) {
    if (order.spec.account === account && mayBeAtVenue(order)) openOrders.push(orderForReconcile(order))
  }
  return {
    account,
    openOrders,
    orderOf: (id) => {
      const order = core.state.orders.get(id)
      return order?.spec.account === account ? orderForReconcile(order) : undefined
    },
    orderAt: (shown) => {
      const order = orderAtVenue(core, account, shown)
      return order === undefined ? undefined : orderForReconcile(order)
    },
    knows: (trade) => knowledgeOf(core, account, trade),
    hasPosting: (reference) => references.has(reference),
    canCount: (posting) => books.hasRoomForPosting(posting),
    // What spot holds is a balance; venues know positions of contracts only.
    positions: books.positions().filter(({ instrument }) => core.tradables.get(instrument)?.settlement === 'linear'),
    balances: books.balances(),
    breaks: [...breaks.values()].map(({ what, instrument, detail }) => ({ what, detail, ...(instrument === undefined ? {} : { instrument }) })),
  }
}

function knowledgeOf(core: Core, account: string, told: VenueTrade): 'not' | 'same' | 'other' | 'absurd' {
  const order = orderOfTrade(core, account, told)
  // What others do in an instrument that is not traded here is nobody's business, and what they did before the account was first seen is in its opening.
  if (isInOpening(core, order, account, told) || (order === undefined && !core.tradables.has(told.instrument))) return 'same'
  if (faultOfTrade(core, order, told) !== undefined) return 'absurd'
  if (order === undefined) return 'not'
  const trade = completed(core, order, told)
  const known = core.state.trades.get(tradeKeyOf(account, trade))
  if (known !== undefined) return known.isConflicted || isSameTrade(known.trade, trade) ? 'same' : 'other'
  return hasRoomFor(core, order, trade) ? 'not' : 'absurd'
}

const orderForReconcile = (order: OurOrder): ReconcileOrder => ({
  order: order.id,
  instrument: order.spec.instrument,
  side: order.spec.side,
  status: order.status,
  positionSide: order.spec.positionSide ?? 'net',
  ...(order.venueOrder === undefined ? {} : { venueOrder: order.venueOrder }),
  filled: add(order.filled, order.filledBefore),
  inferred: standIns(order).map(({ trade }) => trade),
  changedAt: order.changedAt,
  ...(order.sentAt > 0 ? { sentAt: order.sentAt } : {}),
  isInFlight: order.status === 'sending' || order.cancel === 'sending' || order.amend === 'sending',
  isExternal: order.isExternal,
  hasNeverLeft: hasNeverLeft(order),
})
