import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { Amount } from '../../../../src-main/base/index.ts'
import type { Tradable, VenueTrade } from '../../../../src-main/domain/index.ts'
import { AccountBooks } from '../../../../src-main/engine/accounting/index.ts'
import type { AccountBooksSnapshot, LotMethod } from '../../../../src-main/engine/accounting/index.ts'
import { averageOracle, fifoOracle } from '../../../oracles/index.ts'
import { perpetual, spot, uneven } from '../../../unit/risk/sample-tradables.ts'
import { fillDrafts, oracleFills, oracleScale, tradesOf, withoutCoinFees } from './fill-arbitraries.ts'

const numRuns = 1_500
const tradables = [spot, perpetual, uneven]
const tradable = fc.constantFrom(...tradables)
const method = fc.constantFrom<LotMethod>('fifo', 'average')

const createBooks = (lots: LotMethod, positions: 'netting' | 'hedging' = 'netting', past?: AccountBooksSnapshot): AccountBooks =>
  new AccountBooks({ account: 'a', positions, lots, tradables }, past)

const applyAll = (books: AccountBooks, trades: readonly VenueTrade[], inferred = false): AccountBooks => {
  for (const trade of trades) books.applyFill(trade, inferred, 5)
  return books
}

const seen = (books: AccountBooks, { instrument }: Tradable): { readonly lots: bigint; readonly cost: bigint; readonly realised: bigint } => {
  const { lots, cost, realised } = books.position(instrument.id)
  return { lots: BigInt(rawOf(lots)), cost: BigInt(rawOf(cost)), realised: BigInt(rawOf(realised)) }
}

/** Everything that counts: when something was last changed is no part of what it is. */
const essence = (books: AccountBooks): string => {
  const { ledger, holdings, funding } = books.snapshot()
  return JSON.stringify({ ledger, funding, holdings })
}

/** What the wallet holds of what is delivered. */
const balancesOf = ({ settlement, instrument, baseUnitsPerLot }: Tradable, lots: number): readonly { readonly asset: string; readonly total: Amount }[] =>
  settlement === 'linear' ? [] : [{ asset: instrument.base, total: amountFromRaw(lots * baseUnitsPerLot) }]

describe('positions beside a slow oracle', () => {
  it.each([['fifo', fifoOracle], ['average', averageOracle]] as const)('hold what the oracle holds after every fill, by %s', (lots, oracle) => {
    fc.assert(
      fc.property(tradable, fillDrafts(), (traded, drafts) => {
        const trades = tradesOf(withoutCoinFees(drafts, traded), traded)
        const books = createBooks(lots)
        const fills = oracleFills(trades)
        for (const [index, trade] of trades.entries()) {
          books.applyFill(trade, false, 5)
          const { pieces, ...expected } = oracle(fills.slice(0, index + 1), oracleScale(traded))
          expect(seen(books, traded)).toEqual(expected)
          expect(pieces.reduce((sum, piece) => sum + piece.lots, 0n)).toBe(expected.lots < 0n ? -expected.lots : expected.lots)
        }
      }),
      { numRuns },
    )
  })

  it('go through zero as a close and an open whose money is the money of the fill', () => {
    const flips = fc.tuple(fillDrafts(1), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 2_000 }))
    fc.assert(
      fc.property(tradable, method, flips, (traded, lots, [[first], more, price]) => {
        if (first === undefined) return
        const side = first.side === 'buy' ? 'sell' : 'buy'
        const trades = tradesOf([{ ...first, feeAsset: 'OTHER' }, { ...first, feeAsset: 'OTHER', side, lots: first.lots + more, price }], traded)
        const books = applyAll(createBooks(lots), trades)
        const oracle = fifoOracle(oracleFills(trades), oracleScale(traded))
        expect(seen(books, traded)).toEqual({ lots: oracle.lots, cost: oracle.cost, realised: oracle.realised })
        expect(rawOf(books.position(traded.instrument.id).lots)).toBe(side === 'buy' ? more : -more)
      }),
      { numRuns },
    )
  })

  it('are flat with no cost left once all is closed, whatever was rounded on the way', () => {
    fc.assert(
      fc.property(tradable, method, fillDrafts(), (traded, lots, drafts) => {
        const books = applyAll(createBooks(lots), tradesOf(withoutCoinFees(drafts, traded), traded))
        const { lots: held } = books.position(traded.instrument.id)
        const size = Math.abs(rawOf(held))
        if (size === 0) return
        const last = { side: rawOf(held) > 0 ? 'sell' as const : 'buy' as const, lots: size, price: 7, fee: 0, feeAsset: 'USD' }
        const [closing] = tradesOf([last], traded)
        if (closing !== undefined) books.applyFill({ ...closing, trade: 'zzz', at: 9_999 }, false, 6)
        expect(seen(books, traded)).toMatchObject({ lots: 0n, cost: 0n })
        expect(rawOf(books.ledgerSum('USD', 'position'))).toBe(0)
      }),
      { numRuns },
    )
  })

  it('are the opening and the signed lots of the fills', () => {
    fc.assert(
      fc.property(tradable, method, fc.integer({ min: -5_000, max: 5_000 }), fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }), fillDrafts(), (traded, lots, held, entry, drafts) => {
        const books = createBooks(lots)
        const entryPrice = entry === undefined ? {} : { entryPrice: ticksFromRaw(entry) }
        books.takeOpening({ balances: balancesOf(traded, held), positions: [{ instrument: traded.instrument.id, positionSide: 'net', lots: lotsFromRaw(held), ...entryPrice }] }, 1)
        applyAll(books, tradesOf(withoutCoinFees(drafts, traded), traded))
        const signed = drafts.reduce((sum, { side, lots }) => sum + (side === 'buy' ? lots : -lots), held)
        expect(rawOf(books.position(traded.instrument.id).lots)).toBe(signed)
      }),
      { numRuns },
    )
  })

  it('held at an unknown price before we looked cost what the first fill after it paid', () => {
    fc.assert(
      fc.property(tradable, method, fc.integer({ min: 1, max: 5_000 }), fillDrafts(8), (traded, lots, held, drafts) => {
        const trades = tradesOf(withoutCoinFees(drafts, traded), traded)
        const [first] = trades
        if (first === undefined) return
        const open = (entryPrice: object): AccountBooks => {
          const books = createBooks(lots)
          books.takeOpening({ balances: balancesOf(traded, held), positions: [{ instrument: traded.instrument.id, positionSide: 'net', lots: lotsFromRaw(held), ...entryPrice }] }, 1)
          return applyAll(books, trades)
        }
        const [unknown, known] = [open({}), open({ entryPrice: first.price })]
        expect(seen(unknown, traded)).toEqual(seen(known, traded))
        expect(unknown.ledgerSums()).toEqual(known.ledgerSums())
      }),
      { numRuns },
    )
  })

  it('of the two sides of a hedging account are those of two accounts that hold one side each', () => {
    fc.assert(
      fc.property(method, fc.array(fc.tuple(fc.constantFrom<'long' | 'short'>('long', 'short'), fillDrafts(1)), { minLength: 1, maxLength: 20 }), (lots, steps) => {
        const trades = tradesOf(steps.flatMap(([, drafts]) => drafts), perpetual)
        const sided = trades.map((trade, index) => ({ ...trade, positionSide: steps[index]?.[0] ?? 'long' }))
        const both = applyAll(createBooks(lots, 'hedging'), sided)
        for (const side of ['long', 'short'] as const) {
          const alone = applyAll(createBooks(lots), sided.filter(({ positionSide }) => positionSide === side))
          const { lots: held, cost, realised } = both.position(perpetual.instrument.id, side)
          expect({ held, cost, realised }).toEqual({
            held: alone.position(perpetual.instrument.id).lots, cost: alone.position(perpetual.instrument.id).cost, realised: alone.position(perpetual.instrument.id).realised,
          })
        }
      }),
      { numRuns },
    )
  })
})

describe('fills that come late or are taken back', () => {
  it('leave the same books in whatever order they come', () => {
    fc.assert(
      fc.property(
        tradable, method,
        fillDrafts(20).chain((drafts) => fc.tuple(fc.constant(drafts), fc.shuffledSubarray(drafts.map((_, index) => index), { minLength: drafts.length }))),
        (traded, lots, [drafts, order]) => {
          const trades = tradesOf(drafts, traded)
          const shuffled = order.flatMap((index) => trades[index] ?? [])
          expect(essence(applyAll(createBooks(lots), shuffled))).toBe(essence(applyAll(createBooks(lots), trades)))
        },
      ),
      { numRuns },
    )
  })

  it('leave no trace once taken back, wherever they stood', () => {
    fc.assert(
      fc.property(tradable, method, fillDrafts(20), fc.nat(), (traded, lots, drafts, pick) => {
        const trades = tradesOf(drafts, traded)
        const [taken] = trades.slice(pick % trades.length)
        if (taken === undefined) return
        const books = createBooks(lots)
        for (const trade of trades) books.applyFill(trade, trade === taken, 5)
        books.takeBackFill(taken, 6)
        const without = applyAll(createBooks(lots), trades.filter((trade) => trade !== taken))
        expect(books.position(traded.instrument.id)).toMatchObject({ ...without.position(traded.instrument.id), changedAt: 6 })
        expect(books.ledgerSums()).toEqual(without.ledgerSums())
      }),
      { numRuns },
    )
  })

  it('go on from a snapshot as if they had never stopped', () => {
    fc.assert(
      fc.property(tradable, method, fillDrafts(20), fc.nat(), (traded, lots, drafts, cut) => {
        const trades = tradesOf(drafts, traded)
        const at = cut % (trades.length + 1)
        const first = applyAll(createBooks(lots), trades.slice(0, at), true)
        const copy: AccountBooksSnapshot = JSON.parse(JSON.stringify(first.snapshot()))
        const restored = createBooks(lots, 'netting', copy)
        const [whole, later] = [applyAll(first, trades.slice(at)), applyAll(restored, trades.slice(at))]
        for (const trade of trades.slice(0, at)) {
          whole.takeBackFill(trade, 7)
          later.takeBackFill(trade, 7)
        }
        expect(JSON.stringify(later.snapshot())).toBe(JSON.stringify(whole.snapshot()))
      }),
      { numRuns },
    )
  })
})
