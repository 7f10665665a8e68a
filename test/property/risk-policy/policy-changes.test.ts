import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import {
  changesBetween, isOpenAt, limitsOf, loosenings, policyPaths, policyText, policyValues, quantityFor, readPolicy, tightenings, whatToDo, type RiskPolicy,
} from '../../../src-main/risk-policy/index.ts'
import { ExposureBook, reviewPlace } from '../../../src-main/risk/index.ts'
import { marketSpec, now, orderId, specOf } from '../../unit/risk/review-rig.ts'
import { perpetual, spot } from '../../unit/risk/sample-tradables.ts'
import { policyArbitrary } from '../../unit/risk-policy/policies.ts'

const weekMs = 7 * 24 * 60 * 60_000
const instruments = ['BTC-PERP', 'BTC-USD', 'ETH-USD', 'OTHER'] as const

/** By its own reading of the table: is nothing of the one looser than in the other? */
const isNowhereLooser = (policy: RiskPolicy, than: RiskPolicy): boolean =>
  policyPaths.every((path) => {
    const [left, right] = [rawOf(policy.values[path]), rawOf(than.values[path])]
    return policyValues[path].loosens === 'higher' ? left <= right : left >= right
  }) && instruments.every((instrument) => (['notionalMax', 'priceBandMax', 'openMax', 'exposureMax'] as const)
    .every((name) => rawOf(quantityFor(policy, instrument, name)) <= rawOf(quantityFor(than, instrument, name))))

describe('two policies', () => {
  it('have each difference told once, as loosening or tightening by its own direction', () => {
    fc.assert(fc.property(policyArbitrary(), policyArbitrary(), (old, next) => {
      const changes = changesBetween(old, next)
      expect(new Set(changes.map(({ path }) => path)).size).toBe(changes.length)
      expect([...tightenings(old, next), ...loosenings(old, next)]).toHaveLength(changes.length)
      for (const path of policyPaths) {
        const [before, after] = [rawOf(old.values[path]), rawOf(next.values[path])]
        const wanted = before === after ? undefined : (after > before) === (policyValues[path].loosens === 'higher')
        expect(changes.find((change) => change.path === path)?.loosens).toBe(wanted)
      }
      // The same the other way round, but for hours: those may loosen both ways.
      const back = changesBetween(next, old)
      expect(back.map(({ path }) => path).toSorted()).toEqual(changes.map(({ path }) => path).toSorted())
      for (const change of changes.filter(({ path }) => path !== 'hours.windowsUtc')) expect(back.find(({ path }) => path === change.path)?.loosens).toBe(!change.loosens)
    }), { numRuns: 1_000 })
  })

  it('have one between them that only tightens the old, and that the new one only loosens', () => {
    fc.assert(fc.property(policyArbitrary(), policyArbitrary(), fc.integer({ min: 0, max: weekMs }), (old, next, at) => {
      const decision = whatToDo(old, next)
      expect(decision.apply.every(({ loosens }) => !loosens)).toBe(true)
      expect(decision.hold.every(({ loosens }) => loosens)).toBe(true)
      expect(isNowhereLooser(decision.now, old) && isNowhereLooser(decision.now, next)).toBe(true)
      expect(isOpenAt(decision.now.windows, at)).toBe(isOpenAt(old.windows, at) && isOpenAt(next.windows, at))
      expect(changesBetween(decision.now, whatToDo(decision.now, next).now)).toEqual([])
    }), { numRuns: 1_000 })
  })

  it('let no amount of another currency in before it is approved', () => {
    fc.assert(fc.property(policyArbitrary(['USD']), policyArbitrary(['EUR']), (old, next) => {
      const { now: between, apply, hold } = whatToDo(old, next)
      expect(between.currency).toBe('USD')
      const amounts = policyPaths.filter((path) => policyValues[path].kind === 'money')
      expect(amounts.filter((path) => rawOf(between.values[path]) !== rawOf(old.values[path]))).toEqual([])
      expect(apply.every(({ loosens }) => !loosens)).toBe(true)
      expect(hold.every(({ loosens }) => loosens)).toBe(true)
    }), { numRuns: 1_000 })
  })
})

const order = fc.record({
  isSpot: fc.boolean(), isMarket: fc.boolean(), side: fc.constantFrom('buy' as const, 'sell' as const),
  lots: fc.integer({ min: 100, max: 1_000_000 }), limit: fc.integer({ min: 9_800, max: 10_200 }), held: fc.integer({ min: -2_000, max: 2_000 }),
  ageMs: fc.integer({ min: 0, max: 4_000 }), commandAgeMs: fc.integer({ min: -50, max: 4_000 }), sent: fc.integer({ min: 0, max: 5 }),
  equity: fc.integer({ min: 50_000, max: 2_000_000 }),
})
type Drawn = typeof order extends fc.Arbitrary<infer Value> ? Value : never

function passes(policy: RiskPolicy, drawn: Drawn): boolean {
  const given = limitsOf(policy, { reportingAsset: 'USD', reportingDecimals: 6, instruments })
  if (!given.ok) return false
  const tradable = drawn.isSpot ? spot : perpetual
  const instrument = tradable.instrument.id
  const book = new ExposureBook({ account: 'a', positions: 'netting', tradables: [spot, perpetual], reporting: 'USD', sendsRemembered: 100 })
  book.setBalance('USD', amountFromRaw(drawn.equity * 1_000_000))
  book.setBalance('BTC', amountFromRaw(500_000_000))
  for (const each of [spot, perpetual]) book.seeQuote(each.instrument.id, ticksFromRaw(10_000), ticksFromRaw(10_010), now - drawn.ageMs)
  book.setPosition(perpetual.instrument.id, 'net', lotsFromRaw(drawn.held), amountFromRaw(Math.abs(drawn.held) * 100_000))
  for (let sent = 0; sent < drawn.sent; sent += 1) book.countSent(now - 500)
  const spec = drawn.isMarket ? marketSpec({ instrument, side: drawn.side }) : specOf({ instrument, side: drawn.side, limit: ticksFromRaw(drawn.limit) })
  return reviewPlace({ order: orderId(1), spec, lots: lotsFromRaw(drawn.lots), at: now, askedAt: now - drawn.commandAgeMs }, book, given.limits, tradable).ok
}

/** Near what the orders here are worth, so that each limit decides some of them. */
const nearPolicy = fc.tuple(policyArbitrary(), fc.record({
  notional: fc.integer({ min: 1, max: 200_000 }), gross: fc.integer({ min: 1, max: 400_000 }), band: fc.integer({ min: 1, max: 40 }), ageMs: fc.integer({ min: 1, max: 30_000 }),
  commandAgeMs: fc.integer({ min: 1, max: 30_000 }), rate: fc.integer({ min: 1, max: 25 }),
})).map(([policy, near]): RiskPolicy => ({
  ...policy,
  instruments: new Map([...policy.instruments].map(([name, { openMax, exposureMax, priceBandMax }]) => [name, {
    ...(openMax === undefined ? {} : { openMax }), ...(exposureMax === undefined ? {} : { exposureMax }), ...(priceBandMax === undefined ? {} : { priceBandMax }),
  }])),
  values: {
    ...policy.values,
    'capital.max': amountFromRaw(1_000_000 * 1_000_000), 'order.notionalMax': amountFromRaw(near.notional * 1_000_000), 'exposure.grossMax': amountFromRaw(near.gross * 1_000_000),
    'exposure.leverageMax': rateFromRaw(Math.max(rawOf(policy.values['exposure.leverageMax']), 1_000_000_000)),
    'order.priceBandMax': rateFromRaw(near.band * 1_000_000),
    'order.priceAgeMaxMs': countFromRaw(near.ageMs), 'order.commandAgeMaxMs': countFromRaw(near.commandAgeMs), 'order.perSecondMax': countFromRaw(near.rate),
  },
}))

describe('a policy that only tightens', () => {
  it('lets no order pass that the old one refused', () => {
    const seen = { passed: 0, refused: 0, differ: 0 }
    fc.assert(fc.property(nearPolicy, nearPolicy, order, (old, next, drawn) => {
      const tighter = whatToDo(old, next).now
      const [before, after] = [passes(old, drawn), passes(tighter, drawn)]
      expect(after && !before).toBe(false)
      // Nor one that the policy refuses which is asked for.
      expect(after && !passes(next, drawn)).toBe(false)
      seen.passed += before ? 1 : 0
      seen.refused += before ? 0 : 1
      seen.differ += before && !after ? 1 : 0
    }), { numRuns: 2_000 })
    // The property says nothing unless all three happen.
    expect(Math.min(seen.passed, seen.refused, seen.differ)).toBeGreaterThan(50)
  })
})

describe('a policy', () => {
  it('says the same when it is written as a file and read again', () => {
    fc.assert(fc.property(policyArbitrary(['USD', 'EUR']), (policy) => {
      const values = { ...policy.values, 'losses.dailyWarn': rateFromRaw(100_000), 'losses.drawdownWarn': rateFromRaw(100_000) }
      const sane = { ...policy, values: { ...values, 'losses.dailyMax': rateFromRaw(200_000), 'losses.drawdownMax': rateFromRaw(300_000) } }
      expect(readPolicy(policyText(sane))).toEqual({ ok: true, policy: sane })
    }), { numRuns: 1_000 })
  })

  it('is never made of any text with a throw', () => {
    const line = fc.constantFrom('version: 1', 'order:', '  openMax: 1', '  openMax: -1', 'hours: {windowsUtc: [', ']}', '\t', '- a', 'instruments:', '  ? x', '*a', '&a', '!!map', '"', '__proto__: 1')
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))), (text) => {
      const read = readPolicy(text)
      expect(read.ok || read.problems.length > 0).toBe(true)
    }), { numRuns: 2_000 })
  })
})
