import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeframes } from '../../../src-main/domain/index.ts'
import type { CandleRow } from '../../../src-preload/contract/index.ts'
import { OrderBook } from '../../../src-main/market/book.ts'
import { CandleBuilder } from '../../../src-main/market/candle-builder.ts'
import { aggregate, joinRows } from '../../../src-main/market/candle-rows.ts'
import { openingOf } from '../../../src-main/market/candle-time.ts'
import { book, level } from '../../unit/market/market-events.ts'

interface Sale {
  readonly at: number
  readonly price: number
  readonly size: number
}

const start = Date.parse('2024-02-27T00:00:00Z')
const sale = fc.record({ at: fc.integer({ min: 0, max: 4 * 86_400_000 }).map((ms) => start + ms), price: fc.integer({ min: 1, max: 1_000 }), size: fc.integer({ min: 1, max: 50 }) })
/** From a few seconds, so that candles hold more than one, to days. */
const sales = fc.oneof(
  fc.array(sale, { minLength: 1, maxLength: 80 }),
  fc.array(fc.record({ at: fc.integer({ min: 0, max: 20_000 }).map((ms) => start + ms), price: fc.integer({ min: 1, max: 9 }), size: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 80 }),
)

/** The slow form: sort, group, look at each group whole. */
function slowly(trades: readonly Sale[], timeframe: (typeof timeframes)[number]): CandleRow[] {
  const groups = Map.groupBy(trades.toSorted((left, right) => left.at - right.at), ({ at }) => openingOf(timeframe, at))
  return [...groups].map(([time, group]): CandleRow => {
    const prices = group.map(({ price }) => price)
    return [time, prices[0] ?? 0, Math.max(...prices), Math.min(...prices), prices.at(-1) ?? 0, group.reduce((sum, { size }) => sum + size, 0)]
  })
}

describe('for any trades', () => {
  it('candles are what the slow form makes of their trades, in whatever order those come', () => {
    fc.assert(
      fc.property(sales, fc.constantFrom(...timeframes), (trades, timeframe) => {
        const builder = new CandleBuilder(timeframe, openingOf(timeframe, start), 200)
        for (const { at, price, size } of trades) builder.add(at, price, size)
        expect(builder.rows()).toEqual(slowly(trades, timeframe))
      }),
    )
  })

  it('coarse candles from fine ones are those from the trades themselves', () => {
    fc.assert(
      fc.property(sales, fc.constantFrom(...timeframes.filter((timeframe) => !timeframe.endsWith('s'))), (trades, timeframe) => {
        expect(aggregate(slowly(trades, '1m'), timeframe)).toEqual(slowly(trades, timeframe))
      }),
    )
  })

  it('what has changed since a reader looked, put over what it had, is all there is', () => {
    fc.assert(
      fc.property(sales, fc.integer({ min: 1, max: 7 }), (trades, each) => {
        const builder = new CandleBuilder('1m', start, 2_000)
        const held = new Map<number, CandleRow>()
        let seen = 0
        trades.forEach(({ at, price, size }, index) => {
          builder.add(at, price, size)
          if (index % each !== 0) return
          for (const row of builder.changedSince(seen)) held.set(row[0], row)
          seen = builder.revision
        })
        for (const row of builder.changedSince(seen)) held.set(row[0], row)
        expect([...held.values()].toSorted(([left], [right]) => left - right)).toEqual(builder.rows())
      }),
    )
  })

  it('a past and what was built since join without a hole or a candle twice, wherever the past ends', () => {
    fc.assert(
      fc.property(sales, fc.nat(), fc.nat(), (trades, end, begin) => {
        const all = slowly(trades, '1m')
        const pastEnd = end % (all.length + 1)
        const liveBegin = begin % (pastEnd + 1)
        expect(joinRows(all.slice(0, pastEnd), all.slice(liveBegin))).toEqual(all)
      }),
    )
  })
})

describe('for any changes of a book', () => {
  const change = fc.record({ side: fc.constantFrom('bid' as const, 'ask' as const), price: fc.integer({ min: 1, max: 40 }), size: fc.nat(3), isLost: fc.integer({ min: 0, max: 30 }).map((n) => n === 0) })

  it('it is what the slow form makes of them, and never whole when one was lost', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
        const orders = new OrderBook()
        orders.apply(book(0, 0, [], []))
        const slow = { bid: new Map<number, number>(), ask: new Map<number, number>() }
        let wasLost = false
        let sawGap = false
        changes.forEach(({ side, price, size, isLost }, index) => {
          if (isLost) {
            wasLost = true
            return
          }
          sawGap ||= wasLost
          if (size === 0) slow[side].delete(price)
          else slow[side].set(price, size)
          orders.apply(level(0, index + 1, side, price, size))
        })
        expect(orders.isWhole).toBe(!sawGap)
        if (sawGap) return
        expect(orders.bids(100)).toEqual([...slow.bid].toSorted(([left], [right]) => right - left))
        expect(orders.asks(100)).toEqual([...slow.ask].toSorted(([left], [right]) => left - right))
      }),
    )
  })
})
