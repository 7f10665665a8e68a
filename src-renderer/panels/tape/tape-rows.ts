import type { TradeView } from '../../../src-preload/contract/index.ts'
import { tradeBack, type HeardTrades } from '../../stores/market-trades.ts'

/** More than fit on any screen. */
export const rowsMax = 120
/** A trade as large as the largest tenth of those that are known is bold. */
const largeShare = 0.9
/** Below this many nobody can say what is large. */
const largeAfter = 20

/** Between two trades of the tape something may be missing. */
export const gapRow = 'gap'
export type TapeRow = TradeView | typeof gapRow

/**
 * The newest trades of at least this size, newest first, into a list that is used anew for each frame. A break stands under the
 * first trade after it, also where that trade is too small to be shown itself.
 */
export function newestTrades(into: TapeRow[], trades: HeardTrades, sizeLeast: number, max: number): void {
  into.length = 0
  let isBroken = false
  for (let back = 0; into.length < max; back++) {
    const trade = tradeBack(trades, back)
    if (trade === undefined) break
    if (trade.size >= sizeLeast) {
      if (isBroken && into.length > 0) into.push(gapRow)
      isBroken = false
      into.push(trade)
    }
    if (trade.isAfterGap === true) isBroken = true
  }
  if (isBroken && into.length > 0) into.push(gapRow)
}

/** From which size on a trade is large; infinite while too few are known. */
export function largeSize(trades: readonly Pick<TradeView, 'size'>[]): number {
  if (trades.length < largeAfter) return Infinity
  const sizes = trades.map(({ size }) => size).toSorted((left, right) => left - right)
  return sizes[Math.floor(sizes.length * largeShare)] ?? Infinity
}
