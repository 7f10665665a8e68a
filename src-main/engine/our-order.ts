import { add, compare, isMore, lotsFromRaw, maximum, subtract } from '../base/index.ts'
import type { Lots, Ticks } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type { GroupLink, OrderCanceled, OrderHeld, OrderId, OrderIntended, OrderSpec, OrderStatus, Overlay, VenueOrderSpec, VenueTrade } from '../domain/index.ts'

/** A trade as it was applied; an inferred one stands for what a venue counts and has not shown yet. */
export interface OurFill {
  readonly trade: VenueTrade
  readonly inferred: boolean
}

export interface AmendWish {
  readonly lots: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
  readonly worstPrice?: Ticks
  readonly reduces?: boolean
}

/** What the engine knows of one order. Only `apply` changes it. */
export interface OurOrder {
  readonly id: OrderId
  readonly spec: OrderSpec
  readonly intendedAt: number
  readonly isExternal: boolean
  /** Filled before the account was first seen: neither in `lots` nor in `filled`. */
  filledBefore: Lots
  readonly link: GroupLink | undefined
  readonly replaces: OrderId | undefined
  readonly onBehalfOf: OrderId | undefined
  status: OrderStatus
  heldFor: OrderHeld['why'] | undefined
  /** 0 while the size is still to be resolved. */
  lots: Lots
  filled: Lots
  limit: Ticks | undefined
  trigger: Ticks | undefined
  triggered: boolean
  venueOrder: string | undefined
  venueSpec: VenueOrderSpec | undefined
  /** What risk counted it with. */
  worstPrice: Ticks | undefined
  reduces: boolean
  sentAt: number
  validUntil: number
  unknownSince: number
  cancel: Overlay
  /** Asked for by somebody; a late acceptance is canceled again. */
  isCancelWanted: boolean
  /** The last who asked was a person. */
  isCancelPersonal: boolean
  /** Its time was over: once the cancel is proven, it expired. */
  isExpiring: boolean
  amend: Overlay
  amendment: number
  amendTo: AmendWish | undefined
  readonly fills: OurFill[]
  /** The venue's time of the newest word on it that was believed. */
  venueAt: number
  overfill: Lots
  endedAt: number
  /** By the venue's clock, of what ended by its word; none is 0. */
  endedVenueAt: number
  /** Who ended it, of one that was canceled. */
  endedBy: OrderCanceled['by'] | undefined
  changedAt: number
  /** Of the entry of a group: what its legs had left open as the group ended. Somebody else closed that. */
  leftAtGroupEnd: Lots | undefined
}

const noLots = lotsFromRaw(0)

export const orderFromIntent = (event: OrderIntended): OurOrder => freshOrder(event.order, event.spec, event.at, event.lots, event)

type Kin = Pick<OrderIntended, 'link' | 'replaces' | 'onBehalfOf'>

const noKin: Kin = {}

/** Made whole at once, because there are many and they are large. */
export const freshOrder = (id: OrderId, spec: OrderSpec, at: number, lots: Lots, { link, replaces, onBehalfOf }: Kin = noKin, isExternal = false): OurOrder => ({
  id, spec, intendedAt: at, isExternal, filledBefore: noLots, link, replaces, onBehalfOf,
  status: 'intent', heldFor: undefined, lots, filled: noLots, limit: spec.limit, trigger: spec.trigger?.price, triggered: false,
  venueOrder: undefined, venueSpec: undefined, worstPrice: undefined, reduces: false, sentAt: 0, validUntil: 0, unknownSince: 0,
  cancel: 'none', isCancelWanted: false, isCancelPersonal: false, isExpiring: false, amend: 'none', amendment: 0, amendTo: undefined,
  fills: [], venueAt: 0, overfill: noLots, endedAt: 0, endedVenueAt: 0, endedBy: undefined, changedAt: at, leftAtGroupEnd: undefined,
})

export const isLive = (order: OurOrder): boolean => !isTerminal(order.status)

/** It was sent, or may have been: it can be at the venue. */
export const mayBeAtVenue = (order: OurOrder): boolean =>
  order.status === 'sending' || order.status === 'working' || order.status === 'partial' || order.status === 'unknown' || order.status === 'stuck'

/** Held, or not yet let go: nothing that the venue shows can be it, unless the record of its way out was lost. */
export const hasNeverLeft = (order: OurOrder): boolean => (order.status === 'held' || order.status === 'intent') && order.sentAt === 0 && !order.isExternal

export const isInDoubt = (order: OurOrder): boolean => order.status === 'sending' || order.status === 'unknown' || order.status === 'stuck'

/** Nobody knows what became of it. */
export const isDoubted = (status: OrderStatus): boolean => status === 'unknown' || status === 'stuck'

/** An amend under way counts with the larger of its two sizes. */
export const largestLots = ({ lots, amend, amendTo }: OurOrder): Lots =>
  amendTo !== undefined && (amend === 'sending' || amend === 'unknown') ? maximum(lots, amendTo.lots) : lots

/** What may still fill at the worst. */
export function openLots(order: OurOrder): Lots {
  const lots = largestLots(order)
  return isMore(lots, order.filled) ? subtract(lots, order.filled) : noLots
}

const none: readonly OurFill[] = []

/** What stands in for fills that were not shown yet: of most orders nothing does. */
export const standIns = ({ fills }: OurOrder): readonly OurFill[] => (fills.some(isInferred) ? fills.filter(isInferred) : none)

const isInferred = ({ inferred }: OurFill): boolean => inferred

export const filledOf = (fills: readonly OurFill[]): Lots => {
  let sum = noLots
  for (const { trade } of fills) sum = add(sum, trade.lots)
  return sum
}

/** Nothing of it can fill any more: while an amend to more is under way, the old size alone does not say so. */
export const isFull = (order: OurOrder): boolean => compare(order.filled, largestLots(order)) >= 0 && isMore(order.lots, noLots)

export const isStop = ({ spec }: OurOrder): boolean => spec.type === 'stop' || spec.type === 'stop-limit' || spec.type === 'trailing-stop'

/** A stop that was placed to lower risk: what stays when all else is taken away. */
export const isProtective = (order: OurOrder): boolean =>
  isStop(order) && (order.spec.reduceOnly === true || (order.link?.role === 'child' && order.link.kind === 'bracket'))
