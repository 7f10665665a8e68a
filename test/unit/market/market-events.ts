import { lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { BookSide, BookSnapshot, Instrument, LevelChanged, MarkChanged, TradeSeen } from '../../../src-main/domain/index.ts'

const instrument = 'BTC/USD'

export const trade = (at: number, sequence: number, price: number, size = 1): TradeSeen =>
  ({ kind: 'trade', instrument, at, sequence, price: ticksFromRaw(price), size: lotsFromRaw(size), aggressor: 'buyer' })

export const level = (at: number, sequence: number, side: BookSide, price: number, size: number): LevelChanged =>
  ({ kind: 'level', instrument, at, sequence, side, price: ticksFromRaw(price), size: lotsFromRaw(size) })

type Pairs = readonly (readonly [number, number])[]

export const book = (at: number, sequence: number, bids: Pairs = [[100, 5], [99, 7]], asks: Pairs = [[101, 4], [102, 6]]): BookSnapshot => ({
  kind: 'book', instrument, at, sequence,
  bids: bids.map(([price, size]) => ({ price: ticksFromRaw(price), size: lotsFromRaw(size) })),
  asks: asks.map(([price, size]) => ({ price: ticksFromRaw(price), size: lotsFromRaw(size) })),
})

export const mark = (at: number, sequence: number): MarkChanged => ({
  kind: 'mark', instrument, at, sequence,
  mark: ticksFromRaw(105), index: ticksFromRaw(104), fundingRate: rateFromRaw(100_000), nextFundingAt: at + 3_600_000,
})

export const bitcoin: Instrument = {
  id: instrument, venue: 'test', kind: 'spot', name: 'Bitcoin against US dollar', base: 'BTC', quote: 'USD', sector: 'crypto',
  tick: { units: 1, decimals: 2 }, lot: { units: 1, decimals: 5 }, hours: { kind: 'always' },
}
