import { quantityMax, rawOf } from '../../base/index.ts'
import type { Tradable, VenueTrade } from '../../domain/index.ts'
import type { PositionState } from './position.ts'
import type { Split } from './split.ts'

/**
 * How far the steps of one position could move its sums, in whatever order they are counted and whichever of them are taken back. Plain numbers, because they may
 * be past counting: they only say where nothing can overflow, and what is not far from the largest number is tried out exactly.
 */
export interface Swing {
  readonly lots: number
  /** In the quote currency. */
  readonly money: number
  readonly fees: number
  /** By how much splits have multiplied the lots of before. */
  readonly ratio: number
}

export const swingOf = ({ lots, cost, realised }: PositionState): Swing =>
  ({ lots: Math.abs(rawOf(lots)), money: rawOf(cost) + Math.abs(rawOf(realised)), fees: 0, ratio: 1 })

/** What was held before we looked, at a price that nobody told, gets its cost from a trade. */
export const withFill = (swing: Swing, { price, lots, fee }: VenueTrade, base: PositionState, { scale }: Tradable): Swing => {
  const size = Math.abs(rawOf(lots)) * swing.ratio
  const found = base.pieces.head?.cost === undefined ? Math.abs(rawOf(base.lots)) * swing.ratio : 0
  const money = (Math.abs(rawOf(price)) * (size + found) * scale.numerator) / scale.denominator
  return { lots: swing.lots + size, money: swing.money + money + 1, fees: swing.fees + Math.abs(rawOf(fee)), ratio: swing.ratio }
}

export const withSplit = (swing: Swing, { numerator, denominator }: Split): Swing => {
  const ratio = Math.max(1, rawOf(numerator) / rawOf(denominator))
  return { ...swing, lots: swing.lots * ratio + 1, ratio: swing.ratio * ratio }
}

/** What the steps post is at most four times what they move, so that from within half of the largest number a sum never passes it. */
const farMax = quantityMax / 8
export const isFarFromFull = ({ lots, money, fees }: Swing, { baseUnitsPerLot }: Tradable): boolean =>
  lots * Math.max(1, baseUnitsPerLot) <= farMax && money <= farMax && fees <= farMax
