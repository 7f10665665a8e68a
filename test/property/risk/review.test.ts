import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, quantityMax, rateFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import { refusalRules } from '../../../src-main/domain/index.ts'
import type { OrderSpec, Side, Tradable } from '../../../src-main/domain/index.ts'
import { ExposureBook, reviewPlace } from '../../../src-main/risk/index.ts'
import type { ReviewLimits } from '../../../src-main/risk/index.ts'
import { brokenRules } from '../../oracles/index.ts'
import type { OracleLimits, OracleScene } from '../../oracles/index.ts'
import { limitsWith, live, marketSpec, now, orderId, specOf } from '../../unit/risk/review-rig.ts'
import { perpetual, spot } from '../../unit/risk/sample-tradables.ts'

const side = fc.constantFrom<Side>('buy', 'sell')
/** Near each other, so that limits are met from both sides and by one. */
const lots = fc.integer({ min: 1, max: 40 })
const price = fc.integer({ min: 9_000, max: 11_000 })

const scene = fc.record({
  isDelivered: fc.boolean(),
  isUneven: fc.boolean(),
  bid: fc.integer({ min: 9_900, max: 10_050 }),
  spread: fc.integer({ min: 1, max: 90 }),
  held: fc.integer({ min: -40, max: 40 }),
  costOff: fc.integer({ min: -300_000, max: 300_000 }),
  live: fc.array(fc.record({ side, lots, worstPrice: price }), { maxLength: 4 }),
  quoteTotal: fc.oneof(fc.integer({ min: 0, max: 9_000_000 }), fc.constant(50_000_000_000)),
  baseLots: fc.integer({ min: 0, max: 120 }),
})

const proposal = fc.record({ side, lots, limit: fc.option(price, { nil: undefined }) })

const limits = fc.record({
  orderLotsMax: fc.integer({ min: 5, max: 60 }),
  orderNotionalMax: fc.integer({ min: 300_000, max: 5_000_000 }),
  positionLotsMax: fc.integer({ min: 5, max: 120 }),
  priceBand: fc.integer({ min: 0, max: 120_000_000 }),
  grossMax: fc.integer({ min: 300_000, max: 12_000_000 }),
  leverageMax: fc.integer({ min: 0, max: 3_000_000_000 }),
  slippage: fc.integer({ min: 0, max: 20_000_000 }),
  notionalMin: fc.integer({ min: 0, max: 600_000 }),
  venueBand: fc.integer({ min: 20_000_000, max: 200_000_000 }),
})

type Drawn<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never

const tradableOf = ({ isDelivered, isUneven }: Drawn<typeof scene>, { notionalMin, venueBand }: Drawn<typeof limits>): Tradable => {
  const basis = isDelivered ? spot : perpetual
  const rules = { ...basis.rules, notionalMin: amountFromRaw(notionalMin), priceBand: rateFromRaw(venueBand) }
  return { ...basis, rules, scale: isUneven ? { numerator: 7, denominator: 3 } : basis.scale }
}

const costOf = ({ held, costOff, bid }: Drawn<typeof scene>): number => Math.max(Math.abs(held) * bid * 10 + costOff, 0)

const oracleScene = (drawn: Drawn<typeof scene>, tradable: Tradable): OracleScene => ({
  isDelivered: drawn.isDelivered,
  numerator: BigInt(tradable.scale.numerator), denominator: BigInt(tradable.scale.denominator),
  baseUnitsPerLot: BigInt(tradable.baseUnitsPerLot), leverageMax: BigInt(tradable.leverageMax), feeRate: BigInt(rawOf(tradable.takerFee)),
  bid: BigInt(drawn.bid), ask: BigInt(drawn.bid + drawn.spread), held: BigInt(drawn.held), cost: BigInt(costOf(drawn)),
  live: drawn.live.map(({ side, lots, worstPrice }) => ({ side, lots: BigInt(lots), worstPrice: BigInt(worstPrice), reduceOnly: false })),
  quoteTotal: BigInt(drawn.quoteTotal), baseTotal: BigInt(drawn.baseLots * tradable.baseUnitsPerLot),
})

const bookOf = (drawn: Drawn<typeof scene>, tradable: Tradable): ExposureBook => {
  const { id } = tradable.instrument
  // The other instrument prices the coins of an account that trades contracts only.
  const other = drawn.isDelivered ? [] : [{ ...spot, scale: tradable.scale }]
  const book = new ExposureBook({ account: 'a', positions: 'netting', tradables: [tradable, ...other], reporting: 'USD', sendsRemembered: 10 })
  for (const { instrument } of [tradable, ...other]) book.seeQuote(instrument.id, ticksFromRaw(drawn.bid), ticksFromRaw(drawn.bid + drawn.spread), now)
  book.setBalance('USD', amountFromRaw(drawn.quoteTotal))
  book.setBalance('BTC', amountFromRaw(drawn.baseLots * tradable.baseUnitsPerLot))
  book.setPosition(id, 'net', lotsFromRaw(drawn.held), amountFromRaw(costOf(drawn)))
  drawn.live.forEach(({ side, lots, worstPrice }, index) => book.setOrder(live(index + 2, { instrument: id, side, remaining: lotsFromRaw(lots), worstPrice: ticksFromRaw(worstPrice) })))
  return book
}

const limitsOf = (drawn: Drawn<typeof limits>): ReviewLimits => limitsWith(
  { grossMax: amountFromRaw(drawn.grossMax), leverageMax: rateFromRaw(drawn.leverageMax), marketSlippage: rateFromRaw(drawn.slippage) },
  {
    orderLotsMax: lotsFromRaw(drawn.orderLotsMax), orderNotionalMax: amountFromRaw(drawn.orderNotionalMax), positionLotsMax: lotsFromRaw(drawn.positionLotsMax),
    priceBand: rateFromRaw(drawn.priceBand),
  },
)

const oracleLimits = (drawn: Drawn<typeof limits>): OracleLimits => ({
  orderLotsMax: BigInt(drawn.orderLotsMax), orderNotionalMax: BigInt(drawn.orderNotionalMax), positionLotsMax: BigInt(drawn.positionLotsMax), priceBand: BigInt(drawn.priceBand),
  grossMax: BigInt(drawn.grossMax), leverageMax: BigInt(drawn.leverageMax), slippage: BigInt(drawn.slippage), notionalMin: BigInt(drawn.notionalMin), venueBand: BigInt(drawn.venueBand),
})

const specFor = (instrument: string, side: Side, count: number, limit: number | undefined): OrderSpec => {
  const change = { instrument, side, size: { by: 'quantity', lots: lotsFromRaw(count) } } as const
  return limit === undefined ? marketSpec(change) : specOf({ ...change, limit: ticksFromRaw(limit) })
}

describe('the review beside a slow oracle', () => {
  it('refuses exactly what breaks a rule, by a rule that it breaks', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(scene, proposal, limits, (drawn, asked, drawnLimits) => {
        const tradable = tradableOf(drawn, drawnLimits)
        const spec = specFor(tradable.instrument.id, asked.side, asked.lots, asked.limit)
        const verdict = reviewPlace({ order: orderId(1), spec, lots: lotsFromRaw(asked.lots), at: now, askedAt: now }, bookOf(drawn, tradable), limitsOf(drawnLimits), tradable)
        const wanted = { side: asked.side, lots: BigInt(asked.lots), limit: asked.limit === undefined ? undefined : BigInt(asked.limit) }
        const broken = brokenRules(wanted, oracleScene(drawn, tradable), oracleLimits(drawnLimits))
        const rule = verdict.ok ? 'none' : verdict.error.rule
        seen.set(rule, (seen.get(rule) ?? 0) + 1)
        expect(broken.length === 0 ? ['none'] : broken).toContain(rule)
      }),
      { numRuns: 6_000 },
    )
    // Each way out was taken often enough to mean something.
    for (const rule of ['none', 'risk.order-quantity', 'risk.order-notional', 'risk.price-band', 'risk.position', 'risk.gross', 'risk.leverage', 'risk.balance', 'filter.notional-min', 'filter.price-band']) {
      expect(seen.get(rule) ?? 0, rule).toBeGreaterThan(20)
    }
  })

  it('never throws and never passes what it cannot count, whatever numbers it is given', () => {
    const extreme = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: quantityMax - 3, max: quantityMax }), fc.integer({ min: -quantityMax, max: quantityMax }))
    fc.assert(
      fc.property(fc.boolean(), side, extreme, fc.option(extreme, { nil: undefined }), extreme, extreme, extreme, extreme, (isDelivered, which, count, limit, held, bid, ask, money) => {
        const basis = isDelivered ? spot : perpetual
        const { notionalMin: _, priceBand: __, ...rules } = basis.rules
        const tradable = { ...basis, rules: { ...rules, quantityMax: lotsFromRaw(quantityMax), priceMax: ticksFromRaw(quantityMax) } }
        const book = new ExposureBook({ account: 'a', positions: 'netting', tradables: [tradable], reporting: 'USD', sendsRemembered: 10 })
        book.seeQuote(tradable.instrument.id, ticksFromRaw(bid), ticksFromRaw(ask), now)
        book.setBalance('USD', amountFromRaw(money))
        book.setBalance('BTC', amountFromRaw(money))
        book.setPosition(tradable.instrument.id, 'net', lotsFromRaw(held), amountFromRaw(Math.abs(money)))
        const spec = specFor(tradable.instrument.id, which, count, limit)
        const verdict = reviewPlace({ order: orderId(1), spec, lots: lotsFromRaw(count), at: now, askedAt: now }, book, limitsWith(), tradable)
        if (!verdict.ok) {
          expect(refusalRules).toContain(verdict.error.rule)
          expect(verdict.error.rule).not.toBe('risk.fault')
          return
        }
        const { worstPrice, reduces } = verdict.value.value
        if (reduces) {
          expect(Math.sign(held)).toBe(which === 'sell' ? 1 : -1)
          expect(count <= Math.abs(held)).toBe(true)
          return
        }
        const value = (BigInt(rawOf(worstPrice)) * BigInt(count) * BigInt(tradable.scale.numerator)) / BigInt(tradable.scale.denominator)
        expect(value <= BigInt(quantityMax)).toBe(true)
        expect(bid > 0 && ask > bid && count > 0).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })
})
