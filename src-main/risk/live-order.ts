import { ensureSettled, hasOverflowed } from '../base/index.ts'
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
  /** What it is counted with: nothing where the sum would be past counting. */
  readonly lots: Lots
  /** Its price and size are past counting, so that what it needs is not known. */
  readonly isUnvalued: boolean
}

/** Nothing that is counted is another. */
export const isCountedAlike = (known: LiveOrder, live: LiveOrder): boolean =>
  known.remaining === live.remaining && known.worstPrice === live.worstPrice && known.side === live.side && known.positionSide === live.positionSide
  && known.keptFromGrowing === live.keptFromGrowing && known.reduces === live.reduces && known.waits === live.waits && known.instrument === live.instrument

/** Spot sells lock what they deliver; a contract that only reduces is covered by the position that it reduces. None: it is past counting. */
export const setAsideFor = ({ side, remaining, worstPrice, keptFromGrowing, reduces }: LiveOrder, tradable: Tradable): Amount | undefined => {
  if (tradable.settlement === 'linear' && (keptFromGrowing || reduces)) return noAmount
  const required = requiredAmount(tradable, side, remaining, worstPrice)
  return hasOverflowed(required) ? undefined : ensureSettled(required)
}
