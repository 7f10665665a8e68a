import { maximum, minimum, rateDenominator, rateFromRaw, settle, subtract, tryAdd, tryMulDiv } from '../base/index.ts'
import type { Rate, Result, Rounding, Ticks } from '../base/index.ts'
import type { Side, Trigger } from '../domain/index.ts'
import type { ReferencePrice } from './risk-view.ts'

const whole = rateFromRaw(rateDenominator)

/** A price and a part of it on top of it. */
export const raisedBy = (price: Ticks, part: Rate, rounding: Rounding): Result<Ticks, 'overflow'> =>
  settle(tryMulDiv<Ticks, Rate>(price, tryAdd<Rate>(whole, part), whole, rounding))

/** A price less a part of it; a part of one or more leaves nothing. */
export const loweredBy = (price: Ticks, part: Rate, rounding: Rounding): Result<Ticks, 'overflow'> =>
  settle(tryMulDiv<Ticks, Rate>(price, subtract(whole, minimum(part, whole)), whole, rounding))

export interface OrderPrices {
  readonly side: Side
  readonly limit?: Ticks | undefined
  readonly trigger?: Trigger | undefined
}

/**
 * The highest price that an order is counted with. A limit caps a buy; a sell may fill above its limit, at what is bid or asked. Without a
 * limit the price may run away by the slippage that the limits set aside.
 */
export const worstPriceOf = ({ side, limit, trigger }: OrderPrices, reference: ReferencePrice, slippage: Rate): Result<Ticks, 'overflow'> => {
  if (limit !== undefined) return { ok: true, value: side === 'buy' ? limit : maximum(limit, reference.ask) }
  const start = trigger === undefined ? reference.ask : maximum(trigger.price, reference.ask)
  return raisedBy(start, slippage, 'ceil')
}
