import type { Lots, Ticks } from '../base/index.ts'
import type { OrderId, OrderSpec } from '../domain/index.ts'

/** An order whose size is known, about to leave. */
export interface ProposedOrder {
  readonly order: OrderId
  readonly spec: OrderSpec
  /** What `spec.size` came to. */
  readonly lots: Lots
  /** Of the input that is being processed. */
  readonly at: number
  /** When the command was given. What the engine releases by itself is as old as the input. */
  readonly askedAt: number
}

/** What may be sent: the order and the price that it was counted with. */
export interface PlaceableOrder extends ProposedOrder {
  /** So that an approval to place never stands for one to amend. */
  readonly kind: 'place'
  /** The worst price it can trade at, as far as the review knows; what is set aside for it rests on this. */
  readonly worstPrice: Ticks
  /** It cannot grow a position, whatever fills in which order. */
  readonly reduces: boolean
}

/** A change of a live order. What is left out stays. */
export interface ProposedAmend {
  readonly order: OrderId
  readonly spec: OrderSpec
  /** As it is: the whole quantity and what of it is filled. */
  readonly lots: Lots
  readonly filled: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
  /** As it shall be. */
  readonly newLots?: Lots
  readonly newLimit?: Ticks
  readonly newTrigger?: Ticks
  readonly at: number
  readonly askedAt: number
}

export interface PlaceableAmend {
  readonly kind: 'amend'
  readonly order: OrderId
  readonly lots: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
  /** Of the order before and after, because either may be what fills. */
  readonly worstPrice: Ticks
  readonly reduces: boolean
}
