import { isTerminal } from '../../domain/index.ts'
import { settleIceberg } from './iceberg.ts'
import type { Intention } from './intention.ts'
import { isExpired } from './leg.ts'
import type { ContingencyView, OrderSeen } from './order-seen.ts'
import { canBeCanceled, cancelPieces } from './piece.ts'
import type { Settling } from './piece.ts'
import { isIcebergOfOurs } from './placement.ts'
import { inTheWayOf, isWaitingForAnother, takeBack } from './self-trade.ts'
import { watchesOf } from './trigger-watch.ts'
import type { TriggerWatch } from './trigger-watch.ts'

/** What an order asks for that stands alone, or is the entry of a group. */
const isSliced = (view: ContingencyView, { spec, heldFor, venueSpec, triggered }: OrderSeen): boolean => {
  if (heldFor === undefined || venueSpec !== undefined) return false
  return (heldFor === 'iceberg' || triggered) && isIcebergOfOurs(spec, view.tradable(spec.account, spec.instrument))
}

/** A date that the venue was given is the venue's to keep. */
const isTimeOver = (view: ContingencyView, seen: OrderSeen, at: number): boolean =>
  seen.venueSpec?.timeInForce !== 'gtd' && isExpired(seen, view.tradable(seen.spec.account, seen.spec.instrument), at)

export const settleSingle = (view: ContingencyView, seen: OrderSeen, settling: Settling): readonly Intention[] => {
  if (isTerminal(seen.status)) return []
  if (isSliced(view, seen)) return settleIceberg(view, seen, settling)
  if (isTimeOver(view, seen, settling.expiryAt)) {
    const mayEnd = canBeCanceled(seen) && settling.patience.mayAsk(seen.id, 'expire', settling.at)
    return mayEnd ? [{ kind: 'expire-order', order: seen.id }] : []
  }
  return isWaitingForAnother(seen) ? settleWaiting(view, seen, settling) : []
}

/** The prices it waits for, while the engine holds its trigger. */
export const watchesOfSingle = (seen: OrderSeen): readonly TriggerWatch[] =>
  seen.heldFor === 'trigger' && seen.status === 'held' && !seen.triggered && seen.cancel === 'none' ? watchesOf(seen) : []


/**
 * An order that would have met one of ours goes when that one is proven gone. A refused cancel is asked for again; where an
 * exit came in between, the one that waited gives way.
 */
export const settleWaiting = (view: ContingencyView, seen: OrderSeen, settling: Settling): readonly Intention[] => {
  const open = view.openOrders(seen.spec.account, seen.spec.instrument)
  const { met, ahead, mustYield } = inTheWayOf(seen, open)
  const release: readonly Intention[] = [{ kind: 'release-order', order: seen.id }]
  if (mustYield) return [{ kind: 'cancel-order', order: seen.id, why: 'it would trade with an exit of this account' }]
  // The release finds out what stands in its way, and has it on record; after that there is only waiting.
  if (seen.heldFor === 'trigger' && met.some(({ cancel }) => cancel === 'none')) {
    return settling.patience.mayAsk(seen.id, 'release', settling.at) ? release : []
  }
  if (met.length > 0) return cancelPieces(takeBack(met, open), 'it would trade with another order of this account', settling)
  return ahead.length > 0 ? [] : release
}
