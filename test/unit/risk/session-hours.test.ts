import { describe, expect, it } from 'vitest'
import type { TradingHours } from '../../../src-main/domain/index.ts'
import { isInSession } from '../../../src-main/risk/session-hours.ts'

const day: TradingHours = { kind: 'sessions', openMinute: 810, closeMinute: 1_200, weekdays: [1, 2, 3, 4, 5] }
/** From Sunday evening into Monday, as futures do. */
const night: TradingHours = { kind: 'sessions', openMinute: 1_320, closeMinute: 60, weekdays: [0] }
const at = (date: number, minute: number): number => Date.UTC(2026, 5, date, 0, minute)

describe('trading hours', () => {
  it('never close where there are none', () => {
    expect(isInSession({ kind: 'always' }, 0)).toBe(true)
  })

  it('open with their first minute and close with their last, on their days', () => {
    expect([809, 810, 1_199, 1_200].map((minute) => isInSession(day, at(17, minute)))).toEqual([false, true, true, false])
    expect([20, 21, 22].map((date) => isInSession(day, at(date, 900)))).toEqual([false, false, true])
  })

  it('that pass midnight belong to the day on which they began', () => {
    expect([1_319, 1_320].map((minute) => isInSession(night, at(21, minute)))).toEqual([false, true])
    expect([59, 60].map((minute) => isInSession(night, at(22, minute)))).toEqual([true, false])
    expect(isInSession(night, at(21, 30)), 'Saturday has none').toBe(false)
  })

  it('agree with the calendar on every day of four years', () => {
    for (let days = 0; days < 1_461; days += 1) {
      const noon = days * 86_400_000 + 900 * 60_000
      const weekday = new Date(noon).getUTCDay()
      expect(isInSession(day, noon)).toBe(weekday >= 1 && weekday <= 5)
    }
  })
})
