import type { Lots, Ticks } from '../base/index.ts'
import type { OrderId, PositionSide, Side } from './order.ts'

/** What a venue is asked to place: resolved to what it understands, sizes in lots. */
export interface VenueOrderSpec {
  readonly instrument: string
  readonly side: Side
  readonly type: 'market' | 'limit' | 'stop' | 'stop-limit' | 'take-profit' | 'take-profit-limit'
  readonly lots: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
  readonly triggerSource?: 'last' | 'mark' | 'index'
  readonly timeInForce: 'gtc' | 'ioc' | 'fok' | 'gtd'
  readonly expiresAt?: number
  readonly postOnly: boolean
  readonly reduceOnly: boolean
  readonly display?: Lots
  readonly positionSide: PositionSide
}

interface Requested {
  readonly account: string
  /** The event that must be durable before this leaves; 0 for what may leave at once: cancels and questions. */
  readonly needs: number
}

/**
 * The transport sends it once, whatever happens, and answers with one outcome. `sendEpoch` is compared with the engine's at the last
 * instant before the bytes leave: a halt raises it, and what is older stays here and is reported as not sent.
 */
export interface SendOrder extends Requested {
  readonly kind: 'send-order'
  readonly order: OrderId
  readonly sendEpoch: number
  /** The venue refuses what reaches it later than this; so does the transport, before the bytes leave: a record that waited for a slow disk is reported as not sent. */
  readonly validUntil: number
  readonly spec: VenueOrderSpec
}

export interface SendCancel extends Requested {
  readonly kind: 'send-cancel'
  readonly order: OrderId
  readonly venueOrder?: string
  readonly instrument: string
}

export interface SendAmend extends Requested {
  readonly kind: 'send-amend'
  readonly order: OrderId
  readonly venueOrder?: string
  readonly instrument: string
  /** Counts the amends of this order. */
  readonly amendment: number
  readonly sendEpoch: number
  /** The whole new quantity, what is filled included. */
  readonly lots: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
}

export interface CancelEverything extends Requested {
  readonly kind: 'cancel-everything'
  /** Absent: on every instrument. Plain and trigger orders both. */
  readonly instrument?: string
}

export interface LookUpOrder extends Requested {
  readonly kind: 'look-up-order'
  readonly order: OrderId
  /** Once it is known. What others placed bears no id of ours, and is asked for by this one. */
  readonly venueOrder?: string
  readonly instrument: string
}

/** One round of questions: open, closed, trades, positions, balances, postings. */
export interface FetchEpoch extends Requested {
  readonly kind: 'fetch-epoch'
  readonly epoch: number
  readonly since: number
}

export type VenueRequest = SendOrder | SendCancel | SendAmend | CancelEverything | LookUpOrder | FetchEpoch
