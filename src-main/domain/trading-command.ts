import type { Amount, Lots, Ticks } from '../base/index.ts'
import type { OrderId, OrderSpec, Side } from './order.ts'

/**
 * What can be asked of the engine about orders. `commandId` makes a command idempotent for 24 hours: asked again, it is
 * answered with what it led to the first time.
 */
interface Asked {
  readonly commandId: string
  readonly at: number
  readonly correlation?: string
}

export interface PlaceOrder extends Asked {
  readonly kind: 'place-order'
  readonly order: OrderSpec
}

/** `oco`: all legs, the first to fill ends the rest. `oto`: the first is the entry. `bracket`: entry, then stop and targets as an oco. */
export interface PlaceGroup extends Asked {
  readonly kind: 'place-group'
  readonly group: 'oco' | 'oto' | 'bracket'
  readonly orders: readonly OrderSpec[]
}

export interface AmendOrder extends Asked {
  readonly kind: 'amend-order'
  readonly order: OrderId
  /** The whole new quantity, what is filled included. */
  readonly lots?: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
}

export interface CancelOrder extends Asked {
  readonly kind: 'cancel-order'
  readonly order: OrderId
}

/** `includeExternal` needs to be said: what others placed on the account is never canceled by accident. */
export interface CancelAll extends Asked {
  readonly kind: 'cancel-all'
  readonly account?: string
  readonly instrument?: string
  readonly side?: Side
  readonly includeExternal?: boolean
}

export interface ClosePosition extends Asked {
  readonly kind: 'close-position'
  readonly account: string
  readonly instrument: string
}

export interface ReversePosition extends Asked {
  readonly kind: 'reverse-position'
  readonly account: string
  readonly instrument: string
}

/** Each item is judged by itself; what one meets does not stop the next. */
export interface Batch extends Asked {
  readonly kind: 'batch'
  readonly items: readonly SingleCommand[]
}

/** Money that came or went by hand, told by the trader for an account that no venue reports on. */
export interface RecordTransfer extends Asked {
  readonly kind: 'record-transfer'
  readonly account: string
  readonly asset: string
  /** Positive comes in. */
  readonly amount: Amount
  readonly reason: string
}

/** A person looked at a stuck order at the venue and says what became of it. */
export interface SettleStuck extends Asked {
  readonly kind: 'settle-stuck'
  readonly order: OrderId
  readonly verdict: 'never-placed' | 'canceled'
  readonly reason: string
}

export type SingleCommand = PlaceOrder | PlaceGroup | AmendOrder | CancelOrder | CancelAll | ClosePosition | ReversePosition | RecordTransfer | SettleStuck
export type TradingCommand = SingleCommand | Batch
