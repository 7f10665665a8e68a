import { isEqual, isMore, isPositive, isZero, lotsFromRaw, subtract } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type { VenueTrade } from '../domain/index.ts'
import { accountOf, decide, orderAtVenue, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { wantEpoch } from './epochs.ts'
import { breakKey, tradeKeyOf } from './engine-state.ts'
import type { KnownTrade } from './engine-state.ts'
import { filledOf, hasNeverLeft, isInDoubt, isLive, largestLots, standIns } from './our-order.ts'
import type { OurFill, OurOrder } from './our-order.ts'
import { endIfShown } from './endings.ts'
import { completed, faultOfTrade, hasRoomFor, isInOpening, isSameTrade, tellsTheFee } from './trade-door.ts'

/**
 * Trades, however often and in whatever order they are told. It must never apply one twice, and never drop one: a trade is the truth
 * about the position, whatever the order was thought to be.
 * Invariants: 1 each trade is applied once, by its key; 2 what is filled never shrinks from one input to the next: a stand-in is taken back only as the
 * real ones are applied, and what is still short is stood in for again; only what was taken for somebody else's gives its fills to the one of ours that it is; 3 the same id with other numbers changes nothing.
 */
export function takeTrade(core: Core, account: string, told: VenueTrade): void {
  const order = orderOfTrade(core, account, told)
  if (order === undefined) return takeStranger(core, account, told)
  if (isInOpening(core, order, account, told)) return
  const fault = faultOfTrade(core, order, told)
  if (fault !== undefined) return turnAway(core, order, told, fault)
  const trade = completed(core, order, told)
  if (isKnown(core, account, trade)) return
  if (!hasRoomFor(core, order, trade)) return turnAway(core, order, trade, pastCounting)
  admitExistence(core, order, trade.venueOrder)
  applyReal(core, order, trade)
  noteOverfill(core, order)
  endIfShown(core, order)
}

export function orderOfTrade(core: Core, account: string, trade: VenueTrade): OurOrder | undefined {
  const named = trade.order === undefined ? undefined : core.state.orders.get(trade.order)
  return named?.spec.account === account ? named : orderAtVenue(core, account, trade)
}

/** What others do in an instrument that is not traded here is nobody's business. */
function takeStranger(core: Core, account: string, trade: VenueTrade): void {
  if (core.tradables.has(trade.instrument)) wantEpoch(core, account, 'a trade of an order that nobody here knows')
}

const pastCounting = 'the books cannot count what they would then hold'

/** Not let in: a difference that stands until a round shows the trade no more. */
function turnAway(core: Core, order: OurOrder, { trade }: VenueTrade, fault: string): void {
  const { account, instrument } = order.spec
  const { breaks } = accountOf(core, account)
  // The record of its way out may have been lost: whether it is there, a question for it by name says.
  if (hasNeverLeft(order)) orderWatch(core, order).isCurious = true
  if (!breaks.has(breakKey('trade', instrument))) decide(core, { kind: 'break-seen', account, instrument, what: 'trade', detail: `trade ${trade} is not taken: ${fault}` })
  wantEpoch(core, account, 'a trade that cannot be')
}

function isKnown(core: Core, account: string, trade: VenueTrade): boolean {
  const known = core.state.trades.get(tradeKeyOf(account, trade))
  if (known === undefined) return false
  if (tellsTheFee(known.trade, trade) && !known.isConflicted) learnFee(core, known, trade)
  else if (!isSameTrade(known.trade, trade) && !known.isConflicted) {
    decide(core, { kind: 'trade-conflicted', account, trade: tradeKeyOf(account, trade), detail: `trade ${trade.trade} came again with other numbers` })
  }
  return true
}

/** Nothing but the fee is new, so the trade is taken again with it; what it filled stays filled. */
function learnFee(core: Core, { order: id, trade: without }: KnownTrade, trade: VenueTrade): void {
  const order = core.state.orders.get(id)
  if (order === undefined) return
  if (!accountOf(core, order.spec.account).books.hasRoomFor(trade, [without])) return turnAway(core, order, trade, pastCounting)
  decide(core, { kind: 'fill-superseded', order: id, trade: without })
  decide(core, { kind: 'order-filled', order: id, trade, inferred: false })
}

/** A trade proves that the order was there. What was said to have failed is put right, and said so. */
export function admitExistence(core: Core, order: OurOrder, venueOrder: string): void {
  if (order.status === 'rejected' || order.status === 'absent' || order.status === 'denied') {
    decide(core, { kind: 'order-corrected', order: order.id, to: 'working', why: `the venue shows it, and it was thought ${order.status}` })
  }
  if (order.venueOrder !== undefined && !isInDoubt(order)) return
  const twin = orderAtVenue(core, order.spec.account, { instrument: order.spec.instrument, venueOrder })
  const done = twin?.isExternal === true && twin.id !== order.id ? takeFromTwin(core, twin) : []
  decide(core, { kind: 'order-working', order: order.id, venueOrder })
  for (const { trade, inferred } of done) decide(core, { kind: 'order-filled', order: order.id, trade: completed(core, order, { ...trade, order: order.id }), inferred })
  if (done.length > 0) noteOverfill(core, order)
}

/** What was taken for somebody else's turns out to be ours: what it filled is filled of ours, and it is over. */
function takeFromTwin(core: Core, twin: OurOrder): readonly OurFill[] {
  const done = [...twin.fills]
  for (const { trade } of done) decide(core, { kind: 'fill-superseded', order: twin.id, trade })
  if (isLive(twin)) decide(core, { kind: 'order-canceled', order: twin.id, by: 'engine', why: 'it is an order of ours, and is counted as that' })
  return done
}

function applyReal(core: Core, order: OurOrder, trade: VenueTrade): void {
  const stood = standIns(order)
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
export function standInFor(core: Core, order: OurOrder, told: VenueTrade): void {
  if (isZero(told.lots) || faultOfTrade(core, order, told) !== undefined) return
  const trade = completed(core, order, told)
  if (!hasRoomFor(core, order, trade)) return turnAway(core, order, trade, pastCounting)
  admitExistence(core, order, trade.venueOrder)
  decide(core, { kind: 'order-filled', order: order.id, trade, inferred: true })
  noteOverfill(core, order)
}

function noteOverfill(core: Core, order: OurOrder): void {
  const most = largestLots(order)
  if (!isMore(order.filled, most)) return
  const excess = subtract(order.filled, most)
  if (isPositive(excess) && !isEqual(excess, order.overfill)) decide(core, { kind: 'overfill-seen', order: order.id, excess })
}

export const noLots = lotsFromRaw(0)
export const isOver = (order: OurOrder): boolean => isTerminal(order.status)
