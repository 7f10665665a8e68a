/**
 * What an account must hold, told from the list of everything that happened to it: no double entry, only money in and out. It shares nothing with the
 * ledger it judges.
 */
export interface OracleTradeMoney {
  readonly side: 'buy' | 'sell'
  /** Of the whole trade, in the quote currency; the base in its minor units. */
  readonly quote: string
  readonly money: bigint
  readonly base: string
  readonly units: bigint
  readonly fee: bigint
  readonly feeAsset: string
}

export interface OracleMove {
  readonly asset: string
  readonly amount: bigint
}

const addTo = (sums: Map<string, bigint>, asset: string, amount: bigint): void => {
  sums.set(asset, (sums.get(asset) ?? 0n) + amount)
}

/** Spot: what is bought comes in, what is paid goes out, the fee goes out of whatever it was taken from. */
export const deliveryBalances = (trades: readonly OracleTradeMoney[], moves: readonly OracleMove[]): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>()
  for (const { side, quote, money, base, units, fee, feeAsset } of trades) {
    addTo(sums, base, side === 'buy' ? units : -units)
    addTo(sums, quote, side === 'buy' ? -money : money)
    addTo(sums, feeAsset, -fee)
  }
  for (const { asset, amount } of moves) addTo(sums, asset, amount)
  return sums
}

/** A contract: only what was won or lost by closing, the fees, and what moved without a trade. */
export const linearBalances = (
  quote: string, realised: bigint, fees: readonly OracleMove[], moves: readonly OracleMove[],
): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>([[quote, realised]])
  for (const { asset, amount } of fees) addTo(sums, asset, -amount)
  for (const { asset, amount } of moves) addTo(sums, asset, amount)
  return sums
}
