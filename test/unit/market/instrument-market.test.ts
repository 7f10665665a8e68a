import { describe, expect, it } from 'vitest'
import { InstrumentMarket, tapeMax } from '../../../src-main/market/instrument-market.ts'
import { bitcoin, book, level, mark, trade } from './market-events.ts'

const noon = Date.parse('2026-11-18T12:00:00Z')

function started(instrument = bitcoin): InstrumentMarket {
  const market = new InstrumentMarket(instrument, noon)
  market.apply(book(noon, 1))
  return market
}

describe('what is known of an instrument', () => {
  it('is live while it is heard of, and stale when it is silent for longer than it ever is', () => {
    const market = started()
    expect(market.state('live', noon + 100)).toBe('live')
    expect(market.state('live', noon + 5_000)).toBe('live')
    expect(market.state('live', noon + 5_001)).toBe('stale')
  })

  it('has more patience with an instrument of which little is heard', () => {
    const market = started()
    for (let sequence = 2; sequence < 200; sequence++) market.apply(level(noon + sequence * 1_000, sequence, 'bid', 100, sequence))
    const last = noon + 199_000
    expect(market.state('live', last + 15_000)).toBe('live')
    expect(market.state('live', last + 25_000)).toBe('stale')
  })

  it.each([['down', 'down'], ['connecting', 'down'], ['paused', 'paused']] as const)('a feed that is %s makes it %s, whatever else', (feed, state) => {
    expect(started().state(feed, noon)).toBe(state)
  })

  it('is closed outside its hours, at the weekend too', () => {
    const market = started({ ...bitcoin, hours: { kind: 'sessions', openMinute: 810, closeMinute: 1_200, weekdays: [1, 2, 3, 4, 5] } })
    const of = (text: string) => market.state('live', Date.parse(text))
    expect(of('2026-11-18T13:29:59Z')).toBe('closed')
    expect(of('2026-11-18T13:30:00Z')).not.toBe('closed')
    expect(of('2026-11-18T20:00:00Z')).toBe('closed')
    expect(of('2026-11-21T15:00:00Z')).toBe('closed')
  })

  it('shows a gap until the book is told anew', () => {
    const market = started()
    expect(market.apply(level(noon, 3, 'bid', 99, 1))).toBe('missed')
    expect(market.state('live', noon)).toBe('gap')
    expect(market.apply(book(noon + 1, 8))).toBe('resumed')
    expect(market.state('live', noon + 1)).toBe('live')
  })

  it('shows a crossed book as crossed', () => {
    const market = started()
    market.apply(level(noon, 2, 'ask', 99, 1))
    expect(market.state('live', noon)).toBe('crossed')
  })

  it('tells best prices, last trade, mark and, once it is known, the day', () => {
    const market = started()
    market.apply(trade(noon + 1, 2, 101, 3))
    market.apply(mark(noon + 2, 3))
    expect(market.quote('live', noon + 2)).toMatchObject({
      bid: 100, bidSize: 5, ask: 101, askSize: 4, last: 101, lastSize: 3, dayOpen: null, mark: 105, index: 104, at: noon + 2,
    })
    market.builder('1d').mend(noon, [[Date.parse('2026-11-18'), 90, 110, 80, 101, 70]])
    market.touch()
    expect(market.quote('live', noon + 2)).toMatchObject({ dayOpen: 90, dayHigh: 110, dayLow: 80, dayVolume: 70 })
  })

  it('does not tell of yesterday as of today', () => {
    const market = started()
    market.builder('1d').mend(noon, [[Date.parse('2026-11-18'), 90, 110, 80, 101, 70]])
    market.apply(level(Date.parse('2026-11-19T00:00:01Z'), 2, 'bid', 100, 1))
    expect(market.quote('live', Date.parse('2026-11-19T00:00:01Z')).dayOpen).toBeNull()
  })

  it('gives the same quote while nothing has changed, and another when only its state has', () => {
    const market = started()
    const quote = market.quote('live', noon)
    expect(market.quote('live', noon + 1)).toBe(quote)
    expect(market.quote('live', noon + 60_000)).toMatchObject({ state: 'stale', bid: 100 })
  })

  it('says of a trade that its minute is no longer held', () => {
    const market = started()
    for (let minute = 0; minute < 1_600; minute++) expect(market.apply(trade(noon + minute * 60_000, minute + 2, 100))).toBe('taken')
    expect(market.apply(trade(noon + 1_500 * 60_000, 1_602, 100))).toBe('taken')
    expect(market.apply(trade(noon + 1, 1_603, 100))).toBe('too-late')
    expect(market.builder('1m').size).toBe(1_500)
  })

  it('keeps a bounded number of trades', () => {
    const market = started()
    for (let index = 0; index < tapeMax + 10; index++) market.apply(trade(noon + index, index + 2, 100 + index))
    expect(market.tape.recent(10_000)).toHaveLength(tapeMax)
    expect(market.tape.since(9)).toBeUndefined()
    expect(market.tape.since(10)?.[0]?.price).toBe(110)
    expect(market.tape.last?.at).toBe(noon + tapeMax + 9)
  })

  it('knows the last price from the past where that is later than the last trade that was heard, until the next trade', () => {
    const market = started()
    market.rememberLast(90, noon)
    market.apply(trade(noon + 1, 2, 101, 3))
    expect(market.quote('live', noon + 1)).toMatchObject({ last: 101, lastSize: 3 })
    market.rememberLast(120, noon + 60_000)
    expect(market.quote('live', noon + 60_000)).toMatchObject({ last: 120, lastSize: null })
    market.apply(trade(noon + 60_001, 3, 121, 4))
    expect(market.quote('live', noon + 60_001)).toMatchObject({ last: 121, lastSize: 4 })
  })

  it('marks the first trade after each break, and no other', () => {
    const market = started()
    market.apply(trade(noon + 1, 2, 101))
    market.apply(trade(noon + 2, 4, 102))
    market.apply(trade(noon + 3, 5, 103))
    // While a new book is awaited something else is lost, and with the new one nothing.
    market.apply(trade(noon + 4, 8, 104))
    market.apply(book(noon + 5, 8))
    market.apply(trade(noon + 6, 9, 105))
    market.apply(book(noon + 7, 12))
    market.apply(level(noon + 8, 13, 'bid', 100, 1))
    market.apply(trade(noon + 9, 14, 106))
    const marked = market.tape.recent(10).map(({ price, isAfterGap }) => [price, isAfterGap])
    expect(marked).toEqual([[101, undefined], [102, true], [103, undefined], [104, true], [105, undefined], [106, true]])
  })

  it('marks nothing at its beginning, where there is nothing that a trade could follow', () => {
    const market = started()
    market.apply(book(noon + 1, 7))
    market.apply(trade(noon + 2, 8, 101))
    expect(market.tape.recent(10)).toEqual([{ at: noon + 2, sequence: 8, price: 101, size: 1, aggressor: 'buyer' }])
  })
})
