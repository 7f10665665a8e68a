import type { Bar } from './bar.ts'

/** Where the price has been since it was last looked at. */
export interface Touched {
  readonly from: number
  readonly low: number
  readonly high: number
}

/** The way of the price from the last known bar through its news; an edge that a bar had already is not touched again. */
export function touchedBy(before: Pick<Bar, 'time' | 'high' | 'low' | 'close'>, news: readonly Bar[]): Touched | undefined {
  const later = news.filter(({ time }) => time >= before.time)
  if (later.length === 0) return undefined
  const highs = later.map(({ time, high, close }) => (time === before.time && high <= before.high ? close : high))
  const lows = later.map(({ time, low, close }) => (time === before.time && low >= before.low ? close : low))
  return { from: before.close, low: Math.min(...lows), high: Math.max(...highs) }
}

/** Whether it came to this line; where it stood on it before, it had come already. */
export const touches = ({ from, low, high }: Touched, line: number): boolean => from !== line && (from < line ? high >= line : low <= line)
