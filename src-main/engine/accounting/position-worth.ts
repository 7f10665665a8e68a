import {
  absolute, add, applyRate, countFromRaw, isNegative, isPositive, isZero, mulDiv, negate, notional, priceOf, rateDenominator, rateFromRaw, subtract,
} from '../../base/index.ts'
import type { Amount, Lots, Rate, Rounding, Ticks } from '../../base/index.ts'
import type { Tradable } from '../../domain/index.ts'
import { noMoney } from './position.ts'

/** What a position is worth at a price: profit that is not realised, the margin it ties up, and where the venue would take it away. */
export interface HeldLots {
  /** Signed. */
  readonly lots: Lots
  /** A magnitude. */
  readonly cost: Amount
}

const whole = rateFromRaw(rateDenominator)
const one = countFromRaw(1)

export const unrealisedOf = ({ lots, cost }: HeldLots, price: Ticks, { scale }: Tradable): Amount => {
  const gain = subtract(notional(price, absolute(lots), scale, 'halfEven'), cost)
  return isNegative(lots) ? negate(gain) : gain
}

export const grossOf = ({ lots }: HeldLots, price: Ticks, { scale }: Tradable): Amount => notional(price, absolute(lots), scale, 'ceil')

/** What the position ties up at the highest leverage; delivered assets are paid for and tie up nothing. */
export const initialMarginOf = (held: HeldLots, price: Ticks, tradable: Tradable): Amount => {
  if (tradable.settlement === 'delivery') return noMoney
  const gross = grossOf(held, price, tradable)
  return tradable.leverageMax > 1 ? mulDiv(gross, one, countFromRaw(tradable.leverageMax), 'ceil') : gross
}

export const maintenanceMarginOf = (held: HeldLots, price: Ticks, tradable: Tradable): Amount =>
  tradable.settlement === 'delivery' ? noMoney : applyRate(grossOf(held, price, tradable), tradable.maintenanceMargin, 'ceil')

/**
 * The price at which what backs the position, and its profit, no longer cover the maintenance margin: a long one is lost when the price falls to it, a short
 * one when it rises to it. Rounded towards the present price. None: no price above zero takes the position away.
 */
export const liquidationPriceOf = ({ lots, cost }: HeldLots, backing: Amount, { scale, settlement, maintenanceMargin }: Tradable): Ticks | undefined => {
  if (settlement === 'delivery' || isZero(lots)) return undefined
  const isShort = isNegative(lots)
  // long: backing + value - cost = rate * value; short: backing + cost - value = rate * value
  const numerator = isShort ? add(cost, backing) : subtract(cost, backing)
  const share = isShort ? add(whole, maintenanceMargin) : subtract(whole, maintenanceMargin)
  if (!isPositive(share)) return undefined
  const rounding: Rounding = isShort ? 'floor' : 'ceil'
  const value = mulDiv<Amount, Rate>(numerator, whole, share, rounding)
  const price = priceOf(value, absolute(lots), scale, rounding)
  return isPositive(price) ? price : undefined
}
