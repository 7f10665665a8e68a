import { isLess, isMore } from '../base/index.ts'
import { decide } from './core.ts'
import type { Core } from './core.ts'
import { isFull, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import type { PendingEnding } from './watch.ts'

/**
 * An order ends by the venue's word, and with all its fills. It must never end one whose trades are still to come: what is
 * counted waits in the watch until trades have shown it, or something stands in for them.
 */
export function endBy(core: Core, order: OurOrder, ending: PendingEnding, watched: { ending: PendingEnding | undefined }): void {
  const known = watched.ending
  watched.ending = known !== undefined && isMore(known.filled, ending.filled) ? { ...ending, filled: known.filled } : ending
  endIfShown(core, order)
}

export function endIfShown(core: Core, order: OurOrder): void {
  const watched = core.watch.orders.get(order.id)
  const ending = watched?.ending
  if (watched === undefined || ending === undefined || !isLive(order)) return
  if (isLess(order.filled, ending.filled)) return
  watched.ending = undefined
  decideEnding(core, order, ending)
}

function decideEnding(core: Core, order: OurOrder, { status }: PendingEnding): void {
  switch (status) {
    case 'filled': {
      // A change that was under way came too late.
      if (order.amend !== 'none') decide(core, { kind: 'amend-changed', order: order.id, to: 'none', amendment: order.amendment, detail: 'the venue calls it filled' })
      if (!isLive(order)) return
      // The venue calls it full with less than we wanted: it is full at that.
      decide(core, { kind: 'order-resized', order: order.id, lots: order.filled, why: 'the venue counts it as filled with this' })
      if (isLive(order) && !isFull(order)) decide(core, { kind: 'order-canceled', order: order.id, by: 'venue', why: 'it ended without a fill' })
      return
    }
    case 'canceled': {
      if (order.isExpiring) decide(core, { kind: 'order-expired', order: order.id, by: 'engine' })
      else decide(core, { kind: 'order-canceled', order: order.id, by: order.isCancelWanted ? 'engine' : 'venue', why: 'the venue says so' })
      return
    }
    case 'expired': {
      decide(core, { kind: 'order-expired', order: order.id, by: 'venue' })
      return
    }
    case 'rejected': {
      decide(core, { kind: 'order-rejected', order: order.id, proof: 'the venue shows it as rejected' })
      return
    }
  }
}
