import {
  add, isLess, isMore, isPositive, mulDiv, rateDenominator, rateFromRaw, subtract, ticksFromRaw,
} from '../../base/index.ts'
import type { Rate, Ticks } from '../../base/index.ts'
import type { Side, TrailDistance } from '../../domain/index.ts'

/** Where the stop belongs when this price is seen; a distance in percent rounds away from the price, never nearer. */
export const stopBehind = (side: Side, price: Ticks, distance: TrailDistance): Ticks => {
  if (distance.by === 'amount') {
    return side === 'sell' ? subtract<Ticks>(price, distance.ticks) : add<Ticks>(price, distance.ticks)
  }
  const one = rateFromRaw(rateDenominator)
  return side === 'sell'
    ? mulDiv<Ticks, Rate>(price, subtract<Rate>(one, distance.rate), one, 'floor')
    : mulDiv<Ticks, Rate>(price, add<Rate>(one, distance.rate), one, 'ceil')
}

/** The stop that this price asks for, if it is better than the one there is. A stop only ever follows; it never gives way. */
export const movedStop = (side: Side, price: Ticks, distance: TrailDistance, stop: Ticks | undefined): Ticks | undefined => {
  const wanted = stopBehind(side, price, distance)
  if (!isPositive(wanted)) return undefined
  if (stop === undefined) return wanted
  const isBetter = side === 'sell' ? isMore<Ticks>(wanted, stop) : isLess<Ticks>(wanted, stop)
  return isBetter ? wanted : undefined
}

const oneTick = ticksFromRaw(1)

/** The nearest price at which the stop moves: the exact reverse of `stopBehind`, so that prices before it need no second look. */
export const nextMoveAt = (side: Side, stop: Ticks, distance: TrailDistance): Ticks => {
  const next = side === 'sell' ? add<Ticks>(stop, oneTick) : subtract<Ticks>(stop, oneTick)
  if (distance.by === 'amount') return side === 'sell' ? add<Ticks>(next, distance.ticks) : subtract<Ticks>(next, distance.ticks)
  const one = rateFromRaw(rateDenominator)
  return side === 'sell'
    ? mulDiv<Ticks, Rate>(next, one, subtract<Rate>(one, distance.rate), 'ceil')
    : mulDiv<Ticks, Rate>(next, one, add<Rate>(one, distance.rate), 'floor')
}
