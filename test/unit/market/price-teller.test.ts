import { describe, expect, it } from 'vitest'
import type { Instrument, MarketEvent, MarketReport } from '../../../src-main/domain/index.ts'
import type { FeedState } from '../../../src-main/ports/index.ts'
import { PriceTeller } from '../../../src-main/market/index.ts'
import { InstrumentMarket } from '../../../src-main/market/instrument-market.ts'
import { bitcoin, book, level, mark, trade } from './market-events.ts'

const noon = Date.parse('2026-11-18T12:00:00Z')
const engineTime = 5_000_000

/** A teller, its market and the engine's ear. Times are milliseconds since the beginning. */
function rig(instrument: Instrument = bitcoin) {
  const market = new InstrumentMarket(instrument, noon)
  const source = { markets: new Map([[instrument.id, market]]), state: 'live' as FeedState, now: () => noon + at }
  const rested = new Set<string>()
  const heard: MarketReport[] = []
  let at = 0
  let sequence = 1
  let isListening = true
  const teller = new PriceTeller(
    source,
    { isListening: () => isListening, isRestedOn: (id) => rested.has(id), hear: (report) => heard.push(report) },
    { wallMs: () => engineTime + at, monotonicMs: () => at },
  )
  market.apply(book(noon, 1))
  return {
    market, source, rested, teller,
    /** What was told since it was asked last, as short words. */
    taken: () => heard.splice(0).map(wordsFor),
    reports: () => heard.splice(0),
    listen: (is: boolean) => (isListening = is),
    turnAt(ms: number) {
      at = ms
      teller.turn()
    },
    take(events: readonly ((sequence: number) => MarketEvent)[]) {
      const batch = events.map((make) => make(++sequence))
      for (const event of batch) market.apply(event)
      teller.see(batch)
    },
    bid: (price: number) => (number: number) => level(noon + at, number, 'bid', price, 1),
    trade: (price: number) => (number: number) => trade(noon + at, number, price),
    mark: () => (number: number) => mark(noon + at, number),
  }
}

function wordsFor(report: MarketReport): string {
  switch (report.kind) {
    case 'quote-seen': return `quote ${Number(report.bid)} ${Number(report.ask)}`
    case 'last-seen': return `last ${Number(report.price)}`
    case 'mark-seen': return `mark ${Number(report.mark)} ${Number(report.index)}`
    case 'feed-judged': return report.state
  }
}

describe('what an engine is told of prices', () => {
  it('is first that they are live, then what they are, in the engine’s own time', () => {
    const { turnAt, take, trade: sold, mark: marked, taken, reports } = rig()
    take([sold(101), marked()])
    turnAt(3)
    const told = reports()
    expect(told.map(wordsFor)).toEqual(['live', 'quote 100 101', 'last 101', 'mark 105 104'])
    expect(told.every(({ at }) => at === engineTime + 3)).toBe(true)
    turnAt(19)
    expect(taken()).toEqual([])
  })

  it.each([['down', 'down'], ['connecting', 'down'], ['paused', 'stale']] as const)('is nothing but that the feed is %s', (feed, state) => {
    const { source, turnAt, take, bid, trade: sold, mark: marked, taken } = rig()
    turnAt(0)
    expect(taken()).toEqual(['live', 'quote 100 101'])
    source.state = feed
    take([bid(90), sold(90), marked()])
    turnAt(2_000)
    expect(taken()).toEqual([state])
    turnAt(4_000)
    expect(taken()).toEqual([])
    source.state = 'live'
    turnAt(4_500)
    expect(taken()).toEqual(['live', 'quote 100 101', 'mark 105 104'])
  })

  it('is nothing of a silent, a crossed or a broken book, and nothing outside its hours', () => {
    const silent = rig()
    silent.turnAt(0)
    silent.taken()
    silent.turnAt(5_001)
    expect(silent.taken()).toEqual(['stale'])
    const crossed = rig()
    crossed.take([(number) => level(noon, number, 'ask', 99, 1)])
    crossed.turnAt(0)
    expect(crossed.taken()).toEqual(['crossed'])
    const broken = rig()
    broken.take([() => level(noon, 9, 'bid', 99, 1)])
    broken.turnAt(0)
    expect(broken.taken()).toEqual(['stale'])
    const closed = rig({ ...bitcoin, hours: { kind: 'sessions', openMinute: 13 * 60, closeMinute: 20 * 60, weekdays: [1, 2, 3, 4, 5] } })
    closed.turnAt(0)
    expect(closed.taken()).toEqual(['stale'])
  })

  it('is the newest twenty times a second where nothing rests, and each turn where something does', () => {
    const { rested, turnAt, take, taken } = rig()
    turnAt(0)
    taken()
    const moveUntil = (from: number, to: number): readonly string[] => {
      for (let ms = from; ms < to; ms += 16) {
        take([(number) => book(noon + ms, number, [[ms, 5]], [[ms + 1, 4]])])
        turnAt(ms)
      }
      return taken()
    }
    const calm = moveUntil(16, 1_016)
    expect(calm.length).toBeGreaterThan(10)
    expect(calm.length).toBeLessThanOrEqual(20)
    rested.add(bitcoin.id)
    expect(moveUntil(1_024, 1_520)).toHaveLength(31)
  })

  it('is told again each second while it stands', () => {
    const { turnAt, taken, take, mark: marked, market } = rig()
    take([marked()])
    for (let ms = 0; ms <= 3_000; ms += 50) {
      market.pace.heard(noon + ms)
      turnAt(ms)
    }
    const told = taken()
    expect(told.filter((words) => words.startsWith('quote'))).toHaveLength(4)
    expect(told.filter((words) => words.startsWith('mark'))).toHaveLength(4)
  })

  it('has the extremes of a turn’s trades where something rests, and the last one last', () => {
    const { rested, turnAt, take, trade: sold, taken } = rig()
    rested.add(bitcoin.id)
    turnAt(0)
    taken()
    take([sold(101), sold(90), sold(120), sold(100)])
    turnAt(16)
    expect(taken()).toEqual(['last 90', 'last 120', 'last 100'])
    take([sold(100), sold(100)])
    turnAt(32)
    expect(taken()).toEqual(['last 100'])
    rested.clear()
    take([sold(80), sold(100), sold(102)])
    turnAt(100)
    expect(taken()).toEqual(['last 102'])
  })

  it('has no trade from before the order that rests now', () => {
    const { rested, turnAt, take, trade: sold, taken } = rig()
    take([sold(101)])
    turnAt(0)
    taken()
    take([sold(80), sold(101)])
    turnAt(10)
    rested.add(bitcoin.id)
    turnAt(16)
    expect(taken()).toEqual(['last 101'])
  })

  it('begins anew for whoever begins to listen', () => {
    const { listen, turnAt, taken } = rig()
    listen(false)
    turnAt(0)
    expect(taken()).toEqual([])
    listen(true)
    turnAt(16)
    expect(taken()).toEqual(['live', 'quote 100 101'])
    listen(false)
    turnAt(32)
    listen(true)
    turnAt(48)
    expect(taken()).toEqual(['live', 'quote 100 101'])
  })

  it('has a side without a price as none', () => {
    const { turnAt, take, taken } = rig()
    take([(number) => level(noon, number, 'bid', 100, 0), (number) => level(noon, number, 'bid', 99, 0)])
    turnAt(0)
    expect(taken()).toEqual(['live', 'quote 0 101'])
  })
})
