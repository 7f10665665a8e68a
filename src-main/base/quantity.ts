import { InvariantError } from './invariant.ts'

/**
 * Exact quantities: whole numbers within ±(2^53 - 1), so a plain number at run time and in a typed-array column.
 *
 * To the compiler they are no numbers at all. The brands rest on `symbol`, the one primitive for which TypeScript refuses
 * every operator: `a + b`, `a * b`, `-a`, `a > 0`, `a > b` and `${a}` do not compile. A brand on `number` would allow all
 * of these, and a brand on an object would allow `-a` and `${a}`. So nobody computes with them outside this folder.
 */
declare const unit: unique symbol
declare const unsettledUnit: unique symbol

type Opaque<Unit extends string> = symbol & { readonly [unit]: Unit }

/** A price, in ticks of one instrument. */
export type Ticks = Opaque<'Ticks'>
/** A quantity, in lots of one instrument. */
export type Lots = Opaque<'Lots'>
/** Money, in minor units of one currency; which currency is known to the record that holds it. */
export type Amount = Opaque<'Amount'>
/** A pure ratio: a whole number of billionths, see `rateDenominator`. */
export type Rate = Opaque<'Rate'>
/** How many: a plain whole number, such as a number of shares in a split or one side of a ratio. */
export type Count = Opaque<'Count'>

export type Quantity = Ticks | Lots | Amount | Rate | Count

/**
 * The outcome of arithmetic that may have left the safe range. It holds the result or, after an overflow, NaN, which every
 * further step keeps; so a whole chain is computed without a branch or an allocation and looked at once, at its end.
 * The compiler does not take it for a quantity: only `settle`, `hasOverflowed` and `ensureSettled` look inside.
 */
export type Unsettled<Q extends Quantity> = symbol & { readonly [unsettledUnit]: Q }

export const quantityMax = Number.MAX_SAFE_INTEGER

/** The number behind a quantity, for a column, a journal record or the wire. Costs nothing at run time. */
export const rawOf = (quantity: Quantity): number =>
  // The brand exists for the compiler only.
  quantity as unknown as number

/** A missing number is refused like a broken one, so `column[row]` may be handed in as it is. */
const fromRaw = <Q extends Quantity>(raw: number | undefined, name: string): Q => {
  if (!Number.isSafeInteger(raw)) throw new InvariantError(`expected a safe whole number of ${name}`)
  // Adding zero turns -0 into 0, which would hash and print differently. The brand exists for the compiler only.
  return ((raw as number) + 0) as unknown as Q
}

export const ticksFromRaw = (raw: number | undefined): Ticks => fromRaw(raw, 'ticks')
export const lotsFromRaw = (raw: number | undefined): Lots => fromRaw(raw, 'lots')
export const amountFromRaw = (raw: number | undefined): Amount => fromRaw(raw, 'minor units')
export const rateFromRaw = (raw: number | undefined): Rate => fromRaw(raw, 'billionths')
export const countFromRaw = (raw: number | undefined): Count => fromRaw(raw, 'things')

/**
 * A rate is a number of billionths. Fees are quoted in hundredths of a basis point (1e-6) and funding rates in steps of
 * 1e-8, so billionths hold both with a digit to spare; the largest rate is 9 million, more than any leverage, weight
 * or ratio of prices met here. 1e-12 would cap it at 9,007, which a ratio of two prices can pass. The denominator is far
 * below 2^50, so a rate times the largest amount stays on the allocation-free path of `mulDiv`.
 */
export const rateDenominator = 1_000_000_000
export const rateDecimals = 9
