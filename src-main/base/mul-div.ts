import { InvariantError } from './invariant.ts'
import { quantityMax } from './quantity.ts'

/**
 * Whole-number arithmetic on plain numbers, for this folder only; `exact.ts` puts the brands on it.
 *
 * Invariants:
 * 1. Safe whole numbers go in; the exact result comes out, or NaN if it lies outside ±(2^53 - 1).
 * 2. NaN in gives NaN out, so one overflow taints the whole chain.
 * 3. Zero is always +0.
 * 4. Nothing is allocated, except where BigInt is the last resort: a denominator above 2^50, a quotient just around the limit,
 *    or more factors than fit into two.
 */
export type Rounding = 'floor' | 'ceil' | 'halfEven'

/** Only what is proved to lie inside the range stays, and NaN fails every comparison. Adding zero turns -0 into 0. */
export const withinRange = (n: number): number => (n <= quantityMax && n >= -quantityMax ? n + 0 : NaN)

export const isSafeProduct = (n: number): boolean => n <= quantityMax && n >= -quantityMax

type RoundedMagnitude = 'down' | 'up' | 'halfEven'

const ensureNotZero = (denominator: number): void => {
  if (denominator === 0) throw new InvariantError('expected a denominator other than zero')
}

/** Division works on magnitudes; floor and ceil swap their direction below zero. */
export const magnitudeRounding = (rounding: Rounding, isNegative: boolean): RoundedMagnitude => {
  if (rounding === 'halfEven') return 'halfEven'
  return (rounding === 'floor') === isNegative ? 'up' : 'down'
}

/** `quotient` and what was left over, 0 <= remainder < denominator, become one rounded number. */
const rounded = (quotient: number, remainder: number, denominator: number, rounding: RoundedMagnitude): number => {
  if (remainder === 0 || rounding === 'down') return quotient
  if (rounding === 'up') return quotient + 1
  // Doubling only moves the exponent, so the comparison with the half is exact.
  const twice = remainder + remainder
  if (twice !== denominator) return twice > denominator ? quotient + 1 : quotient
  const isOdd = quotient - 2 * Math.floor(quotient / 2) !== 0
  return isOdd ? quotient + 1 : quotient
}

/** `a * b / denominator`, exact before the one named rounding. A denominator of zero is a bug. */
export const mulDivRaw = (a: number, b: number, denominator: number, rounding: Rounding): number => {
  ensureNotZero(denominator)
  const product = a * b
  const magnitude = Math.abs(denominator)
  const isNegative = product < 0 !== denominator < 0
  const direction = magnitudeRounding(rounding, isNegative)
  const quotient = isSafeProduct(product)
    ? divideSafe(Math.abs(product), magnitude, direction)
    : divideSplit(Math.abs(a), Math.abs(b), magnitude, direction)
  return withinRange(isNegative ? -quotient : quotient)
}

/**
 * The floor of the rounded quotient is the true floor for whole p, c below 2^53. A true quotient short of a whole number q is
 * short by 1/c at least; rounding closes that gap only if q * c >= 2^53, or 2^54 where q is a power of two. But
 * q * c <= p + c, and only p = 2^53 - 1 with q * c = 2^53 comes near: there q is a power of two.
 * So quotient * c <= p, and the remainder is exact as well.
 */
const divideSafe = (product: number, denominator: number, rounding: RoundedMagnitude): number => {
  const quotient = Math.floor(product / denominator)
  return rounded(quotient, product - quotient * denominator, denominator, rounding)
}

/** 2^27 + 1 cuts a 53-bit number into two halves of 26 bits (Veltkamp 1968), whose products are exact. */
const splitter = 134_217_729

/** What rounding took from `product = a * b`; product plus this is the exact product (Dekker 1971). */
const productError = (a: number, b: number, product: number): number => {
  const cutA = splitter * a
  const highA = cutA - (cutA - a)
  const lowA = a - highA
  const cutB = splitter * b
  const highB = cutB - (cutB - b)
  const lowB = b - highB
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB
}

/** Up to this, the proof below holds: a few denominators fit into 53 bits. Above it, BigInt is cheaper than a finer proof. */
const splitDenominatorMax = 2 ** 50
/** An estimate past this cannot belong to a quotient within the limit, because it is off by less than four. */
const estimateMax = 2 ** 53 + 8

/**
 * The product as an unevaluated sum of two doubles, an estimate of the quotient, and an exact remainder that repairs it.
 * The estimate inherits a relative error of 2^-53 from the product and another from the division, each at most 1 here, and
 * floor takes less than 1; so the exact remainder lies within (-3c, 3c) with c <= 2^50. Both products agree to that much,
 * therefore the difference of their high parts, that of their low parts and the sum of both are all free of rounding.
 * An estimate within the limit whose repair passes it ends at 2^53, which `withinRange` refuses. Just above the limit, doubles
 * no longer count in ones, so there BigInt decides.
 */
const divideSplit = (a: number, b: number, denominator: number, rounding: RoundedMagnitude): number => {
  const product = a * b
  let quotient = Math.floor(product / denominator)
  if (!(quotient <= estimateMax)) return NaN
  if (quotient > quantityMax || denominator > splitDenominatorMax) {
    return divideBig(BigInt(a) * BigInt(b), BigInt(denominator), rounding)
  }
  const back = quotient * denominator
  const low = productError(a, b, product) - productError(quotient, denominator, back)
  let remainder = product - back + low
  while (remainder < 0) {
    quotient -= 1
    remainder += denominator
  }
  while (remainder >= denominator) {
    quotient += 1
    remainder -= denominator
  }
  return rounded(quotient, remainder, denominator, rounding)
}

/** The last resort, on magnitudes. A quotient past 2^53 comes out inexact, and `withinRange` refuses it. */
const divideBig = (product: bigint, denominator: bigint, rounding: RoundedMagnitude): number => {
  const quotient = product / denominator
  const twice = 2n * (product - quotient * denominator)
  if (twice === 0n || rounding === 'down') return Number(quotient)
  const isUp = rounding === 'up' || twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return Number(isUp ? quotient + 1n : quotient)
}

/** `a * b * c / (d * e)` with one rounding at the end. The factors are tried in pairs before BigInt is. */
export const mulDivFive = (a: number, b: number, c: number, d: number, e: number, rounding: Rounding): number => {
  const denominator = d * e
  ensureNotZero(denominator)
  if (isSafeProduct(denominator)) {
    if (isSafeProduct(a * c)) return mulDivRaw(a * c, b, denominator, rounding)
    if (isSafeProduct(b * c)) return mulDivRaw(a, b * c, denominator, rounding)
  }
  if (Number.isNaN(a + b + c + denominator)) return NaN
  const product = BigInt(a) * BigInt(b) * BigInt(c)
  const bottom = BigInt(d) * BigInt(e)
  const isNegative = product < 0n !== bottom < 0n
  const magnitude = divideBig(bigMagnitude(product), bigMagnitude(bottom), magnitudeRounding(rounding, isNegative))
  return withinRange(isNegative ? -magnitude : magnitude)
}

const bigMagnitude = (n: bigint): bigint => (n < 0n ? -n : n)
