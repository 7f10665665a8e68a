import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstrumentView, QuoteView, TradeView } from '../../../../src-preload/contract/index.ts'
import { depthAt, depthCurve, depthReach, steadyEnd } from '../../../../src-renderer/panels/depth/depth-curve.ts'
import { emptyLadder, fillLadder, followedCentre, imbalance, largestIn, middleRow, steadyScale, ladderStepFor } from '../../../../src-renderer/panels/ladder/ladder-rows.ts'
import { gapRow, largeSize, newestTrades, type TapeRow } from '../../../../src-renderer/panels/tape/tape-rows.ts'
import { watchOrder } from '../../../../src-renderer/panels/watchlist/watch-order.ts'
import { noTrades, startTrades } from '../../../../src-renderer/stores/market-trades.ts'
import { defaultWatchChoices, type WatchChoices } from '../../../../src-renderer/stores/market-watchlist.ts'

const book = { bids: [[99, 2], [98, 3], [90, 10]], asks: [[101, 1], [104, 4], [111, 10]] } as const
const levels = (side: readonly (readonly [number, number])[]): [number, number][] => side.map(([ticks, size]) => [ticks, size])
const view = { bids: levels(book.bids), asks: levels(book.asks) }

describe('the rows of the ladder', () => {
  const evenBook = (spread: number, apart: number) => ({
    bids: levels([0, 1, 2, 3].map((nth) => [1_000_000 - nth * apart, 1] as const)),
    asks: levels([0, 1, 2, 3].map((nth) => [1_000_000 + spread + nth * apart, 1] as const)),
  })

  it.each([[1, 1], [4, 1], [5, 5], [20, 5], [21, 10], [41, 50], [9_000, 50]])('with a spread of %i ticks begin with steps of %i', (spread, step) => {
    expect(ladderStepFor(evenBook(spread, 1))).toBe(step)
  })

  it.each([[2, 1], [3, 5], [10, 5], [11, 10], [20, 10], [21, 50], [5_000, 50]])('with levels %i ticks apart begin with steps of %i', (apart, step) => {
    expect(ladderStepFor(evenBook(1, apart))).toBe(step)
  })

  it('wait for a book with both sides that is not crossed', () => {
    expect(ladderStepFor({ bids: levels(book.bids), asks: [] })).toBeUndefined()
    expect(ladderStepFor({ bids: [], asks: levels(book.asks) })).toBeUndefined()
    expect(ladderStepFor(evenBook(-1, 1))).toBeUndefined()
    expect(ladderStepFor({ bids: [[99, 1]], asks: [[101, 1]] })).toBe(1)
  })

  it('are the prices themselves at a step of one tick', () => {
    const ladder = emptyLadder()
    fillLadder(ladder, view, 1)
    expect([...ladder.bids]).toEqual([[99, 2], [98, 3], [90, 10]])
    expect(ladder).toMatchObject({ bestBid: 99, bestAsk: 101 })
    expect(middleRow(ladder)).toBe(100)
  })

  it('gather bids downwards and asks upwards, so that neither looks better than it is', () => {
    const ladder = emptyLadder()
    fillLadder(ladder, view, 10)
    expect([...ladder.bids]).toEqual([[9, 15]])
    expect([...ladder.asks]).toEqual([[11, 5], [12, 10]])
  })

  it('never lose or invent size, whatever the step', () => {
    const side = fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 1_000_000 })), { maxLength: 50 })
    fc.assert(fc.property(side, side, fc.constantFrom(1, 5, 10, 50), (bids, asks, step) => {
      const ladder = emptyLadder()
      fillLadder(ladder, { bids: [[7, 7]], asks: [[8, 8]] }, 1)
      fillLadder(ladder, { bids, asks }, step)
      const sum = (sizes: Iterable<number>): number => [...sizes].reduce((total, size) => total + size, 0)
      expect(sum(ladder.bids.values())).toBe(sum(bids.map(([, size]) => size)))
      expect(sum(ladder.asks.values())).toBe(sum(asks.map(([, size]) => size)))
      for (const [ticks] of bids) expect(ladder.bids.has(Math.floor(ticks / step))).toBe(true)
    }))
  })

  it('stay while the market is in their inner half, and follow it beyond', () => {
    expect(followedCentre(undefined, 500, 40)).toBe(500)
    expect(followedCentre(500, 510, 40)).toBe(500)
    expect(followedCentre(500, 511, 40)).toBe(511)
    expect(followedCentre(500, 489, 40)).toBe(489)
  })

  it('measure their bars by what is in sight, and do not breathe with it', () => {
    const ladder = emptyLadder()
    fillLadder(ladder, view, 1)
    expect(largestIn(ladder, 91, 110)).toBe(4)
    expect(largestIn(ladder, 90, 111)).toBe(10)
    expect(largestIn(ladder, 1, 50)).toBe(0)
    expect([steadyScale(0, 4), steadyScale(4, 10), steadyScale(10, 5), steadyScale(10, 4)]).toEqual([4, 10, 10, 4])
  })

  it('lean to the side that is heavier', () => {
    expect(imbalance({ bids: [[99, 3]], asks: [[101, 1]] })).toBe(0.5)
    expect(imbalance({ bids: [], asks: [] })).toBeUndefined()
  })
})

describe('the depth of a book', () => {
  const curve = depthCurve(view)
  if (curve === undefined) throw new Error('a book with both sides has a depth')

  it('adds up outwards from the middle', () => {
    expect(curve).toMatchObject({ mid: 100, bids: { sums: [2, 5, 15] }, asks: { sums: [1, 5, 15] } })
  })

  it('is read at any price: what lies between it and the middle', () => {
    expect([100, 99, 98, 91, 90, 1].map((ticks) => depthAt(curve, ticks))).toEqual([0, 2, 5, 5, 15, 15])
    expect([101, 103, 104, 111, 999].map((ticks) => depthAt(curve, ticks))).toEqual([1, 1, 5, 15, 15])
  })

  it('is drawn as far as the side that is known less deep', () => {
    expect(depthReach(curve)).toBe(10)
  })

  it('is none without both sides', () => {
    expect(depthCurve({ bids: view.bids, asks: [] })).toBeUndefined()
  })

  it('keeps its scale until something does not fit or most of it is empty', () => {
    expect(steadyEnd(undefined, 42)).toBe(50)
    expect(steadyEnd(50, 45)).toBe(50)
    expect(steadyEnd(50, 51)).toBe(75)
    expect(steadyEnd(50, 16)).toBe(20)
    fc.assert(fc.property(fc.double({ min: 1e-3, max: 1e15, noNaN: true }), (wanted) => {
      expect(steadyEnd(undefined, wanted)).toBeGreaterThanOrEqual(wanted * (1 - 1e-12))
    }))
  })
})

const trade = (sequence: number, size: number): TradeView => ({ at: sequence, sequence, price: 100, size, aggressor: 'seller' })

const sizesOf = (rows: readonly TapeRow[]): readonly (number | string)[] => rows.map((row) => (row === gapRow ? row : row.size))

describe('the rows of the tape', () => {
  it('are the newest first, those below the size left out, and no more than fit', () => {
    const heard = noTrades()
    startTrades(heard, [1, 9, 2, 8, 3, 7].map((size, nth) => trade(nth, size)))
    const rows: TapeRow[] = []
    newestTrades(rows, heard, 7, 2)
    expect(sizesOf(rows)).toEqual([7, 8])
    newestTrades(rows, heard, 0, 100)
    expect(sizesOf(rows)).toEqual([7, 3, 8, 2, 9, 1])
  })

  it('have a line between the trades of which something is missing, once, also where the first after it is too small to be shown', () => {
    const heard = noTrades()
    const afterGap = (sequence: number, size: number): TradeView => ({ ...trade(sequence, size), isAfterGap: true })
    startTrades(heard, [trade(1, 5), afterGap(4, 2), afterGap(7, 1), trade(8, 6)])
    const rows: TapeRow[] = []
    newestTrades(rows, heard, 0, 100)
    expect(sizesOf(rows)).toEqual([6, 1, gapRow, 2, gapRow, 5])
    newestTrades(rows, heard, 5, 100)
    expect(sizesOf(rows)).toEqual([6, gapRow, 5])
    newestTrades(rows, heard, 6, 100)
    expect(sizesOf(rows)).toEqual([6, gapRow])
    newestTrades(rows, heard, 9, 100)
    expect(rows).toEqual([])
  })

  it('call large what is among the largest tenth, and nothing while too few are known', () => {
    const sizes = Array.from({ length: 100 }, (_, nth) => ({ size: nth + 1 }))
    expect(largeSize(sizes)).toBe(91)
    expect(largeSize(sizes.slice(0, 19))).toBe(Infinity)
  })
})

const instrument = (id: string, facts: Partial<InstrumentView> = {}): InstrumentView => ({
  id, venue: 'sim', kind: 'spot', name: `${id} by name`, base: id.slice(0, 3), quote: 'USD', sector: 'Layer 1', tick: { units: 1, decimals: 2 },
  lot: { units: 1, decimals: 3 }, hours: null, ...facts,
})
const quoteOf = (last: number | null, dayOpen = 100): QuoteView => ({
  instrument: 'X', state: 'live', at: 1, bid: 1, bidSize: 1, ask: 2, askSize: 1, last, lastSize: 1, dayOpen, dayHigh: 1, dayLow: 1, dayVolume: 1,
  mark: null, index: null, fundingRate: null, nextFundingAt: null,
})
const list = [instrument('BTC/USD'), instrument('ETH/USD'), instrument('BLST', { kind: 'equity', tick: { units: 1, decimals: 0 } }), instrument('ADA/USD')]
const quotes: Readonly<Record<string, QuoteView>> = { 'BTC/USD': quoteOf(300), 'ETH/USD': quoteOf(90), BLST: quoteOf(200), 'ADA/USD': quoteOf(null) }

function order(choices: Partial<WatchChoices>, query = ''): readonly string[] {
  return watchOrder({
    list, query, choices: { ...defaultWatchChoices, ...choices },
    heard: (id) => ({ quote: quotes[id] ?? quoteOf(null), heardAt: list.findIndex((each) => each.id === id) }),
  }).map(({ id }) => id)
}

describe('the rows of the watchlist', () => {
  it('are in the order of their names at first', () => {
    expect(order({})).toEqual(['ADA/USD', 'BLST', 'BTC/USD', 'ETH/USD'])
  })

  it('compare prices as prices, not as ticks of different sizes', () => {
    expect(order({ column: 'last', isDescending: true })).toEqual(['BLST', 'BTC/USD', 'ETH/USD', 'ADA/USD'])
  })

  it('put what is not known last, either way round', () => {
    expect(order({ column: 'change', isDescending: false })).toEqual(['ETH/USD', 'BLST', 'BTC/USD', 'ADA/USD'])
    expect(order({ column: 'change', isDescending: true })).toEqual(['BTC/USD', 'BLST', 'ETH/USD', 'ADA/USD'])
  })

  it('begin with the oldest quote when they are sorted by age from the largest', () => {
    expect(order({ column: 'age', isDescending: true })[0]).toBe('BTC/USD')
  })

  it('are those of the group in which every typed word is found', () => {
    expect(order({ group: 'equity' })).toEqual(['BLST'])
    expect(order({ group: 'favourites', favourites: ['ETH/USD', 'GONE'] })).toEqual(['ETH/USD'])
    expect(order({}, 'usd eth')).toEqual(['ETH/USD'])
    expect(order({}, 'nothing')).toEqual([])
  })
})
