import { afterEach, describe, expect, it } from 'vitest'
import type { FeedView, QuoteView, TradeView } from '../../../../src-preload/contract/index.ts'
import { marketClock, takeFeed, useFeed } from '../../../../src-renderer/stores/market-feed.ts'
import { createHold, createHolds } from '../../../../src-renderer/stores/market-hold.ts'
import {
  dayChange, forgetQuotes, heardQuote, heardQuotes, onQuotes, quoteAgeMs, spreadTicks, takeQuotes, takeQuoteSnapshot,
} from '../../../../src-renderer/stores/market-quotes.ts'
import { dayCloses } from '../../../../src-renderer/stores/market-sparks.ts'
import { isNow, shownState } from '../../../../src-renderer/stores/market-state.ts'
import { addTrades, noTrades, startTrades, tradeBack, tradesKept } from '../../../../src-renderer/stores/market-trades.ts'
import { defaultWatchChoices, parseWatchChoices, printWatchChoices } from '../../../../src-renderer/stores/market-watchlist.ts'
import type { ScreenBridge } from '../../../../src-renderer/bridge/screen-bridge.ts'

// Only handed on, never used: what begins is the test's own.
const bridge = {} as ScreenBridge

const quote = (facts: Partial<QuoteView> = {}): QuoteView => ({
  instrument: 'BTC/USD', state: 'live', at: 1_000, bid: 100, bidSize: 5, ask: 103, askSize: 6, last: 101, lastSize: 1, dayOpen: 100, dayHigh: 110,
  dayLow: 90, dayVolume: 1_000, mark: null, index: null, fundingRate: null, nextFundingAt: null, ...facts,
})
const feed = (facts: Partial<FeedView> = {}): FeedView => ({
  venue: 'sim', state: 'live', reason: 'none', at: 10_000, eventsPerSecond: 0, gaps: 0, demo: { seed: 7, speed: 1, disturbance: 'none' }, recording: null, ...facts,
})

afterEach(() => {
  forgetQuotes()
  useFeed.setState({ view: undefined, heardAt: 0, error: undefined })
})

describe('what is held', () => {
  it('begins with the first that holds it and ends with the last that lets go, who may say so twice', () => {
    const told: string[] = []
    const hold = createHold(() => {
      told.push('begin')
      return () => told.push('end')
    })
    const [one, other] = [hold(bridge), hold(bridge)]
    one()
    one()
    expect(told).toEqual(['begin'])
    other()
    expect(told).toEqual(['begin', 'end'])
    hold(bridge)()
    expect(told).toEqual(['begin', 'end', 'begin', 'end'])
  })

  it('is begun anew on request while it is held, and not otherwise', () => {
    const told: string[] = []
    const hold = createHold(() => {
      told.push('begin')
      return () => told.push('end')
    })
    hold.restart(bridge)
    expect(told).toEqual([])
    const release = hold(bridge)
    hold.restart(bridge)
    release()
    expect(told).toEqual(['begin', 'end', 'begin', 'end'])
  })

  it('is one for each instrument', () => {
    const told: string[] = []
    const holdOf = createHolds((_, instrument) => {
      told.push(`+${instrument}`)
      return () => told.push(`-${instrument}`)
    })
    const releases = [holdOf('A')(bridge), holdOf('B')(bridge), holdOf('A')(bridge)]
    for (const release of releases) release()
    expect(told).toEqual(['+A', '+B', '-B', '-A'])
    expect(holdOf('A')).toBe(holdOf('A'))
  })
})

describe('the age of a quote', () => {
  it('is counted from the last word of the market, and a word about its state alone makes it no younger', () => {
    takeQuotes([quote()], 5_000)
    takeQuotes([quote({ state: 'stale' })], 8_000)
    const heard = heardQuote('BTC/USD')
    expect(heard?.quote.state).toBe('stale')
    expect(heard === undefined ? undefined : quoteAgeMs(heard, 8_500)).toBe(3_500)
    takeQuotes([quote({ at: 1_001 })], 9_000)
    expect(heardQuote('BTC/USD')).toMatchObject({ heardAt: 9_000, version: 3 })
  })

  it('of what was said before this page listened is what the market’s clock says, at its pace', () => {
    takeFeed(feed({ at: 61_000, demo: { seed: 7, speed: 10, disturbance: 'none' } }), 5_000)
    takeQuotes([quote({ at: 1_000 })], 5_000)
    const heard = heardQuote('BTC/USD')
    expect(heard === undefined ? undefined : quoteAgeMs(heard, 5_000)).toBe(6_000)
  })

  it('is unknown while the market has said nothing of it', () => {
    expect(quoteAgeMs({ quote: quote({ at: null }), heardAt: 0 }, 100)).toBeUndefined()
  })
})

describe('quotes', () => {
  it('that a new snapshot does not name are no longer known', () => {
    takeQuotes([quote(), quote({ instrument: 'ETH/USD' })], 0)
    takeQuoteSnapshot([quote({ instrument: 'ETH/USD' })], 1)
    expect([...heardQuotes().quotes.keys()]).toEqual(['ETH/USD'])
  })

  it('are told of once for each message', () => {
    let told = 0
    const end = onQuotes(() => (told += 1))
    takeQuotes([quote(), quote({ instrument: 'ETH/USD' })], 0)
    end()
    takeQuotes([quote()], 1)
    expect(told).toBe(1)
  })

  it('have a spread and a change only where both ends are known', () => {
    expect(spreadTicks(quote())).toBe(3)
    expect(spreadTicks(quote({ ask: null }))).toBeUndefined()
    expect(dayChange(quote({ last: 105 }))).toBeCloseTo(0.05, 12)
    expect(dayChange(quote({ dayOpen: null }))).toBeUndefined()
    expect(dayChange(quote({ dayOpen: 0 }))).toBeUndefined()
  })
})

describe('what a price may be taken for', () => {
  it('is never now without a line, whatever the engine said last', () => {
    expect(shownState('down', 'live', 'live')).toBe('no-line')
    expect(shownState('silent', 'live')).toBe('no-line')
    expect(isNow('no-line')).toBe(false)
  })

  it('is the worse of quote and book', () => {
    expect(shownState('fresh', 'live', 'gap')).toBe('gap')
    expect(shownState('fresh', 'stale', 'live')).toBe('stale')
    expect(shownState('fresh', 'live')).toBe('live')
    expect(shownState('fresh', undefined)).toBe('waiting')
  })
})

describe('the market’s clock', () => {
  it('runs at its pace between two words, but not on and on by guess', () => {
    const facts = { view: feed({ demo: { seed: 7, speed: 10, disturbance: 'none' } }), heardAt: 100 }
    expect(marketClock(facts, 200)).toBe(11_000)
    expect(marketClock(facts, 60_100)).toBe(30_000)
  })

  it('stands still while the feed does not run', () => {
    expect(marketClock({ view: feed({ state: 'paused' }), heardAt: 0 }, 5_000)).toBe(10_000)
    expect(marketClock({ view: feed({ state: 'down' }), heardAt: 0 }, 5_000)).toBe(10_000)
    expect(marketClock({ view: undefined, heardAt: 0 }, 5_000)).toBeUndefined()
  })
})

const trade = (sequence: number): TradeView => ({ at: sequence, sequence, price: 100, size: sequence, aggressor: 'buyer' })
const tradesFrom = (first: number, count: number): readonly TradeView[] => Array.from({ length: count }, (_, nth) => trade(first + nth))

describe('the tape', () => {
  it('is read from its newest trade back, also after the ring has turned', () => {
    const heard = noTrades()
    startTrades(heard, tradesFrom(1, 3))
    expect([0, 1, 2, 3].map((back) => tradeBack(heard, back)?.sequence)).toEqual([3, 2, 1, undefined])
    addTrades(heard, tradesFrom(4, tradesKept))
    expect(heard.ring).toHaveLength(tradesKept)
    expect(tradeBack(heard, 0)?.sequence).toBe(tradesKept + 3)
    expect(tradeBack(heard, tradesKept - 1)?.sequence).toBe(4)
    expect(tradeBack(heard, tradesKept)).toBeUndefined()
    expect(heard.count).toBe(tradesKept + 3)
  })

  it('begins anew with a snapshot, since trades may be missing before it', () => {
    const heard = noTrades()
    startTrades(heard, tradesFrom(1, 1_500))
    startTrades(heard, tradesFrom(9_000, 2))
    expect([0, 1, 2].map((back) => tradeBack(heard, back)?.sequence)).toEqual([9_001, 9_000, undefined])
  })
})

describe('the line of a day', () => {
  it('holds what closed within 24 hours of the newest', () => {
    const hour = 3_600_000
    expect(dayCloses({ time: [0, hour, 24 * hour, 25 * hour], close: [1, 2, 3, 4] })).toEqual([3, 4])
    expect(dayCloses({ time: [], close: [] })).toEqual([])
  })
})

describe('the choices of the watchlist', () => {
  it('survive being kept', () => {
    const choices = { ...defaultWatchChoices, group: 'favourites', column: 'age', isDescending: true, favourites: ['BTC/USD'] } as const
    expect(parseWatchChoices(JSON.parse(printWatchChoices(choices)))).toEqual(choices)
  })

  it('that cannot be read are as at first, one by one', () => {
    expect(parseWatchChoices({ version: 1, group: 'best', column: 7, favourites: ['A', 3] })).toEqual({ ...defaultWatchChoices, favourites: ['A'] })
    expect(parseWatchChoices({ version: 2 })).toBeUndefined()
    expect(parseWatchChoices('all')).toBeUndefined()
  })
})
