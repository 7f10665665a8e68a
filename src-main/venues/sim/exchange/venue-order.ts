import { lotsFromRaw, rawOf, ticksFromRaw } from '../../../base/index.ts'
import type { VenueOrderSpec, VenueOrderStatus, VenueOrderView, VenueTrade } from '../../../domain/index.ts'
import { Versions } from './versions.ts'

/** An order as the exchange keeps it. Plain numbers: it is the exchange's own record, and its views are what others see. */
export interface VenueOrder {
  /** In the order in which they were accepted; the venue's id is made of it. */
  readonly number: number
  readonly account: string
  readonly clientId: string
  readonly spec: VenueOrderSpec
  readonly isBuy: boolean
  limit: number | undefined
  trigger: number | undefined
  lots: number
  filled: number
  status: VenueOrderStatus
  /** Waits for its trigger: it is in no book. */
  isWaiting: boolean
  /** In the book of its instrument; -1 while it is not in there. */
  row: number
  /** By the exchange's clock. */
  updatedAt: number
  /** By the true clock; Infinity while it lives. */
  endedAt: number
  readonly views: Versions<VenueOrderView>
  readonly trades: VenueTrade[]
}

/** The first number that is given out: an id that cannot be taken for a count. */
export const firstOrderNumber = 70_000_001

export const venueIdOf = ({ number }: VenueOrder): string => String(number)

export interface NewOrder {
  readonly number: number
  readonly account: string
  readonly clientId: string
  readonly spec: VenueOrderSpec
  readonly at: number
  readonly viewsKeptMs: number
}

export const createVenueOrder = ({ number, account, clientId, spec, at, viewsKeptMs }: NewOrder): VenueOrder => ({
  number, account, clientId, spec,
  isBuy: spec.side === 'buy',
  limit: spec.limit === undefined ? undefined : rawOf(spec.limit),
  trigger: spec.trigger === undefined ? undefined : rawOf(spec.trigger),
  lots: rawOf(spec.lots),
  filled: 0,
  status: 'open',
  isWaiting: spec.trigger !== undefined,
  row: -1,
  updatedAt: at,
  endedAt: Infinity,
  views: new Versions(viewsKeptMs),
  trades: [],
})

export const remainingOf = ({ lots, filled }: VenueOrder): number => lots - filled

/** In a hedged account whatever is against a position's side closes it, whether it says so or not. */
export const isClosing = ({ spec, isBuy }: Pick<VenueOrder, 'spec' | 'isBuy'>): boolean =>
  spec.reduceOnly || (spec.positionSide === 'long' && !isBuy) || (spec.positionSide === 'short' && isBuy)

export const viewOf = (order: VenueOrder): VenueOrderView => ({
  venueOrder: venueIdOf(order),
  clientId: order.clientId,
  instrument: order.spec.instrument,
  side: order.spec.side,
  status: order.status,
  lots: lotsFromRaw(order.lots),
  filled: lotsFromRaw(order.filled),
  ...(order.limit === undefined ? {} : { limit: ticksFromRaw(order.limit) }),
  ...(order.trigger === undefined ? {} : { trigger: ticksFromRaw(order.trigger) }),
  reduceOnly: order.spec.reduceOnly,
  positionSide: order.spec.positionSide,
  updatedAt: order.updatedAt,
})
