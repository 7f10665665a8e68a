import type { BookView } from '../../../src-preload/contract/index.ts'

/** How much there is up to each price, best first: prices and sums, step for step. */
export interface DepthSide {
  readonly ticks: readonly number[]
  readonly sums: readonly number[]
}

export interface DepthCurve {
  readonly bids: DepthSide
  readonly asks: DepthSide
  /** Between the best prices, in ticks; not always a whole one. */
  readonly mid: number
}

/** Undefined where a side is empty: without both there is no middle to look from. */
export function depthCurve({ bids, asks }: Pick<BookView, 'bids' | 'asks'>): DepthCurve | undefined {
  const [bid, ask] = [bids[0], asks[0]]
  if (bid === undefined || ask === undefined) return undefined
  return { bids: summed(bids), asks: summed(asks), mid: (bid[0] + ask[0]) / 2 }
}

function summed(levels: BookView['bids']): DepthSide {
  let sum = 0
  return { ticks: levels.map(([ticks]) => ticks), sums: levels.map(([, size]) => (sum += size)) }
}

/** How much there is up to this price on its side: bids below the middle, asks above. */
export function depthAt(curve: DepthCurve, ticks: number): number {
  const isBid = ticks <= curve.mid
  const { ticks: prices, sums } = isBid ? curve.bids : curve.asks
  let found = 0
  for (let nth = 0; nth < prices.length; nth++) {
    const price = prices[nth] ?? 0
    if (isBid ? price < ticks : price > ticks) break
    found = sums[nth] ?? found
  }
  return found
}

/** How far the plot reaches from the middle: as far as the side that is known less deep, so that neither looks empty for want of knowledge. */
export function depthReach({ bids, asks, mid }: DepthCurve): number {
  const far = ({ ticks }: DepthSide): number => Math.abs((ticks.at(-1) ?? mid) - mid)
  return Math.max(1, Math.min(far(bids), far(asks)))
}

/**
 * The end of a scale: it grows at once where something would not fit, and shrinks only when two thirds of it are empty, so that
 * the plot does not breathe with each update.
 */
export function steadyEnd(end: number | undefined, wanted: number): number {
  return end !== undefined && wanted <= end && wanted >= end / 3 ? end : roundUp(wanted)
}

const steps = [1, 1.5, 2, 3, 5, 7.5, 10] as const

function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return (steps.find((step) => step * power >= value) ?? 10) * power
}
