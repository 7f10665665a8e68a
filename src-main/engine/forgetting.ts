import type { OrderId } from '../domain/index.ts'
import { tradeKeyOf, venueOrderKey } from './engine-state.ts'
import type { EngineState } from './engine-state.ts'
import { isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * Ended orders leave the memory; the journal keeps them. It must never forget one that a round of questions can still reach, or that
 * another order leans on, and never a group in part. Part of the fold: what is forgotten, and when, follows from the events alone.
 */
export const endedKept = 10_000
const referencesKept = 50_000
/** No round reaches back so far behind the last clean one. */
export const reachMs = 3_600_000

export function noteEnded(state: EngineState, order: OurOrder): void {
  state.ended.push(order.id)
  // One that a round can still reach, or that something else leans on, goes to the back, a few at a time: behind it others may be forgotten.
  for (let turns = 0; turns < turnsMax && state.ended.length - state.endedFirst > endedKept; turns += 1) {
    const oldest = state.orders.get(state.ended[state.endedFirst] as OrderId)
    const isYoung = oldest !== undefined && !isLive(oldest) && !isOutOfReach(state, oldest)
    // Those behind it are mostly as young: a step now and then is enough to come past an account that is never clean.
    if (isYoung && (state.ended.length - state.endedFirst) % 16 !== 0) break
    state.endedFirst += 1
    if (oldest === undefined || isLive(oldest)) continue
    if (isYoung) {
      state.ended.push(oldest.id)
      break
    }
    const root = rootOf(state, oldest)
    const family = isOver(state, root) ? familyOf(state, root) : []
    if (family.length > 0 && family.every((member) => isOver(state, member) && isOutOfReach(state, member))) for (const member of family) forget(state, member)
    else state.ended.push(oldest.id)
  }
  // The front is cut off now and then, because cutting it off each time would move all the rest.
  if (state.endedFirst < endedKept) return
  state.ended.splice(0, state.endedFirst)
  state.endedFirst = 0
}

const turnsMax = 4

const isOutOfReach = ({ accounts }: EngineState, { spec, endedAt }: OurOrder): boolean => endedAt <= (accounts.get(spec.account)?.cleanAt ?? 0) - reachMs

function rootOf(state: EngineState, order: OurOrder): OurOrder {
  let root = order
  for (let owner = ownerOf(state, root); owner !== undefined; owner = ownerOf(state, root)) root = owner
  return root
}

/** What is forgotten is forgotten together: a group with all its legs, and each with all that was sent on its behalf. */
function familyOf(state: EngineState, root: OurOrder): readonly OurOrder[] {
  const roots = root.link === undefined ? [root.id] : (state.groups.get(root.link.group) ?? [root.id])
  const family: OurOrder[] = []
  const waiting = [...roots]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const member = state.orders.get(id)
    if (member === undefined) continue
    family.push(member)
    waiting.push(...(state.pieces.get(id) ?? []))
  }
  return family
}

const ownerOf = (state: EngineState, { onBehalfOf }: OurOrder): OurOrder | undefined => (onBehalfOf === undefined ? undefined : state.orders.get(onBehalfOf))

const isOver = (state: EngineState, order: OurOrder): boolean => !isLive(order) && (order.link === undefined || state.endedGroups.has(order.link.group))

function forget(state: EngineState, order: OurOrder): void {
  const { id, spec, venueOrder, link, fills, endedAt } = order
  const account = state.accounts.get(spec.account)
  if (account !== undefined) account.forgottenUpTo = Math.max(account.forgottenUpTo, endedAt)
  state.orders.delete(id)
  state.pieces.delete(id)
  const key = venueOrder === undefined ? undefined : venueOrderKey(spec.account, spec.instrument, venueOrder)
  // It may have turned out to be another one's.
  if (key !== undefined && state.byVenueOrder.get(key) === id) state.byVenueOrder.delete(key)
  for (const { trade } of fills) state.trades.delete(tradeKeyOf(spec.account, trade))
  if (link === undefined) return
  // All its members go now.
  state.groups.delete(link.group)
  state.endedGroups.delete(link.group)
}

export function noteReference(references: Set<string>, reference: string): void {
  references.add(reference)
  if (references.size <= referencesKept) return
  const [oldest] = references
  if (oldest !== undefined) references.delete(oldest)
}
