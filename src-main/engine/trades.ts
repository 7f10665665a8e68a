import { isEqual, isMore, isPositive, isZero, lotsFromRaw, subtract } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type { VenueTrade } from '../domain/index.ts'
import { decide, orderAtVenue } from './core.ts'
import type { Core } from './core.ts'
import { wantEpoch } from './epochs.ts'
import { tradeKeyOf } from './engine-state.ts'
import { filledOf, isInDoubt } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { endIfShown } from './endings.ts'

/**
 * Trades, however often and in whatever order they are told. It must never apply one twice, and never drop one: a trade is the truth
 * about the position, whatever the order was thought to be.
 * Invariants: 1 each trade is applied once, by its key; 2 what is filled never shrinks from one input to the next: a stand-in is taken back only as the
 * real ones are applied, and what is still short is stood in for again; 3 the same id with other numbers changes nothing.
 */
export function takeTrade(core: Core, account: string, trade: VenueTrade): void {
  if (isKnown(core, account, trade)) return
  const order = orderOfTrade(core, account, trade)
  if (order === undefined) return wantEpoch(core, account, 'a trade of an order that nobody here knows')
  admitExistence(core, order, trade.venueOrder)
  applyReal(core, order, trade)
  noteOverfill(core, order)
  endIfShown(core, order)
}

export function orderOfTrade(core: Core, account: string, trade: VenueTrade): OurOrder | undefined {
  const named = trade.order === undefined ? undefined : core.state.orders.get(trade.order)
  return named?.spec.account === account ? named : orderAtVenue(core, account, trade.venueOrder)
}

function isKnown(core: Core, account: string, trade: VenueTrade): boolean {
  const known = core.state.trades.get(tradeKeyOf(account, trade))
  if (known === undefined) return false
  if (!isSameTrade(known.trade, trade) && !known.isConflicted) {
    decide(core, { kind: 'trade-conflicted', account, trade: tradeKeyOf(account, trade), detail: `trade ${trade.trade} came again with other numbers` })
  }
  return true
}

export const isSameTrade = (a: VenueTrade, b: VenueTrade): boolean =>
  isEqual(a.price, b.price) && isEqual(a.lots, b.lots) && isEqual(a.fee, b.fee) && a.feeAsset === b.feeAsset

/** A trade proves that the order was there. What was said to have failed is put right, and said so. */
export function admitExistence(core: Core, order: OurOrder, venueOrder: string): void {
  if (order.status === 'rejected' || order.status === 'absent' || order.status === 'denied') {
    decide(core, { kind: 'order-corrected', order: order.id, to: 'working', why: `the venue shows it, and it was thought ${order.status}` })
  }
  if (order.venueOrder === undefined || isInDoubt(order)) decide(core, { kind: 'order-working', order: order.id, venueOrder })
}

function applyReal(core: Core, order: OurOrder, trade: VenueTrade): void {
  const stood = order.fills.filter(({ inferred }) => inferred)
  for (const fill of stood) decide(core, { kind: 'fill-superseded', order: order.id, trade: fill.trade })
  decide(core, { kind: 'order-filled', order: order.id, trade, inferred: false })
  // What stood in for more than has shown now still stands in for the rest.
  const [first] = stood
  const sum = filledOf(stood)
  if (first === undefined || !isMore(sum, trade.lots)) return
  const rest = subtract(sum, trade.lots)
  decide(core, { kind: 'order-filled', order: order.id, inferred: true, trade: { ...first.trade, lots: rest } })
}

/** The venue counts a fill and does not show it: something stands in for it until it does. */
export function standInFor(core: Core, order: OurOrder, trade: VenueTrade): void {
  if (isZero(trade.lots)) return
  admitExistence(core, order, trade.venueOrder)
  decide(core, { kind: 'order-filled', order: order.id, trade, inferred: true })
  noteOverfill(core, order)
}

function noteOverfill(core: Core, order: OurOrder): void {
  if (!isMore(order.filled, order.lots)) return
  const excess = subtract(order.filled, order.lots)
  if (isPositive(excess) && !isEqual(excess, order.overfill)) decide(core, { kind: 'overfill-seen', order: order.id, excess })
}

export const noLots = lotsFromRaw(0)
export const isOver = (order: OurOrder): boolean => isTerminal(order.status)
