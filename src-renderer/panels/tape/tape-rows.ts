import type { TradeView } from '../../../src-preload/contract/index.ts'
import { tradeBack, type HeardTrades } from '../../stores/market-trades.ts'

/** More than fit on any screen. */
export const rowsMax = 120
/** A trade as large as the largest tenth of those that are known is bold. */
const largeShare = 0.9
/** Below this many nobody can say what is large. */
const largeAfter = 20

/** The newest trades of at least this size, newest first, into a list that is used anew for each frame. */
export function newestTrades(into: TradeView[], trades: HeardTrades, sizeLeast: number, max: number): void {
  into.length = 0
  for (let back = 0; into.length < max; back++) {
    const trade = tradeBack(trades, back)
    if (trade === undefined) return
    if (trade.size >= sizeLeast) into.push(trade)
  }
}

/** From which size on a trade is large; infinite while too few are known. */
export function largeSize(trades: readonly Pick<TradeView, 'size'>[]): number {
  if (trades.length < largeAfter) return Infinity
  const sizes = trades.map(({ size }) => size).toSorted((left, right) => left - right)
  return sizes[Math.floor(sizes.length * largeShare)] ?? Infinity
}
