import { rawOf, type Lots, type Ticks } from '../../../base/index.ts'
import { isTerminal, type ExternalAdopted, type OrderIntended, type OrderSpec, type OrderStatus, type TradingEvent, type VenueOrderView } from '../../../domain/index.ts'
import type { OrderDraft } from './order-row.ts'

/** What an event of one order makes of its row, but for trades: they are counted where the money is. */
export type OrderChange = Exclude<
  Extract<TradingEvent, { readonly order: string }>, { readonly kind: 'order-intended' | 'external-adopted' | 'order-filled' | 'fill-superseded' }
>

export function changeOrder(order: OrderDraft, event: OrderChange): void {
  order.changedAt = event.at
  switch (event.kind) {
    case 'order-denied': {
      order.refusal = event.refusal
      return end(order, 'denied', event.at, event.refusal.detail)
    }
    case 'order-held': return move(order, { status: 'held', heldFor: event.why })
    case 'stop-moved': return move(order, { trigger: rawOf(event.trigger) })
    case 'order-triggered': return move(order, { isTriggered: true })
    case 'order-sending': {
      const { venueSpec } = event
      return move(order, {
        status: 'sending', heldFor: null, sentAt: event.at, lots: rawOf(venueSpec.lots), limit: ticksOr(venueSpec.limit, null),
        trigger: ticksOr(venueSpec.trigger, order.trigger),
      })
    }
    case 'order-resized': return resize(order, event.lots, event.at, { reason: event.why })
    case 'order-revised': {
      const { limit, trigger, why } = event
      return resize(order, event.lots, event.at, { limit: ticksOr(limit, order.limit), trigger: ticksOr(trigger, order.trigger), reason: why })
    }
    case 'order-working': {
      move(order, { venueOrder: event.venueOrder, workingAt: order.workingAt ?? event.at })
      return isTerminal(order.status) ? undefined : move(order, { status: order.filled > 0 ? 'partial' : 'working' })
    }
    case 'order-completed': return end(order, 'filled', event.at, order.reason)
    case 'order-rejected': return end(order, 'rejected', event.at, event.proof)
    case 'order-unknown': return move(order, { status: 'unknown', reason: event.why })
    case 'order-looked-up': return
    case 'order-flagged': return move(order, { flag: event.what, reason: event.detail })
    case 'order-absent': return end(order, 'absent', event.at, event.proof)
    case 'order-stuck': return move(order, { status: 'stuck', reason: event.why })
    case 'order-canceled': {
      order.endedBy = event.by
      return end(order, 'canceled', event.at, event.why)
    }
    case 'order-expired': {
      order.endedBy = event.by
      return end(order, 'expired', event.at, order.reason)
    }
    case 'order-corrected': return move(order, { status: event.to, endedAt: null, endedBy: null, reason: event.why })
    case 'cancel-changed': return move(order, { cancel: event.to })
    case 'amend-changed': return changeAmend(order, event)
    case 'overfill-seen': return move(order, { overfill: rawOf(event.excess) })
  }
}

/** After a trade was counted in, or a size moved: whether that was all of it. */
export function settleSize(order: OrderDraft, at: number): void {
  if (order.status === 'filled' || order.lots === 0) return
  // While an amend to more is under way, the old size alone does not say that nothing can fill any more.
  const isAmending = order.amend === 'sending' || order.amend === 'unknown'
  const largest = Math.max(order.lots, isAmending ? (order.amendTo?.lots ?? 0) : 0)
  if (order.filled >= largest) end(order, 'filled', at, order.reason)
}

function changeAmend(order: OrderDraft, event: Extract<OrderChange, { readonly kind: 'amend-changed' }>): void {
  const wished = order.amendTo
  if (event.to === 'sending') {
    order.amendTo = { lots: event.lots === undefined ? order.lots : rawOf(event.lots), limit: ticksOr(event.limit, null), trigger: ticksOr(event.trigger, null) }
  }
  if (event.to === 'acked' && wished !== null) {
    move(order, { lots: wished.lots ?? order.lots, limit: wished.limit ?? order.limit, trigger: wished.trigger ?? order.trigger })
  }
  order.amend = event.to === 'acked' ? 'none' : event.to
  if (event.to !== 'acked' && event.to !== 'none') return
  order.amendTo = null
  settleSize(order, event.at)
}

function resize(order: OrderDraft, lots: Lots, at: number, more: Partial<OrderDraft>): void {
  move(order, { ...more, lots: rawOf(lots) })
  settleSize(order, at)
}

function end(order: OrderDraft, status: OrderStatus, at: number, reason: string | null): void {
  move(order, { status, endedAt: at, cancel: 'none', amend: 'none', amendTo: null, heldFor: null, reason })
}

const move = (order: OrderDraft, to: Partial<OrderDraft>): void => void Object.assign(order, to)

const ticksOr = (ticks: Ticks | undefined, otherwise: number | null): number | null => (ticks === undefined ? otherwise : rawOf(ticks))

export function orderOfIntent(sequence: number, event: OrderIntended): OrderDraft {
  const { spec, link } = event
  return {
    ...freshOrder(sequence, event.order, spec, event.at), lots: rawOf(event.lots),
    link: link ?? null, groupId: link?.group ?? null, replaces: event.replaces ?? null, onBehalfOf: event.onBehalfOf ?? null,
  }
}

export function orderOfAdoption(sequence: number, { order, account, view, filledBefore, at }: ExternalAdopted): OrderDraft {
  const before = filledBefore === undefined ? 0 : rawOf(filledBefore)
  return {
    ...freshOrder(sequence, order, specOfView(account, view), at), lots: rawOf(view.lots) - before, status: 'working', isExternal: true,
    venueOrder: view.venueOrder, workingAt: at,
  }
}

function specOfView(account: string, { instrument, side, lots, limit, trigger, reduceOnly, positionSide }: VenueOrderView): OrderSpec {
  const plain = limit === undefined ? 'market' : 'limit'
  const triggered = limit === undefined ? 'stop' : 'stop-limit'
  return {
    account, instrument, side, type: trigger === undefined ? plain : triggered, size: { by: 'quantity', lots }, timeInForce: 'gtc', owner: 'external',
    ...(limit === undefined ? {} : { limit }),
    ...(trigger === undefined ? {} : { trigger: { price: trigger, source: 'last' } }),
    ...(reduceOnly === undefined ? {} : { reduceOnly }),
    ...(positionSide === undefined ? {} : { positionSide }),
  }
}

const freshOrder = (sequence: number, id: string, spec: OrderSpec, at: number): OrderDraft => ({
  sequence, id, account: spec.account, instrument: spec.instrument, side: spec.side, type: spec.type, owner: spec.owner,
  status: 'intent', placedAt: at, changedAt: at, endedAt: null, lots: 0, filled: 0, realised: 0,
  limit: ticksOr(spec.limit, null), trigger: ticksOr(spec.trigger?.price, null), groupId: null, commandId: null,
  spec, link: null, isExternal: false, replaces: null, onBehalfOf: null, heldFor: null, isTriggered: false, cancel: 'none', amend: 'none', amendTo: null,
  venueOrder: null, refusal: null, reason: null, endedBy: null, sentAt: null, workingAt: null, firstFillAt: null, lastFillAt: null,
  filledValue: '0', fees: {}, overfill: 0, flag: null,
})
