import type { Amount, Id, Lots, Rate, Ticks } from '../base/index.ts'
import { defineId, hex16Pattern } from '../base/index.ts'

/** 16 bytes as hex, derived by the engine; the form that a venue gets is rendered from it. */
export type OrderId = Id<'OrderId'>
export const orderIdShape = defineId('OrderId', { pattern: hex16Pattern, lengthMax: 32 })

export type Side = 'buy' | 'sell'
export const oppositeOf = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy')

export const orderTypes = ['market', 'limit', 'stop', 'stop-limit', 'take-profit', 'take-profit-limit', 'trailing-stop'] as const
export type OrderType = (typeof orderTypes)[number]

/** `day` ends with the UTC day, or with the session of an instrument that has sessions. */
export const timesInForce = ['gtc', 'ioc', 'fok', 'gtd', 'day'] as const
export type TimeInForce = (typeof timesInForce)[number]

/** Whose price pulls the trigger. */
export type TriggerSource = 'last' | 'mark' | 'index' | 'mid'

/**
 * How much. Cash is of the quote currency and becomes lots at the fill; `all` is what the position or the free balance
 * holds when the order is sent.
 */
export type OrderSize =
  | { readonly by: 'quantity'; readonly lots: Lots }
  | { readonly by: 'cash'; readonly cash: Amount }
  | { readonly by: 'all' }

export type TrailDistance =
  | { readonly by: 'amount'; readonly ticks: Ticks }
  | { readonly by: 'percent'; readonly rate: Rate }

export interface Trigger {
  readonly price: Ticks
  readonly source: TriggerSource
}

export interface Trail {
  readonly distance: TrailDistance
  readonly source: TriggerSource
  /** Trails only once this price was seen. */
  readonly activation?: Ticks
}

/** Netting venues know one position; hedging ones hold a long and a short at the same time. */
export type PositionSide = 'net' | 'long' | 'short'

/** What is wanted, before anything happened to it. Which fields a type needs is checked by the review of form. */
export interface OrderSpec {
  readonly account: string
  readonly instrument: string
  readonly side: Side
  readonly type: OrderType
  readonly size: OrderSize
  readonly limit?: Ticks
  readonly trigger?: Trigger
  readonly trail?: Trail
  readonly timeInForce: TimeInForce
  /** Milliseconds UTC; only of `gtd`. */
  readonly expiresAt?: number
  readonly postOnly?: boolean
  readonly reduceOnly?: boolean
  /** Shown part of an iceberg. */
  readonly display?: Lots
  readonly positionSide?: PositionSide
  /** Whose order it is: a strategy's name, `hand`, `cli`, or `external` for what somebody placed past us. */
  readonly owner: string
}

/**
 * What an order has come to. `held` waits in the engine for its trigger or its parent and was never sent;
 * `unknown` was sent and its fate is not proven; only the proof of absence makes it `absent`; `stuck` needs a person.
 */
export const orderStatuses = [
  'intent', 'denied', 'held', 'sending', 'working', 'partial', 'filled', 'canceled', 'expired', 'rejected', 'unknown', 'absent', 'stuck',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

/** A cancel or an amend under way lies over the status, so that it never hides a fill. */
export type Overlay = 'none' | 'sending' | 'unknown' | 'acked'

const endings: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['denied', 'filled', 'canceled', 'expired', 'rejected', 'absent'])
export const isTerminal = (status: OrderStatus): boolean => endings.has(status)

/** One leg waits for another, ends another, or shares its size. */
export type GroupKind = 'oco' | 'oto' | 'bracket'

export interface GroupLink {
  readonly group: string
  readonly kind: GroupKind
  /** The entry of an oto or bracket is `parent`; the rest are `child`ren, and siblings of each other. Legs of an oco are all `child`. */
  readonly role: 'parent' | 'child'
}

/** Stop the newcomer, what rests, both, or take the smaller size off both. */
export type SelfTradePolicy = 'cancel-new' | 'cancel-resting' | 'cancel-both' | 'decrement-both'
