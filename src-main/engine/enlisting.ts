import { ensureDefined } from '../base/index.ts'
import type { OrderId, OrderStatus } from '../domain/index.ts'
import { placeKey } from './engine-state.ts'
import type { EngineState } from './engine-state.ts'
import { noteEnded } from './forgetting.ts'
import { countOf, runStartOf } from './order-ids.ts'
import { isDoubted, isFull } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/** In which lists of the state an order stands, from its intent to its end. Part of the fold: only events lead here. */
export function enlist(state: EngineState, order: OurOrder): void {
  state.orders.set(order.id, order)
  enliven(state, order)
  noteId(state, order.id)
}

function enliven(state: EngineState, order: OurOrder): void {
  const { account, instrument } = order.spec
  const key = placeKey(account, instrument)
  const place = state.liveIn.get(key) ?? new Map<OrderId, OurOrder>()
  state.liveIn.set(key, place)
  place.set(order.id, order)
  state.live.set(order.id, order)
}

export function addTo<Key>(lists: Map<Key, OrderId[]>, key: Key, order: OrderId): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [order])
  else list.push(order)
}

/** The one way to another status, so that what is counted by status is right. */
export function setStatus(state: EngineState, order: OurOrder, status: OrderStatus): void {
  if (isDoubted(order.status)) state.doubted -= 1
  if (isDoubted(status)) state.doubted += 1
  order.status = status
}

export function leaveHeld(state: EngineState, order: OurOrder): void {
  if (order.status === 'held' && order.heldFor === 'replaced') state.replacedHeld -= 1
}

export function end(state: EngineState, order: OurOrder, status: OrderStatus, at: number, venueAt = 0): void {
  leaveHeld(state, order)
  setStatus(state, order, status)
  order.endedAt = at
  order.endedVenueAt = venueAt
  order.cancel = 'none'
  order.amend = 'none'
  order.amendTo = undefined
  state.live.delete(order.id)
  state.liveIn.get(placeKey(order.spec.account, order.spec.instrument))?.delete(order.id)
  noteEnded(state, order)
}

export function endIfFull(state: EngineState, order: OurOrder, at: number): void {
  if (order.status !== 'filled' && isFull(order)) end(state, order, 'filled', at)
}

export function reopen(state: EngineState, order: OurOrder, to: 'working' | 'partial'): void {
  setStatus(state, order, to)
  order.endedAt = 0
  order.endedVenueAt = 0
  enliven(state, order)
  // As a snapshot would bring them back: in the order of their ids, which is that of their intents.
  inOrder(state.live)
  inOrder(ensureDefined(state.liveIn.get(placeKey(order.spec.account, order.spec.instrument)), 'the place of a live order'))
}

function inOrder(orders: Map<OrderId, OurOrder>): void {
  const sorted = [...orders.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  orders.clear()
  for (const order of sorted) orders.set(order.id, order)
}

/** Ids that were made in this run are not made again after a replay of it. */
function noteId(state: EngineState, id: OrderId): void {
  if (runStartOf(id) === state.runStartedAt) state.idsMade = Math.max(state.idsMade, countOf(id) + 1)
}
