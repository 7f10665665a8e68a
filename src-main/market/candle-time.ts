import type { Timeframe } from '../domain/index.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

/** How long a candle lasts; a month has no fixed length, so it has none here. */
const lengths: Readonly<Record<Exclude<Timeframe, '1M'>, number>> = {
  '1s': second, '5s': 5 * second, '15s': 15 * second, '30s': 30 * second,
  '1m': minute, '3m': 3 * minute, '5m': 5 * minute, '15m': 15 * minute, '30m': 30 * minute,
  '1h': hour, '2h': 2 * hour, '4h': 4 * hour, '6h': 6 * hour, '12h': 12 * hour,
  '1d': day, '1w': week,
}

/** The first Monday of Unix time was 5 January 1970. */
const firstMonday = 4 * day

/** When the candle opened that holds this moment. All of them are cut in UTC; a week begins on Monday, a month on its first. */
export function openingOf(timeframe: Timeframe, at: number): number {
  if (timeframe === '1M') {
    const date = new Date(at)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  }
  const length = lengths[timeframe]
  const offset = timeframe === '1w' ? firstMonday : 0
  return Math.floor((at - offset) / length) * length + offset
}

/** When the next candle opens after the one that opened then. */
export function closingOf(timeframe: Timeframe, opening: number): number {
  if (timeframe !== '1M') return opening + lengths[timeframe]
  const date = new Date(opening)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

/** About how many minutes a candle covers: for what a window costs, never for where a candle begins. */
export const minutesOf = (timeframe: Timeframe): number => (timeframe === '1M' ? (31 * day) / minute : lengths[timeframe] / minute)
