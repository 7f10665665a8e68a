import { isEqual, isLess, isMore } from '../base/index.ts'
import { decide } from './core.ts'
import type { Core } from './core.ts'
import { isFull, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import type { Asked } from './revisions.ts'
import type { OrderWatch, PendingEnding } from './watch.ts'

/**
 * An order ends by the venue's word, and with all its fills. It must never end one whose trades are still to come: what is
 * counted waits in the watch until trades have shown it, or something stands in for them. And it must never take a count that lags for the whole:
 * what is called filled with less than its size goes on being counted until a question from well after that shows the same once more.
 */
export function endBy(core: Core, order: OurOrder, told: Omit<PendingEnding, 'isProven' | 'since'>, watched: OrderWatch, asked?: Asked): void {
  const known = watched.ending
  const filled = known !== undefined && isMore(known.filled, told.filled) ? known.filled : told.filled
  const isShort = told.status === 'filled' && isLess(filled, order.lots)
  const isSame = known !== undefined && known.status === told.status && isEqual(known.filled, filled)
  const since = isSame ? known.since : core.at
  const isProven = !isShort || (isSame && (known.isProven || (asked !== undefined && asked.at >= since + core.setup.timings.graceMs)))
  watched.ending = { ...told, filled, since, isProven }
  if (!isProven) watched.isCurious = true
  endIfShown(core, order)
}

export function endIfShown(core: Core, order: OurOrder): void {
  const watched = core.watch.orders.get(order.id)
  const ending = watched?.ending
  if (watched === undefined || ending === undefined || !isLive(order)) return
  if (!ending.isProven || isLess(order.filled, ending.filled)) return
  watched.ending = undefined
  decideEnding(core, order, ending)
}

function decideEnding(core: Core, order: OurOrder, { status, updatedAt: venueAt }: PendingEnding): void {
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
      if (order.isExpiring) decide(core, { kind: 'order-expired', order: order.id, by: 'engine', venueAt })
      else decide(core, { kind: 'order-canceled', order: order.id, by: order.isCancelWanted ? 'engine' : 'venue', why: 'the venue says so', venueAt })
      return
    }
    case 'expired': {
      decide(core, { kind: 'order-expired', order: order.id, by: 'venue', venueAt })
      return
    }
    case 'rejected': {
      decide(core, { kind: 'order-rejected', order: order.id, proof: 'the venue shows it as rejected' })
      return
    }
  }
}
