import { expect, it } from 'vitest'
import type { MarketReport } from '../../../../src-main/domain/index.ts'
import { PaperVenue, Schedule } from '../../../../src-main/venues/paper/index.ts'

const startAt = Date.UTC(2026, 2, 2, 12)

function toldIn(seconds: number, isTicker: boolean): readonly MarketReport[] {
  const schedule = new Schedule(startAt, () => 0)
  const told: MarketReport[] = []
  const venue = new PaperVenue({
    timeline: schedule, installation: 'a1b2c3d4e5f6', accounts: [], feedEveryMs: 1_000, isTicker, onMarket: (report) => told.push(report),
    pace: { seed: 7, intensity: 1, anchorWall: startAt, anchorMarket: startAt, speed: 1 },
  })
  while (schedule.step(startAt + seconds * 1_000));
  void venue.dispose()
  return told
}

const quotesOf = (reports: readonly MarketReport[], instrument: string) =>
  reports.filter((report) => report.kind === 'quote-seen').filter((report) => report.instrument === instrument)

it('a ticker tells the best prices at every look, of a market that is closed too, and others only what changed', () => {
  const [ticker, changes] = [toldIn(60, true), toldIn(60, false)]
  for (const instrument of ['BTC/USD', 'BLST']) {
    expect(quotesOf(ticker, instrument).map(({ at }) => at - startAt)).toEqual(Array.from({ length: 60 }, (_, second) => (second + 1) * 1_000))
    expect(quotesOf(changes, instrument).length).toBeLessThan(30)
  }
  const distinct = quotesOf(ticker, 'BTC/USD').filter((quote, index, all) => {
    const before = all[index - 1]
    return before?.kind !== 'quote-seen' || quote.kind !== 'quote-seen' || before.bid !== quote.bid || before.ask !== quote.ask
  })
  expect(distinct.map(({ at }) => at)).toEqual(quotesOf(changes, 'BTC/USD').map(({ at }) => at))
})
