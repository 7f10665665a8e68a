import type { Amount, Lots, Ticks } from '../base/index.ts'
import type { FeedJudged, OrderId, PositionSide } from '../domain/index.ts'

/** Everything that may still fill counts: working, in flight, partly filled, unknown, stuck. Held orders do not: they never left. */
export interface Exposure {
  /** Signed. */
  readonly position: Lots
  /** What remains of live orders that may open or grow a position. */
  readonly buying: Lots
  readonly selling: Lots
  /** What remains of live orders that the venue itself keeps from doing so. */
  readonly reducingBuys: Lots
  readonly reducingSells: Lots
}

export interface ReferencePrice {
  readonly bid: Ticks
  readonly ask: Ticks
  readonly at: number
  readonly state: FeedJudged['state']
}

export interface CountedOrder {
  readonly worstPrice: Ticks
  readonly setAside: Amount
}

/** What the review may know of one account, kept current with each event; it never walks over orders. */
export interface RiskView {
  readonly account: string
  readonly positions: 'netting' | 'hedging'
  exposure(instrument: string, side: PositionSide): Exposure
  price(instrument: string): ReferencePrice | undefined
  /** What is neither spent nor set aside for what may still fill; none where the balance was never seen. */
  free(asset: string): Amount | undefined
  /** Worst case of positions and orders in the reporting currency; none while a price is missing or it left the safe range. */
  gross(): Amount | undefined
  equity(): Amount | undefined
  /** What `amount` of the asset is in the reporting currency, rounded up. */
  inReporting(asset: string, amount: Amount): Amount | undefined
  /** On the account, or in one instrument: all orders, or those that wait for a trigger. */
  ordersOpen(instrument?: string): number
  triggersOpen(instrument: string): number
  /** What a live order is counted with. */
  counted(order: OrderId): CountedOrder | undefined
  /** Orders sent after this moment. */
  sentSince(after: number): number
}
