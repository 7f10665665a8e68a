import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { OrderId, PositionSide, Tradable } from '../../../src-main/domain/index.ts'
import { ExposureBook } from '../../../src-main/risk/index.ts'
import type { LiveOrder } from '../../../src-main/risk/index.ts'
import { live, now } from '../../unit/risk/review-rig.ts'
import { perpetual, spot } from '../../unit/risk/sample-tradables.ts'

/** The first is counted in the reporting currency, the second through a rate that may be missing, the third is delivered. */
const foreign: Tradable = { ...perpetual, instrument: { ...perpetual.instrument, id: 'BTC/EUR:PERP', quote: 'EUR' } }
const tradables = [perpetual, foreign, spot]

type Told =
  | { readonly kind: 'order'; readonly order: LiveOrder }
  | { readonly kind: 'again'; readonly pick: number; readonly but: Partial<LiveOrder> }
  | { readonly kind: 'drop'; readonly pick: number }
  | { readonly kind: 'position'; readonly at: number; readonly side: PositionSide; readonly lots: number; readonly cost: number }
  | { readonly kind: 'quote'; readonly at: number; readonly bid: number }
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'look' }

const place = fc.nat({ max: tradables.length - 1 })
const positionSide = fc.constantFrom<PositionSide>('net', 'long', 'short')
const order = fc.record({
  n: fc.integer({ min: 1, max: 6 }), at: place, side: fc.constantFrom('buy' as const, 'sell' as const), positionSide, lots: fc.integer({ min: 1, max: 9 }),
  worst: fc.integer({ min: 9_000, max: 11_000 }), keptFromGrowing: fc.boolean(), reduces: fc.boolean(), waits: fc.boolean(),
}).map(({ n, at, lots, worst, ...rest }): LiveOrder =>
  live(n, { ...rest, instrument: idOf(at), remaining: lotsFromRaw(lots), worstPrice: ticksFromRaw(worst) }))

/** Most events of an order change nothing of it, and few change more than one thing. */
const change: fc.Arbitrary<Partial<LiveOrder>> = fc.oneof(
  fc.constant({}), fc.record({ remaining: fc.integer({ min: 1, max: 9 }).map(lotsFromRaw) }), fc.record({ worstPrice: fc.integer({ min: 9_000, max: 11_000 }).map(ticksFromRaw) }),
  fc.record({ keptFromGrowing: fc.boolean() }), fc.record({ reduces: fc.boolean() }), fc.record({ waits: fc.boolean() }),
)

const idOf = (at: number): string => tradables[at]?.instrument.id ?? ''

const told: fc.Arbitrary<Told> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('order' as const), order }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('again' as const), pick: fc.nat(), but: change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('position' as const), at: place, side: positionSide, lots: fc.integer({ min: -9, max: 9 }), cost: fc.nat({ max: 9_000_000 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('quote' as const), at: place, bid: fc.integer({ min: 9_000, max: 11_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rate' as const), rate: fc.integer({ min: -1, max: 5 }).map((rate) => Math.max(rate, 0)) }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'look' as const }) },
)

/** What was said last of each thing. */
class Last {
  readonly orders = new Map<OrderId, LiveOrder>()
  readonly positions = new Map<string, Extract<Told, { kind: 'position' }>>()
  readonly quotes = new Map<number, number>()
  rate = 2

  tellAll(book: ExposureBook): void {
    for (const [at, bid] of this.quotes) quote(book, at, bid)
    setRate(book, this.rate)
    for (const { at, side, lots, cost } of this.positions.values()) book.setPosition(idOf(at), side, lotsFromRaw(lots), amountFromRaw(cost))
    for (const known of this.orders.values()) book.setOrder(known)
  }
}

const quote = (book: ExposureBook, at: number, bid: number): void => book.seeQuote(idOf(at), ticksFromRaw(bid), ticksFromRaw(bid + 3), now)
const setRate = (book: ExposureBook, rate: number): void =>
  book.setRate('EUR', rate === 0 ? undefined : { numerator: countFromRaw(rate), denominator: countFromRaw(2) })

const createBook = (): ExposureBook => {
  const book = new ExposureBook({ account: 'a', positions: 'hedging', tradables, reporting: 'USD', sendsRemembered: 8 })
  for (const asset of ['USD', 'EUR', 'BTC']) book.setBalance(asset, amountFromRaw(1_000_000_000))
  setRate(book, 2)
  for (const at of tradables.keys()) quote(book, at, 10_000)
  // A row that nothing was ever said of counts as nothing, even where its currency has no rate.
  for (const { instrument } of tradables) for (const side of ['net', 'long', 'short'] as const) book.setPosition(instrument.id, side, lotsFromRaw(0), amountFromRaw(0))
  return book
}

function tell(book: ExposureBook, last: Last, what: Told): void {
  const picked = 'pick' in what ? [...last.orders.values()][what.pick % Math.max(1, last.orders.size)] : undefined
  if (what.kind === 'order') {
    last.orders.set(what.order.order, what.order)
    book.setOrder({ ...what.order })
  } else if (what.kind === 'again' && picked !== undefined) {
    const changed = { ...picked, ...what.but }
    last.orders.set(changed.order, changed)
    book.setOrder(changed)
  } else if (what.kind === 'drop' && picked !== undefined) {
    last.orders.delete(picked.order)
    book.dropOrder(picked.order)
  } else if (what.kind === 'position') {
    last.positions.set(`${what.at} ${what.side}`, what)
    book.setPosition(idOf(what.at), what.side, lotsFromRaw(what.lots), amountFromRaw(what.cost))
  } else if (what.kind === 'quote') {
    last.quotes.set(what.at, what.bid)
    quote(book, what.at, what.bid)
  } else if (what.kind === 'rate') {
    last.rate = what.rate
    setRate(book, what.rate)
  } else if (what.kind === 'look') seen(book)
}

const seen = (book: ExposureBook) => ({
  gross: book.gross(), equity: book.equity(), free: ['USD', 'EUR', 'BTC'].map((asset) => book.free(asset)), ordersOpen: book.ordersOpen(),
  each: tradables.map(({ instrument: { id } }) => [
    book.ordersOpen(id), book.triggersOpen(id), { ...exposureOf(book, id, 'net') }, { ...exposureOf(book, id, 'long') }, { ...exposureOf(book, id, 'short') },
  ]),
})

const exposureOf = (book: ExposureBook, id: string, side: PositionSide) => {
  const { position, buying, selling, reducingBuys, reducingSells } = book.exposure(id, side)
  return { position, buying, selling, reducingBuys, reducingSells }
}

describe('the book of exposure, kept current', () => {
  it('counts after every history what a book counts that was only told how it ended', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 40 }), (history) => {
        const book = createBook()
        const last = new Last()
        for (const what of history) {
          tell(book, last, what)
          if (what.kind !== 'look') continue
          const fresh = createBook()
          last.tellAll(fresh)
          expect(seen(book)).toEqual(seen(fresh))
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what the book of exposure adds up', () => {
  it('counts the long and the short position of one instrument by themselves', () => {
    const book = createBook()
    const id = perpetual.instrument.id
    book.setPosition(id, 'long', lotsFromRaw(2), amountFromRaw(0))
    expect(book.gross()).toBe(2 * 100_030)
    book.setPosition(id, 'short', lotsFromRaw(-3), amountFromRaw(0))
    expect(book.gross()).toBe(5 * 100_030)
    book.setPosition(id, 'net', lotsFromRaw(1), amountFromRaw(0))
    expect(book.gross()).toBe(6 * 100_030)
  })

  it('is an equity of nothing where every balance is nothing, and none where no balance was seen', () => {
    const book = new ExposureBook({ account: 'a', positions: 'netting', tradables, reporting: 'USD', sendsRemembered: 8 })
    expect(book.equity()).toBeUndefined()
    book.setBalance('USD', amountFromRaw(0))
    expect(book.equity()).toBe(0)
  })
})
