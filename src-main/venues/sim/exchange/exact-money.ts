import { assert } from '../../../base/index.ts'
import type { NotionalScale } from '../../../base/index.ts'

/**
 * The exchange's own exact arithmetic, in bigint: slower than the engine's and written apart from it, so that a mistake there is
 * not made here as well.
 */
const billion = 1_000_000_000n

const divided = (top: bigint, bottom: bigint, towards: 'up' | 'even'): bigint => {
  let quotient = top / bottom
  let rest = top - quotient * bottom
  // Bigint division cuts towards zero; the rest is to be on the positive side.
  if (rest < 0n) {
    quotient -= 1n
    rest += bottom
  }
  if (rest === 0n) return quotient
  if (towards === 'up') return quotient + 1n
  if (rest * 2n === bottom) return quotient % 2n === 0n ? quotient : quotient + 1n
  return rest * 2n > bottom ? quotient + 1n : quotient
}

const safe = (value: bigint): number => {
  const plain = Number(value)
  assert(Number.isSafeInteger(plain), 'expected money within the safe range')
  return plain
}

/** Price times lots in minor units of the quote currency; half a unit goes to the even one. */
export const worth = (price: number, lots: number, scale: NotionalScale): number =>
  safe(divided(BigInt(price) * BigInt(lots) * BigInt(scale.numerator), BigInt(scale.denominator), 'even'))

/** What is to be paid is rounded up, so that a rebate is rounded down. */
export const charged = (amount: number, rate: number): number => safe(divided(BigInt(amount) * BigInt(rate), billion, 'up'))

/** The part of a cost that goes with a part of the lots. */
export const shareOf = (whole: number, part: number, of: number): number => safe(divided(BigInt(whole) * BigInt(part), BigInt(of), 'even'))

/** A sum over a divisor, up: for margins. */
export const dividedUp = (amount: number, by: number): number => safe(divided(BigInt(amount), BigInt(by), 'up'))

/** The price that a cost of so many lots stands for, to the nearest tick. */
export const averagePrice = (cost: number, lots: number, scale: NotionalScale): number =>
  safe(divided(BigInt(cost) * BigInt(scale.denominator), BigInt(lots) * BigInt(scale.numerator), 'even'))
