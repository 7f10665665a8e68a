import type { OrderId } from '../domain/index.ts'
import { tradeKeyOf, venueOrderKey } from './engine-state.ts'
import type { EngineState } from './engine-state.ts'
import { isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * Ended orders leave the memory; the journal keeps them. It must never forget one that a round of questions can still reach, or that
 * another order leans on. Part of the fold: what is forgotten, and when, follows from the events alone.
 */
export const endedKept = 10_000
const referencesKept = 50_000
/** No round reaches back so far behind the last clean one. */
export const reachMs = 3_600_000

export function noteEnded(state: EngineState, order: OurOrder): void {
  state.ended.push(order.id)
  while (state.ended.length - state.endedFirst > endedKept) {
    const oldest = state.orders.get(state.ended[state.endedFirst] as OrderId)
    if (oldest !== undefined && !isLive(oldest) && !mayForget(state, oldest)) break
    state.endedFirst += 1
    if (oldest !== undefined && !isLive(oldest)) forget(state, oldest)
  }
  // The front is cut off now and then, because cutting it off each time would move all the rest.
  if (state.endedFirst < endedKept) return
  state.ended.splice(0, state.endedFirst)
  state.endedFirst = 0
}

function mayForget(state: EngineState, { spec, endedAt, onBehalfOf, link }: OurOrder): boolean {
  const account = state.accounts.get(spec.account)
  if (account === undefined || endedAt > account.cleanAt - reachMs) return false
  if (link !== undefined && !state.endedGroups.has(link.group)) return false
  return onBehalfOf === undefined || !state.live.has(onBehalfOf)
}

function forget(state: EngineState, order: OurOrder): void {
  const { id, spec, venueOrder, link, fills } = order
  state.orders.delete(id)
  state.pieces.delete(id)
  if (venueOrder !== undefined) state.byVenueOrder.delete(venueOrderKey(spec.account, venueOrder))
  for (const { trade } of fills) state.trades.delete(tradeKeyOf(spec.account, trade))
  if (link === undefined) return
  const others = (state.groups.get(link.group) ?? []).filter((other) => other !== id)
  if (others.length > 0) state.groups.set(link.group, others)
  else {
    state.groups.delete(link.group)
    state.endedGroups.delete(link.group)
  }
}

export function noteReference(references: Set<string>, reference: string): void {
  references.add(reference)
  if (references.size <= referencesKept) return
  const [oldest] = references
  if (oldest !== undefined) references.delete(oldest)
}
