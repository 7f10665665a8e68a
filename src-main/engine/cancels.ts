import type { OrderCanceled } from '../domain/index.ts'
import { ask, decide, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { isLive, mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * Taking orders back. It must never call an order canceled that may be at the venue: there, only the venue's word ends it.
 * Invariants: 1 a cancel leaves at once and waits for no record; 2 what is wanted canceled and shows up late is canceled again.
 */
export interface CancelWish {
  readonly by: OrderCanceled['by']
  readonly why: string
  readonly isExpiry?: boolean
}

export function cancelOrder(core: Core, order: OurOrder, wish: CancelWish): void {
  if (!isLive(order)) return
  if (mayBeAtVenue(order)) return cancelAtVenue(core, order, wish)
  const pieces = livePiecesOf(core, order)
  if (pieces.length === 0) return endHere(core, order, wish)
  if (!order.isCancelWanted) decide(core, changeOf(order, wish))
  for (const piece of pieces) cancelOrder(core, piece, wish)
}

/** What is held is nowhere but here, so it ends with our own word. */
function endHere(core: Core, order: OurOrder, { by, why, isExpiry }: CancelWish): void {
  if (isExpiry === true || order.isExpiring) decide(core, { kind: 'order-expired', order: order.id, by: 'engine' })
  else decide(core, { kind: 'order-canceled', order: order.id, by: order.isCancelPersonal ? 'person' : by, why })
}

function cancelAtVenue(core: Core, order: OurOrder, wish: CancelWish): void {
  // One question at a time; if it is lost, time brings it again.
  if (order.cancel === 'sending') return
  decide(core, changeOf(order, wish))
  const { id, spec, venueOrder } = order
  orderWatch(core, order).changeSince = core.at
  ask(core, {
    kind: 'send-cancel', account: spec.account, needs: 0, order: id, instrument: spec.instrument, ...(venueOrder === undefined ? {} : { venueOrder }),
  })
}

const changeOf = (order: OurOrder, { by, why, isExpiry }: CancelWish) => ({
  kind: 'cancel-changed', order: order.id, to: 'sending', ...(isExpiry === true ? { isExpiry } : {}), ...(by === 'person' ? { by } : {}), detail: why,
}) as const

/** A late acceptance, a lost cancel: what was wanted away is asked away again. */
export function cancelAgain(core: Core, order: OurOrder, why: string): void {
  if (!isLive(order) || !order.isCancelWanted || !mayBeAtVenue(order)) return
  cancelAtVenue(core, order, { by: 'engine', why })
}

export function livePiecesOf(core: Core, order: OurOrder): readonly OurOrder[] {
  const pieces = core.state.pieces.get(order.id)
  if (pieces === undefined) return []
  return pieces.flatMap((id) => {
    const piece = core.state.live.get(id)
    return piece === undefined ? [] : [piece]
  })
}

/** All pieces of an order that was to go have gone: now it is over. */
export function endWithPieces(core: Core, piece: OurOrder): void {
  const owner = piece.onBehalfOf === undefined ? undefined : core.state.live.get(piece.onBehalfOf)
  if (owner === undefined || !owner.isCancelWanted || livePiecesOf(core, owner).length > 0) return
  endHere(core, owner, { by: 'engine', why: 'all of it that was at the venue is gone', ...(owner.isExpiring ? { isExpiry: true } : {}) })
}
