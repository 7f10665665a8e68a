import { describe, expect, it } from 'vitest'
import { timeframes } from '../../../../src-main/domain/index.ts'
import { weekdayOf } from '../../../../src-main/venues/sim/daily-rhythm.ts'
import { closesAt, opensAt } from '../../../../src-main/venues/sim/timeframe-grid.ts'

const dayMs = 86_400_000
const days = Array.from({ length: 6000 }, (_, at) => Date.UTC(2023, 0, 1) + at * dayMs)

describe('the grid of timeframes', () => {
  it('begins a month on its first day and ends it where the next begins, through leap years and a century', () => {
    for (const time of [...days, Date.UTC(2100, 1, 28), Date.UTC(2100, 2, 1), Date.UTC(1999, 11, 31)]) {
      const date = new Date(time + 12_345)
      expect(opensAt('1M', time + 12_345)).toBe(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1))
      expect(closesAt('1M', time + 12_345)).toBe(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
    }
  })

  it('begins a week on Monday', () => {
    for (const time of days) {
      const open = opensAt('1w', time + 5000)
      expect(new Date(open).getUTCDay()).toBe(1)
      expect(time - open).toBeLessThan(7 * dayMs)
      expect(closesAt('1w', time)).toBe(open + 7 * dayMs)
      expect(weekdayOf(time / dayMs)).toBe(new Date(time).getUTCDay())
    }
  })

  it('leaves no time out and holds none twice, at any timeframe', () => {
    const time = Date.UTC(2025, 1, 28, 23, 59, 59, 999)
    for (const timeframe of timeframes) {
      const [open, close] = [opensAt(timeframe, time), closesAt(timeframe, time)]
      expect(open).toBeLessThanOrEqual(time)
      expect(close).toBeGreaterThan(time)
      expect(opensAt(timeframe, close)).toBe(close)
      expect(opensAt(timeframe, close - 1)).toBe(open)
    }
  })
})
