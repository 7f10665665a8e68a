import { add, ensureDefined, isZero, negate, rawOf } from '../../base/index.ts'
import type { Amount } from '../../base/index.ts'
import type { VenueTrade } from '../../domain/index.ts'
import type { CoinMove, HoldingForm } from './holding.ts'
import type { LedgerAccount, LedgerPosting } from './ledger.ts'
import { noMoney } from './position.ts'

/** A coin that moved by something that is written down elsewhere. */
export interface MovedCoin extends CoinMove {
  readonly asset: string
  readonly at: number
  /** Of what moved it. */
  readonly id: string
  /** What else tells it from others with the same id. */
  readonly of: string
}

/** What a trade moved of other coins than the one that it traded: what it was paid with, what it won, and what the fee was taken from. */
export const movedBy = (trade: VenueTrade, postings: readonly LedgerPosting[], { pairs, coin }: HoldingForm): readonly MovedCoin[] => {
  const { instrument: id, side, positionSide, fee, feeAsset } = trade
  const quote = ensureDefined(pairs.find(({ instrument }) => instrument.id === id), 'the pair of a trade').instrument.quote
  const paid = postings.reduce((sum, { asset, account, amount }) => (account === 'wallet' && asset === quote ? add(sum, amount) : sum), noMoney)
  const moved = (asset: string, amount: Amount, account: LedgerAccount): readonly MovedCoin[] =>
    isZero(amount) ? [] : [{ asset, amount, account, at: trade.at, id: trade.trade, of: `${id} ${side} ${positionSide ?? 'net'} ${account}` }]
  return [...moved(quote, paid, coin === undefined ? 'realised' : 'exchanged'), ...(feeAsset === coin ? [] : moved(feeAsset, negate(fee), 'fees'))]
}

const keyOf = ({ asset, id, of, at, amount }: MovedCoin): string => `${asset} ${of} ${at} ${rawOf(amount)} ${id}`

/** Those of `moves` that are not in `others`. */
export const missingIn = (others: readonly MovedCoin[], moves: readonly MovedCoin[]): readonly MovedCoin[] => {
  if (others.length === 0 || moves.length === 0) return moves
  const known = new Set(others.map(keyOf))
  return moves.filter((coin) => !known.has(keyOf(coin)))
}
