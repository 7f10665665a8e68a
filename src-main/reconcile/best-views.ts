import { compare } from '../base/index.ts'
import type { VenueOrderView } from '../domain/index.ts'
import { placeOf } from './explain-trades.ts'

const hasEnded = (view: VenueOrderView): boolean => view.status !== 'open'

/**
 * Two lists of one epoch are asked for one after the other, so an order may stand in both. What has filled more is later; then
 * what has ended; then the younger word.
 */
const isLater = (candidate: VenueOrderView, known: VenueOrderView): boolean => {
  const byFilled = compare(candidate.filled, known.filled)
  if (byFilled !== 0) return byFilled > 0
  if (hasEnded(candidate) !== hasEnded(known)) return hasEnded(candidate)
  return candidate.updatedAt > known.updatedAt
}

/** One view for each order of the venue, in the order of the venue's ids, so that the same answers always lead to the same events. */
export const bestViews = (lists: readonly (readonly VenueOrderView[])[]): readonly VenueOrderView[] => {
  const best = new Map<string, VenueOrderView>()
  for (const view of lists.flat()) {
    const known = best.get(placeOf(view))
    if (known === undefined || isLater(view, known)) best.set(placeOf(view), view)
  }
  return [...best.values()].sort((a, b) => (a.venueOrder === b.venueOrder ? (a.instrument < b.instrument ? -1 : 1) : a.venueOrder < b.venueOrder ? -1 : 1))
}
