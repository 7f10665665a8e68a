import type { TradingHours } from '../domain/index.ts'

const minuteMs = 60_000
const minutesOfDay = 24 * 60

/** Whether an instrument trades at this moment. A session may go past midnight; it belongs to the day on which it began. */
export function isOpenAt(hours: TradingHours, at: number): boolean {
  if (hours.kind === 'always') return true
  const { openMinute, closeMinute, weekdays } = hours
  const minute = Math.floor(at / minuteMs) % minutesOfDay
  const weekday = new Date(at).getUTCDay()
  if (openMinute < closeMinute) return weekdays.includes(weekday) && minute >= openMinute && minute < closeMinute
  if (minute >= openMinute) return weekdays.includes(weekday)
  return minute < closeMinute && weekdays.includes((weekday + 6) % 7)
}
