import { isNegative, isZero, negate, subtract } from '../../base/index.ts'
import type { Amount, Lots } from '../../base/index.ts'
import type { Side, Tradable } from '../../domain/index.ts'
import { unitsOf } from './coin-grid.ts'
import { movement } from './ledger.ts'
import type { LedgerAccount, LedgerPosting } from './ledger.ts'
import type { PositionChange, PositionFill, PositionState } from './position.ts'

/** The entry that a fill makes in its own pair, without its fee. What is delivered is on the grid of its coin. */
export const fillPostings = (before: PositionState, change: PositionChange, fill: PositionFill, pair: Tradable): readonly LedgerPosting[] => {
  if (isZero(fill.lots)) return []
  return pair.settlement === 'delivery' ? deliveryPostings(before, change, fill, pair) : linearPostings(change, pair)
}

/** A contract moves no money but what it wins or loses. */
const linearPostings = ({ realised }: PositionChange, { instrument }: Tradable): readonly LedgerPosting[] =>
  isZero(realised) ? [] : movement(instrument.quote, 'realised', 'wallet', realised)

/** The cost of a position stands in the ledger with the sign of the position. */
const deliveryPostings = (before: PositionState, change: PositionChange, fill: PositionFill, { instrument: { base, quote } }: Tradable): readonly LedgerPosting[] => {
  const isBuy = fill.side === 'buy'
  const units = unitsOf(fill.lots)
  const wasShort = isNegative(before.lots)
  const openedSigned = isBuy ? change.opened : negate(change.opened)
  const releasedSigned = wasShort ? negate(change.released) : change.released
  const postings = [
    ...movement(base, 'holdings', 'wallet', isBuy ? units : negate(units)),
    { asset: quote, account: 'wallet', amount: isBuy ? negate(change.cash) : change.cash },
    { asset: quote, account: 'position', amount: subtract(openedSigned, releasedSigned) },
    { asset: quote, account: 'realised', amount: negate(change.realised) },
  ] as const
  if (isZero(change.found)) return postings
  return [...postings, ...movement(quote, 'opening', 'position', wasShort ? negate(change.found) : change.found)]
}

/** What the other pairs of the coin gave or took back for a fill, and the money of it. */
export interface LentPart {
  readonly lots: Lots
  readonly cash: Amount
  /** Of lots that nobody told the cost of: they came for what they fetch. */
  readonly untoldCash: Amount
}

/**
 * One currency was paid for the coin and another one is got for it: no rate in these books says what that won. So both stand in `exchanged`, each in its own
 * currency, and are worth what their currencies are worth.
 */
export const lentPostings = (side: Side, { lots, cash, untoldCash }: LentPart, { instrument: { base, quote } }: Tradable): readonly LedgerPosting[] => {
  if (isZero(lots)) return []
  const signed = (amount: Amount): Amount => (side === 'buy' ? negate(amount) : amount)
  const units = unitsOf(lots)
  const untold = isZero(untoldCash) ? [] : movement(quote, 'opening', 'wallet', signed(untoldCash))
  return [...movement(base, 'wallet', 'holdings', signed(units)), ...movement(quote, 'exchanged', 'wallet', signed(subtract(cash, untoldCash))), ...untold]
}

/** Cost, with the sign of its position, follows the coin to where it went. */
export const costTo = (account: LedgerAccount, { instrument: { quote } }: Tradable, cost: Amount): readonly LedgerPosting[] =>
  isZero(cost) ? [] : movement(quote, 'position', account, cost)
