import { isEqual, isLess, isMore, isPositive, maximum, subtract } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { OrderReported, VenueOrderView } from '../domain/index.ts'
import { cancelAgain } from './cancels.ts'
import { accountOf, decide, makeOrderId, orderAtVenue, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { endBy } from './endings.ts'
import { wantEpoch } from './epochs.ts'
import { isInDoubt, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { admitExistence } from './trades.ts'

/**
 * An order as a venue shows it. It must never let an older word undo a newer one.
 * Invariants: 1 a status never goes back on the word of a stream; on the word of a question only where the venue's own time of it is newer;
 * 2 what nobody here placed is adopted, counted and left alone.
 */
export type ViewSource = 'stream' | 'query'

export function takeOrderReport(core: Core, { account, via, view }: OrderReported): void {
  const order = orderOfView(core, account, view)
  if (order !== undefined) return takeView(core, order, view, via)
  // An id of ours that these books do not know is a matter for a whole round of questions.
  if (view.order !== undefined) return wantEpoch(core, account, 'an order bears an id of ours that nobody here knows')
  // Before the account's opening, what an order filled would count twice: in the opening, and as its own. The first sight adopts what is still open.
  if (!accountOf(core, account).hasOpening) return wantEpoch(core, account, 'an order that nobody here placed was told before the first sight')
  if (view.status === 'open') adopt(core, account, view)
  else wantEpoch(core, account, 'an order that nobody here placed has ended')
}

export function orderOfView(core: Core, account: string, view: VenueOrderView): OurOrder | undefined {
  const named = view.order === undefined ? undefined : core.state.orders.get(view.order)
  return named?.spec.account === account ? named : orderAtVenue(core, account, view.venueOrder)
}

export function adopt(core: Core, account: string, view: VenueOrderView, filledBefore?: Lots): OurOrder | undefined {
  if (!core.tradables.has(view.instrument)) return undefined
  const order = makeOrderId(core)
  decide(core, { kind: 'external-adopted', order, account, view, ...(filledBefore === undefined ? {} : { filledBefore }) })
  return core.state.orders.get(order)
}

export function takeView(core: Core, order: OurOrder, shown: VenueOrderView, via: ViewSource): void {
  const view = sinceFirstSeen(order, shown)
  if (order.venueOrder !== undefined && order.venueOrder !== view.venueOrder) {
    return wantEpoch(core, order.spec.account, 'an order of ours is shown under another id of the venue')
  }
  if (isLive(order)) takeViewOfLive(core, order, view, via)
  else takeViewOfEnded(core, order, view, via)
}

/** What the opening holds already is taken off. */
function sinceFirstSeen({ filledBefore }: OurOrder, view: VenueOrderView): VenueOrderView {
  if (!isPositive(filledBefore) || isMore(filledBefore, view.filled)) return view
  return { ...view, lots: subtract(view.lots, filledBefore), filled: subtract(view.filled, filledBefore) }
}

function takeViewOfLive(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource): void {
  const wasInDoubt = isInDoubt(order)
  admitExistence(core, order, view.venueOrder)
  const watched = orderWatch(core, order)
  if (isMore(view.filled, order.filled)) {
    watched.isCurious = true
    wantEpoch(core, order.spec.account, 'the venue counts fills whose trades were not shown')
  }
  settleAmend(core, order, view, via)
  takeSmallerSize(core, order, view)
  if (view.status !== 'open') {
    if (isLive(order)) endBy(core, order, { status: view.status, filled: view.filled, updatedAt: view.updatedAt }, watched)
    return
  }
  if (via === 'query') settleCancel(core, order)
  if (wasInDoubt) cancelAgain(core, order, 'it turned out to be there after it was to be canceled')
}

/** A venue takes a resting exit back to what is left to close. Nobody else changes a size that was never amended. */
function takeSmallerSize(core: Core, order: OurOrder, { lots, filled }: VenueOrderView): void {
  const size = maximum(lots, maximum(filled, order.filled))
  if ((order.venueSpec?.reduceOnly ?? order.spec.reduceOnly) !== true || order.amendment > 0 || !isLess(size, order.lots)) return
  decide(core, { kind: 'order-resized', order: order.id, lots: size, why: 'the venue made it smaller' })
}

/** The venue shows what the amend asked for, or a question asked after it shows the old values. */
function settleAmend(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource): void {
  const { amendTo, amendment } = order
  if (amendTo === undefined || (order.amend !== 'unknown' && order.amend !== 'sending')) return
  const isDone = isEqual(view.lots, amendTo.lots) && (amendTo.limit === undefined || (view.limit !== undefined && isEqual(view.limit, amendTo.limit)))
  if (isDone && !isEqual(amendTo.lots, order.lots)) decide(core, { kind: 'amend-changed', order: order.id, to: 'acked', amendment, detail: 'the venue shows it' })
  else if (isDone && amendTo.limit !== undefined && (order.limit === undefined || !isEqual(amendTo.limit, order.limit))) {
    decide(core, { kind: 'amend-changed', order: order.id, to: 'acked', amendment, detail: 'the venue shows it' })
  } else if (via === 'query' && order.amend === 'unknown' && isLateEnough(core, order)) {
    decide(core, { kind: 'amend-changed', order: order.id, to: 'none', amendment, detail: 'the venue shows the values from before it' })
  }
}

/** A question, asked long enough after the change that it cannot still be on its way. */
function isLateEnough(core: Core, order: OurOrder): boolean {
  const { receiveWindowMs, clockErrorMs, absenceMarginMs } = core.setup.timings
  const watched = orderWatch(core, order)
  return watched.lastAskedAt >= watched.changeSince + receiveWindowMs + clockErrorMs + absenceMarginMs
}

/** Still open, though a cancel was on its way: it is asked away again. */
function settleCancel(core: Core, order: OurOrder): void {
  if (!order.isCancelWanted || order.cancel === 'sending') return
  const { lookupGapMs } = core.setup.timings
  if (orderWatch(core, order).changeSince + lookupGapMs > core.at) return
  if (order.cancel !== 'none') decide(core, { kind: 'cancel-changed', order: order.id, to: 'none', detail: 'the venue still shows it open' })
  cancelAgain(core, order, 'the venue still shows it open')
}

function takeViewOfEnded(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource): void {
  const isDisproved = order.status === 'rejected' || order.status === 'absent' || order.status === 'denied'
  if (isDisproved && (view.status === 'open' || isMore(view.filled, order.filled))) return disprove(core, order, view, via)
  if (isMore(view.filled, order.filled)) wantEpoch(core, order.spec.account, 'an order that ended has more fills than were shown')
  if (via !== 'query' || view.status !== 'open' || order.status === 'filled' || isDisproved) return
  if (view.updatedAt <= order.endedAt) return
  decide(core, { kind: 'order-corrected', order: order.id, to: isPositive(order.filled) ? 'partial' : 'working', why: 'a question shows it open, later than it ended' })
}

/** It was thought never to have been there. A question may say so at once; after a stream, the venue is asked. */
function disprove(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource): void {
  if (via === 'stream') {
    orderWatch(core, order).isCurious = true
    return wantEpoch(core, order.spec.account, 'the venue shows an order that was proven not to be there')
  }
  admitExistence(core, order, view.venueOrder)
  takeViewOfLive(core, order, view, via)
}
