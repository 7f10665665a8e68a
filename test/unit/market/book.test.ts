import { describe, expect, it } from 'vitest'
import { depthMax, OrderBook } from '../../../src-main/market/book.ts'
import { book, level, trade } from './market-events.ts'

describe('an order book', () => {
  it('is not whole before its first snapshot', () => {
    const orders = new OrderBook()
    expect(orders.apply(level(1, 1, 'bid', 100, 5))).toBe('waiting')
    expect(orders.isWhole).toBe(false)
    expect(orders.gaps).toBe(0)
  })

  it('changes, adds and takes out prices, each side best first', () => {
    const orders = new OrderBook()
    orders.apply(book(1, 10))
    for (const event of [level(2, 11, 'bid', 99, 9), level(2, 12, 'ask', 103, 1), level(2, 13, 'bid', 100, 0), level(2, 14, 'ask', 101.0, 8)]) {
      expect(orders.apply(event)).toBe('follows')
    }
    expect(orders.bids(10)).toEqual([[99, 9]])
    expect(orders.asks(10)).toEqual([[101, 8], [102, 6], [103, 1]])
    expect(orders.asks(1)).toEqual([[101, 8]])
  })

  it('is not whole after a missing event until it is told anew, and counts that once', () => {
    const orders = new OrderBook()
    orders.apply(book(1, 10))
    expect(orders.apply(trade(2, 12, 100))).toBe('missed')
    expect(orders.isWhole).toBe(false)
    expect(orders.apply(level(2, 14, 'bid', 98, 1))).toBe('waiting')
    expect(orders.gaps).toBe(1)
    orders.apply(book(3, 14))
    expect(orders.isWhole).toBe(true)
    expect(orders.apply(level(3, 15, 'bid', 98, 1))).toBe('follows')
  })

  it('takes nothing that is older than what it knows', () => {
    const orders = new OrderBook()
    orders.apply(book(1, 10))
    orders.apply(level(2, 11, 'bid', 100, 50))
    const revision = orders.revision
    expect(orders.apply(level(1, 11, 'bid', 100, 1))).toBe('old')
    expect(orders.apply(book(1, 10))).toBe('old')
    expect(orders.bestBid).toEqual([100, 50])
    expect(orders.revision).toBe(revision)
  })

  it('says when it is crossed or locked', () => {
    const orders = new OrderBook()
    orders.apply(book(1, 10))
    expect(orders.isCrossed).toBe(false)
    orders.apply(level(2, 11, 'bid', 101, 1))
    expect(orders.isCrossed).toBe(true)
    orders.apply(level(2, 12, 'ask', 101, 0))
    expect(orders.isCrossed).toBe(false)
  })

  it('holds a bounded number of prices, and the best ones', () => {
    const orders = new OrderBook()
    orders.apply(book(1, 0, [], []))
    for (let price = 1; price <= 2 * depthMax; price++) orders.apply(level(1, price, 'bid', price, 1))
    expect(orders.bids(1_000)).toHaveLength(depthMax)
    expect(orders.bestBid).toEqual([2 * depthMax, 1])
  })
})
