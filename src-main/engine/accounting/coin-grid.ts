import { amountFromRaw, assert, countFromRaw, lotsFromRaw, mulDiv, rawOf } from '../../base/index.ts'
import type { Amount, Lots } from '../../base/index.ts'
import type { Tradable } from '../../domain/index.ts'

/**
 * A coin is held in its smallest units, not in lots: a fee in the coin takes less than a lot, and each pair has lots of its own. So the books keep what is
 * delivered on a finer grid, where a lot is one such unit.
 */
const one = countFromRaw(1)

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

export const onCoinGrid = (tradable: Tradable): Tradable => {
  const { settlement, scale: { numerator, denominator }, baseUnitsPerLot } = tradable
  if (settlement === 'linear') return tradable
  const shared = greatestDivisor(numerator, baseUnitsPerLot)
  const scale = { numerator: numerator / shared, denominator: denominator * (baseUnitsPerLot / shared) }
  assert(Number.isSafeInteger(scale.denominator), 'expected the value of one unit of a coin to be a ratio that can be counted')
  return { ...tradable, scale, baseUnitsPerLot: 1 }
}

/** Lots of the instrument on the grid of its coin; those of a contract are as they are. */
export const coinLots = ({ settlement, baseUnitsPerLot }: Tradable, lots: Lots): Lots =>
  settlement === 'linear' || baseUnitsPerLot === 1 ? lots : mulDiv(lots, countFromRaw(baseUnitsPerLot), one, 'halfEven')

/** On that grid one and the same number. */
export const unitsOf = (lots: Lots): Amount => amountFromRaw(rawOf(lots))
export const lotsOfUnits = (units: Amount): Lots => lotsFromRaw(rawOf(units))
