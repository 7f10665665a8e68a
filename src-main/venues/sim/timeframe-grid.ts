import { unreachable } from '../../base/index.ts'
import type { Timeframe } from '../../domain/index.ts'
import { dayMs, minuteMs } from './daily-rhythm.ts'

const hourMs = 3_600_000

/** Of those that divide a day; weeks and months follow the calendar. */
const evenMs: Readonly<Record<Exclude<Timeframe, '1w' | '1M'>, number>> = {
  '1s': 1000, '5s': 5000, '15s': 15_000, '30s': 30_000,
  '1m': minuteMs, '3m': 3 * minuteMs, '5m': 5 * minuteMs, '15m': 15 * minuteMs, '30m': 30 * minuteMs,
  '1h': hourMs, '2h': 2 * hourMs, '4h': 4 * hourMs, '6h': 6 * hourMs, '12h': 12 * hourMs, '1d': dayMs,
}

/** The first Monday of 1970 was the fifth of January. */
const firstMonday = 4

/** Day of the era and day of the month by whole-number arithmetic: years begin in March, so a leap day is the last of a year. */
const dayOfMonth = (day: number): number => {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const month = Math.floor((5 * ofYear + 2) / 153)
  return ofYear - Math.floor((153 * month + 2) / 5) + 1
}

/** When the candle opened that holds this time. */
export const opensAt = (timeframe: Timeframe, time: number): number => {
  const day = Math.floor(time / dayMs)
  if (timeframe === '1w') return (Math.floor((day - firstMonday) / 7) * 7 + firstMonday) * dayMs
  if (timeframe === '1M') return (day - dayOfMonth(day) + 1) * dayMs
  const length = evenMs[timeframe]
  return Math.floor(time / length) * length
}

/** When the next candle opens. */
export const closesAt = (timeframe: Timeframe, time: number): number => {
  const open = opensAt(timeframe, time)
  if (timeframe === '1w') return open + 7 * dayMs
  // No month is longer than 31 days, and the 32nd day after a first always lies in the next month.
  if (timeframe === '1M') return opensAt('1M', open + 31 * dayMs)
  return open + evenMs[timeframe]
}

export type Grain = 'second' | 'minute' | 'hour'

/** The coarsest candles this timeframe can be put together from. */
export const grainOf = (timeframe: Timeframe): Grain => {
  switch (timeframe) {
    case '1s': case '5s': case '15s': case '30s': return 'second'
    case '1m': case '3m': case '5m': case '15m': case '30m': return 'minute'
    case '1h': case '2h': case '4h': case '6h': case '12h': case '1d': case '1w': case '1M': return 'hour'
    default: return unreachable(timeframe, 'timeframe')
  }
}
