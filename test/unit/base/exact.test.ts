import { describe, expect, it } from 'vitest'
import {
  absolute, add, amountFromRaw, applyRate, compare, countFromRaw, ensureSettled, hasOverflowed, InvariantError, lotsFromRaw,
  maximum, minimum, mulDiv, negate, OverflowError, quantityMax, rateFromRaw, rateOf, rawOf, settle, subtract, tryAdd,
  tryApplyRate, tryMulDiv, trySubtract,
} from '../../../src-main/base/index.ts'
import type { Rounding } from '../../../src-main/base/index.ts'
import { isSafeProduct, mulDivFive, mulDivRaw, withinRange } from '../../../src-main/base/mul-div.ts'

const amount = amountFromRaw
const largest = amount(quantityMax)

describe('the range check', () => {
  it.each([0, 1, -1, quantityMax, -quantityMax])('keeps %d', (n) => expect(withinRange(n)).toBe(n))
  it.each([NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53)])('turns %d into NaN', (n) => expect(withinRange(n)).toBe(NaN))
  it('turns minus zero into zero', () => expect(Object.is(withinRange(-0), 0)).toBe(true))
  it('does not take NaN for a safe product', () => expect([NaN, 2 ** 53, 5].map(isSafeProduct)).toEqual([false, false, true]))
})

describe('rounding', () => {
  const table: readonly (readonly [number, number, Rounding, number])[] = [
    [7, 2, 'floor', 3], [7, 2, 'ceil', 4], [7, 2, 'halfEven', 4], [5, 2, 'halfEven', 2], [6, 2, 'ceil', 3],
    [-7, 2, 'floor', -4], [-7, 2, 'ceil', -3], [-7, 2, 'halfEven', -4], [-5, 2, 'halfEven', -2], [-6, 2, 'floor', -3],
    [7, -2, 'floor', -4], [7, -2, 'ceil', -3], [-7, -2, 'floor', 3], [-7, -2, 'ceil', 4],
    [10, 3, 'halfEven', 3], [11, 3, 'halfEven', 4], [-1, 3, 'ceil', 0], [-1, 3, 'halfEven', 0], [1, -3, 'ceil', 0],
  ]
  it.each(table)('%d over %d with %s is %d', (a, denominator, rounding, expected) => {
    expect(mulDivRaw(a, 1, denominator, rounding)).toBe(expected)
    // The same quotient with a product far beyond 2^53.
    expect(mulDivRaw(a * 2 ** 48, 2 ** 45, denominator * 2 ** 45, rounding)).toBe(mulDivRaw(a, 2 ** 48, denominator, rounding))
    expect(mulDivRaw(a * 2 ** 40, 2 ** 40, denominator * 2 ** 40, rounding)).toBe(mulDivRaw(a, 2 ** 40, denominator, rounding))
  })

  it('is right where a negative product over a giant denominator would spoil a remainder taken from the floor', () => {
    // 3 * c lies beyond 2^53 and is odd, so p + 3 * c is not exact in doubles; the true remainder is a half less one.
    const c = 3_200_000_000_000_001
    const p = -(2 * c + (c + 1) / 2)
    expect(mulDivRaw(p, 1, c, 'halfEven')).toBe(-3)
    expect(mulDivRaw(p + 1, 1, c, 'halfEven')).toBe(-2)
  })
})

describe('overflow', () => {
  it('begins exactly one past the limit', () => {
    expect(rawOf(add(amount(quantityMax - 1), amount(1)))).toBe(quantityMax)
    expect(rawOf(subtract(amount(1 - quantityMax), amount(1)))).toBe(-quantityMax)
    expect(settle(tryAdd(largest, amount(1)))).toEqual({ ok: false, error: 'overflow' })
    expect(settle(trySubtract(negate(largest), amount(1)))).toEqual({ ok: false, error: 'overflow' })
  })

  it('begins exactly one past the limit for products too, rounded as asked', () => {
    // (2^53 - 1) * 3 / 3 is the limit; one more third is past it only when rounded up.
    expect(mulDivRaw(quantityMax, 3, 3, 'ceil')).toBe(quantityMax)
    expect(mulDivFive(quantityMax, 3, 1, 3, 1, 'halfEven')).toBe(quantityMax)
    const a = 6_004_799_503_160_661
    expect(BigInt(a) * 3n).toBe(2n * BigInt(quantityMax) + 1n)
    expect(mulDivRaw(a, 3, 2, 'floor')).toBe(quantityMax)
    expect([mulDivRaw(a, 3, 2, 'ceil'), mulDivRaw(-a, 3, 2, 'floor')]).toEqual([NaN, NaN])
  })

  it.each([
    [5_429_353_211_446_236, 720_118_520_114_032, 434_072_533_450_961],
    [6_489_502_429_471_058, 368_128_985_984_084, 265_229_388_330_116],
    [5_414_643_785_363_666, 447_166_107_013_049, 268_812_214_972_266],
  ])('is seen where doubles count in twos, just past the limit: %d * %d / %d', (a, b, c) => {
    expect((BigInt(a) * BigInt(b)) / BigInt(c)).toBeGreaterThan(BigInt(quantityMax))
    expect(mulDivRaw(a, b, c, 'floor')).toBe(NaN)
  })

  it('taints all that follows, until somebody looks', () => {
    const tainted = trySubtract(tryAdd(largest, largest), largest)
    expect(hasOverflowed(tainted)).toBe(true)
    expect(hasOverflowed(tryMulDiv(tainted, countFromRaw(0), countFromRaw(1), 'floor'))).toBe(true)
    expect(hasOverflowed(tryApplyRate(tainted, rateFromRaw(1), 'halfEven'))).toBe(true)
    expect(mulDivRaw(1, 1, NaN, 'halfEven')).toBe(NaN)
    expect(mulDivRaw(NaN, 5, 2 ** 52, 'ceil')).toBe(NaN)
    expect(mulDivFive(1, NaN, 1, 1, 1, 'ceil')).toBe(NaN)
    expect(mulDivFive(NaN, 2 ** 40, 2 ** 40, 1, 1, 'ceil')).toBe(NaN)
  })

  it('is a typed bug in the asserting form, whose message holds no figures', () => {
    expect(() => add(largest, largest)).toThrow(OverflowError)
    expect(() => subtract(largest, negate(largest))).toThrow(OverflowError)
    expect(() => mulDiv(largest, countFromRaw(2), countFromRaw(1), 'floor')).toThrow(OverflowError)
    expect(() => applyRate(largest, rateFromRaw(2_000_000_000), 'floor')).toThrow(OverflowError)
    expect(() => rateOf(largest, amount(1), 'floor')).toThrow(OverflowError)
    expect(() => ensureSettled(tryAdd(largest, largest))).toThrow(/^[a-z ]+$/)
  })
})

describe('everyday arithmetic', () => {
  it('releases the cost of a partial close and leaves the remainder in the position', () => {
    const cost = amount(1_000)
    const released = mulDiv(cost, lotsFromRaw(1), lotsFromRaw(3), 'halfEven')
    expect([rawOf(released), rawOf(subtract(cost, released))]).toEqual([333, 667])
  })

  it('takes a fee of 7.5 basis points in the direction that is asked for', () => {
    const rate = rateFromRaw(750_000)
    expect(rawOf(applyRate(amount(1_000_001), rate, 'ceil'))).toBe(751)
    expect(rawOf(applyRate(amount(1_000_001), rate, 'floor'))).toBe(750)
  })

  it('expresses a loss as a rate of equity', () => {
    expect(rawOf(rateOf(amount(-50), amount(1_000), 'floor'))).toBe(-50_000_000)
  })

  it('never makes minus zero', () => {
    const product = mulDiv(amount(-1), countFromRaw(0), countFromRaw(5), 'floor')
    const results = [negate(amount(0)), absolute(amount(0)), subtract(amount(1), amount(1)), product]
    expect(results.every((result) => Object.is(rawOf(result), 0))).toBe(true)
  })

  it('compares', () => {
    const [low, high] = [amount(-3), amount(2)]
    expect([compare(low, high), compare(high, low), compare(low, low)]).toEqual([-1, 1, 0])
    expect([minimum(high, low), minimum(low, high)].map(rawOf)).toEqual([-3, -3])
    expect([maximum(high, low), maximum(low, high)].map(rawOf)).toEqual([2, 2])
  })

  it('takes a division by zero for a bug', () => {
    expect(() => tryMulDiv(amount(1), countFromRaw(1), countFromRaw(0), 'floor')).toThrow(InvariantError)
    expect(() => mulDivFive(2 ** 50, 2 ** 50, 2 ** 50, 0, 3, 'floor')).toThrow(InvariantError)
  })
})
