import type { Amount, Lots, Ticks } from '../../../base/index.ts'
import type {
  MarketReport, VenueBalance, VenueOrderSpec, VenueOrderView, VenuePosition, VenuePosting, VenueTrade,
} from '../../../domain/index.ts'

/** What a client of the simulated exchange may send, in the exchange's own words: it knows client ids, and nothing of whose they are. */
interface Called {
  readonly account: string
  /** What the client's clock said when it signed; the exchange compares it with its own. */
  readonly timestamp: number
}

export interface PlaceCall extends Called {
  readonly kind: 'place'
  readonly clientId: string
  /** Refused when it reaches the exchange later than this, by the exchange's clock; without it, the receive window counts. */
  readonly validUntil?: number
  readonly spec: VenueOrderSpec
}

/** Of the two names of an order one is enough; the exchange's own wins. */
interface Naming extends Called {
  readonly instrument: string
  readonly clientId?: string
  readonly venueOrder?: string
}

export interface CancelCall extends Naming { readonly kind: 'cancel' }
export interface AmendCall extends Naming {
  readonly kind: 'amend'
  /** The whole new quantity, what is filled included. */
  readonly lots: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
}
export interface CancelAllCall extends Called { readonly kind: 'cancel-all'; readonly instrument?: string }
export interface LookupCall extends Naming { readonly kind: 'lookup' }
export interface OpenOrdersCall extends Called { readonly kind: 'open-orders' }
export interface ClosedOrdersCall extends Called { readonly kind: 'closed-orders'; readonly since: number; readonly cursor?: number }
export interface TradesCall extends Called { readonly kind: 'trades'; readonly since: number; readonly cursor?: number }
export interface PositionsCall extends Called { readonly kind: 'positions' }
export interface BalancesCall extends Called { readonly kind: 'balances' }
export interface PostingsCall extends Called { readonly kind: 'postings'; readonly since: number; readonly cursor?: number }

export type ExchangeQuery =
  | LookupCall | OpenOrdersCall | ClosedOrdersCall | TradesCall | PositionsCall | BalancesCall | PostingsCall
export type ExchangeCall = PlaceCall | CancelCall | AmendCall | CancelAllCall | ExchangeQuery

/** A page of a list; `next` is the cursor of the page that follows, if there is one. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: number
}

export type ExchangeBody =
  | { readonly kind: 'order'; readonly view: VenueOrderView; readonly trades: readonly VenueTrade[] }
  | { readonly kind: 'canceled'; readonly count: number }
  | { readonly kind: 'orders'; readonly page: Page<VenueOrderView> }
  | { readonly kind: 'trades'; readonly page: Page<VenueTrade> }
  | { readonly kind: 'positions'; readonly items: readonly VenuePosition[] }
  | { readonly kind: 'balances'; readonly items: readonly VenueBalance[] }
  | { readonly kind: 'postings'; readonly page: Page<VenuePosting> }

/** A reply as it comes over the wire. Code 0 is success; the others are in `venueCodes`. */
export interface ExchangeAnswer {
  readonly status: 200 | 400 | 418 | 429 | 503
  readonly code: number
  readonly message: string
  readonly body?: ExchangeBody
  /** Only of 418 and 429: how long to stay away. */
  readonly retryAfterMs?: number
  /** By the exchange's clock; each of its answers bears it. */
  readonly at?: number
}

export type StreamBody =
  | { readonly kind: 'order'; readonly view: VenueOrderView }
  | { readonly kind: 'trade'; readonly trade: VenueTrade }
  | { readonly kind: 'posting'; readonly posting: VenuePosting }

/** What leaves the exchange, with the time at which it reaches the client. */
export type ExchangeOutput =
  | { readonly kind: 'answer'; readonly at: number; readonly ticket: number; readonly call: ExchangeCall; readonly answer: ExchangeAnswer }
  | { readonly kind: 'stream'; readonly at: number; readonly account: string; readonly sequence: number; readonly body: StreamBody }
  | { readonly kind: 'market'; readonly at: number; readonly report: MarketReport }

/** The exchange's own truth about an account at this instant, without any lag: for those who check, never for those who trade. */
export interface AccountTruth {
  readonly account: string
  /** Every order that ever was there, ended ones included, oldest first. */
  readonly orders: readonly VenueOrderView[]
  readonly trades: readonly VenueTrade[]
  readonly positions: readonly VenuePosition[]
  readonly balances: readonly VenueBalance[]
  readonly postings: readonly VenuePosting[]
  readonly equity: readonly { readonly asset: string; readonly amount: Amount }[]
}
