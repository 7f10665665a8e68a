import type { Amount, Lots } from '../base/index.ts'
import type { OrderId, OrderStatus, PositionSide, Side, VenuePosting, VenueTrade } from '../domain/index.ts'

/** An order as our own books have it, in what a comparison with the venue's word needs. */
export interface OurOrder {
  readonly order: OrderId
  readonly instrument: string
  readonly side: Side
  readonly status: OrderStatus
  readonly positionSide: PositionSide
  readonly venueOrder?: string
  /** Sum of its fills, inferred ones included. */
  readonly filled: Lots
  /** Fills that stand for trades the venue counts but had not shown. */
  readonly inferred: readonly VenueTrade[]
  /** When something last happened to it here: what is younger than the grace is not judged. */
  readonly changedAt: number
  /** When its send was handed over; absent for what never left. */
  readonly sentAt?: number
  /** Its send or change has had no outcome yet. */
  readonly isInFlight: boolean
  readonly isExternal: boolean
  /** It is held here, so whatever the venue calls by its id is not believed to be it. */
  readonly hasNeverLeft: boolean
}

export interface OurPosition {
  readonly instrument: string
  readonly positionSide: PositionSide
  readonly lots: Lots
  /** When a fill last moved it. */
  readonly changedAt: number
}

export interface OurBalance {
  readonly asset: string
  readonly total: Amount
  readonly changedAt: number
}

/** A difference that was told before and is not gone. */
export interface OpenBreak {
  readonly what: 'position' | 'balance' | 'order' | 'trade'
  readonly instrument?: string
  readonly detail: string
}

/** One account as our own books have it. Read only: a reconciliation changes nothing, it says what is to be said. */
export interface OurAccount {
  readonly account: string
  /** Every order that may be at the venue: all that are not ended, unknown and stuck ones among them. */
  readonly openOrders: readonly OurOrder[]
  /** Ended ones too. */
  orderOf(order: OrderId): OurOrder | undefined
  /** Venues number the orders of each market by itself. */
  orderAt(shown: { readonly instrument: string; readonly venueOrder: string }): OurOrder | undefined
  /** `other`: the id is known with other numbers; `absurd`: no books could hold it. */
  knows(trade: VenueTrade): 'not' | 'same' | 'other' | 'absurd'
  hasPosting(reference: string): boolean
  /** Not one that no books could hold. */
  canCount(posting: VenuePosting): boolean
  readonly positions: readonly OurPosition[]
  readonly balances: readonly OurBalance[]
  readonly breaks: readonly OpenBreak[]
}

export interface ReconcileRules {
  /** What changed here so shortly before the question may not be in the answer: it is left for the next round. */
  readonly graceMs: number
  /** For so long a venue may count a fill whose trade it does not show, before the fill is inferred. */
  readonly inferAfterMs: number
}
