import { isPositive, lotsFromRaw, subtract } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type { ExternalAdopted, OrderId, OrderIntended, OrderSending, OrderWorking } from '../domain/index.ts'
import { applyAmend, applyRevision } from './apply-size.ts'
import { venueOrderKey } from './engine-state.ts'
import type { AnyEvent, EngineState } from './engine-state.ts'
import { addTo, end, endIfFull, enlist, leaveHeld, reopen, setStatus } from './enlisting.ts'
import { specOfExternal } from './external-order.ts'
import { freshOrder, orderFromIntent } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { orderIn } from './state-lookups.ts'

/** The part of the fold that changes one order, but for its fills. */
export type OrderChange = Exclude<
  Extract<AnyEvent, { readonly order: OrderId }>, { readonly kind: 'order-intended' | 'external-adopted' | 'order-filled' | 'fill-superseded' }
>

/** What only we asked or concluded changes nothing that the venue could show: it makes no answer of the venue too young to be judged. */
const isOfOurs = (event: OrderChange): boolean =>
  event.kind === 'order-looked-up' || event.kind === 'cancel-changed' || event.kind === 'order-unknown' || event.kind === 'order-stuck'
  || event.kind === 'order-flagged' || event.kind === 'overfill-seen' || (event.kind === 'amend-changed' && event.to !== 'acked')

export function applyToOrder(state: EngineState, event: OrderChange): void {
  const order = orderIn(state, event.order)
  if (!isOfOurs(event)) order.changedAt = event.at
  switch (event.kind) {
    case 'order-denied': return end(state, order, 'denied', event.at)
    case 'order-held': {
      leaveHeld(state, order)
      if (event.why === 'replaced') state.replacedHeld += 1
      setStatus(state, order, 'held')
      order.heldFor = event.why
      return
    }
    case 'stop-moved': {
      order.trigger = event.trigger
      return
    }
    case 'order-triggered': {
      order.triggered = true
      return
    }
    case 'order-sending': return applySending(state, order, event)
    case 'order-resized': {
      order.lots = event.lots
      endIfFull(state, order, event.at)
      return
    }
    case 'order-revised': return applyRevision(state, order, event)
    case 'order-working': return applyWorking(state, order, event)
    case 'order-completed': return end(state, order, 'filled', event.at)
    case 'order-rejected': return end(state, order, 'rejected', event.at)
    case 'order-unknown': {
      setStatus(state, order, 'unknown')
      order.unknownSince = event.at
      return
    }
    case 'order-looked-up': case 'order-flagged': return
    case 'order-absent': return end(state, order, 'absent', event.at)
    case 'order-stuck': {
      setStatus(state, order, 'stuck')
      return
    }
    case 'order-canceled': {
      order.endedBy = event.by
      return end(state, order, 'canceled', event.at, event.venueAt)
    }
    case 'order-expired': return end(state, order, 'expired', event.at, event.venueAt)
    case 'order-corrected': return reopen(state, order, event.to)
    case 'cancel-changed': {
      order.cancel = event.to
      if (event.to === 'sending') {
        order.isCancelWanted = true
        order.isCancelPersonal = event.by === 'person'
      }
      if (event.isExpiry === true) order.isExpiring = true
      return
    }
    case 'amend-changed': return applyAmend(state, order, event)
    case 'overfill-seen': {
      order.overfill = event.excess
      return
    }
  }
}

export function applyIntent(state: EngineState, event: OrderIntended): void {
  const order = orderFromIntent(event)
  enlist(state, order)
  if (order.onBehalfOf !== undefined) addTo(state.pieces, order.onBehalfOf, order.id)
  if (order.link !== undefined) addTo(state.groups, order.link.group, order.id)
}

const noLots = lotsFromRaw(0)

export function applyAdoption(state: EngineState, event: ExternalAdopted): void {
  const { view, account } = event
  const before = event.filledBefore ?? noLots
  const order = freshOrder(event.order, specOfExternal(account, view), event.at, subtract(view.lots, before), {}, true)
  order.filledBefore = before
  order.status = 'working'
  order.venueOrder = view.venueOrder
  order.venueAt = view.updatedAt
  enlist(state, order)
  state.byVenueOrder.set(venueOrderKey(account, view.instrument, view.venueOrder), order.id)
}

function applySending(state: EngineState, order: OurOrder, { at, venueSpec, validUntil, worstPrice, reduces }: OrderSending): void {
  leaveHeld(state, order)
  setStatus(state, order, 'sending')
  order.venueSpec = venueSpec
  order.lots = venueSpec.lots
  order.limit = venueSpec.limit
  order.trigger = venueSpec.trigger ?? order.trigger
  order.worstPrice = worstPrice
  order.reduces = reduces === true
  order.sentAt = at
  order.validUntil = validUntil
}

function applyWorking(state: EngineState, order: OurOrder, { venueOrder, at }: OrderWorking): void {
  leaveHeld(state, order)
  // Only of an order whose sending is not on record: it left at some time, and must not leave again.
  if (order.sentAt === 0 && !order.isExternal) order.sentAt = at
  order.venueOrder = venueOrder
  state.byVenueOrder.set(venueOrderKey(order.spec.account, order.spec.instrument, venueOrder), order.id)
  if (!isTerminal(order.status)) setStatus(state, order, isPositive(order.filled) ? 'partial' : 'working')
}
