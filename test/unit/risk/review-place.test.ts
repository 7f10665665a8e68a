import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, quantityMax, rateFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { OrderSpec, RefusalRule } from '../../../src-main/domain/index.ts'
import { boundlessLimits, ensureApproved, ExposureBook, reviewPlace } from '../../../src-main/risk/index.ts'
import type { ExposureBook as Book } from '../../../src-main/risk/index.ts'
import { count, createRichBook, limitsWith, live, marketSpec, now, orderId, part, review, specOf, usd } from './review-rig.ts'
import type { Asked } from './review-rig.ts'
import { perpetual, share, spot, uneven } from './sample-tradables.ts'

const by = (lots: number): OrderSpec['size'] => ({ by: 'quantity', lots: lotsFromRaw(lots) })
const ticks = ticksFromRaw
const bookWith = (change: (book: Book) => void, positions: 'netting' | 'hedging' = 'netting'): Book => {
  const book = createRichBook(positions)
  change(book)
  return book
}
const perp = perpetual.instrument.id
const long = (lots: number): Book => bookWith((book) => book.setPosition(perp, 'net', lotsFromRaw(lots), usd(lots / 10)))
const priceless = (): Book => new ExposureBook({ account: 'a', positions: 'netting', tradables: [perpetual], reporting: 'USD', sendsRemembered: 10 })

/** Each refusal is for one thing only: without it the order passes, which the first test shows. */
const refused: readonly (readonly [string, RefusalRule, Asked, (readonly [number, number])?])[] = [
  ['of another account', 'order.unknown-account', { spec: specOf({ account: 'b' }) }],
  ['of another instrument', 'order.unknown-instrument', { spec: specOf(), tradable: spot }],
  ['whose size comes to nothing', 'nothing-to-do', { lots: 0 }],
  ['below the smallest quantity', 'filter.quantity-min', { tradable: { ...perpetual, rules: { ...perpetual.rules, quantityMin: lotsFromRaw(1_001) } } }, [1_001, 1_000]],
  ['above the largest quantity', 'filter.quantity-max', { tradable: { ...perpetual, rules: { ...perpetual.rules, quantityMax: lotsFromRaw(999) } } }, [999, 1_000]],
  ['above the highest price', 'filter.price-range', { tradable: { ...perpetual, rules: { ...perpetual.rules, priceMax: ticks(9_999) } } }, [9_999, 10_000]],
  ['below the lowest price', 'filter.price-range', { tradable: { ...perpetual, rules: { ...perpetual.rules, priceMin: ticks(10_001) } } }, [10_001, 10_000]],
  ['worth too little for the venue', 'filter.notional-min', { spec: specOf({ size: by(49) }) }, [5_000_000, 4_900_000]],
  ['worth too much for the venue', 'filter.notional-max', { tradable: { ...perpetual, rules: { ...perpetual.rules, notionalMax: usd(99) } } }, [99_000_000, 100_000_000]],
  ['above the band of the venue', 'filter.price-band', { spec: specOf({ limit: ticks(15_016) }) }, [15_015, 15_016]],
  ['below the band of the venue', 'filter.price-band', { spec: specOf({ limit: ticks(4_999) }) }, [5_000, 4_999]],
  ['of an instrument that is closed', 'filter.session-closed', { spec: specOf({ instrument: share.instrument.id }), at: now + 4 * 3_600_000 }],
  ['good till a moment that is past', 'filter.expiry-past', { spec: specOf({ timeInForce: 'gtd', expiresAt: now }) }, [now, now]],
  ['dated ahead of the clock', 'time.drift', { limits: limitsWith({ driftMaxMs: 1_000 }), askedAt: now + 1_001 }, [1_000, 1_001]],
  ['given long ago', 'time.replayed', { limits: limitsWith({ commandAgeMaxMs: 5_000 }), askedAt: now - 5_001 }, [5_000, 5_001]],
  ['without any price', 'risk.no-price', { book: priceless() }],
  ['at a price that is old', 'risk.stale-price', { limits: limitsWith({ priceAgeMaxMs: 500 }), at: now + 501 }, [500, 501]],
  ['while the feed is stale', 'risk.stale-price', { book: bookWith((book) => book.judgeFeed(perp, 'stale')) }],
  ['while the feed is down', 'risk.stale-price', { book: bookWith((book) => book.judgeFeed(perp, 'down')) }],
  ['while the book is crossed', 'risk.crossed-book', { book: bookWith((book) => book.seeQuote(perp, ticks(10_010), ticks(10_010), now)) }],
  ['while the feed says crossed', 'risk.crossed-book', { book: bookWith((book) => book.judgeFeed(perp, 'crossed')) }],
  ['while the bid is nothing', 'risk.no-price', { book: bookWith((book) => book.seeQuote(perp, ticks(0), ticks(10_010), now)) }],
  ['of more lots than allowed', 'risk.order-quantity', { limits: limitsWith({}, { orderLotsMax: lotsFromRaw(999) }) }, [999, 1_000]],
  ['worth more than allowed', 'risk.order-notional', { limits: limitsWith({}, { orderNotionalMax: usd(99) }) }, [99_000_000, 100_000_000]],
  ['that reaches too far through the market', 'risk.price-band', { spec: specOf({ limit: ticks(10_111) }), limits: limitsWith({}, { priceBand: part(10_000_000) }) }, [10_110, 10_111]],
  ['that gives away too much', 'risk.price-band', { spec: specOf({ side: 'sell', limit: ticks(9_899) }), limits: limitsWith({}, { priceBand: part(10_000_000) }) }, [9_900, 9_899]],
  ['when too many are open in the instrument', 'risk.orders-open', { book: bookWith((book) => book.setOrder(live(2))), limits: limitsWith({}, { ordersOpenMax: 1 }) }, [1, 1]],
  ['when too many are open on the account', 'risk.orders-open', { book: bookWith((book) => book.setOrder(live(2, { instrument: spot.instrument.id }))), limits: limitsWith({ ordersOpenMax: 1 }) }, [1, 1]],
  ['when too many went out in the last second', 'risk.order-rate', { book: bookWith((book) => book.countSent(now - 999)), limits: limitsWith({ ordersPerSecond: 1 }) }, [1, 1]],
  ['when too many went out in the last minute', 'risk.order-rate', { book: bookWith((book) => book.countSent(now - 59_999)), limits: limitsWith({ ordersPerMinute: 1 }) }, [1, 1]],
  ['that leads to too large a position', 'risk.position', { book: long(500), limits: limitsWith({}, { positionLotsMax: lotsFromRaw(1_499) }) }, [1_499, 1_500]],
  ['beside others that may still fill', 'risk.position', { book: bookWith((book) => book.setOrder(live(2))), limits: limitsWith({}, { positionLotsMax: lotsFromRaw(1_999) }) }, [1_999, 2_000]],
  ['that leads to too much in all', 'risk.gross', { book: long(1_000), limits: limitsWith({ grossMax: usd(200) }) }, [200_000_000, 200_100_000]],
  ['that leads to too much for the equity', 'risk.leverage', { limits: limitsWith({ leverageMax: rateFromRaw(50_000) }) }, [50_000, 99_951]],
]

describe('the review of an order', () => {
  it('lets through what is within every limit, with its worst price', () => {
    expect(review()).toMatchObject({ worstPrice: 10_000, reduces: false })
    expect(review({ spec: marketSpec(), limits: limitsWith({ marketSlippage: part(1_000_000) }) })).toMatchObject({ worstPrice: 10_021 })
    expect(review({ spec: specOf({ side: 'sell' }) })).toMatchObject({ worstPrice: 10_010 })
    expect(review({ spec: specOf({ instrument: share.instrument.id }) })).toMatchObject({ worstPrice: 10_000 })
  })

  it.each(refused.map(([name, rule, asked, figures]) => [name, rule, asked, figures] as const))('refuses one %s', (_, rule, asked, figures) => {
    const refusal = review(asked)
    expect(refusal).toMatchObject(figures === undefined ? { rule } : { rule, limit: figures[0], actual: figures[1] })
  })

  it('takes the balance with the fee into account, on each side and kind of settlement', () => {
    const poor = (usdRaw: number, btcRaw: number): Book => bookWith((book) => {
      book.setBalance('USD', amountFromRaw(usdRaw))
      book.setBalance('BTC', amountFromRaw(btcRaw))
    })
    const coin = spot.instrument.id
    expect(review({ spec: specOf({ instrument: coin }), book: poor(100_099_999, 0) })).toMatchObject({ rule: 'risk.balance', limit: 100_099_999, actual: 100_100_000 })
    expect(review({ spec: specOf({ instrument: coin }), book: poor(100_100_000, 0) })).toMatchObject({ reduces: false })
    expect(review({ spec: specOf({ instrument: coin, side: 'sell' }), book: poor(1, 99_999_999) })).toMatchObject({ rule: 'risk.balance', limit: 99_999_999, actual: 100_000_000 })
    expect(review({ spec: specOf({ instrument: coin, side: 'sell' }), book: poor(1, 100_000_000) })).toMatchObject({ reduces: false })
    // A twentieth of the value as margin, and a thousandth of it as fee.
    expect(review({ book: poor(5_099_999, 0) })).toMatchObject({ rule: 'risk.balance', actual: 5_100_000 })
    expect(review({ book: poor(5_100_000, 0) })).toMatchObject({ reduces: false })
  })

  it('rounds what an order needs against the trader', () => {
    // A lot at 2 ticks is worth two thirds of a minor unit, and its fee is a part of one.
    const odd = { ...uneven, rules: { ...uneven.rules, quantityMin: lotsFromRaw(1), priceBand: rateFromRaw(1_000_000_000) } }
    const { notionalMin: _, ...rules } = odd.rules
    const small = specOf({ instrument: odd.instrument.id, size: by(1), limit: ticks(2) })
    const book = (minor: number): Book => bookWith((poor) => poor.setBalance('USD', amountFromRaw(minor)))
    expect(review({ spec: small, tradable: { ...odd, rules }, book: book(1) })).toMatchObject({ rule: 'risk.balance', limit: 1, actual: 2 })
    expect(review({ spec: small, tradable: { ...odd, rules }, book: book(2) })).toMatchObject({ reduces: false })
  })

  it('counts what is set aside for others, what positions tie up, and losses that are not realised', () => {
    const book = createRichBook()
    book.setBalance('USD', usd(100))
    book.setOrder(live(2))
    expect(rawOf(book.free('USD') ?? usd(0))).toBe(100_000_000 - 5_100_000)
    // 2 coins short at the ask of 100.10, sold at 90.10: margin 10.01, loss 20.
    book.setPosition(perp, 'net', lotsFromRaw(-2_000), usd(180.2))
    expect(rawOf(book.free('USD') ?? usd(0))).toBe(100_000_000 - 5_100_000 - 10_010_000 - 20_000_000)
    book.dropOrder(orderId(2))
    book.setPosition(perp, 'net', lotsFromRaw(-2_000), usd(220.2))
    expect(rawOf(book.free('USD') ?? usd(0)), 'a win that is not realised frees nothing').toBe(100_000_000 - 10_010_000)
    expect(rawOf(book.equity() ?? usd(0))).toBe(100_000_000 + 20_000_000 + 500_000_000)
  })

  it('knows no equity beside a debt without a price, and allows no new risk then; what is held without a price counts as nothing', () => {
    const book = createRichBook()
    const before = book.equity()
    book.setBalance('TKN', amountFromRaw(5_000))
    expect(book.equity()).toBe(before)
    book.setBalance('TKN', amountFromRaw(-1))
    expect(book.equity()).toBeUndefined()
    expect(review({ book })).toMatchObject({ rule: 'risk.no-balance' })
    book.setPosition(perp, 'net', lotsFromRaw(1_000), usd(100))
    const out = { spec: specOf({ side: 'sell', reduceOnly: true }), book }
    expect(review(out), 'a way out stays open').toMatchObject({ reduces: true })
    book.setBalance('TKN', amountFromRaw(0))
    expect(book.equity()).toBeDefined()
  })

  it('refuses what would be over a limit only where it raises it, so that what was there before does not stop the rest', () => {
    const limits = limitsWith({ grossMax: usd(1) }, { positionLotsMax: lotsFromRaw(10) })
    expect(review({ book: long(5_000), limits, spec: specOf({ side: 'sell' }) })).toMatchObject({ reduces: true })
    expect(review({ book: long(5_000), limits })).toMatchObject({ rule: 'risk.position' })
  })

  it('lets through what truly reduces when all else is against it', () => {
    const limits = limitsWith(
      { grossMax: usd(0), ordersOpenMax: 0, ordersPerSecond: 0, ordersPerMinute: 0, driftMaxMs: 0, commandAgeMaxMs: 0, priceAgeMaxMs: 0, leverageMax: part(0) },
      { orderLotsMax: lotsFromRaw(0), orderNotionalMax: usd(0), positionLotsMax: lotsFromRaw(0), ordersOpenMax: 0, priceBand: part(0) },
    )
    const book = long(1_000)
    book.judgeFeed(perp, 'down')
    book.setBalance('USD', usd(0))
    for (const reduceOnly of [true, false]) {
      expect(review({ book, limits, spec: specOf({ side: 'sell', limit: ticks(9_000), reduceOnly }), at: now + 90_000, askedAt: now })).toMatchObject({ reduces: true })
    }
    const dark = priceless()
    dark.setPosition(perp, 'net', lotsFromRaw(-1_000), usd(1))
    expect(review({ book: dark, limits, spec: marketSpec({ reduceOnly: true }) })).toMatchObject({ reduces: true })
  })

  it('refuses a reduce-only order that would not reduce', () => {
    const reduceOnly = (side: 'buy' | 'sell', lots: number): OrderSpec => specOf({ side, size: by(lots), reduceOnly: true })
    expect(review({ book: long(1_000), spec: reduceOnly('buy', 1_000) })).toMatchObject({ rule: 'risk.not-reducing' })
    expect(review({ book: long(1_000), spec: reduceOnly('sell', 1_001) })).toMatchObject({ rule: 'risk.not-reducing', limit: 1_000, actual: 1_001 })
    expect(review({ spec: reduceOnly('sell', 1_000) })).toMatchObject({ rule: 'risk.not-reducing', limit: 0 })
    const half = bookWith((book) => {
      book.setPosition(spot.instrument.id, 'net', lotsFromRaw(1_000), usd(100))
      book.setOrder(live(2, { instrument: spot.instrument.id, side: 'sell', remaining: lotsFromRaw(600) }))
    })
    expect(review({ book: half, spec: { ...reduceOnly('sell', 500), instrument: spot.instrument.id } }), 'the venue would not cut it').toMatchObject({ rule: 'risk.not-reducing' })
    expect(review({ book: half, spec: { ...reduceOnly('sell', 400), instrument: spot.instrument.id } })).toMatchObject({ reduces: true })
  })

  it('refuses with one rule what it cannot count', () => {
    const huge = lotsFromRaw(quantityMax)
    const endless = { ...perpetual, rules: { ...perpetual.rules, quantityMax: huge } }
    expect(review({ spec: specOf({ size: { by: 'quantity', lots: huge } }), tradable: endless })).toMatchObject({ rule: 'risk.overflow' })
    expect(review({ book: long(10), spec: specOf({ size: { by: 'quantity', lots: huge }, limit: ticks(1) }), tradable: { ...endless, rules: { ...endless.rules, priceBand: rateFromRaw(1_000_000_000) } } })).toMatchObject({ rule: 'risk.overflow' })
    const broken = createRichBook()
    Object.defineProperty(broken, 'sentSince', { value: () => { throw new Error('the ring is broken') } })
    expect(review({ book: broken })).toEqual({ rule: 'risk.fault', detail: 'the review failed: the ring is broken' })
    expect(review({ tradable: { ...perpetual, leverageMax: 1.5 } })).toMatchObject({ rule: 'risk.fault' })
  })

  it('refuses while something else that is held has no price, or money is not known', () => {
    const blind = new ExposureBook({ account: 'a', positions: 'netting', tradables: [spot, perpetual], reporting: 'USD', sendsRemembered: 10 })
    blind.seeQuote(perp, ticks(10_000), ticks(10_010), now)
    expect(review({ book: blind })).toMatchObject({ rule: 'risk.no-balance' })
    blind.setBalance('USD', usd(1_000))
    expect(review({ book: blind })).toMatchObject({ reduces: false })
    blind.setPosition(spot.instrument.id, 'net', lotsFromRaw(1), usd(1))
    expect(review({ book: blind })).toMatchObject({ rule: 'risk.no-price' })
  })

  it('counts the limits of the reporting currency at its rate', () => {
    const abroad = { ...perpetual, instrument: { ...perpetual.instrument, quote: 'JPY' } }
    const book = new ExposureBook({ account: 'a', positions: 'netting', tradables: [abroad], reporting: 'USD', sendsRemembered: 10 })
    book.seeQuote(perp, ticks(10_000), ticks(10_010), now)
    book.setBalance('JPY', usd(1_000))
    expect(review({ book, tradable: abroad })).toMatchObject({ rule: 'risk.no-price' })
    book.setRate('JPY', { numerator: count(2), denominator: count(300) })
    expect(review({ book, tradable: abroad, limits: limitsWith({}, { orderNotionalMax: amountFromRaw(666_666) }) })).toMatchObject({ rule: 'risk.order-notional', actual: 666_667 })
    expect(review({ book, tradable: abroad, limits: limitsWith({}, { orderNotionalMax: amountFromRaw(666_667) }) })).toMatchObject({ reduces: false })
    expect(rawOf(book.equity() ?? usd(0))).toBe(6_666_666)
  })

  it('sees to the two sides of a hedging account apart', () => {
    const book = bookWith((hedged) => hedged.setPosition(perp, 'long', lotsFromRaw(1_000), usd(100)), 'hedging')
    expect(review({ book, spec: specOf({ side: 'sell', positionSide: 'long', reduceOnly: true }) })).toMatchObject({ reduces: true })
    expect(review({ book, spec: specOf({ side: 'sell', positionSide: 'short' }) })).toMatchObject({ reduces: false })
    expect(review({ book, spec: specOf({ side: 'sell', positionSide: 'short' }), limits: limitsWith({ grossMax: usd(200) }) })).toMatchObject({ rule: 'risk.gross' })
  })

  it('remembers how a feed was judged before its first price, and takes no notice of what is not traded here', () => {
    const book = priceless()
    book.setBalance('USD', usd(1_000))
    book.judgeFeed(perp, 'stale')
    book.seeQuote(perp, ticks(10_000), ticks(10_010), now)
    expect(review({ book })).toMatchObject({ rule: 'risk.stale-price' })
    book.judgeFeed(perp, 'live')
    book.seeQuote('XRP/USD', ticks(1), ticks(1), now)
    book.judgeFeed('XRP/USD', 'down')
    expect(review({ book })).toMatchObject({ reduces: false })
  })

  it('uses the limits of the instrument where it has its own', () => {
    const own = { ...boundlessLimits.everyInstrument, orderLotsMax: lotsFromRaw(10) }
    expect(review({ limits: { ...boundlessLimits, instruments: new Map([[perp, own]]) } })).toMatchObject({ rule: 'risk.order-quantity', limit: 10 })
    expect(review({ limits: { ...boundlessLimits, instruments: new Map([[spot.instrument.id, own]]) } })).toMatchObject({ reduces: false })
  })

  it('counts orders that wait for a trigger apart, as the venue does', () => {
    const stop = marketSpec({ type: 'stop', trigger: { price: ticks(10_100), source: 'last' } })
    const book = bookWith((full) => {
      for (let n = 2; n < 7; n += 1) full.setOrder(live(n, { waits: true }))
    })
    expect(review({ book, spec: stop })).toMatchObject({ rule: 'filter.orders-open', limit: 5, actual: 5 })
    expect(review({ book })).toMatchObject({ reduces: false })
    expect(review({ spec: stop })).toMatchObject({ worstPrice: 10_100 })
  })

  it('is the only maker of what may leave', () => {
    const verdict = reviewPlace({ order: orderId(1), spec: specOf(), lots: lotsFromRaw(1_000), at: now, askedAt: now }, createRichBook(), boundlessLimits, perpetual)
    expect(verdict.ok && ensureApproved(verdict.value)).toMatchObject({ order: orderId(1) })
    // What the compiler refuses is forced past it here, as a bug or an enemy would.
    const forged = { value: { order: orderId(1) } } as unknown as Parameters<typeof ensureApproved>[0]
    expect(() => ensureApproved(forged)).toThrow('an approval that risk made')
  })
})
