import type { QuoteView } from '../../src-preload/contract/index.ts'

/** Where the price has been since it was last looked at. */
export interface Touched {
  readonly from: number
  readonly low: number
  readonly high: number
}

export type WatchedPrice = Pick<QuoteView, 'last' | 'dayLow' | 'dayHigh'>

/**
 * The way of the price from one quote to the next. Quotes are told a few times a second and leave out what was between them; the
 * day's extremes do not, so where these have moved the price has been there.
 */
export function touchedBy(before: WatchedPrice, now: WatchedPrice): Touched | undefined {
  if (before.last === null || now.last === null) return undefined
  const lows = [now.last, ...newExtreme(before.dayLow, now.dayLow, (known, told) => told < known)]
  const highs = [now.last, ...newExtreme(before.dayHigh, now.dayHigh, (known, told) => told > known)]
  return { from: before.last, low: Math.min(...lows), high: Math.max(...highs) }
}

/** One that is further out than it was; that of a new day is nearer, and tells nothing of the way. */
const newExtreme = (known: number | null, told: number | null, isFurther: (known: number, told: number) => boolean): readonly number[] =>
  known !== null && told !== null && isFurther(known, told) ? [told] : []

/** Whether it came to this line; where it stood on it before, it had come already. */
export const touches = ({ from, low, high }: Touched, line: number): boolean => from !== line && (from < line ? high >= line : low <= line)
