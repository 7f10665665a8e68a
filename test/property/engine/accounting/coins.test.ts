import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { Tradable, VenuePosting, VenueTrade } from '../../../../src-main/domain/index.ts'
import { AccountBooks } from '../../../../src-main/engine/accounting/index.ts'
import type { AccountBooksSnapshot, LotMethod } from '../../../../src-main/engine/accounting/index.ts'
import { CoinOracle } from '../../../oracles/index.ts'
import type { OracleHeld } from '../../../oracles/index.ts'
import { perpetual, spot, spotInCoin, spotInEuro, uneven } from '../../../unit/risk/sample-tradables.ts'

/** Two pairs of one coin, what is paid with it, and what may pay its fees with it. */
const numRuns = 1_000
const pairs = [spot, spotInEuro]
const tradables = [perpetual, ...pairs, uneven, spotInCoin]
const method = fc.constantFrom<LotMethod>('fifo', 'average')

interface Draft {
  readonly pair: number
  readonly side: 'buy' | 'sell'
  readonly lots: number
  readonly price: number
  readonly fee: number
  readonly feeAsset: string
}

const draft: fc.Arbitrary<Draft> = fc.record({
  pair: fc.nat(1), side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'), lots: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 90_000 })),
  price: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12_000_000 })),
  fee: fc.oneof(fc.constant(0), fc.integer({ min: -60_000, max: 600_000 })), feeAsset: fc.constantFrom('BTC', 'BTC', 'USD', 'EUR', 'OTHER'),
})
const moved: fc.Arbitrary<VenuePosting> = fc.record({
  reference: fc.uuid(), reason: fc.constantFrom('deposit', 'withdrawal', 'dust', 'transfer', 'interest'), asset: fc.constant('BTC'),
  amount: fc.oneof(fc.integer({ min: -900_000, max: 900_000 }), fc.integer({ min: -90_000_000, max: 90_000_000 })).map(amountFromRaw), at: fc.constant(0),
})
type Happening = { readonly kind: 'trade'; readonly draft: Draft } | { readonly kind: 'posting'; readonly posting: VenuePosting }
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: draft.map((one) => ({ kind: 'trade' as const, draft: one })) },
  { weight: 1, arbitrary: moved.map((posting) => ({ kind: 'posting' as const, posting })) },
)
const happenings = fc.array(happening, { minLength: 1, maxLength: 24 })

const createBooks = (lots: LotMethod, past?: AccountBooksSnapshot, order = tradables): AccountBooks =>
  new AccountBooks({ account: 'a', positions: 'netting', lots, tradables: order }, past)

const tradeOf = ({ pair, side, lots, price, fee, feeAsset }: Draft, index: number, traded: readonly Tradable[] = pairs): VenueTrade => ({
  trade: `t${index}`, venueOrder: 'v', instrument: traded[pair]?.instrument.id ?? '', side, price: ticksFromRaw(price), lots: lotsFromRaw(lots), liquidity: 'taker',
  fee: amountFromRaw(fee), feeAsset, at: 1_000 + index,
})

const play = (books: AccountBooks, what: Happening, index: number): void => {
  if (what.kind === 'trade') books.applyFill(tradeOf(what.draft, index), false, 5)
  else books.applyPosting({ ...what.posting, at: 1_000 + index }, 5)
}

const createOracle = (lots: LotMethod): CoinOracle => new CoinOracle(pairs.map(({ scale, baseUnitsPerLot }) => (
  { numerator: BigInt(scale.numerator), denominator: BigInt(scale.denominator), unitsPerLot: BigInt(baseUnitsPerLot) })), lots === 'average')

const tellOracle = (oracle: CoinOracle, what: Happening): void => {
  if (what.kind === 'posting') {
    if (rawOf(what.posting.amount) !== 0) oracle.happen({ kind: 'move', units: BigInt(rawOf(what.posting.amount)) })
    return
  }
  const { pair, side, lots, price, fee, feeAsset } = what.draft
  oracle.happen({ kind: 'trade', pair, side, lots: BigInt(lots), price: BigInt(price), coinFee: feeAsset === 'BTC' ? BigInt(fee) : 0n })
}

const heldIn = (books: AccountBooks, place: number) => {
  const { lots, units, cost, realised } = books.position(pairs[place]?.instrument.id ?? '')
  return { lots: rawOf(lots), units: BigInt(units === undefined ? 0 : rawOf(units)), cost: BigInt(rawOf(cost)), realised: BigInt(rawOf(realised)) }
}

const sums = (books: AccountBooks, asset: string, accounts: readonly string[]): bigint =>
  books.ledgerSums().reduce((sum, each) => (each.asset === asset && accounts.includes(each.account) ? sum + BigInt(rawOf(each.amount)) : sum), 0n)

const quotes = ['USD', 'EUR']

describe('a coin in two pairs, beside a slow oracle', () => {
  it('is held, costs and has won in each what the oracle says, after all that happens to it', () => {
    fc.assert(
      fc.property(method, happenings, (lots, all) => {
        const [books, oracle] = [createBooks(lots), createOracle(lots)]
        const feesOf = new Map<string, bigint>()
        for (const [index, what] of all.entries()) {
          play(books, what, index)
          tellOracle(oracle, what)
          if (what.kind === 'trade') feesOf.set(what.draft.feeAsset, (feesOf.get(what.draft.feeAsset) ?? 0n) + BigInt(what.draft.fee))
          for (const [place, quote] of quotes.entries()) {
            const { units, cost, realised, exchanged, gone, untold } = oracle.held[place] as OracleHeld
            expect(heldIn(books, place)).toMatchObject({ units, cost: cost < 0n ? -cost : cost, realised })
            expect(sums(books, quote, ['exchanged']), quote).toBe(-exchanged)
            expect(sums(books, quote, ['fees', 'external', 'dust', 'interest']), quote).toBe((feesOf.get(quote) ?? 0n) - gone)
            expect(sums(books, quote, ['opening']), quote).toBe(-untold)
          }
        }
      }),
      { numRuns },
    )
  })

  it('is never held where the wallet holds none of it, and of the difference no pair has a lot', () => {
    fc.assert(
      fc.property(method, fc.boolean(), fc.integer({ min: -900_000_000, max: 900_000_000 }), happenings, (lots, isTurned, opening, all) => {
        // The first pair, to which what was there belongs, is the one with the small lots, or the other one.
        const books = createBooks(lots, undefined, isTurned ? tradables.toReversed() : tradables)
        books.takeOpening({ balances: [{ asset: 'BTC', total: amountFromRaw(opening) }], positions: [] }, 1)
        for (const [index, what] of [undefined, ...all].entries()) {
          if (what !== undefined) play(books, what, index)
          const wallet = rawOf(books.balance('BTC'))
          const held = pairs.map((_, place) => heldIn(books, place))
          for (const [place, { instrument }] of pairs.entries()) {
            const listed = books.positions().find((position) => position.instrument === instrument.id)
            expect(rawOf(listed?.lots ?? lotsFromRaw(0)), 'as listed').toBe(held[place]?.lots)
          }
          expect(held.reduce((sum, { units }) => sum + units, 0n)).toBe(BigInt(wallet))
          const inLots = held.reduce((sum, one, place) => sum + one.lots * (pairs[place]?.baseUnitsPerLot ?? 0), 0)
          for (const one of held) {
            expect(Math.sign(one.lots) * Math.sign(wallet)).toBeGreaterThanOrEqual(0)
            expect(Number(one.units) * Math.sign(wallet)).toBeGreaterThanOrEqual(0)
          }
          expect(Math.abs(wallet - inLots)).toBeLessThan(Math.min(...pairs.map(({ baseUnitsPerLot }) => baseUnitsPerLot)))
        }
      }),
      { numRuns },
    )
  })

  it('has changed the worth of the wallet by what was realised, is not realised, was exchanged and was taken, at any marks', () => {
    const marks = fc.record({ BTC: fc.bigInt(0n, 9_999n), USD: fc.bigInt(1n, 999n), EUR: fc.bigInt(1n, 999n), OTHER: fc.bigInt(0n, 99n) })
    fc.assert(
      fc.property(method, fc.array(draft, { minLength: 1, maxLength: 24 }), marks, (lots, drafts, mark) => {
        const books = createBooks(lots)
        for (const [index, one] of drafts.entries()) books.applyFill(tradeOf(one, index), false, 5)
        const wallet = books.balances().reduce((sum, { asset, total }) => sum + BigInt(rawOf(total)) * mark[asset as keyof typeof mark], 0n)
        let profit = -sums(books, 'OTHER', ['fees']) * mark.OTHER
        for (const [place, quote] of (['USD', 'EUR'] as const).entries()) {
          const { units, cost, realised } = heldIn(books, place)
          const unrealised = units * mark.BTC - (units < 0n ? -cost : cost) * mark[quote]
          profit += realised * mark[quote] + unrealised - sums(books, quote, ['exchanged', 'fees', 'opening']) * mark[quote]
        }
        expect(profit).toBe(wallet)
      }),
      { numRuns },
    )
  })

  it('is gone but for less than one lot of any pair once every pair is closed', () => {
    fc.assert(
      fc.property(method, fc.integer({ min: 0, max: 900_000_000 }), happenings, fc.boolean(), (lots, opening, all, isTurned) => {
        const books = createBooks(lots)
        books.takeOpening({ balances: [{ asset: 'BTC', total: amountFromRaw(opening) }], positions: [] }, 1)
        for (const [index, what] of all.entries()) play(books, what, index)
        fc.pre(rawOf(books.balance('BTC')) >= 0)
        const places = isTurned ? [1, 0] : [0, 1]
        // What one pair cannot sell may make a lot of the other, so the first is closed once more.
        for (const [turn, place] of [...places, ...places].entries()) {
          const size = heldIn(books, place).lots
          if (size > 0) books.applyFill(tradeOf({ pair: place, side: 'sell', lots: size, price: 7, fee: 0, feeAsset: 'USD' }, 100 + turn), false, 6)
        }
        const left = rawOf(books.balance('BTC'))
        expect(left).toBeGreaterThanOrEqual(0)
        for (const { baseUnitsPerLot } of pairs) expect(left).toBeLessThan(baseUnitsPerLot)
        for (const place of pairs.keys()) expect(heldIn(books, place).lots).toBe(0)
      }),
      { numRuns },
    )
  })
})

describe('steps that move several coins', () => {
  /** One buys ETH with BTC, one wins or loses dollars, and any of them may take its fee in any coin. */
  const all = [spot, spotInEuro, spotInCoin, uneven, perpetual]
  const drafts = fc.array(
    fc.record({ ...draftParts(), pair: fc.nat(all.length - 1), feeAsset: fc.constantFrom('BTC', 'ETH', 'ODD', 'USD') }), { minLength: 1, maxLength: 20 })
  const essence = (books: AccountBooks): string => {
    const { ledger, holdings, funding } = books.snapshot()
    return JSON.stringify({ ledger, holdings, funding })
  }
  const applied = (lots: LotMethod, trades: readonly VenueTrade[], past?: AccountBooksSnapshot): AccountBooks => {
    const books = createBooks(lots, past)
    for (const trade of trades) books.applyFill(trade, false, 5)
    return books
  }
  const tradesFrom = (from: readonly Draft[]): readonly VenueTrade[] => from.map((one, index) => tradeOf(one, index, all))

  it('leave the same books in whatever order they are told', () => {
    const shuffled = drafts.chain((from) => fc.tuple(fc.constant(from), fc.shuffledSubarray(from.map((_, index) => index), { minLength: from.length })))
    fc.assert(
      fc.property(method, shuffled, (lots, [from, order]) => {
        const trades = tradesFrom(from)
        expect(essence(applied(lots, order.flatMap((index) => trades[index] ?? [])))).toBe(essence(applied(lots, trades)))
      }),
      { numRuns },
    )
  })

  it('leave no trace once taken back', () => {
    fc.assert(
      fc.property(method, drafts, fc.nat(), (lots, from, pick) => {
        const trades = tradesFrom(from)
        const [taken] = trades.slice(pick % trades.length)
        if (taken === undefined) return
        const books = applied(lots, trades)
        books.takeBackFill(taken, 6)
        const without = applied(lots, trades.filter((trade) => trade !== taken))
        expect(books.ledgerSums()).toEqual(without.ledgerSums())
        for (const { instrument } of all) expect({ ...books.position(instrument.id), changedAt: 0 }).toEqual({ ...without.position(instrument.id), changedAt: 0 })
      }),
      { numRuns },
    )
  })

  it('go on from a snapshot as if they had never stopped', () => {
    fc.assert(
      fc.property(method, drafts, fc.nat(), (lots, from, pick) => {
        const trades = tradesFrom(from)
        const cut = pick % (trades.length + 1)
        const before = applied(lots, trades.slice(0, cut))
        const restored = applied(lots, trades.slice(cut), JSON.parse(JSON.stringify(before.snapshot())))
        expect(essence(restored)).toBe(essence(applied(lots, trades)))
      }),
      { numRuns },
    )
  })

  it('leave in the pairs of every coin what the wallet holds of it', () => {
    fc.assert(
      fc.property(method, drafts, (lots, from) => {
        const books = applied(lots, tradesFrom(from))
        for (const coin of ['BTC', 'ETH', 'ODD']) {
          const held = all.filter(({ settlement, instrument }) => settlement === 'delivery' && instrument.base === coin)
          const units = held.reduce((sum, { instrument }) => sum + rawOf(books.position(instrument.id).units ?? amountFromRaw(0)), 0)
          expect(units, coin).toBe(rawOf(books.balance(coin)))
        }
      }),
      { numRuns },
    )
  })
})

function draftParts() {
  return {
    side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'), lots: fc.integer({ min: 1, max: 900 }), price: fc.integer({ min: 1, max: 12_000 }),
    fee: fc.integer({ min: -60_000, max: 600_000 }),
  }
}
