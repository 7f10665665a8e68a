import { isEqual, isLess, isMore, isPositive, maximum, subtract } from '../base/index.ts'
import type { Lots, Ticks } from '../base/index.ts'
import type { OrderReported, VenueOrderView } from '../domain/index.ts'
import { cancelAgain } from './cancels.ts'
import { faultOfView } from '../reconcile/index.ts'
import { accountOf, decide, makeOrderId, orderAtVenue, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { endBy } from './endings.ts'
import { breakKey, placeKey } from './engine-state.ts'
import { wantEpoch } from './epochs.ts'
import { hasNeverLeft, isInDoubt, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { takeRevision } from './revisions.ts'
import type { Asked } from './revisions.ts'
import { admitExistence } from './trades.ts'

/**
 * An order as a venue shows it. It must never let an older word undo a newer one.
 * Invariants: 1 a status never goes back on the word of a stream; on the word of a question only where the venue's own time of it is newer, or where it was
 * asked for by name, late enough after the end; 2 what nobody here placed is adopted, counted and left alone.
 */
export type ViewSource = 'stream' | 'query'

export function takeOrderReport(core: Core, { account, via, view }: OrderReported): void {
  const order = orderOfView(core, account, view)
  if (order !== undefined) return takeView(core, order, view, via)
  // An id of ours that these books do not know is a matter for a whole round of questions.
  if (view.order !== undefined) return wantEpoch(core, account, 'an order bears an id of ours that nobody here knows')
  if (!core.state.accounts.has(account)) return
  // Before the account's opening, what an order filled would count twice: in the opening, and as its own. The first sight adopts what is still open.
  if (!accountOf(core, account).hasOpening) return wantEpoch(core, account, 'an order that nobody here placed was told before the first sight')
  if (view.status !== 'open') return wantEpoch(core, account, 'an order that nobody here placed has ended')
  // A stream may tell again what was before the first sight: whether it is still open, and what of it is new, the lists say.
  if (view.updatedAt < accountOf(core, account).openedUpTo) return wantEpoch(core, account, 'an order that nobody here placed is as old as the first sight')
  adopt(core, account, view)
}

export function orderOfView(core: Core, account: string, view: VenueOrderView): OurOrder | undefined {
  const named = view.order === undefined ? undefined : core.state.orders.get(view.order)
  return named?.spec.account === account ? named : orderAtVenue(core, account, view)
}

export function adopt(core: Core, account: string, view: VenueOrderView, filledBefore?: Lots): OurOrder | undefined {
  if (!core.tradables.has(view.instrument) || isTurnedAway(core, account, undefined, view)) return undefined
  if (mayBeOurs(core, account, view)) {
    wantEpoch(core, account, 'an order without an id of ours may be the one whose fate is not known')
    return undefined
  }
  const order = makeOrderId(core)
  decide(core, { kind: 'external-adopted', order, account, view, ...(filledBefore === undefined ? {} : { filledBefore }) })
  return core.state.orders.get(order)
}

/** `asked`: when the question left whose answer this is; of a stream, and where nobody knows, there is none. */
export function takeView(core: Core, order: OurOrder, shown: VenueOrderView, via: ViewSource, asked?: Asked): void {
  if (isTurnedAway(core, order.spec.account, order, shown)) return
  const view = sinceFirstSeen(order, shown)
  if (isLive(order)) takeViewOfLive(core, order, view, via, asked)
  else takeViewOfEnded(core, order, view, via, asked)
}

/** Many streams leave the client id out: what looks like an order that has just left is not taken for somebody else's before that one's fate is known. */
function mayBeOurs({ state }: Core, account: string, view: VenueOrderView): boolean {
  for (const order of state.liveIn.get(placeKey(account, view.instrument))?.values() ?? []) {
    if (order.venueOrder !== undefined || (order.status !== 'sending' && order.status !== 'unknown') || order.spec.side !== view.side) continue
    const isSameSize = order.spec.size.by !== 'quantity' || isEqual(order.lots, view.lots)
    if (isSameSize && (order.limit === undefined || view.limit === undefined || isEqual(order.limit, view.limit))) return true
  }
  return false
}

/** As far as a view of it may contradict it. */
const claimOf = (order: OurOrder): Parameters<typeof faultOfView>[0] => ({
  instrument: order.spec.instrument, side: order.spec.side, hasNeverLeft: hasNeverLeft(order), ...(order.venueOrder === undefined ? {} : { venueOrder: order.venueOrder }),
})

/** Not believed: a difference that stands until a round shows it no more. */
function isTurnedAway(core: Core, account: string, order: OurOrder | undefined, view: VenueOrderView): boolean {
  const isHeld = order !== undefined && hasNeverLeft(order)
  const fault = faultOfView(order === undefined ? undefined : claimOf(order), view)
  if (fault === undefined) return false
  if (isHeld) orderWatch(core, order).isCurious = true
  const instrument = order?.spec.instrument ?? view.instrument
  const detail = `order ${view.venueOrder} is shown as it cannot be: ${fault}`
  if (!accountOf(core, account).breaks.has(breakKey('order', instrument))) decide(core, { kind: 'break-seen', account, instrument, what: 'order', detail })
  wantEpoch(core, account, 'an order is shown as it cannot be')
  return true
}

/** What the opening holds already is taken off. */
function sinceFirstSeen({ filledBefore }: OurOrder, view: VenueOrderView): VenueOrderView {
  if (!isPositive(filledBefore) || isMore(filledBefore, view.filled)) return view
  return { ...view, lots: subtract(view.lots, filledBefore), filled: subtract(view.filled, filledBefore) }
}

function takeViewOfLive(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource, asked?: Asked): void {
  const wasInDoubt = isInDoubt(order)
  admitExistence(core, order, view.venueOrder)
  const watched = orderWatch(core, order)
  if (isMore(view.filled, order.filled)) {
    watched.isCurious = true
    wantEpoch(core, order.spec.account, 'the venue counts fills whose trades were not shown')
  }
  settleAmend(core, order, view, via)
  takeSmallerSize(core, order, view)
  takeRevision(core, order, view, asked)
  if (view.status !== 'open') {
    if (isLive(order)) endBy(core, order, { status: view.status, filled: view.filled, updatedAt: view.updatedAt }, watched, asked)
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

/** The venue shows all that the amend asked for, or a question asked after it shows all the old values. Anything between proves neither. */
function settleAmend(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource): void {
  const { amendTo, amendment } = order
  if (amendTo === undefined || (order.amend !== 'unknown' && order.amend !== 'sending')) return
  if (shows(view, amendTo)) decide(core, { kind: 'amend-changed', order: order.id, to: 'acked', amendment, detail: 'the venue shows it' })
  else if (via === 'query' && order.amend === 'unknown' && shows(view, termsAtVenue(order)) && isLateEnough(core, order)) {
    decide(core, { kind: 'amend-changed', order: order.id, to: 'none', amendment, detail: 'the venue shows the values from before it' })
  }
}

interface Terms {
  readonly lots: Lots
  readonly limit?: Ticks | undefined
  readonly trigger?: Ticks | undefined
}

const shows = (view: VenueOrderView, { lots, limit, trigger }: Terms): boolean =>
  isEqual(view.lots, lots) && isShown(view.limit, limit) && isShown(view.trigger, trigger)

const isShown = (shown: Ticks | undefined, asked: Ticks | undefined): boolean => asked === undefined || (shown !== undefined && isEqual(shown, asked))

/** A trigger that the engine watches is nothing that the venue could show. */
const termsAtVenue = ({ lots, limit, trigger, venueSpec }: OurOrder): Terms => ({ lots, limit, trigger: venueSpec?.trigger === undefined ? undefined : trigger })

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

function takeViewOfEnded(core: Core, order: OurOrder, view: VenueOrderView, via: ViewSource, asked?: Asked): void {
  const isDisproved = order.status === 'rejected' || order.status === 'absent' || order.status === 'denied'
  if (isDisproved && (view.status === 'open' || isMore(view.filled, order.filled))) return disprove(core, order, view, via)
  if (isMore(view.filled, order.filled)) wantEpoch(core, order.spec.account, 'an order that ended has more fills than were shown')
  if (via !== 'query' || view.status !== 'open' || isDisproved) return
  // Full here, and not more wanted there: its fills are ahead of its status.
  if (order.status === 'filled' && !isMore(view.lots, order.filled)) return
  // Two times of the venue can be compared; one of its and one of ours only where nothing better is known.
  const ended = order.endedVenueAt > 0 ? order.endedVenueAt : order.endedAt
  if (order.status !== 'filled' && view.updatedAt > ended) return reopen(core, order, view, 'a question shows it open, later than it ended')
  if (asked === undefined || asked.at <= order.endedAt + core.setup.timings.graceMs) return
  // An order that rests untouched keeps its old time for ever, and a list may lag: it is asked for by name, or seen twice.
  const watched = orderWatch(core, order)
  if (asked.isByName || watched.isCurious) return reopen(core, order, view, 'it is shown open by questions from after its end here')
  watched.isCurious = true
}

function reopen(core: Core, order: OurOrder, view: VenueOrderView, why: string): void {
  decide(core, { kind: 'order-corrected', order: order.id, to: isPositive(order.filled) ? 'partial' : 'working', why })
  takeRevision(core, order, view, { at: core.at, isByName: true })
  cancelAgain(core, order, 'it was to be canceled, and is there')
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
