import { isPositive } from '../base/index.ts'
import type { AmendReported, CancelReported, SendAccepted, SendNotSent, SendRejected, SendUnknown } from '../domain/index.ts'
import { cancelAgain } from './cancels.ts'
import { accountWatch, decide, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { beginDoubt } from './doubts.ts'
import { wantEpoch } from './epochs.ts'
import { hasNeverLeft, isInDoubt, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { admitExistence } from './trades.ts'

/**
 * What became of a request. It must never end an order without proof, and never ask for the same thing to be sent again.
 * Invariants: 1 `unknown` is the outcome of every send that proves no other one; 2 a rejection does not undo what the venue has shown; 3 an outcome
 * that comes late changes nothing that better evidence has settled.
 */
export function takeAccepted(core: Core, report: SendAccepted): void {
  const order = ours(core, report)
  if (order === undefined) return
  if (hasNeverLeft(order)) {
    orderWatch(core, order).isCurious = true
    return wantEpoch(core, report.account, 'an acceptance of what never left')
  }
  // A stream or a question may have been faster.
  if (order.venueOrder === report.venueOrder && !isInDoubt(order)) return
  if (order.venueOrder !== undefined && order.venueOrder !== report.venueOrder) return wantEpoch(core, report.account, 'an acceptance names another order of the venue')
  const wasOver = !isLive(order) && order.venueOrder === undefined
  admitExistence(core, order, report.venueOrder)
  // Ended without a word of the venue, and now it says that it took it: it is asked for by name.
  if (wasOver && !isLive(order)) orderWatch(core, order).isCurious = true
  cancelAgain(core, order, 'it was accepted after it was to be canceled')
}

export function takeRejected(core: Core, report: SendRejected | SendNotSent): void {
  const order = ours(core, report)
  if (order === undefined || !isLive(order)) return
  // Shown by the venue, whatever this says: two words that cannot both be true are settled by a question.
  if (order.venueOrder !== undefined || isPositive(order.filled)) {
    orderWatch(core, order).isCurious = true
    return wantEpoch(core, report.account, 'a rejection of what the venue has shown')
  }
  if (!isInDoubt(order)) return
  const proof = report.kind === 'send-not-sent' ? `not sent: ${report.proof}` : report.proof
  decide(core, { kind: 'order-rejected', order: order.id, proof })
}

export function takeUnknown(core: Core, report: SendUnknown): void {
  const order = ours(core, report)
  if (order?.status === 'sending') beginDoubt(core, order, report.why)
}

export function takeCancelOutcome(core: Core, report: CancelReported): void {
  const order = ours(core, report)
  if (order === undefined || !isLive(order) || order.cancel !== 'sending') return
  const { outcome, detail } = report
  const watched = orderWatch(core, order)
  watched.changeSince = core.at
  const to = outcome === 'accepted' ? 'acked' : outcome === 'unknown' ? 'unknown' : 'none'
  decide(core, { kind: 'cancel-changed', order: order.id, to, detail })
  // A refusal proves nothing: it may be filled, gone, or not have been there yet. The venue is asked.
  watched.isCurious = true
  if (outcome === 'unknown') wantEpoch(core, report.account, 'a cancel whose fate is not known')
}

export function takeAmendOutcome(core: Core, report: AmendReported): void {
  const order = ours(core, report)
  if (order === undefined || !isLive(order) || order.amendment !== report.amendment) return
  if (order.amend !== 'sending' && order.amend !== 'unknown') return
  const { outcome, detail, amendment } = report
  const watched = orderWatch(core, order)
  watched.changeSince = core.at
  const to = outcome === 'accepted' ? 'acked' : outcome === 'unknown' ? 'unknown' : 'none'
  decide(core, { kind: 'amend-changed', order: order.id, to, amendment, detail })
  if (outcome === 'accepted') return
  watched.isCurious = true
  if (outcome === 'unknown') wantEpoch(core, report.account, 'an amend whose fate is not known')
}

/** Outcomes are of requests that this engine made, or of a run before it. */
function ours(core: Core, report: { readonly order: SendAccepted['order']; readonly account: string }): OurOrder | undefined {
  const order = core.state.orders.get(report.order)
  if (order?.spec.account === report.account) return order
  if (core.watch.accounts.has(report.account)) accountWatch(core, report.account).wanted ??= 'an outcome of an order that nobody here knows'
  return undefined
}
