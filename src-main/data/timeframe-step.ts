import type { Timeframe } from '../domain/index.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** The distance between the openings of two candles that follow each other; a month has none of its own and counts in days. */
const steps: Readonly<Record<Timeframe, number>> = {
  '1s': second, '5s': 5 * second, '15s': 15 * second, '30s': 30 * second,
  '1m': minute, '3m': 3 * minute, '5m': 5 * minute, '15m': 15 * minute, '30m': 30 * minute,
  '1h': hour, '2h': 2 * hour, '4h': 4 * hour, '6h': 6 * hour, '12h': 12 * hour,
  '1d': day, '1w': 7 * day, '1M': day,
}

/** 1970 began on a Thursday, a week begins on Monday. */
const firstMonday = 4 * day

export const stepOf = (timeframe: Timeframe): number => steps[timeframe]

/** Whether a candle may open then. */
export function isOpening(timeframe: Timeframe, time: number): boolean {
  if (!Number.isSafeInteger(time) || time < 0) return false
  if (timeframe === '1M') return time % day === 0 && new Date(time).getUTCDate() === 1
  return (time - (timeframe === '1w' ? firstMonday : 0)) % stepOf(timeframe) === 0
}

/** When the candle after the one that opened then opens. */
export function nextOpening(timeframe: Timeframe, time: number): number {
  if (timeframe !== '1M') return time + stepOf(timeframe)
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
