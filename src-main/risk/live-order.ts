import { ensureSettled } from '../base/index.ts'
import type { Amount, Lots, Ticks } from '../base/index.ts'
import type { OrderId, PositionSide, Side, Tradable } from '../domain/index.ts'
import { noAmount, requiredAmount } from './requirement.ts'
import type { CountedOrder } from './risk-view.ts'

/** An order that may still fill: working, in flight, unknown or stuck. */
export interface LiveOrder {
  readonly order: OrderId
  readonly instrument: string
  readonly side: Side
  readonly positionSide: PositionSide
  readonly remaining: Lots
  /** From its approval; the limit, or the price at hand, of an order that somebody else placed. */
  readonly worstPrice: Ticks
  /** The venue keeps it from growing the position, see `isKeptFromGrowing`. */
  readonly keptFromGrowing: boolean
  /** From its approval. */
  readonly reduces: boolean
  /** At the venue it waits for a trigger. */
  readonly waits: boolean
}

export interface CountedLive extends CountedOrder {
  readonly live: LiveOrder
}

/** Spot sells lock what they deliver; a contract that only reduces is covered by the position that it reduces. */
export const setAsideFor = ({ side, remaining, worstPrice, keptFromGrowing, reduces }: LiveOrder, tradable: Tradable): Amount => {
  if (tradable.settlement === 'linear' && (keptFromGrowing || reduces)) return noAmount
  return ensureSettled(requiredAmount(tradable, side, remaining, worstPrice))
}
