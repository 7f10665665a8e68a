import type { OrderSpec, Tradable } from '../../domain/index.ts'

const minuteMs = 60_000
export const dayMs = 86_400_000

const endOfUtcDay = (at: number): number => (Math.floor(at / dayMs) + 1) * dayMs

/**
 * The next close of the session, strictly after `at`. A session that closes past midnight belongs to the weekday it opened
 * on.
 */
const endOfSession = (at: number, hours: Extract<Tradable['instrument']['hours'], { kind: 'sessions' }>): number => {
  const overnightMs = hours.closeMinute <= hours.openMinute ? dayMs : 0
  const firstDay = Math.floor(at / dayMs) - 1
  // The first of January 1970 was a Thursday.
  for (let day = firstDay; day <= firstDay + 8; day += 1) {
    const close = day * dayMs + hours.closeMinute * minuteMs + overnightMs
    if (close > at && hours.weekdays.includes((day + 4) % 7)) return close
  }
  return endOfUtcDay(at)
}

/** When an order ends by itself; none for one that stays. An instrument with sessions has a day that ends with its session. */
export const expiryOf = (spec: OrderSpec, tradable: Tradable, intendedAt: number): number | undefined => {
  if (spec.timeInForce === 'gtd') return spec.expiresAt
  if (spec.timeInForce !== 'day') return undefined
  const { hours } = tradable.instrument
  return hours.kind === 'sessions' ? endOfSession(intendedAt, hours) : endOfUtcDay(intendedAt)
}
