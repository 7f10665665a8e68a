import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absolute, amountFromRaw, compare, createNotionalScale, hasOverflowed, isEqual, isLess, isMore, isNegative, isPositive, isZero,
  lotsFromRaw, maximum, minimum, negate, rateFromRaw, rawOf, settle, ticksFromRaw, tryAdd, tryApplyRate, tryLotsFor, tryMulDiv,
  tryNotional, tryPriceOf, tryRateOf, trySubtract,
} from '../../../src-main/base/index.ts'
import type { Quantity, Unsettled } from '../../../src-main/base/index.ts'
import { expectedRaw, roundedQuotient, rounding, safeInteger } from './safe-integers.ts'

const rawOutcome = (outcome: Unsettled<Quantity>): number => {
  const settled = settle(outcome)
  expect(hasOverflowed(outcome)).toBe(!settled.ok)
  return settled.ok ? rawOf(settled.value) : NaN
}
const nonZero = () => safeInteger().filter((n) => n !== 0)
const runs = { numRuns: 5_000 }

describe('exact quantities', () => {
  it('add and subtract like BigInt, or overflow', () => {
    fc.assert(
      fc.property(safeInteger(), safeInteger(), (a, b) => {
        const [left, right] = [amountFromRaw(a), amountFromRaw(b)]
        expect(rawOutcome(tryAdd(left, right))).toBe(expectedRaw(BigInt(a) + BigInt(b)))
        expect(rawOutcome(trySubtract(left, right))).toBe(expectedRaw(BigInt(a) - BigInt(b)))
      }),
      runs,
    )
  })

  it('keep an overflow through the rest of a chain, even where the chain returns into the range', () => {
    fc.assert(
      fc.property(fc.array(safeInteger(), { minLength: 1, maxLength: 12 }), (raws) => {
        let total: Unsettled<ReturnType<typeof amountFromRaw>> = tryAdd(amountFromRaw(0), amountFromRaw(0))
        let exact = 0n
        let isBroken = false
        for (const raw of raws) {
          total = tryAdd(total, amountFromRaw(raw))
          exact += BigInt(raw)
          isBroken ||= Number.isNaN(expectedRaw(exact))
        }
        expect(rawOutcome(total)).toBe(isBroken ? NaN : Number(exact))
      }),
      runs,
    )
  })

  it('scale by ratios, rates and parts like BigInt', () => {
    const billion = 1_000_000_000n
    fc.assert(
      fc.property(safeInteger(), safeInteger(), nonZero(), rounding(), (a, b, c, mode) => {
        const scaled = tryMulDiv(amountFromRaw(a), lotsFromRaw(b), lotsFromRaw(c), mode)
        expect(rawOutcome(scaled)).toBe(expectedRaw(roundedQuotient(BigInt(a) * BigInt(b), BigInt(c), mode)))
        const rated = tryApplyRate(amountFromRaw(a), rateFromRaw(b), mode)
        expect(rawOutcome(rated)).toBe(expectedRaw(roundedQuotient(BigInt(a) * BigInt(b), billion, mode)))
        const part = tryRateOf(amountFromRaw(a), amountFromRaw(c), mode)
        expect(rawOutcome(part)).toBe(expectedRaw(roundedQuotient(BigInt(a) * billion, BigInt(c), mode)))
      }),
      runs,
    )
  })

  it('compare, negate and take magnitudes like the numbers they hold', () => {
    fc.assert(
      fc.property(safeInteger(), safeInteger(), (a, b) => {
        const [left, right] = [ticksFromRaw(a), ticksFromRaw(b)]
        expect(compare(left, right)).toBe(Math.sign(Number(BigInt(a) - BigInt(b))))
        expect([isLess(left, right), isEqual(left, right), isMore(left, right)]).toEqual([a < b, a === b, a > b])
        expect(rawOf(minimum(left, right))).toBe(Math.min(a, b))
        expect(rawOf(maximum(left, right))).toBe(Math.max(a, b))
        expect([isNegative(left), isZero(left), isPositive(left)]).toEqual([a < 0, a === 0, a > 0])
        expect(rawOf(negate(left))).toBe(0 - a)
        expect(rawOf(absolute(left))).toBe(Math.abs(a))
      }),
      runs,
    )
  })
})

describe('notional scales', () => {
  const step = fc.record({ units: fc.integer({ min: 1, max: 5_000 }), decimals: fc.integer({ min: 0, max: 8 }) })
  const parts = fc.record({ tick: step, lot: step, multiplier: step, amountDecimals: fc.integer({ min: 0, max: 8 }) })

  it('price times quantity, and both ways back, equal the exact rational number', () => {
    fc.assert(
      fc.property(parts, safeInteger(), nonZero(), rounding(), (given, a, b, mode) => {
        const made = createNotionalScale(given)
        fc.pre(made.ok)
        const scale = made.value
        const { tick, lot, multiplier, amountDecimals } = given
        const top = BigInt(tick.units) * BigInt(lot.units) * BigInt(multiplier.units) * 10n ** BigInt(amountDecimals)
        const bottom = 10n ** BigInt(tick.decimals + lot.decimals + multiplier.decimals)
        const worth = tryNotional(ticksFromRaw(a), lotsFromRaw(b), scale, mode)
        expect(rawOutcome(worth)).toBe(expectedRaw(roundedQuotient(BigInt(a) * BigInt(b) * top, bottom, mode)))
        const back = expectedRaw(roundedQuotient(BigInt(a) * bottom, BigInt(b) * top, mode))
        expect(rawOutcome(tryPriceOf(amountFromRaw(a), lotsFromRaw(b), scale, mode))).toBe(back)
        expect(rawOutcome(tryLotsFor(amountFromRaw(a), ticksFromRaw(b), scale, mode))).toBe(back)
      }),
      runs,
    )
  })
})
