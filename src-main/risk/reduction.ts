import { absolute, ensureSettled, hasOverflowed, isMore, isNegative, isPositive, isZero, lotsFromRaw, maximum, subtract, tryAdd, trySubtract } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { Side, Tradable } from '../domain/index.ts'
import type { Exposure } from './risk-view.ts'

/**
 * What orders can do to a position, whatever fills in which order. It must never call reducing what could grow a position.
 * Invariants: 1 no sequence of fills of what is live leads to a position beyond `worstPosition`; 2 what `reduces` neither turns a position round nor raises
 * its worst case; 3 of what is delivered a sale never grows a position, because the venue sells only what is there, and a purchase never reduces one.
 */
export const noLots = lotsFromRaw(0)

/** Orders that the venue keeps from growing a position still make room for the others to turn it round. */
const afterReducing = (size: Lots, reducing: Lots): Lots => maximum(subtract(size, reducing), noLots)

/** The largest position, long or short, that all that is live can lead to; none where it is past counting. */
export const worstPosition = ({ position, buying, selling, reducingBuys, reducingSells }: Exposure): Lots | undefined => {
  const floor = isPositive(position) ? afterReducing(position, reducingSells) : position
  const ceiling = isNegative(position) ? subtract(noLots, afterReducing(absolute(position), reducingBuys)) : position
  const long = tryAdd(ceiling, buying)
  const short = trySubtract(selling, floor)
  if (hasOverflowed(long) || hasOverflowed(short)) return undefined
  return maximum(maximum(ensureSettled(long), ensureSettled(short)), absolute(position))
}

/** The exposure with one order more, or with its remaining lots taken out where they are negative; none where it is past counting. */
export const withOrder = (exposure: Exposure, side: Side, lots: Lots, isKeptFromGrowing: boolean): Exposure | undefined => {
  const { position, buying, selling, reducingBuys, reducingSells } = exposure
  const field = exposureField(side, isKeptFromGrowing)
  const total = tryAdd(exposure[field], lots)
  if (hasOverflowed(total)) return undefined
  const changed = { position, buying, selling, reducingBuys, reducingSells }
  changed[field] = ensureSettled(total)
  return changed
}

export const exposureField = (side: Side, isKeptFromGrowing: boolean): 'buying' | 'selling' | 'reducingBuys' | 'reducingSells' => {
  if (side === 'buy') return isKeptFromGrowing ? 'reducingBuys' : 'buying'
  return isKeptFromGrowing ? 'reducingSells' : 'selling'
}

/** Whether the venue keeps the order from growing a position: as it was asked to, or because a coin that is not there cannot be sold. */
export const cannotGrow = (side: Side, isKept: boolean, { settlement }: Tradable): boolean => isKept || (settlement === 'delivery' && side === 'sell')

/** Is the order turned against the position, and no larger? */
export const isWithinPosition = ({ position }: Exposure, side: Side, lots: Lots): boolean => {
  if (isZero(position) || isPositive(position) !== (side === 'sell')) return false
  return !isMore(lots, absolute(position))
}

/** With everything else on its side filled before it, would the position still not turn round? */
export const leavesPosition = ({ position, buying, selling, reducingBuys, reducingSells }: Exposure, side: Side, lots: Lots): boolean => {
  const others = side === 'buy' ? tryAdd(buying, reducingBuys) : tryAdd(selling, reducingSells)
  const all = tryAdd(others, lots)
  return !hasOverflowed(all) && !isMore(ensureSettled(all), absolute(position))
}
