import { amountFromRaw, countFromRaw, isNegative, isZero, mulDiv, negate, rawOf, subtract } from '../../base/index.ts'
import type { Amount, Lots } from '../../base/index.ts'
import type { Tradable, VenueTrade } from '../../domain/index.ts'
import { movement } from './ledger.ts'
import type { LedgerPosting } from './ledger.ts'
import type { PositionChange, PositionState } from './position.ts'

const one = countFromRaw(1)

export const baseUnits = ({ baseUnitsPerLot }: Tradable, lots: Lots): Amount =>
  mulDiv(amountFromRaw(rawOf(lots)), countFromRaw(baseUnitsPerLot), one, 'halfEven')

/** The entry that a fill makes. A fee is paid in whatever asset the venue took it in; a rebate is a fee below zero. */
export const fillPostings = (before: PositionState, change: PositionChange, trade: VenueTrade, tradable: Tradable): readonly LedgerPosting[] => {
  const fee = isZero(trade.fee) ? [] : movement(trade.feeAsset, 'wallet', 'fees', trade.fee)
  const trading = tradable.settlement === 'delivery' ? deliveryPostings(before, change, trade, tradable) : linearPostings(change, tradable)
  return [...trading, ...fee]
}

/** A contract moves no money but what it wins or loses. */
const linearPostings = ({ realised }: PositionChange, { instrument }: Tradable): readonly LedgerPosting[] =>
  isZero(realised) ? [] : movement(instrument.quote, 'realised', 'wallet', realised)

/** The cost of a position stands in the ledger with the sign of the position. */
const deliveryPostings = (before: PositionState, change: PositionChange, trade: VenueTrade, tradable: Tradable): readonly LedgerPosting[] => {
  const { base, quote } = tradable.instrument
  const isBuy = trade.side === 'buy'
  const units = baseUnits(tradable, trade.lots)
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
