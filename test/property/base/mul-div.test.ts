import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mulDivFive, mulDivRaw } from '../../../src-main/base/mul-div.ts'
import { expectedRaw, roundedQuotient, rounding, safeInteger } from './safe-integers.ts'

const denominator = () => safeInteger().filter((n) => n !== 0)
const runs = { numRuns: 20_000 }

/** Euclid's algorithm, keeping track of the multiple of `value`; undefined where the two share a factor. */
const inverseModulo = (value: bigint, modulus: bigint): bigint | undefined => {
  let [high, low] = [modulus, value % modulus]
  let [highFactor, lowFactor] = [0n, 1n]
  while (low !== 0n) {
    const times = high / low
    ;[high, low] = [low, high - times * low]
    ;[highFactor, lowFactor] = [lowFactor, highFactor - times * lowFactor]
  }
  return high === 1n ? ((highFactor % modulus) + modulus) % modulus : undefined
}

describe('a product over a denominator', () => {
  it('equals the BigInt quotient over the whole safe range, or says that it overflowed', () => {
    fc.assert(
      fc.property(safeInteger(), safeInteger(), denominator(), rounding(), (a, b, c, mode) => {
        const expected = expectedRaw(roundedQuotient(BigInt(a) * BigInt(b), BigInt(c), mode))
        expect(mulDivRaw(a, b, c, mode)).toBe(expected)
      }),
      runs,
    )
  })

  it('is exact where the product is near a multiple of the denominator, on either side', () => {
    const near = fc.tuple(safeInteger(), denominator(), fc.integer({ min: -2, max: 2 }))
    fc.assert(
      fc.property(near, rounding(), ([quotient, c, offset], mode) => {
        // (c + offset) * quotient / c lies a small fraction away from the quotient.
        const b = c + offset
        fc.pre(Number.isSafeInteger(b))
        const expected = expectedRaw(roundedQuotient(BigInt(quotient) * BigInt(b), BigInt(c), mode))
        expect(mulDivRaw(quotient, b, c, mode)).toBe(expected)
      }),
      runs,
    )
  })

  it('rounds a true half to the even neighbour, also when the product needs two limbs', () => {
    const odd = fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((n) => 2 * n + 1)
    const half = fc.oneof(fc.integer({ min: 1, max: 2 ** 44 }), fc.integer({ min: 2 ** 50, max: 2 ** 52 - 1 }))
    fc.assert(
      fc.property(odd, half, (a, h) => {
        const result = mulDivRaw(a, h, 2 * h, 'halfEven')
        expect(Math.abs(result % 2)).toBe(0)
        expect(Math.abs(2 * result - a)).toBe(1)
      }),
      runs,
    )
  })

  it('is exact one step beside a half, where one unit lost in the remainder would be seen', () => {
    const wide = fc.integer({ min: 2 ** 44, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(wide, wide, fc.boolean(), rounding(), (b, near, isAbove, mode) => {
        const c = near % 2 === 0 ? near - 1 : near
        // 2ab is 1 or -1 modulo c, so ab leaves (c + 1) / 2 or (c - 1) / 2.
        const inverse = inverseModulo(2n * BigInt(b), BigInt(c))
        fc.pre(inverse !== undefined)
        const a = Number(isAbove ? inverse : BigInt(c) - inverse)
        const expected = expectedRaw(roundedQuotient(BigInt(a) * BigInt(b), BigInt(c), mode))
        expect(mulDivRaw(a, b, c, mode)).toBe(expected)
      }),
      runs,
    )
  })

  it('orders the roundings: floor, then half-even, then ceil, at most one apart', () => {
    fc.assert(
      fc.property(safeInteger(), safeInteger(), denominator(), (a, b, c) => {
        const [low, middle, high] = [mulDivRaw(a, b, c, 'floor'), mulDivRaw(a, b, c, 'halfEven'), mulDivRaw(a, b, c, 'ceil')]
        fc.pre(!Number.isNaN(low + middle + high))
        expect(low <= middle && middle <= high && high - low <= 1).toBe(true)
      }),
    )
  })
})

describe('three factors over two', () => {
  it('equal the BigInt quotient, whichever pair of factors fits', () => {
    const five = fc.tuple(safeInteger(), safeInteger(), safeInteger(), denominator(), denominator())
    fc.assert(
      fc.property(five, rounding(), ([a, b, c, d, e], mode) => {
        const expected = expectedRaw(roundedQuotient(BigInt(a) * BigInt(b) * BigInt(c), BigInt(d) * BigInt(e), mode))
        expect(mulDivFive(a, b, c, d, e, mode)).toBe(expected)
      }),
      runs,
    )
  })

  it('give the whole number back, and a true half to the even side, where both products are beyond the safe range', () => {
    const factor = fc.integer({ min: 1, max: 2 ** 45 })
    fc.assert(
      fc.property(factor, factor, fc.integer({ min: 1, max: 60 }), rounding(), (d, e, quotient, mode) => {
        expect(mulDivFive(d, e, quotient, d, e, mode)).toBe(quotient)
        expect(mulDivFive(d, e, quotient, -d, e, mode)).toBe(-quotient)
        expect(mulDivFive(d, e, 2 * quotient - 1, 2 * d, e, 'halfEven')).toBe(quotient - (quotient % 2))
      }),
    )
  })
})
