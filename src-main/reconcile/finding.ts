import type { OrderId, VenueOrderView, VenuePosting, VenueTrade } from '../domain/index.ts'
import type { OpenBreak } from './our-account.ts'

/** What a round of questions brought that our books do not have. Each becomes an event; nothing is assigned. */
export type Finding =
  /** The venue's word on an order of ours, adopted ones included. */
  | { readonly kind: 'order-seen'; readonly order: OrderId; readonly view: VenueOrderView }
  /** A trade of an order of ours that no stream brought. */
  | { readonly kind: 'trade-missed'; readonly order: OrderId; readonly trade: VenueTrade }
  /** The stand-in for trades that have now come: it is taken back before they are applied. */
  | { readonly kind: 'fill-superseded'; readonly order: OrderId; readonly trade: VenueTrade }
  /** The venue counts more than its trades show, and has for long enough. The id follows from what it stands for. */
  | { readonly kind: 'fill-inferred'; readonly order: OrderId; readonly trade: VenueTrade }
  | { readonly kind: 'trade-conflict'; readonly trade: VenueTrade; readonly detail: string }
  /** Nobody here placed it. `trades` are what it did. */
  | { readonly kind: 'external'; readonly view: VenueOrderView; readonly trades: readonly VenueTrade[] }
  | { readonly kind: 'posting'; readonly posting: VenuePosting }
  /** Nowhere in a whole epoch: one part of the proof of absence, never the proof. */
  | { readonly kind: 'absence-evidence'; readonly order: OrderId }
  /** The venue knew it before and does not show it now, or shows what was never sent to it: to be asked for by name. */
  | { readonly kind: 'order-missing'; readonly order: OrderId }
  | { readonly kind: 'break'; readonly what: OpenBreak['what']; readonly instrument?: string; readonly detail: string }
  | { readonly kind: 'heal'; readonly what: OpenBreak['what']; readonly instrument?: string }
