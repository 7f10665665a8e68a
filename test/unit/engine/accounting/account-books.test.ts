import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, quantityMax, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { VenuePosting, VenueTrade } from '../../../../src-main/domain/index.ts'
import { AccountBooks, deliveredOpenings, valueAccount } from '../../../../src-main/engine/accounting/index.ts'
import type { LotMethod, Marks } from '../../../../src-main/engine/accounting/index.ts'
import { usd } from '../../risk/review-rig.ts'
import { perpetual, share, spot } from '../../risk/sample-tradables.ts'

const tradables = [spot, perpetual, share]
const createBooks = (lots: LotMethod = 'fifo', positions: 'netting' | 'hedging' = 'netting'): AccountBooks => new AccountBooks({ account: 'a', positions, lots, tradables })

let made = 0
/** Coins at a price in dollars, with a fee of one dollar where nothing else is said. */
const trade = (side: 'buy' | 'sell', coins: number, price: number, change: Partial<VenueTrade> = {}): VenueTrade => {
  made += 1
  return {
    trade: `t${made}`, venueOrder: 'v', instrument: spot.instrument.id, side, price: ticksFromRaw(price * 100), lots: lotsFromRaw(coins * 1_000), liquidity: 'taker',
    fee: usd(1), feeAsset: 'USD', at: made, ...change,
  }
}

const posting = (reason: VenuePosting['reason'], asset: string, amount: number, instrument?: string): VenuePosting =>
  ({ reference: 'r', reason, asset, amount: amountFromRaw(amount), at: 1, ...(instrument === undefined ? {} : { instrument }) })

const apply = (books: AccountBooks, ...trades: readonly VenueTrade[]): AccountBooks => {
  for (const one of trades) books.applyFill(one, false, 77)
  return books
}

describe('the books of an account', () => {
  it('close the oldest lots first, or a share of all, as they are told', () => {
    const trades = [trade('buy', 1, 100), trade('buy', 1, 120), trade('sell', 1, 150)]
    expect(apply(createBooks('fifo'), ...trades).position(spot.instrument.id)).toEqual(
      { instrument: 'BTC/USD', positionSide: 'net', lots: 1_000, units: 100_000_000, cost: 120_000_000, realised: 50_000_000, changedAt: 77 })
    expect(apply(createBooks('average'), ...trades).position(spot.instrument.id)).toMatchObject({ lots: 1_000, cost: 110_000_000, realised: 40_000_000 })
  })

  it('have no room for a trade whose win, or whose fee, no balance could hold', () => {
    const instrument = perpetual.instrument.id
    const booksWith = (asset: string, total: number): AccountBooks => {
      const books = createBooks()
      books.takeOpening({ balances: [{ asset, total: amountFromRaw(total) }], positions: [] }, 3)
      return apply(books, trade('buy', 1, 100, { instrument }))
    }
    const won = trade('sell', 1, 110, { instrument, fee: amountFromRaw(0), feeAsset: 'TOKEN', at: 9_999 })
    expect(booksWith('USD', quantityMax - 8_000_000).hasRoomFor(won)).toBe(false)
    expect(booksWith('USD', quantityMax - 9_000_000).hasRoomFor(won)).toBe(true)
    const paid = { ...won, fee: amountFromRaw(2), feeAsset: 'TOKEN' }
    expect(booksWith('TOKEN', 1 - quantityMax).hasRoomFor(paid)).toBe(false)
    expect(booksWith('TOKEN', 2 - quantityMax).hasRoomFor(paid)).toBe(true)
    const delivered = trade('buy', 1, 100, { at: 9_999 })
    expect(booksWith('BTC', quantityMax - 99_999_999).hasRoomFor(delivered)).toBe(false)
    expect(booksWith('BTC', quantityMax - 100_000_000).hasRoomFor(delivered)).toBe(true)
  })

  it('go through zero as a close and an open', () => {
    const books = apply(createBooks(), trade('buy', 1, 100, { instrument: perpetual.instrument.id }), trade('sell', 3, 110, { instrument: perpetual.instrument.id }))
    expect(books.position(perpetual.instrument.id)).toMatchObject({ lots: -2_000, cost: 220_000_000, realised: 10_000_000 })
    expect(books.balance('USD'), 'won 10, paid two fees').toBe(8_000_000)
  })

  it('hold what was bought and pay for it, with the fee in whatever it was taken in', () => {
    const books = createBooks()
    books.takeOpening({ balances: [{ asset: 'USD', total: usd(1_000) }], positions: [] }, 3)
    apply(books, trade('buy', 2, 100, { fee: amountFromRaw(200_000), feeAsset: 'BTC' }), trade('sell', 1, 110, { fee: usd(-2) }), trade('buy', 1, 90, { fee: usd(5), feeAsset: 'TOKEN' }))
    expect(books.balances()).toEqual([
      { asset: 'BTC', total: 199_800_000, changedAt: 77 }, { asset: 'TOKEN', total: -5_000_000, changedAt: 77 }, { asset: 'USD', total: 822_000_000, changedAt: 77 },
    ])
    expect(books.ledgerSums()).toEqual([
      { asset: 'BTC', account: 'wallet', amount: 199_800_000 }, { asset: 'BTC', account: 'holdings', amount: -200_000_000 }, { asset: 'BTC', account: 'fees', amount: 200_000 },
      { asset: 'TOKEN', account: 'wallet', amount: -5_000_000 }, { asset: 'TOKEN', account: 'fees', amount: 5_000_000 },
      { asset: 'USD', account: 'wallet', amount: 822_000_000 }, { asset: 'USD', account: 'position', amount: 189_800_000 }, { asset: 'USD', account: 'realised', amount: -10_000_000 },
      { asset: 'USD', account: 'fees', amount: -1_800_000 }, { asset: 'USD', account: 'opening', amount: -1_000_000_000 },
    ])
  })

  it.each([
    ['funding', 'funding'], ['interest', 'interest'], ['deposit', 'external'], ['withdrawal', 'external'], ['transfer', 'external'], ['dust', 'dust'],
    ['liquidation-fee', 'liquidation'], ['dividend', 'dividends'],
  ] as const)('book %s under %s, and no position knows of it', (reason, account) => {
    const books = apply(createBooks(), trade('buy', 1, 100, { fee: usd(0) }))
    const before = books.positions()
    books.applyPosting(posting(reason, 'USD', -700), 80)
    expect(books.ledgerSum('USD', account)).toBe(700)
    expect(books.balance('USD')).toBe(-100_000_700)
    expect(books.positions()).toEqual(before)
  })

  it('hold nothing of a coin that the wallet does not hold, however often a fee was taken in it', () => {
    const books = createBooks()
    for (let round = 0; round < 300; round += 1) {
      apply(books, trade('buy', 1, 100, { fee: amountFromRaw(100_000), feeAsset: 'BTC' }))
      apply(books, trade('sell', 0, 100, { lots: lotsFromRaw(999), fee: usd(0) }))
    }
    expect(books.balance('BTC')).toBe(0)
    expect(books.position(spot.instrument.id)).toMatchObject({ lots: 0, units: 0, cost: 0, realised: 0 })
    // A thousandth of a hundred dollars, three hundred times.
    expect(books.ledgerSum('USD', 'fees')).toBe(30_000_000)
    expect(books.balance('USD')).toBe(-30_000_000)
  })

  it('carry less than a lot until it makes one', () => {
    const books = createBooks()
    for (let round = 0; round < 5; round += 1) apply(books, trade('buy', 0, 100, { lots: lotsFromRaw(10), fee: amountFromRaw(30_000), feeAsset: 'BTC' }))
    // Five times 0.3 of a lot are 1.5, so that 48.5 are there.
    expect(books.position(spot.instrument.id)).toMatchObject({ lots: 48, units: 4_850_000, cost: 4_850_000 })
    books.applyPosting({ ...posting('deposit', 'BTC', 50_000), at: made + 1 }, 9)
    expect(books.position(spot.instrument.id)).toMatchObject({ lots: 49, units: 4_900_000, cost: 4_850_000 })
    made += 1
    apply(books, trade('sell', 0, 200, { lots: lotsFromRaw(1), fee: usd(0) }))
    // Half a lot at 200 is a tenth of a dollar, and one of the lots for 100 is gone.
    expect(books.position(spot.instrument.id), 'what came without a trade costs what the next one paid').toMatchObject({ lots: 48, cost: 4_850_000 })
  })

  it('let a coin that leaves take its cost along, to where it went', () => {
    const books = apply(createBooks(), trade('buy', 2, 100, { fee: usd(0) }), trade('buy', 1, 130, { fee: usd(0) }))
    books.applyPosting({ ...posting('withdrawal', 'BTC', -250_000_000), at: made + 1 }, 9)
    expect(books.position(spot.instrument.id)).toMatchObject({ lots: 500, cost: 65_000_000, realised: 0 })
    expect(books.ledgerSum('USD', 'external')).toBe(265_000_000)
  })

  it('know what funding each instrument has paid', () => {
    const books = createBooks()
    for (const amount of [-30, 10, -5]) books.applyPosting(posting('funding', 'USD', amount, perpetual.instrument.id), 1)
    books.applyPosting(posting('funding', 'USD', -9), 1)
    expect(books.funding(perpetual.instrument.id, 'USD')).toBe(-25)
    expect(books.funding(spot.instrument.id, 'USD')).toBe(0)
  })

  it('begin with what was there, at its price or at that of the first fill', () => {
    const held = { instrument: spot.instrument.id, positionSide: 'net', lots: lotsFromRaw(2_000) } as const
    const known = createBooks()
    known.takeOpening({ balances: [{ asset: 'BTC', total: amountFromRaw(200_000_000) }], positions: [{ ...held, entryPrice: ticksFromRaw(5_000) }] }, 3)
    expect(apply(known, trade('sell', 1, 80)).position(spot.instrument.id)).toMatchObject({ lots: 1_000, cost: 50_000_000, realised: 30_000_000 })
    const unknown = createBooks()
    unknown.takeOpening({ balances: [{ asset: 'BTC', total: amountFromRaw(200_000_000) }], positions: [held] }, 3)
    expect(unknown.position(spot.instrument.id)).toMatchObject({ lots: 2_000, cost: 0, changedAt: 3 })
    expect(apply(unknown, trade('sell', 1, 80)).position(spot.instrument.id)).toMatchObject({ lots: 1_000, cost: 80_000_000, realised: 0 })
    expect(() => unknown.takeOpening({ balances: [], positions: [held] }, 4)).toThrow('an opening before the first fill')
  })

  it('take a coin that is there at first sight for a position, once, unless the venue tells of one', () => {
    const eur = { ...spot, instrument: { ...spot.instrument, id: 'BTC/EUR', quote: 'EUR' } }
    const all = [perpetual, spot, eur, share]
    const balances = [{ asset: 'BTC', total: amountFromRaw(250_050_000) }, { asset: 'USD', total: usd(5) }, { asset: 'ACME', total: amountFromRaw(0) }]
    expect(deliveredOpenings(balances, [], all)).toEqual([{ instrument: 'BTC/USD', positionSide: 'net', lots: 2_500 }])
    expect(deliveredOpenings([{ asset: 'BTC', total: amountFromRaw(99_999) }], [], all), 'less than a lot').toEqual([])
    expect(deliveredOpenings(balances, [{ instrument: 'BTC/USD', positionSide: 'net', lots: lotsFromRaw(7) }], all)).toEqual([])
    const books = createBooks()
    books.takeOpening({ balances, positions: deliveredOpenings(balances, [], tradables) }, 3)
    expect(apply(books, trade('sell', 1, 80)).position(spot.instrument.id)).toMatchObject({ lots: 1_500, units: 150_050_000, cost: 120_040_000, realised: 0 })
    expect(books.ledgerSum('USD', 'position')).toBe(120_040_000)
  })

  it('begin with the later word where a position is told twice, whatever side it is said to be on', () => {
    const books = createBooks()
    const told = (instrument: string, count: number) => ({ instrument, positionSide: 'long' as const, lots: lotsFromRaw(count), entryPrice: ticksFromRaw(5_000) })
    books.takeOpening({
      balances: [{ asset: 'BTC', total: amountFromRaw(300_000_000) }], positions: [2_000, 3_000].flatMap((count) => [told(perpetual.instrument.id, count), told(spot.instrument.id, count)]),
    }, 3)
    expect(books.positions().map(({ instrument, positionSide, lots, cost }) => [instrument, positionSide, lots, cost])).toEqual([
      ['BTC/USD', 'net', 3_000, 150_000_000], ['BTC/USD:PERP', 'net', 3_000, 150_000_000],
    ])
    expect(books.ledgerSum('USD', 'position')).toBe(150_000_000)
  })

  it('keep the two sides of a hedging account apart', () => {
    const books = apply(
      createBooks('fifo', 'hedging'), trade('buy', 2, 100, { instrument: perpetual.instrument.id, positionSide: 'long' }), trade('sell', 1, 100, { instrument: perpetual.instrument.id, positionSide: 'short' }),
    )
    expect(books.positions().map(({ positionSide, lots }) => [positionSide, lots])).toEqual([['long', 2_000], ['short', -1_000]])
  })

  it('take an inferred fill back when the real ones are there, long after other fills', () => {
    const [first, guess] = [trade('buy', 2, 100), trade('buy', 3, 101)]
    const others = Array.from({ length: 300 }, (_, n) => trade(n % 3 === 0 ? 'sell' : 'buy', 1, 90 + (n % 20)))
    const books = apply(createBooks(), first)
    books.applyFill(guess, true, 77)
    apply(books, ...others)
    books.takeBackFill(guess, 77)
    const real = [trade('buy', 1, 100), trade('buy', 2, 102)].map((one, n) => ({ ...one, at: guess.at, trade: `real${n}` }))
    apply(books, ...real)
    const plain = apply(createBooks(), first, ...real, ...others)
    expect(books.positions()).toEqual(plain.positions())
    expect(books.ledgerSums()).toEqual(plain.ledgerSums())
  })

  it('go on from a snapshot of a long past, or of an opening, as if they had never stopped', () => {
    const past = Array.from({ length: 300 }, (_, n) => trade(n % 3 === 0 ? 'sell' : 'buy', 1, 90 + (n % 20)))
    const future = Array.from({ length: 100 }, (_, n) => trade(n % 5 === 0 ? 'buy' : 'sell', 2, 80 + (n % 30)))
    for (const lots of ['fifo', 'average'] as const) {
      const books = createBooks(lots)
      books.takeOpening({ balances: [{ asset: 'USD', total: usd(1) }, { asset: 'BTC', total: amountFromRaw(-500_000_000) }], positions: [{ instrument: spot.instrument.id, positionSide: 'net', lots: lotsFromRaw(-5_000) }] }, 3)
      for (const cut of [0, 1, 150, 300]) {
        const before = new AccountBooks({ account: 'a', positions: 'netting', lots, tradables }, JSON.parse(JSON.stringify(books.snapshot())))
        apply(before, ...past.slice(0, cut))
        before.applyPosting(posting('funding', 'USD', 3, spot.instrument.id), 5)
        const after = new AccountBooks({ account: 'a', positions: 'netting', lots, tradables }, JSON.parse(JSON.stringify(before.snapshot())))
        for (const one of [before, after]) apply(one, ...past.slice(cut), ...future)
        expect(JSON.stringify(after.snapshot()), `${lots} after ${cut}`).toBe(JSON.stringify(before.snapshot()))
      }
    }
  })

  it('book trades of one millisecond in the order in which the venue counted them', () => {
    const [ninth, tenth] = [trade('buy', 1, 100, { trade: '9', at: 5 }), trade('buy', 1, 120, { trade: '10', at: 5 })]
    const sale = trade('sell', 1, 150, { at: 6 })
    for (const order of [[ninth, tenth, sale], [sale, tenth, ninth]]) {
      expect(apply(createBooks(), ...order).position(spot.instrument.id)).toMatchObject({ lots: 1_000, cost: 120_000_000, realised: 50_000_000 })
    }
  })

  it('refuse to take back what they do not hold', () => {
    expect(() => apply(createBooks(), trade('buy', 1, 100)).takeBackFill(trade('buy', 1, 100), 5)).toThrow('a fill that is taken back to have been in the log')
    expect(() => createBooks().applyFill(trade('buy', 1, 100, { instrument: 'none' }), false, 5)).toThrow('the instrument in the books')
    expect(() => createBooks().applyFill(trade('buy', -1, 100), false, 5)).toThrow('so many lots at a price')
  })

  it('stay small: what is long past is final, whatever waits', () => {
    const books = createBooks()
    for (let n = 0; n < 10_000; n += 1) books.applyFill(trade(n % 2 === 0 ? 'buy' : 'sell', 1, 100), n === 0, 5)
    const [coin] = books.snapshot().holdings.coins
    expect(coin?.log.steps.length).toBeLessThanOrEqual(4_096)
    const others = createBooks()
    for (let n = 0; n < 1_000; n += 1) others.applyFill(trade(n % 2 === 0 ? 'buy' : 'sell', 1, 100), false, 5)
    expect(others.snapshot().holdings.coins[0]?.log.steps.length).toBeLessThan(128)
  })

  it('spread a split over what is held, and lose the cost of what is too small for a share', () => {
    const books = createBooks('fifo')
    const shares = (count: number, price: number): VenueTrade => trade('buy', 0, price, { instrument: share.instrument.id, lots: lotsFromRaw(count), fee: usd(0) })
    apply(books, shares(3, 10), shares(4, 20))
    books.applySplit({ instrument: share.instrument.id, id: 's', at: made + 1, numerator: countFromRaw(1), denominator: countFromRaw(2) }, 90)
    expect(books.position(share.instrument.id)).toMatchObject({ lots: 3, cost: 110_000_000, realised: 0, changedAt: 90 })
    expect(books.balance('ACME')).toBe(3)
    books.applySplit({ instrument: share.instrument.id, id: 's2', at: made + 2, numerator: countFromRaw(1), denominator: countFromRaw(4) }, 91)
    expect(books.position(share.instrument.id)).toMatchObject({ lots: 0, cost: 0, realised: -110_000_000 })
    expect(() => books.applySplit({ instrument: share.instrument.id, id: 's3', at: made + 3, numerator: countFromRaw(0), denominator: countFromRaw(4) }, 91)).toThrow('so many for so many')
  })
})

describe('an account in one currency', () => {
  const marks = (change: Partial<Marks> = {}): Marks => ({
    reporting: 'USD', rates: new Map(), instruments: new Map([[spot.instrument.id, { price: ticksFromRaw(12_000), at: 40 }], [perpetual.instrument.id, { price: ticksFromRaw(9_000), at: 50 }]]), ...change,
  })

  it('is its balances and the profit of its contracts, as old as the oldest mark', () => {
    const books = createBooks()
    books.takeOpening({ balances: [{ asset: 'USD', total: usd(1_000) }], positions: [] }, 3)
    apply(books, trade('buy', 2, 100, { fee: usd(0) }), trade('sell', 1, 100, { fee: usd(0), instrument: perpetual.instrument.id }))
    // 800 dollars, 2 coins at 120, and 10 won on the contract.
    expect(valueAccount(books, tradables, marks())).toEqual({
      equity: 1_050_000_000, gross: 330_000_000, unrealised: 50_000_000, initialMargin: 4_500_000, maintenanceMargin: 450_000, leverage: 314_285_715, oldestMarkAt: 40, unvalued: [],
    })
  })

  it('says what it cannot value, and counts it as nothing', () => {
    const books = apply(createBooks(), trade('buy', 2, 100, { feeAsset: 'TOKEN' }))
    expect(valueAccount(books, tradables, marks({ instruments: new Map() }))).toMatchObject({ equity: -200_000_000, unvalued: ['BTC', 'TOKEN', 'BTC/USD'], leverage: undefined, oldestMarkAt: undefined })
  })

  it('turns other currencies into its own at a rate of known age', () => {
    const books = createBooks()
    books.takeOpening({ balances: [{ asset: 'JPY', total: amountFromRaw(301) }], positions: [] }, 3)
    const rates = new Map([['JPY', { numerator: countFromRaw(1), denominator: countFromRaw(150), at: 9 }]])
    expect(valueAccount(books, tradables, marks({ rates }))).toMatchObject({ equity: 2, oldestMarkAt: 9 })
  })
})
