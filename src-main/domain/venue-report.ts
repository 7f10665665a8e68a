import type { Amount, Count, Lots, Rate, Ticks } from '../base/index.ts'
import type { OrderId, PositionSide, Side } from './order.ts'

/**
 * What a venue's side of the house claims. A report is never believed beyond what it says: `unknown` is the outcome of every
 * send that has no native proof of another one.
 */
interface Told {
  readonly at: number
  readonly account: string
}

/** An outcome of one request of ours. `proof` quotes the venue: HTTP status and native code. */
export interface SendAccepted extends Told {
  readonly kind: 'send-accepted'
  readonly order: OrderId
  readonly venueOrder: string
}

export interface SendRejected extends Told {
  readonly kind: 'send-rejected'
  readonly order: OrderId
  readonly proof: string
}

/** Proven not to have reached the matching: the limiter or the venue's gate turned it away. */
export interface SendNotSent extends Told {
  readonly kind: 'send-not-sent'
  readonly order: OrderId
  readonly proof: string
}

export interface SendUnknown extends Told {
  readonly kind: 'send-unknown'
  readonly order: OrderId
  readonly why: string
}

export type ChangeOutcome = 'accepted' | 'refused' | 'unknown' | 'not-sent'

export interface CancelReported extends Told {
  readonly kind: 'cancel-reported'
  readonly order: OrderId
  /** `refused` proves nothing about the order: it may be filled, gone or never have been there. */
  readonly outcome: ChangeOutcome
  readonly detail: string
}

export interface AmendReported extends Told {
  readonly kind: 'amend-reported'
  readonly order: OrderId
  /** Of the amend that this answers. */
  readonly amendment: number
  readonly outcome: ChangeOutcome
  readonly detail: string
}

export type VenueOrderStatus = 'open' | 'filled' | 'canceled' | 'expired' | 'rejected'

/** An order as a venue shows it, by stream or by query. */
export interface VenueOrderView {
  readonly venueOrder: string
  /** Ours, where the id on it is one of ours; absent for what others placed. */
  readonly order?: OrderId
  /** The id as the venue shows it, whoever made it. */
  readonly clientId?: string
  readonly instrument: string
  readonly side: Side
  readonly status: VenueOrderStatus
  readonly lots: Lots
  readonly filled: Lots
  /** Of what is filled, where the venue tells it. */
  readonly averagePrice?: Ticks
  readonly limit?: Ticks
  readonly trigger?: Ticks
  readonly reduceOnly?: boolean
  readonly positionSide?: PositionSide
  readonly updatedAt: number
}

export interface VenueTrade {
  readonly trade: string
  readonly venueOrder: string
  readonly order?: OrderId
  readonly instrument: string
  readonly side: Side
  readonly price: Ticks
  readonly lots: Lots
  readonly liquidity: 'maker' | 'taker'
  /** Positive is paid by us, negative a rebate; in minor units of `feeAsset`. */
  readonly fee: Amount
  /** Empty, with a fee of zero: not told yet. */
  readonly feeAsset: string
  readonly positionSide?: PositionSide
  readonly at: number
}

export interface OrderReported extends Told {
  readonly kind: 'order-reported'
  readonly via: 'stream' | 'query'
  readonly view: VenueOrderView
}

export interface TradeReported extends Told {
  readonly kind: 'trade-reported'
  readonly via: 'stream' | 'query'
  readonly trade: VenueTrade
}

/** The answer to a question for one order. Only `found` and `not-found` are evidence. */
export interface LookupReported extends Told {
  readonly kind: 'lookup-reported'
  readonly order: OrderId
  readonly askedAt: number
  readonly answer:
    | { readonly kind: 'found'; readonly view: VenueOrderView; readonly trades: readonly VenueTrade[] }
    | { readonly kind: 'not-found' }
    | { readonly kind: 'failed'; readonly why: string }
}

export interface VenuePosition {
  readonly instrument: string
  readonly positionSide: PositionSide
  /** Signed. */
  readonly lots: Lots
  readonly entryPrice?: Ticks
  /** What the lots cost, unsigned, where the venue tells it that exactly: an average price lies between ticks. */
  readonly entryCost?: Amount
}

export interface VenueBalance {
  readonly asset: string
  readonly total: Amount
  readonly free: Amount
}

/** Money that moved without a trade. `reference` is the venue's own and makes it idempotent. */
export interface VenuePosting {
  readonly reference: string
  readonly reason: 'funding' | 'interest' | 'deposit' | 'withdrawal' | 'transfer' | 'dust' | 'liquidation-fee' | 'dividend'
  readonly asset: string
  readonly amount: Amount
  readonly instrument?: string
  readonly at: number
}

export interface PostingReported extends Told {
  readonly kind: 'posting-reported'
  readonly posting: VenuePosting
}

/** `numerator` new shares for `denominator` old ones. What is left of a share is paid in cash, as a posting of its own. */
export interface VenueSplit {
  readonly reference: string
  readonly instrument: string
  readonly numerator: Count
  readonly denominator: Count
  readonly at: number
}

export interface SplitReported extends Told {
  readonly kind: 'split-reported'
  readonly split: VenueSplit
}

/** A part of an epoch: whole, or failed. An empty list is an answer, a failure is none. */
export type EpochPart<Item> =
  | { readonly ok: true; readonly items: readonly Item[] }
  | { readonly ok: false; readonly why: string }

/**
 * Everything that one round of questions brought, all asked after `askedAt`. Closed orders, trades and postings reach back to
 * `since`; a part that does not is failed.
 */
export interface EpochReported extends Told {
  readonly kind: 'epoch-reported'
  readonly epoch: number
  readonly askedAt: number
  readonly since: number
  /** The venue's own clock when it gave the first of these answers, where it tells. */
  readonly venueAt?: number
  readonly openOrders: EpochPart<VenueOrderView>
  readonly closedOrders: EpochPart<VenueOrderView>
  readonly trades: EpochPart<VenueTrade>
  readonly positions: EpochPart<VenuePosition>
  readonly balances: EpochPart<VenueBalance>
  readonly postings: EpochPart<VenuePosting>
}

/** The private stream went or came back; between the two, reports may be missing. */
export interface StreamReported extends Told {
  readonly kind: 'stream-reported'
  readonly state: 'up' | 'down'
}

/** What happens to a whole account: a liquidation order of the venue arrives as orders and trades of its own. */
export interface VenueHealthReported extends Told {
  readonly kind: 'venue-health-reported'
  readonly state: 'well' | 'degraded' | 'limited' | 'banned' | 'maintenance'
  /** Until when nothing may be asked; only of `limited` and `banned`. */
  readonly until?: number
  readonly detail: string
}

export type VenueReport =
  | SendAccepted | SendRejected | SendNotSent | SendUnknown | CancelReported | AmendReported | OrderReported | TradeReported
  | LookupReported | EpochReported | StreamReported | PostingReported | SplitReported | VenueHealthReported

/** Prices that gate orders. They come often and leave no event unless a trigger is pulled. */
export interface QuoteSeen {
  readonly kind: 'quote-seen'
  readonly at: number
  readonly instrument: string
  readonly bid: Ticks
  readonly ask: Ticks
}

export interface LastSeen {
  readonly kind: 'last-seen'
  readonly at: number
  readonly instrument: string
  readonly price: Ticks
}

export interface MarkSeen {
  readonly kind: 'mark-seen'
  readonly at: number
  readonly instrument: string
  readonly mark: Ticks
  readonly index: Ticks
  readonly fundingRate: Rate
}

/** The feed of an instrument cannot be trusted, or can be again. */
export interface FeedJudged {
  readonly kind: 'feed-judged'
  readonly at: number
  readonly instrument: string
  readonly state: 'live' | 'stale' | 'crossed' | 'down'
}

export type MarketReport = QuoteSeen | LastSeen | MarkSeen | FeedJudged

/** Time passes: deadlines are looked at. Told at least once a second while anything is open. */
export interface TimePassed {
  readonly kind: 'time-passed'
  readonly at: number
}
