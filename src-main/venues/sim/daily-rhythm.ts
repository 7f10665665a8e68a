import type { TradingHours } from '../../domain/index.ts'

export type RhythmName = 'crypto' | 'currency' | 'equity'

export const minuteMs = 60_000
export const dayMs = 86_400_000
export const minutesPerDay = 1440

/** How lively each hour UTC is against the average: Asia's morning, Europe's opening, New York's, and the quiet between. */
const hourly: Readonly<Record<RhythmName, readonly number[]>> = {
  crypto: [
    1.0, 1.05, 0.95, 0.85, 0.78, 0.74, 0.78, 0.9, 1.0, 0.98, 0.94, 0.95,
    1.05, 1.3, 1.5, 1.45, 1.3, 1.15, 1.05, 1.0, 0.98, 0.9, 0.85, 0.9,
  ],
  currency: [
    0.7, 0.75, 0.7, 0.65, 0.6, 0.65, 0.9, 1.25, 1.35, 1.2, 1.05, 1.05,
    1.35, 1.6, 1.65, 1.5, 1.2, 0.9, 0.75, 0.65, 0.55, 0.45, 0.5, 0.6,
  ],
  // From the session's opening to its close, not of a clock: busy at both ends.
  equity: [1.8, 1.35, 1.1, 1.0, 0.9, 0.85, 0.8, 0.8, 0.85, 0.9, 1.0, 1.15, 1.5],
}

const openMinute = 810
const closeMinute = 1200

const between = (table: readonly number[], at: number, wraps: boolean): number => {
  const left = Math.floor(at)
  const right = wraps ? (left + 1) % table.length : Math.min(left + 1, table.length - 1)
  const share = at - left
  return (table[left] as number) * (1 - share) + (table[right] as number) * share
}

const rhythmAt = (name: RhythmName, minute: number): number => {
  if (name !== 'equity') return between(hourly[name], minute / 60, true)
  if (minute < openMinute || minute >= closeMinute) return 0
  return between(hourly.equity, ((minute - openMinute) / (closeMinute - openMinute)) * (hourly.equity.length - 1), false)
}

/** Volatility of each minute of a day against the day's average, so that the squares sum to 1. */
const normalised = (name: RhythmName): Float64Array => {
  const raw = Float64Array.from({ length: minutesPerDay }, (_, minute) => rhythmAt(name, minute))
  let squares = 0
  for (const value of raw) squares += value * value
  return raw.map((value) => value / Math.sqrt(squares))
}

const rhythms: Readonly<Record<RhythmName, Float64Array>> = {
  crypto: normalised('crypto'), currency: normalised('currency'), equity: normalised('equity'),
}

export const rhythmOf = (name: RhythmName): Float64Array => rhythms[name]

/** How lively a minute is against the average minute of trading. */
export const livelinessAt = (name: RhythmName, minute: number): number =>
  (rhythms[name][minute] as number) * Math.sqrt(name === 'equity' ? closeMinute - openMinute : minutesPerDay)

/** 0 is Sunday. The first of January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

export const isWeekend = (day: number): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6

export const tradesAt = (hours: TradingHours, day: number, minute: number): boolean =>
  hours.kind === 'always' ||
  (hours.weekdays.includes(weekdayOf(day)) && minute >= hours.openMinute && minute < hours.closeMinute)
