import { describe, expect, it } from 'vitest'
import { DayBook } from '../../../src-main/trading-desk/day-book.ts'

const dayMs = 86_400_000
const noon = 20_000 * dayMs + dayMs / 2

describe('the day of an account', () => {
  it('is not known where nothing was seen at its beginning', () => {
    const day = new DayBook()
    expect(day.see('main', noon, 1_000, 0)).toEqual({ dayStart: null, dayPaidIn: 0, dayChange: null, peak: 1_000, drawdown: 0 })
  })

  it('begins with what was seen a moment before midnight', () => {
    const day = new DayBook()
    const midnight = noon + dayMs / 2
    day.see('main', midnight - 1_000, 1_000, 0)
    expect(day.see('main', midnight + 1_000, 1_010, 0)).toMatchObject({ dayStart: 1_000, dayChange: 10 })
    expect(day.see('main', midnight + 3 * dayMs, 1_010, 0)).toMatchObject({ dayStart: null, dayChange: null })
  })

  it('counts no money that was paid in as a profit, and none that was taken out as a loss', () => {
    const day = new DayBook()
    day.recall(noon, { account: 'main', dayStart: 1_000, paidIn: 100, peak: 1_500 })
    expect(day.see('main', noon, 1_450, 500)).toMatchObject({ dayStart: 1_000, dayPaidIn: 400, dayChange: 50 })
    expect(day.see('main', noon + 1, 850, -100)).toMatchObject({ dayPaidIn: -200, dayChange: 50 })
  })

  it('measures the fall from the highest equity there was', () => {
    const day = new DayBook()
    day.recall(noon, { account: 'main', dayStart: null, paidIn: null, peak: 2_000 })
    expect(day.see('main', noon, 1_500, 0)).toMatchObject({ peak: 2_000, drawdown: 250_000_000 })
    expect(day.see('main', noon, 2_100, 0)).toMatchObject({ peak: 2_100, drawdown: 0 })
  })

  it('says nothing of a moment whose equity is not known', () => {
    const day = new DayBook()
    day.recall(noon, { account: 'main', dayStart: 1_000, paidIn: 0, peak: 1_000 })
    expect(day.see('main', noon, null, 0)).toMatchObject({ dayStart: 1_000, dayChange: null, drawdown: null })
  })
})
