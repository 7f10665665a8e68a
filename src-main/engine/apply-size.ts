import { add, ensureDefined, isMore, subtract } from '../base/index.ts'
import type { Lots, Ticks } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type { AmendChanged, FillSuperseded, OrderFilled, OrderRevised } from '../domain/index.ts'
import { tradeKeyOf } from './engine-state.ts'
import type { EngineState } from './engine-state.ts'
import { endIfFull, setStatus } from './enlisting.ts'
import { isFull } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { accountIn, orderIn } from './state-lookups.ts'

/** The part of the fold that says how large an order is and how much of it is filled. */
export function applyAmend(state: EngineState, order: OurOrder, event: AmendChanged): void {
  order.amend = event.to === 'acked' ? 'none' : event.to
  order.amendment = event.amendment
  if (event.to === 'sending') {
    order.amendTo = {
      lots: event.lots ?? order.lots,
      ...(event.limit === undefined ? {} : { limit: event.limit }),
      ...(event.trigger === undefined ? {} : { trigger: event.trigger }),
      ...(event.worstPrice === undefined ? {} : { worstPrice: event.worstPrice }),
      ...(event.reduces === undefined ? {} : { reduces: event.reduces }),
    }
  }
  if (event.to === 'acked' && order.amendTo !== undefined) {
    order.lots = order.amendTo.lots
    order.limit = order.amendTo.limit ?? order.limit
    order.trigger = order.amendTo.trigger ?? order.trigger
    order.worstPrice = order.amendTo.worstPrice ?? order.worstPrice
    order.reduces = order.amendTo.reduces ?? order.reduces
  }
  if (event.to !== 'acked' && event.to !== 'none') return
  order.amendTo = undefined
  // All of the old size may have filled while a larger one was asked for.
  endIfFull(state, order, event.at)
}

export function applyRevision(state: EngineState, order: OurOrder, { lots, limit, trigger, updatedAt, at }: OrderRevised): void {
  // What was approved as reducing was so at its old size.
  if (isMore(lots, order.lots)) order.reduces = false
  order.lots = lots
  order.limit = limit ?? order.limit
  order.trigger = trigger ?? order.trigger
  order.worstPrice = dearest(order.worstPrice, limit, trigger)
  order.venueAt = updatedAt
  endIfFull(state, order, at)
}

/** What was set aside is never lowered by a word of the venue. */
function dearest(...prices: readonly (Ticks | undefined)[]): Ticks | undefined {
  let most: Ticks | undefined
  for (const price of prices) if (price !== undefined && (most === undefined || isMore(price, most))) most = price
  return most
}

export function applyFill(state: EngineState, { order: id, trade, inferred, at }: OrderFilled): void {
  const order = orderIn(state, id)
  order.changedAt = at
  order.fills.push({ trade, inferred })
  order.filled = add(order.filled, trade.lots)
  const { account } = order.spec
  state.trades.set(tradeKeyOf(account, trade), { order: id, trade, isConflicted: false })
  accountIn(state, account).books.applyFill(trade, inferred, at)
  if (isFull(order)) endIfFull(state, order, at)
  else if (!isTerminal(order.status)) setStatus(state, order, 'partial')
  countForOwners(state, order, trade.lots, at)
}

/** What a piece fills is filled of the order that it was sent for, and of that one's owner. */
function countForOwners(state: EngineState, piece: OurOrder, lots: Lots, at: number): void {
  let owner = piece.onBehalfOf === undefined ? undefined : state.orders.get(piece.onBehalfOf)
  while (owner !== undefined) {
    owner.filled = add(owner.filled, lots)
    owner.changedAt = at
    owner = owner.onBehalfOf === undefined ? undefined : state.orders.get(owner.onBehalfOf)
  }
}

export function applySuperseded(state: EngineState, { order: id, trade, at }: FillSuperseded): void {
  const order = orderIn(state, id)
  order.changedAt = at
  const inferred = order.fills.findIndex((fill) => fill.inferred && fill.trade.trade === trade.trade)
  const place = inferred >= 0 ? inferred : order.fills.findIndex((fill) => fill.trade.trade === trade.trade)
  ensureDefined(order.fills[place], 'the fill that is taken back')
  order.fills.splice(place, 1)
  order.filled = subtract(order.filled, trade.lots)
  takeFromOwners(state, order, trade.lots)
  const { account } = order.spec
  state.trades.delete(tradeKeyOf(account, trade))
  accountIn(state, account).books.takeBackFill(trade, at)
}

function takeFromOwners(state: EngineState, piece: OurOrder, lots: Lots): void {
  let owner = piece.onBehalfOf === undefined ? undefined : state.orders.get(piece.onBehalfOf)
  while (owner !== undefined) {
    owner.filled = subtract(owner.filled, lots)
    owner = owner.onBehalfOf === undefined ? undefined : state.orders.get(owner.onBehalfOf)
  }
}
