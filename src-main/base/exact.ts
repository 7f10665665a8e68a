import { InvariantError } from './invariant.ts'
import { mulDivRaw, withinRange } from './mul-div.ts'
import type { Rounding } from './mul-div.ts'
import { rateDenominator, rawOf } from './quantity.ts'
import type { Amount, Quantity, Rate, Unsettled } from './quantity.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/**
 * The only place where quantities are computed. It must never lose a unit: every result is exact, or says that it overflowed.
 *
 * Each operation exists once, as `tryX`, whose outcome may be an overflow that the caller looks at with `settle` (a Result)
 * or `hasOverflowed` (no allocation): the form for a review, which answers an overflow with a reason before any state has
 * changed. `X` is the same operation where an overflow is a bug.
 */
export type OverflowFailure = 'overflow'

/** An overflow where the caller had promised there could be none. */
export class OverflowError extends InvariantError {}

/** Either a quantity or the outcome of an earlier step; the two are the same thing at run time. */
export type Term<Q extends Quantity> = Q | Unsettled<Q>

// The brands exist for the compiler only: these three are the doors between them and plain numbers.
export const termRaw = (term: Term<Quantity>): number => term as unknown as number
export const unsettled = <Q extends Quantity>(raw: number): Unsettled<Q> => raw as unknown as Unsettled<Q>
const branded = <Q extends Quantity>(raw: number): Q => raw as unknown as Q

export const hasOverflowed = (outcome: Unsettled<Quantity>): boolean => Number.isNaN(termRaw(outcome))

const overflow = fail<OverflowFailure>('overflow')

export const settle = <Q extends Quantity>(outcome: Unsettled<Q>): Result<Q, OverflowFailure> => {
  const raw = termRaw(outcome)
  return Number.isNaN(raw) ? overflow : ok(branded<Q>(raw))
}

export const ensureSettled = <Q extends Quantity>(outcome: Unsettled<Q>): Q => {
  const raw = termRaw(outcome)
  if (Number.isNaN(raw)) throw new OverflowError('a quantity left the safe range')
  return branded<Q>(raw)
}

/** The sum of two safe numbers rounds only beyond the limit, and never back to it; so the check after it is enough. */
export const tryAdd = <Q extends Quantity>(left: Term<Q>, right: Term<Q>): Unsettled<Q> =>
  unsettled<Q>(withinRange(termRaw(left) + termRaw(right)))

export const trySubtract = <Q extends Quantity>(left: Term<Q>, right: Term<Q>): Unsettled<Q> =>
  unsettled<Q>(withinRange(termRaw(left) - termRaw(right)))

/** `value * numerator / denominator`; the two sides of the ratio are of one kind, so the value keeps its own. */
export const tryMulDiv = <Q extends Quantity, R extends Quantity>(
  value: Term<Q>,
  numerator: Term<R>,
  denominator: R,
  rounding: Rounding,
): Unsettled<Q> => unsettled<Q>(mulDivRaw(termRaw(value), termRaw(numerator), rawOf(denominator), rounding))

export const tryApplyRate = (amount: Term<Amount>, rate: Term<Rate>, rounding: Rounding): Unsettled<Amount> =>
  unsettled<Amount>(mulDivRaw(termRaw(amount), termRaw(rate), rateDenominator, rounding))

/** What part of `whole` is `part`? */
export const tryRateOf = <Q extends Quantity>(part: Term<Q>, whole: Q, rounding: Rounding): Unsettled<Rate> =>
  unsettled<Rate>(mulDivRaw(termRaw(part), rateDenominator, rawOf(whole), rounding))

export const add = <Q extends Quantity>(left: Q, right: Q): Q => ensureSettled<Q>(tryAdd<Q>(left, right))

export const subtract = <Q extends Quantity>(left: Q, right: Q): Q => ensureSettled<Q>(trySubtract<Q>(left, right))

export const mulDiv = <Q extends Quantity, R extends Quantity>(value: Q, numerator: R, denominator: R, rounding: Rounding): Q =>
  ensureSettled<Q>(tryMulDiv<Q, R>(value, numerator, denominator, rounding))

export const applyRate = (amount: Amount, rate: Rate, rounding: Rounding): Amount =>
  ensureSettled(tryApplyRate(amount, rate, rounding))

export const rateOf = <Q extends Quantity>(part: Q, whole: Q, rounding: Rounding): Rate =>
  ensureSettled(tryRateOf<Q>(part, whole, rounding))

// The range is symmetric, so these two cannot overflow. Subtracting from zero never makes -0.
export const negate = <Q extends Quantity>(quantity: Q): Q => branded<Q>(0 - rawOf(quantity))
export const absolute = <Q extends Quantity>(quantity: Q): Q => branded<Q>(Math.abs(rawOf(quantity)))
