import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, rawOf } from '../../../../src-main/base/index.ts'
import type { Tradable, VenuePosting, VenueTrade } from '../../../../src-main/domain/index.ts'
import { AccountBooks } from '../../../../src-main/engine/accounting/index.ts'
import type { LedgerSum, LotMethod } from '../../../../src-main/engine/accounting/index.ts'
import { deliveryBalances, fifoOracle, averageOracle, linearBalances, moneyOf } from '../../../oracles/index.ts'
import type { OracleMove } from '../../../oracles/index.ts'
import { perpetual, spot, uneven } from '../../../unit/risk/sample-tradables.ts'
import { fillDrafts, oracleFills, oracleScale, tradesOf, withoutCoinFees } from './fill-arbitraries.ts'

const numRuns = 1_000
const method = fc.constantFrom<LotMethod>('fifo', 'average')
const delivered = fc.constantFrom(spot, uneven)

const posting: fc.Arbitrary<VenuePosting> = fc.record({
  reference: fc.string(),
  reason: fc.constantFrom('funding', 'interest', 'deposit', 'withdrawal', 'transfer', 'dust', 'liquidation-fee', 'dividend'),
  asset: fc.constantFrom('USD', 'BTC', 'TOKEN'),
  amount: fc.integer({ min: -5_000_000, max: 5_000_000 }).map(amountFromRaw),
  at: fc.nat(),
})

const createBooks = (lots: LotMethod): AccountBooks => new AccountBooks({ account: 'a', positions: 'netting', lots, tradables: [spot, uneven, perpetual] })

/** Trades and postings, one after the other as far as each goes. */
const play = (books: AccountBooks, trades: readonly VenueTrade[], postings: readonly VenuePosting[], look: () => void): void => {
  for (let step = 0; step < Math.max(trades.length, postings.length); step += 1) {
    const [trade, moved] = [trades[step], postings[step]]
    if (trade !== undefined) books.applyFill(trade, false, 5)
    look()
    if (moved !== undefined) books.applyPosting(moved, 5)
    look()
  }
}

const sumsByAsset = (sums: readonly LedgerSum[]): ReadonlyMap<string, bigint> => {
  const totals = new Map<string, bigint>()
  for (const { asset, amount } of sums) totals.set(asset, (totals.get(asset) ?? 0n) + BigInt(rawOf(amount)))
  return totals
}

const wallet = (books: AccountBooks): Readonly<Record<string, bigint>> =>
  Object.fromEntries(books.balances().map(({ asset, total }) => [asset, BigInt(rawOf(total))]))

const movesOf = (postings: readonly VenuePosting[]): readonly OracleMove[] => postings.map(({ asset, amount }) => ({ asset, amount: BigInt(rawOf(amount)) }))

const sameMoney = (books: AccountBooks, expected: ReadonlyMap<string, bigint>): void => {
  const held = wallet(books)
  for (const [asset, amount] of expected) expect(held[asset] ?? 0n, asset).toBe(amount)
  for (const [asset, amount] of Object.entries(held)) expect(expected.get(asset) ?? 0n, asset).toBe(amount)
}

const tradeMoney = (trades: readonly VenueTrade[], tradable: Tradable): Parameters<typeof deliveryBalances>[0] => trades.map((trade, index) => {
  const [fill] = oracleFills([trade])
  if (fill === undefined) throw new Error(`no fill ${index}`)
  const { base, quote } = tradable.instrument
  const units = BigInt(rawOf(trade.lots)) * BigInt(tradable.baseUnitsPerLot)
  return { side: trade.side, quote, money: moneyOf(fill, oracleScale(tradable)), base, units, fee: BigInt(rawOf(trade.fee)), feeAsset: trade.feeAsset }
})

describe('the ledger beside a slow oracle', () => {
  it('sums to zero in every asset after every event', () => {
    fc.assert(
      fc.property(fc.constantFrom(spot, uneven, perpetual), method, fillDrafts(), fc.array(posting, { maxLength: 24 }), (tradable, lots, drafts, postings) => {
        const books = createBooks(lots)
        play(books, tradesOf(drafts, tradable), postings, () => {
          for (const [asset, total] of sumsByAsset(books.ledgerSums())) expect(total, asset).toBe(0n)
        })
      }),
      { numRuns },
    )
  })

  it('holds of every asset what came in less what went out, fees in any of them', () => {
    fc.assert(
      fc.property(delivered, method, fillDrafts(), fc.array(posting, { maxLength: 24 }), (tradable, lots, drafts, postings) => {
        const books = createBooks(lots)
        const trades = tradesOf(drafts, tradable)
        play(books, trades, postings, () => undefined)
        sameMoney(books, deliveryBalances(tradeMoney(trades, tradable), movesOf(postings)))
      }),
      { numRuns },
    )
  })

  it.each([['fifo', fifoOracle], ['average', averageOracle]] as const)('moves nothing for a contract but what was won, lost and paid, by %s', (lots, oracle) => {
    fc.assert(
      fc.property(fillDrafts(), fc.array(posting, { maxLength: 24 }), (drafts, postings) => {
        const books = createBooks(lots)
        const trades = tradesOf(drafts, perpetual)
        play(books, trades, postings, () => undefined)
        const fees = trades.map(({ fee, feeAsset }) => ({ asset: feeAsset, amount: BigInt(rawOf(fee)) }))
        const { realised } = oracle(oracleFills(trades), oracleScale(perpetual))
        sameMoney(books, linearBalances('USD', realised, fees, movesOf(postings)))
      }),
      { numRuns },
    )
  })

  it('keeps the cost of what is held, with its sign, and the profit of what is not', () => {
    fc.assert(
      fc.property(delivered, method, fillDrafts(), (tradable, lots, drafts) => {
        const books = createBooks(lots)
        play(books, tradesOf(withoutCoinFees(drafts, tradable), tradable), [], () => {
          const { lots: held, cost, realised } = books.position(tradable.instrument.id)
          expect(rawOf(books.ledgerSum('USD', 'position'))).toBe((rawOf(held) < 0 ? 0 - rawOf(cost) : rawOf(cost)) + 0)
          expect(rawOf(books.ledgerSum('USD', 'realised'))).toBe(0 - rawOf(realised))
        })
      }),
      { numRuns },
    )
  })

  it('takes money without a trade for what it is: positions in contracts and their profit never change', () => {
    fc.assert(
      fc.property(method, fillDrafts(), fc.array(posting, { minLength: 1, maxLength: 24 }), (lots, drafts, postings) => {
        const [funded, without] = [createBooks(lots), createBooks(lots)]
        const trades = tradesOf(drafts, perpetual)
        play(funded, trades, postings, () => undefined)
        play(without, trades, [], () => undefined)
        const contracts = (books: AccountBooks) => books.positions().filter(({ units }) => units === undefined)
        expect(contracts(funded)).toEqual(contracts(without))
        const expected = postings.filter(({ reason, asset }) => reason === 'funding' && asset === 'USD').reduce((sum, { amount }) => sum + rawOf(amount), 0)
        expect(rawOf(funded.ledgerSum('USD', 'funding'))).toBe(0 - expected)
      }),
      { numRuns },
    )
  })
})

describe('splits', () => {
  const ratio = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))

  it('spread the cost over the new shares, cut from the sum, and the shares are in the wallet', () => {
    fc.assert(
      fc.property(method, fillDrafts(12), ratio, (lots, drafts, [numerator, denominator]) => {
        const books = createBooks(lots)
        for (const trade of tradesOf(drafts, spot)) books.applyFill({ ...trade, fee: amountFromRaw(0) }, false, 5)
        const before = books.position('BTC/USD')
        books.applySplit({ instrument: 'BTC/USD', id: 's', at: 9_999, numerator: countFromRaw(numerator), denominator: countFromRaw(denominator) }, 6)
        const after = books.position('BTC/USD')
        const size = Math.floor((Math.abs(rawOf(before.lots)) * numerator) / denominator)
        expect(Math.abs(rawOf(after.lots))).toBe(size)
        expect(rawOf(books.balance('BTC'))).toBe(rawOf(after.units ?? amountFromRaw(0)))
        expect(Math.abs(rawOf(books.balance('BTC')))).toBe(Math.floor((Math.abs(rawOf(before.units ?? amountFromRaw(0))) * numerator) / denominator))
        const lost = rawOf(before.lots) < 0 ? rawOf(after.realised) - rawOf(before.realised) : rawOf(before.realised) - rawOf(after.realised)
        expect(rawOf(after.cost) + lost).toBe(rawOf(before.cost))
        if (size > 0) expect(lost).toBe(0)
        for (const [asset, total] of sumsByAsset(books.ledgerSums())) expect(total, asset).toBe(0n)
      }),
      { numRuns },
    )
  })

  it('come late like a fill: the same books in whatever order they are told', () => {
    fc.assert(
      fc.property(method, fillDrafts(10), ratio, fc.nat(), (lots, drafts, [numerator, denominator], cut) => {
        const trades = tradesOf(drafts, spot)
        const at = cut % (trades.length + 1)
        const split = { instrument: 'BTC/USD', id: 's', at: 1_000 + at, numerator: countFromRaw(numerator), denominator: countFromRaw(denominator) }
        const [inTime, late] = [createBooks(lots), createBooks(lots)]
        // Before the first fill there is no position to split, so that the account opens it first.
        for (const books of [inTime, late]) books.takeOpening({ balances: [{ asset: 'BTC', total: amountFromRaw(7 * spot.baseUnitsPerLot) }], positions: [{ instrument: 'BTC/USD', positionSide: 'net', lots: lotsFromRaw(7) }] }, 1)
        for (const [index, trade] of trades.entries()) {
          if (index === at) inTime.applySplit(split, 5)
          inTime.applyFill(trade, false, 5)
          late.applyFill(trade, false, 5)
        }
        if (at === trades.length) inTime.applySplit(split, 5)
        late.applySplit(split, 5)
        expect(JSON.stringify(late.snapshot())).toBe(JSON.stringify(inTime.snapshot()))
      }),
      { numRuns },
    )
  })
})
