import { isEqual, isMore, lotsFromRaw } from '../base/index.ts'
import type { Ticks } from '../base/index.ts'
import type { VenueOrderView } from '../domain/index.ts'
import { decide } from './core.ts'
import type { Core } from './core.ts'
import type { OurOrder } from './our-order.ts'

/**
 * An order whose terms were changed at the venue past us. What may fill has to be counted as it stands there, and never as it was once placed.
 * Invariants: 1 the terms of what others placed are those of the venue's newest word; 2 terms of ours change only on the word of a question that was asked late
 * enough after our last change, with no change of ours under way.
 */
export interface Asked {
  readonly at: number
  /** For this one order, not for a list. */
  readonly isByName: boolean
}

export function takeRevision(core: Core, order: OurOrder, view: VenueOrderView, asked: Asked | undefined): void {
  if (view.status !== 'open' || isMore(view.filled, view.lots) || !isNews(core, order, view, asked) || hasTermsOf(order, view)) return
  const { lots, limit, trigger, updatedAt } = view
  decide(core, {
    kind: 'order-revised', order: order.id, lots, updatedAt, why: order.isExternal ? 'its owner changed it' : 'somebody changed it at the venue',
    ...(limit === undefined ? {} : { limit }), ...(trigger === undefined ? {} : { trigger }),
  })
}

function isNews(core: Core, order: OurOrder, view: VenueOrderView, asked: Asked | undefined): boolean {
  if (order.isExternal) return asked === undefined ? view.updatedAt > order.venueAt : view.updatedAt >= order.venueAt
  if (asked === undefined || order.amend !== 'none' || view.updatedAt < order.venueAt) return false
  const { receiveWindowMs, clockErrorMs, absenceMarginMs } = core.setup.timings
  return asked.at > order.changedAt + receiveWindowMs + clockErrorMs + absenceMarginMs
}

const noLots = lotsFromRaw(0)

/** What a venue does not show, or what was never a term of it there, says nothing. */
function hasTermsOf(order: OurOrder, view: VenueOrderView): boolean {
  if (!isEqual(view.lots, order.lots) && isMore(view.lots, noLots)) return false
  const isTriggerThere = order.isExternal || order.venueSpec?.trigger !== undefined
  return isSamePrice(order.limit, view.limit) && (!isTriggerThere || isSamePrice(order.trigger, view.trigger))
}

const isSamePrice = (ours: Ticks | undefined, shown: Ticks | undefined): boolean => ours === undefined || shown === undefined || isEqual(ours, shown)
