import type { BookView } from '../../../src-preload/contract/index.ts'

export const ladderSteps = [1, 5, 10, 50] as const
export type LadderStep = (typeof ladderSteps)[number]

/** Rows between bid and ask, and between two levels, at the most, before a person has chosen otherwise: more would show an empty ladder. */
const rowsBetween = 4
const rowsApart = 2
/** As many as a ladder of usual height has on one side. */
const levelsLooked = 10

/** The finest step at which the book fills its rows; undefined while it has not both sides, or is crossed. */
export function ladderStepFor({ bids, asks }: Pick<BookView, 'bids' | 'asks'>): LadderStep | undefined {
  const [bid, ask] = [bids[0], asks[0]]
  if (bid === undefined || ask === undefined || ask[0] <= bid[0]) return undefined
  const spread = ask[0] - bid[0]
  const apart = Math.min(levelsApart(bids), levelsApart(asks))
  return ladderSteps.find((step) => spread <= rowsBetween * step && apart <= rowsApart * step) ?? 50
}

/** How far the first levels of a side lie from one another, on average; of one alone nothing can be said. */
function levelsApart(side: BookView['bids']): number {
  const looked = side.slice(0, levelsLooked)
  const [best, worst] = [looked[0], looked.at(-1)]
  return best === undefined || worst === undefined || looked.length < 2 ? 0 : Math.abs(best[0] - worst[0]) / (looked.length - 1)
}

/** The rows of a ladder are counted in steps of some ticks; the same object is filled anew for each book. */
export interface LadderBook {
  readonly bids: Map<number, number>
  readonly asks: Map<number, number>
  /** The rows of the best prices; undefined on a side without any. */
  bestBid: number | undefined
  bestAsk: number | undefined
}

export const emptyLadder = (): LadderBook => ({ bids: new Map(), asks: new Map(), bestBid: undefined, bestAsk: undefined })

/** A bid is never shown better than it is: its row is the step below; an ask's is the step above. */
export const bidRow = (ticks: number, step: number): number => Math.floor(ticks / step)
export const askRow = (ticks: number, step: number): number => Math.ceil(ticks / step)

export function fillLadder(ladder: LadderBook, { bids, asks }: Pick<BookView, 'bids' | 'asks'>, step: number): void {
  ladder.bids.clear()
  ladder.asks.clear()
  for (const [ticks, size] of bids) add(ladder.bids, bidRow(ticks, step), size)
  for (const [ticks, size] of asks) add(ladder.asks, askRow(ticks, step), size)
  const [bid, ask] = [bids[0], asks[0]]
  ladder.bestBid = bid === undefined ? undefined : bidRow(bid[0], step)
  ladder.bestAsk = ask === undefined ? undefined : askRow(ask[0], step)
}

function add(side: Map<number, number>, row: number, size: number): void {
  side.set(row, (side.get(row) ?? 0) + size)
}

/** The largest size in these rows, both included: what lies out of sight must not make what is seen look small. */
export function largestIn({ bids, asks }: Pick<LadderBook, 'bids' | 'asks'>, lowest: number, highest: number): number {
  let largest = 0
  for (let row = lowest; row <= highest; row++) largest = Math.max(largest, bids.get(row) ?? 0, asks.get(row) ?? 0)
  return largest
}

/** What the bars are measured by: it grows at once and shrinks only when half of it is empty, so that bars do not breathe. */
export const steadyScale = (scale: number, largest: number): number => (largest > scale || largest < scale / 2 ? largest : scale)

/** The row between the best prices; of one side alone, its best. */
export function middleRow({ bestBid, bestAsk }: Pick<LadderBook, 'bestBid' | 'bestAsk'>): number | undefined {
  if (bestBid === undefined || bestAsk === undefined) return bestBid ?? bestAsk
  return Math.round((bestBid + bestAsk) / 2)
}

/**
 * The row in the middle of the screen. It stays while the market is in the inner half, so that rows do not run under the eye;
 * beyond that the market is brought back to the middle.
 */
export function followedCentre(centre: number | undefined, middle: number, rows: number): number {
  return centre !== undefined && Math.abs(middle - centre) <= Math.max(1, Math.floor(rows / 4)) ? centre : middle
}

/** The share by which the bids of the first levels outweigh the asks, from -1 to 1; undefined for an empty book. */
export function imbalance({ bids, asks }: Pick<BookView, 'bids' | 'asks'>, levels = 10): number | undefined {
  const sum = (side: BookView['bids']): number => side.slice(0, levels).reduce((total, [, size]) => total + size, 0)
  const [bid, ask] = [sum(bids), sum(asks)]
  return bid + ask === 0 ? undefined : (bid - ask) / (bid + ask)
}

/** What we have waiting in a row, of one side: lots that may still fill, and whether all of it is known to rest there. */
export interface OwnRow {
  readonly lots: number
  readonly isProven: boolean
}

export interface OwnOrder {
  readonly side: 'buy' | 'sell'
  readonly ticks: number
  readonly lots: number
  readonly isProven: boolean
}

export interface OwnRows {
  readonly buy: ReadonlyMap<number, OwnRow>
  readonly sell: ReadonlyMap<number, OwnRow>
}

/** Our orders lie in the rows of the book's levels of the same price. */
export function ownRows(orders: readonly OwnOrder[], step: number): OwnRows {
  const rows = { buy: new Map<number, OwnRow>(), sell: new Map<number, OwnRow>() }
  for (const { side, ticks, lots, isProven } of orders) {
    const row = side === 'buy' ? bidRow(ticks, step) : askRow(ticks, step)
    const before = rows[side].get(row)
    rows[side].set(row, { lots: (before?.lots ?? 0) + lots, isProven: isProven && before?.isProven !== false })
  }
  return rows
}
