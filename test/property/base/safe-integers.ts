import fc from 'fast-check'
import type { Rounding } from '../../../src-main/base/index.ts'

const max = Number.MAX_SAFE_INTEGER

const upTo = (magnitude: number) => fc.integer({ min: -magnitude, max: magnitude })
const nearPowerOfTwo = fc.tuple(fc.integer({ min: 0, max: 52 }), upTo(3)).map(([power, offset]) => 2 ** power + offset)
const nearLimit = fc.integer({ min: 0, max: 12 }).map((offset) => max - offset)

/** The whole safe range, with the places where doubles go wrong made frequent: powers of two, the limit, small numbers. */
export const safeInteger = (): fc.Arbitrary<number> =>
  fc.oneof(
    upTo(max),
    upTo(20),
    upTo(2_000_000_000),
    fc.tuple(fc.oneof(nearPowerOfTwo, nearLimit), fc.boolean()).map(([value, isNegative]) => (isNegative ? 0 - value : value)),
  )

export const rounding = (): fc.Arbitrary<Rounding> => fc.constantFrom('floor', 'ceil', 'halfEven')

/** The oracle: the same quotient in BigInt, straight from the definition of each rounding. */
export const roundedQuotient = (product: bigint, denominator: bigint, mode: Rounding): bigint => {
  const [top, bottom] = denominator < 0n ? [-product, -denominator] : [product, denominator]
  const truncated = top / bottom
  const floor = top % bottom < 0n ? truncated - 1n : truncated
  if (floor * bottom === top || mode === 'floor') return floor
  if (mode === 'ceil') return floor + 1n
  const below = top - floor * bottom
  const above = bottom - below
  if (below === above) return floor % 2n === 0n ? floor : floor + 1n
  return below < above ? floor : floor + 1n
}

/** What an exact operation must give: the number, or NaN where it leaves the safe range. */
export const expectedRaw = (exact: bigint): number => {
  const limit = BigInt(max)
  return exact > limit || exact < -limit ? NaN : Number(exact)
}
