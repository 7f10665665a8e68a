import { timeframe, type TimeframeName } from '../../src-preload/contract/index.ts'

export const timeframes: readonly TimeframeName[] = timeframe.options

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long a bar lasts. A month is taken as its longest: only places beyond the bars and requests are reckoned with it. */
const lengthMs: Readonly<Record<TimeframeName, number>> = {
  '1s': second, '5s': 5 * second, '15s': 15 * second, '30s': 30 * second,
  '1m': minute, '3m': 3 * minute, '5m': 5 * minute, '15m': 15 * minute, '30m': 30 * minute,
  '1h': hour, '2h': 2 * hour, '4h': 4 * hour, '6h': 6 * hour, '12h': 12 * hour,
  '1d': day, '1w': 7 * day, '1M': 31 * day,
}

export const frameLengthMs = (name: TimeframeName): number => lengthMs[name]

/** When the bar that opened then is over. */
export function barEnd(name: TimeframeName, openedAt: number): number {
  if (name !== '1M') return openedAt + lengthMs[name]
  const opened = new Date(openedAt)
  return Date.UTC(opened.getUTCFullYear(), opened.getUTCMonth() + 1, 1)
}

/** Days are worth a line only where a day is more than a few bars and less than the whole chart. */
export const showsDays = (name: TimeframeName): boolean => lengthMs[name] >= minute && lengthMs[name] <= hour
