import { quantityMax, rawOf } from '../../base/index.ts'
import type { VenueTrade } from '../../domain/index.ts'
import type { CoinMove, Holding, HoldingForm } from './holding.ts'
import { piecesOf } from './piece-queue.ts'
import type { Split } from './split.ts'

/**
 * How far the steps of one holding could move its sums, in whatever order they are counted and whichever of them are taken back. Plain numbers, because they may
 * be past counting: they only say where nothing can overflow, and what is not far from the largest number is tried out exactly.
 */
export interface Swing {
  /** On the grid of the coin. */
  readonly lots: number
  /** Of no known cost, so that each price may be theirs. */
  readonly untold: number
  /** In the quote currencies. */
  readonly money: number
  readonly fees: number
  /** By how much splits have multiplied the lots of before. */
  readonly ratio: number
}

export const swingOf = (holding: Holding): Swing => {
  const swing = { lots: 0, untold: 0, money: 0, fees: 0, ratio: 1 }
  for (const { lots, pieces, cost, realised, untold } of holding) {
    swing.lots += Math.abs(rawOf(lots))
    swing.money += rawOf(cost) + Math.abs(rawOf(realised))
    if (untold > 0) for (const piece of piecesOf(pieces)) swing.untold += piece.cost === undefined ? rawOf(piece.lots) : 0
  }
  return swing
}

/** What was held before we looked, at a price that nobody told, gets its cost from a trade; so does a fee that the venue paid in the coin. */
export const withFill = (swing: Swing, { instrument, price, lots, fee }: VenueTrade, { tradables, coin }: HoldingForm): Swing => {
  const tradable = tradables.find((each) => each.instrument.id === instrument)
  const { scale: { numerator, denominator } = { numerator: 1, denominator: 1 }, baseUnitsPerLot = 1 } = tradable ?? {}
  const unitsPerLot = coin === undefined ? 1 : baseUnitsPerLot
  const taken = Math.abs(rawOf(fee))
  const size = Math.abs(rawOf(lots)) * unitsPerLot * swing.ratio + (coin === undefined ? 0 : taken * swing.ratio)
  const money = (Math.abs(rawOf(price)) * (size + swing.untold * swing.ratio) * numerator) / (denominator * unitsPerLot)
  return { ...swing, lots: swing.lots + size, money: swing.money + money + 1, fees: swing.fees + taken }
}

export const withMove = (swing: Swing, { amount }: CoinMove): Swing => {
  const size = Math.abs(rawOf(amount)) * swing.ratio
  return { ...swing, lots: swing.lots + size, untold: swing.untold + size, money: swing.money + 1 }
}

export const withSplit = (swing: Swing, { numerator, denominator }: Split): Swing => {
  const ratio = Math.max(1, rawOf(numerator) / rawOf(denominator))
  return { ...swing, lots: swing.lots * ratio + 1, ratio: swing.ratio * ratio }
}

/** What the steps post is at most four times what they move, so that from within half of the largest number a sum never passes it. */
const farMax = quantityMax / 8
export const isFarFromFull = ({ lots, money, fees }: Swing): boolean => lots <= farMax && money <= farMax && fees <= farMax
