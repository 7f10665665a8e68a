import { isMore, isPositive, rateOf, settle, tryAdd, tryApplyRate, tryNotional, trySubtract } from '../base/index.ts'
import type { Amount, Lots, Ticks } from '../base/index.ts'
import type { Refusal, Side, Tradable } from '../domain/index.ts'
import { refuse, refuseQuantity } from './refuse.ts'
import { requiredAmount, requiredAsset } from './requirement.ts'
import type { InstrumentLimits, ReviewLimits } from './review-limits.ts'
import type { RiskView } from './risk-view.ts'

/** What the review of room looks at: the order as it will be, and the worst case of its instrument before and after. */
export interface RoomAsked {
  readonly side: Side
  readonly lots: Lots
  readonly worstPrice: Ticks
  readonly worstBefore: Lots
  readonly worstAfter: Lots
  /** Set aside for the order as it is now; none for a new one. */
  readonly setAside: Amount
}

const overflow = refuse('risk.overflow', 'the order is larger than can be counted')
const noPrice = refuse('risk.no-price', 'an open position or order has no price, so the account cannot be valued')
const noBalance = refuse('risk.no-balance', 'the balance of the account is not known')

export const reviewNotional = ({ lots, worstPrice }: RoomAsked, tradable: Tradable, view: RiskView, own: InstrumentLimits): Refusal | undefined => {
  const value = settle(tryNotional(worstPrice, lots, tradable.scale, 'ceil'))
  if (!value.ok) return overflow
  const reported = view.inReporting(tradable.instrument.quote, value.value)
  if (reported === undefined) return noPrice
  return isMore(reported, own.orderNotionalMax) ? refuseQuantity('risk.order-notional', 'price times quantity', own.orderNotionalMax, reported) : undefined
}

/** An order that does not raise the worst case is not refused for what was there before it. */
export const reviewPosition = ({ worstBefore, worstAfter }: RoomAsked, own: InstrumentLimits): Refusal | undefined => {
  if (!isMore(worstAfter, worstBefore) || !isMore(worstAfter, own.positionLotsMax)) return undefined
  return refuseQuantity('risk.position', 'the position in lots, with all that may still fill,', own.positionLotsMax, worstAfter)
}

export const reviewGross = (asked: RoomAsked, tradable: Tradable, view: RiskView, limits: ReviewLimits): Refusal | undefined => {
  const { worstBefore, worstAfter, worstPrice } = asked
  const gross = view.gross()
  if (gross === undefined) return noPrice
  if (!isMore(worstAfter, worstBefore)) return undefined
  const value = settle(tryNotional(worstPrice, trySubtract(worstAfter, worstBefore), tradable.scale, 'ceil'))
  if (!value.ok) return overflow
  const grown = view.inReporting(tradable.instrument.quote, value.value)
  if (grown === undefined) return noPrice
  const total = settle(tryAdd(gross, grown))
  if (!total.ok) return overflow
  if (isMore(total.value, limits.grossMax)) return refuseQuantity('risk.gross', 'the worth of all positions, with all that may still fill,', limits.grossMax, total.value)
  return reviewLeverage(total.value, view, limits)
}

const reviewLeverage = (gross: Amount, view: RiskView, { leverageMax }: ReviewLimits): Refusal | undefined => {
  const equity = view.equity()
  if (equity === undefined) return noBalance
  // Equity times the highest leverage is past counting only where no gross that can be counted reaches it.
  const room = settle(tryApplyRate(equity, leverageMax, 'floor'))
  if (isPositive(equity) && (!room.ok || !isMore(gross, room.value))) return undefined
  if (!isPositive(equity)) return refuse('risk.leverage', 'the account has no equity to carry another position')
  return refuseQuantity('risk.leverage', 'the worth of all positions over the equity, in billionths,', leverageMax, rateOf(gross, equity, 'ceil'))
}

export const reviewBalance = ({ side, lots, worstPrice, setAside }: RoomAsked, tradable: Tradable, view: RiskView): Refusal | undefined => {
  const free = view.free(requiredAsset(tradable, side))
  if (free === undefined) return noBalance
  const needed = settle(trySubtract(requiredAmount(tradable, side, lots, worstPrice), setAside))
  if (!needed.ok) return overflow
  return isMore(needed.value, free) ? refuseQuantity('risk.balance', `the ${requiredAsset(tradable, side)} needed`, free, needed.value) : undefined
}
