import { add, assert, isNegative, isPositive, isZero, mulDiv, negate, subtract } from '../../base/index.ts'
import type { Amount, Count } from '../../base/index.ts'
import type { Tradable } from '../../domain/index.ts'
import { unitsOf } from './coin-grid.ts'
import { movement } from './ledger.ts'
import type { LedgerPosting } from './ledger.ts'
import { piecesOf } from './piece-queue.ts'
import type { Piece } from './piece-queue.ts'
import { noLots, noMoney, stateOf } from './position.ts'
import type { PositionRecord, PositionState } from './position.ts'

/** `numerator` new shares for `denominator` old ones. What is left of a share is paid in cash, which comes as a posting of its own. */
export interface Split {
  readonly numerator: Count
  readonly denominator: Count
}

/** The cost stays, spread over the new shares; whole shares are cut from the sum, so that no piece loses one that the sum keeps. */
export const afterSplit = (before: PositionState, { numerator, denominator }: Split): PositionState => {
  assert(isPositive(numerator) && isPositive(denominator), 'expected a split of so many for so many')
  const pieces: Piece[] = []
  let old = noLots
  let made = noLots
  let carried = noMoney
  for (const piece of piecesOf(before.pieces)) {
    old = add(old, piece.lots)
    const total = mulDiv(old, numerator, denominator, 'floor')
    const lots = subtract(total, made)
    made = total
    // A piece too small for a share of its own leaves its cost to the next one.
    const cost = piece.cost === undefined ? undefined : add(piece.cost, carried)
    if (isZero(lots)) carried = cost ?? carried
    else pieces.push({ lots, cost })
    if (!isZero(lots)) carried = noMoney
  }
  const wasShort = isNegative(before.lots)
  return stateOf(withRemainder({ lots: wasShort ? negate(made) : made, pieces, realised: before.realised }, carried, wasShort))
}

/** Cost that no share is left to carry goes to the newest piece, or is lost with the position. */
const withRemainder = (record: PositionRecord, carried: Amount, wasShort: boolean): PositionRecord => {
  if (isZero(carried)) return record
  const last = record.pieces.at(-1)
  if (last === undefined) return { ...record, realised: wasShort ? add(record.realised, carried) : subtract(record.realised, carried) }
  return { ...record, pieces: [...record.pieces.slice(0, -1), { ...last, cost: add(last.cost ?? noMoney, carried) }] }
}

/** On the grid of the coin: the new shares are there without a trade, and what became of cost that no share carries. */
export const splitPostings = (before: PositionState, after: PositionState, tradable: Tradable): readonly LedgerPosting[] => {
  const { base, quote } = tradable.instrument
  const gain = subtract(after.realised, before.realised)
  if (tradable.settlement === 'linear') return isZero(gain) ? [] : movement(quote, 'realised', 'wallet', gain)
  const units = subtract(unitsOf(after.lots), unitsOf(before.lots))
  const shares = isZero(units) ? [] : movement(base, 'holdings', 'wallet', units)
  return isZero(gain) ? shares : [...shares, ...movement(quote, 'realised', 'position', gain)]
}
