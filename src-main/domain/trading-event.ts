import type { Amount, Lots, Ticks } from '../base/index.ts'
import type { GroupLink, OrderId, OrderSpec, Side } from './order.ts'
import type { Refusal } from './refusal.ts'
import type { VenueOrderSpec } from './venue-request.ts'
import type { VenueOrderView, VenuePosition, VenuePosting, VenueSplit, VenueTrade } from './venue-report.ts'

/**
 * What the engine decided about orders and money, in the past tense, numbered without a gap. The state of the engine is the fold
 * of these: an event carries all that replaying it needs, and a replay decides nothing anew.
 */
interface Decided {
  readonly sequence: number
  readonly at: number
  readonly correlation?: string
}

interface OfOrder extends Decided {
  readonly order: OrderId
}

/** A command was taken; `orders` are what it made, so that asked again it has the same answer. */
export interface CommandTaken extends Decided {
  readonly kind: 'command-taken'
  readonly commandId: string
  readonly command: string
  readonly orders: readonly OrderId[]
}

/** The program ended between the answer to a command and what it was to lead to: nothing of it left. */
export interface CommandLost extends Decided { readonly kind: 'command-lost'; readonly commandId: string; readonly detail: string }

export interface CommandRefused extends Decided {
  readonly kind: 'command-refused'
  readonly commandId: string
  readonly command: string
  readonly refusal: Refusal
}

/** An order exists, and nothing has left for it. `lots` is 0 while its size is still to be resolved. */
export interface OrderIntended extends OfOrder {
  readonly kind: 'order-intended'
  readonly spec: OrderSpec
  readonly lots: Lots
  readonly link?: GroupLink
  /** What it takes the place of: a new try after a proven absence, a slice of an iceberg, a resized stop. */
  readonly replaces?: OrderId
  /** Which held order sent it into the world as a plain one: slices of an iceberg count towards it. */
  readonly onBehalfOf?: OrderId
}

export interface OrderDenied extends OfOrder { readonly kind: 'order-denied'; readonly refusal: Refusal }
/** Waits in the engine for its trigger or its parent. */
export interface OrderHeld extends OfOrder { readonly kind: 'order-held'; readonly why: 'trigger' | 'parent' | 'sibling' | 'iceberg' | 'self-trade' | 'replaced' }
/** The stop of a trailing order moved, or began to be live. */
export interface StopMoved extends OfOrder { readonly kind: 'stop-moved'; readonly trigger: Ticks }
export interface OrderTriggered extends OfOrder { readonly kind: 'order-triggered'; readonly price: Ticks }
/** Bytes may leave for it once this is durable; whatever is heard or not heard after it, it may be at the venue. */
export interface OrderSending extends OfOrder {
  readonly kind: 'order-sending'
  readonly venueSpec: VenueOrderSpec
  readonly validUntil: number
  /** What it was counted with when risk approved it: what is set aside for it rests on this. */
  readonly worstPrice?: Ticks
  /** Risk found that it cannot grow a position. */
  readonly reduces?: boolean
}
/** The size of a held order, or of one whose size was cash or all, is now this. */
export interface OrderResized extends OfOrder { readonly kind: 'order-resized'; readonly lots: Lots; readonly why: string }
/** The venue shows it with other terms than it had here, and nobody here asked for them. `updatedAt` is the venue's time of that. */
export interface OrderRevised extends OfOrder {
  readonly kind: 'order-revised'
  readonly lots: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
  readonly updatedAt: number
  readonly why: string
}
export interface OrderWorking extends OfOrder { readonly kind: 'order-working'; readonly venueOrder: string }
export interface OrderRejected extends OfOrder { readonly kind: 'order-rejected'; readonly proof: string }
export interface OrderUnknown extends OfOrder { readonly kind: 'order-unknown'; readonly why: string }
/** Evidence gathers for or against an unknown order. */
export interface OrderLookedUp extends OfOrder { readonly kind: 'order-looked-up'; readonly answer: 'not-found' | 'failed'; readonly askedAt: number }
/** Never placed: each part of the proof is named. */
export interface OrderAbsent extends OfOrder { readonly kind: 'order-absent'; readonly proof: string }
export interface OrderStuck extends OfOrder { readonly kind: 'order-stuck'; readonly why: string }
/** `venueAt`: when it ended by the venue's own clock, where the venue said so; ours may be another. */
export interface OrderCanceled extends OfOrder { readonly kind: 'order-canceled'; readonly by: 'venue' | 'engine' | 'person'; readonly why: string; readonly venueAt?: number }
export interface OrderExpired extends OfOrder { readonly kind: 'order-expired'; readonly by: 'venue' | 'engine'; readonly venueAt?: number }
/** A status that was ended went back, on the word of a query, never of a stream. */
export interface OrderCorrected extends OfOrder { readonly kind: 'order-corrected'; readonly to: 'working' | 'partial'; readonly why: string }
export interface CancelChanged extends OfOrder {
  readonly kind: 'cancel-changed'
  readonly to: 'none' | 'sending' | 'unknown' | 'acked'
  /** Its time was over: once the cancel is proven, it expired. */
  readonly isExpiry?: boolean
  /** A person asked for it: what stands in for the order must not come back by itself. */
  readonly by?: 'person'
  readonly detail: string
}
export interface AmendChanged extends OfOrder {
  readonly kind: 'amend-changed'
  readonly to: 'none' | 'sending' | 'unknown' | 'acked'
  readonly amendment: number
  readonly lots?: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
  /** What risk counted it with as it shall be, and whether it cannot grow a position then. */
  readonly worstPrice?: Ticks
  readonly reduces?: boolean
  readonly detail: string
}

/** A person must look at it: a filled entry lacks its stop, for example. Changes no money. */
export interface OrderFlagged extends OfOrder { readonly kind: 'order-flagged'; readonly what: 'naked' | 'denied-exit'; readonly lots: Lots; readonly detail: string }

/**
 * A trade of an order, applied once. `inferred` stands for trades that a venue counts but has not shown; when they show, a
 * `fill-superseded` takes it back before the real ones are applied.
 */
export interface OrderFilled extends OfOrder {
  readonly kind: 'order-filled'
  readonly trade: VenueTrade
  readonly inferred: boolean
}
/** All of what the engine held was filled, by what was sent on its behalf: its end. */
export interface OrderCompleted extends OfOrder { readonly kind: 'order-completed' }
/** The fill stands no more: the real trades take its place, or it was of an order of ours that was taken for somebody else's, and is applied to that one. */
export interface FillSuperseded extends OfOrder { readonly kind: 'fill-superseded'; readonly trade: VenueTrade }
/** More was traded than was asked for: by one order, or by the legs of a group together. A person decides what becomes of the excess. */
export interface OverfillSeen extends OfOrder {
  readonly kind: 'overfill-seen'
  readonly excess: Lots
  /** Of legs that together traded more than there was to close. */
  readonly group?: string
  /** What that leaves: the position of the instrument, signed. */
  readonly position?: Lots
}
/** The same trade id came with other numbers: the first ones stay, a person is told. */
export interface TradeConflicted extends Decided { readonly kind: 'trade-conflicted'; readonly account: string; readonly trade: string; readonly detail: string }

/** Somebody placed it past us: counted in risk, never canceled unless asked by name or with everything. */
export interface ExternalAdopted extends OfOrder {
  readonly kind: 'external-adopted'
  readonly account: string
  readonly view: VenueOrderView
  /** What was filled of it before the account was first seen, and is in its opening. */
  readonly filledBefore?: Lots
}

export interface MoneyPosted extends Decided { readonly kind: 'money-posted'; readonly account: string; readonly posting: VenuePosting }

/** New shares for old ones, at the venue's word: positions change without a trade. */
export interface PositionSplit extends Decided { readonly kind: 'position-split'; readonly account: string; readonly split: VenueSplit }

/** The first sight of an account: what it held before any event of ours. */
export interface OpeningTaken extends Decided {
  readonly kind: 'opening-taken'
  readonly account: string
  readonly balances: readonly { readonly asset: string; readonly total: Amount }[]
  readonly positions: readonly VenuePosition[]
  /** Trades and postings up to this moment of the venue are in it already. */
  readonly upTo?: number
  /** The newest of what the venue told of by then, by its own clock: no jump of ours moves that. */
  readonly newest?: number
}

/** A difference that no event explains. The instrument, or the account where none is named, may only reduce until it is gone. */
export interface BreakSeen extends Decided {
  readonly kind: 'break-seen'
  readonly account: string
  readonly instrument?: string
  readonly what: 'position' | 'balance' | 'order' | 'trade'
  readonly detail: string
}
export interface BreakHealed extends Decided { readonly kind: 'break-healed'; readonly account: string; readonly instrument?: string; readonly what: 'position' | 'balance' | 'order' | 'trade' }

export interface EpochAsked extends Decided { readonly kind: 'epoch-asked'; readonly account: string; readonly epoch: number; readonly why: string }
/** `clean`: every part came and every difference is explained. */
export interface EpochClosed extends Decided {
  readonly kind: 'epoch-closed'
  readonly account: string
  readonly epoch: number
  readonly outcome: 'clean' | 'breaks' | 'inconclusive'
  readonly since: number
  /** When its questions were asked: after a clean one, the next reaches back to before it. */
  readonly askedAt?: number
  readonly detail: string
}

export interface SelfTradePrevented extends Decided {
  readonly kind: 'self-trade-prevented'
  readonly newcomer: OrderId
  readonly resting: OrderId
  readonly did: 'cancel-new' | 'cancel-resting' | 'cancel-both' | 'decrement-both'
}

/** Where an order of ours stands was not as the caller thought; kept for the trail, changes no money. */
export interface GroupEnded extends Decided { readonly kind: 'group-ended'; readonly group: string; readonly why: string }

/** Trading is being killed, and a round could not prove that nothing of ours is live: each order that may be, and each difference, is named. */
export interface KillDelayed extends Decided {
  readonly kind: 'kill-delayed'
  readonly account: string
  readonly orders: readonly OrderId[]
  readonly detail: string
}

export type TradingEvent =
  | CommandTaken | CommandRefused | CommandLost | OrderIntended | OrderDenied | OrderHeld | StopMoved | OrderTriggered | OrderSending | OrderResized | OrderWorking
  | OrderRejected | OrderUnknown | OrderLookedUp | OrderAbsent | OrderStuck | OrderCanceled | OrderExpired | OrderCorrected | CancelChanged
  | AmendChanged | OrderFilled | FillSuperseded | OverfillSeen | TradeConflicted | ExternalAdopted | MoneyPosted | OpeningTaken | BreakSeen | BreakHealed
  | EpochAsked | EpochClosed | SelfTradePrevented | GroupEnded | OrderFlagged | OrderCompleted | OrderRevised | PositionSplit | KillDelayed

/** Which way an order moves the position. */
export const signOf = (side: Side): 1 | -1 => (side === 'buy' ? 1 : -1)
