import type { TradingHours } from '../domain/index.ts'

const minuteMs = 60_000
const minutesOfDay = 24 * 60
/** The first of January 1970 was a Thursday. */
const weekdayOfZero = 4

/** A session may go past midnight; it belongs to the day on which it began. */
export const isInSession = (hours: TradingHours, at: number): boolean => {
  if (hours.kind === 'always') return true
  const { openMinute, closeMinute, weekdays } = hours
  const minutes = Math.floor(at / minuteMs)
  const minute = minutes % minutesOfDay
  const weekday = (Math.floor(minutes / minutesOfDay) + weekdayOfZero) % 7
  if (openMinute < closeMinute) return weekdays.includes(weekday) && minute >= openMinute && minute < closeMinute
  if (minute >= openMinute) return weekdays.includes(weekday)
  return minute < closeMinute && weekdays.includes((weekday + 6) % 7)
}
