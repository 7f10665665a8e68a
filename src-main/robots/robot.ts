import type { Lots, Ticks } from '../base/index.ts'
import type { OrderId, OrderSpec, Side } from '../domain/index.ts'

/** An order of a robot that is not over. */
export interface OwnOrder {
  readonly id: OrderId
  readonly side: Side
  readonly limit: Ticks | undefined
  /** It stands at the venue, and nothing is under way for it. */
  readonly isSettled: boolean
}

/** All that a robot sees of one instrument, at one moment. */
export interface RobotSight {
  readonly account: string
  readonly bid: Ticks
  readonly ask: Ticks
  /** What is held, signed; of a coin no more than can be sold. */
  readonly position: Lots
  readonly orders: readonly OwnOrder[]
}

/** What a robot asks for; who runs it gives the time and the command's name. */
export type RobotWish =
  | { readonly kind: 'place-order'; readonly order: OrderSpec }
  | { readonly kind: 'place-group'; readonly group: 'bracket'; readonly orders: readonly OrderSpec[] }
  | { readonly kind: 'amend-order'; readonly order: OrderId; readonly limit: Ticks }
  | { readonly kind: 'cancel-order'; readonly order: OrderId }
  | { readonly kind: 'close-position'; readonly account: string; readonly instrument: string }
