import {
  add, ensureSettled, isLess, isMore, isPositive, quantityMax, rateDenominator, rateFromRaw, settle, subtract, ticksFromRaw, tryAdd, tryMulDiv, trySubtract,
} from '../../base/index.ts'
import type { Rate, Ticks, Unsettled } from '../../base/index.ts'
import type { Side, TrailDistance } from '../../domain/index.ts'

/** Where the stop belongs when this price is seen; a distance in percent rounds away from the price, never nearer. */
export const stopBehind = (side: Side, price: Ticks, distance: TrailDistance): Ticks => ensureSettled(tryStopBehind(side, price, distance))

const tryStopBehind = (side: Side, price: Ticks, distance: TrailDistance): Unsettled<Ticks> => {
  if (distance.by === 'amount') {
    return side === 'sell' ? trySubtract<Ticks>(price, distance.ticks) : tryAdd<Ticks>(price, distance.ticks)
  }
  const one = rateFromRaw(rateDenominator)
  return side === 'sell'
    ? tryMulDiv<Ticks, Rate>(price, subtract<Rate>(one, distance.rate), one, 'floor')
    : tryMulDiv<Ticks, Rate>(price, add<Rate>(one, distance.rate), one, 'ceil')
}

/** The stop that this price asks for, if it is better than the one there is. A stop only ever follows; it never gives way. */
export const movedStop = (side: Side, price: Ticks, distance: TrailDistance, stop: Ticks | undefined): Ticks | undefined => {
  const behind = settle(tryStopBehind(side, price, distance))
  // From a price past all counting follows no stop.
  if (!behind.ok || !isPositive(behind.value)) return undefined
  const wanted = behind.value
  if (stop === undefined) return wanted
  const isBetter = side === 'sell' ? isMore<Ticks>(wanted, stop) : isLess<Ticks>(wanted, stop)
  return isBetter ? wanted : undefined
}

const oneTick = ticksFromRaw(1)
/** No price goes there. */
const never = ticksFromRaw(quantityMax)
const orNever = (price: Unsettled<Ticks>): Ticks => {
  const settled = settle(price)
  return settled.ok ? settled.value : never
}

/** The nearest price at which the stop moves: the exact reverse of `stopBehind`, so that prices before it need no second look. */
export const nextMoveAt = (side: Side, stop: Ticks, distance: TrailDistance): Ticks => {
  const next = side === 'sell' ? tryAdd<Ticks>(stop, oneTick) : subtract<Ticks>(stop, oneTick)
  if (distance.by === 'amount') return orNever(side === 'sell' ? tryAdd<Ticks>(next, distance.ticks) : trySubtract<Ticks>(next, distance.ticks))
  const one = rateFromRaw(rateDenominator)
  return side === 'sell'
    ? orNever(tryMulDiv<Ticks, Rate>(next, one, subtract<Rate>(one, distance.rate), 'ceil'))
    : orNever(tryMulDiv<Ticks, Rate>(next, one, add<Rate>(one, distance.rate), 'floor'))
}
