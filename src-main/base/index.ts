/** The face of base: exact numbers, results, ids, the bounded queue and seeded random. It imports nothing and reads no clock. */
export { assert, ensureDefined, InvariantError, unreachable } from './invariant.ts'
export { andThen, collect, ensureOk, fail, mapError, mapValue, ok, unwrapOr } from './result.ts'
export type { Failed, Ok, Result } from './result.ts'
export {
  amountFromRaw, countFromRaw, lotsFromRaw, quantityMax, rateDecimals, rateDenominator, rateFromRaw, rawOf, ticksFromRaw,
} from './quantity.ts'
export type { Amount, Count, Lots, Quantity, Rate, Ticks, Unsettled } from './quantity.ts'
export {
  absolute, add, applyRate, ensureSettled, hasOverflowed, mulDiv, negate, OverflowError, rateOf, settle, subtract, tryAdd,
  tryApplyRate, tryMulDiv, tryRateOf, trySubtract,
} from './exact.ts'
export type { OverflowFailure, Term } from './exact.ts'
export type { Rounding } from './mul-div.ts'
export { compare, isEqual, isLess, isMore, isNegative, isPositive, isZero, maximum, minimum } from './comparison.ts'
export { createNotionalScale, lotsFor, notional, priceOf, tryLotsFor, tryNotional, tryPriceOf } from './notional.ts'
export type { NotionalScale, NotionalScaleParts } from './notional.ts'
export type { DecimalFailure } from './decimal-scan.ts'
export { decimalsMax, isDecimalStep, parseDecimalStep } from './decimal-step.ts'
export type { DecimalStep } from './decimal-step.ts'
export { parseDecimal, parseMachineDecimal, parseMachineSteps, parseSteps, printDecimal, printSteps } from './decimal-text.ts'
export type { Excess } from './decimal-text.ts'
export { crockford16Pattern, defineId, hex16Pattern, tokenPattern, uuidPattern } from './id.ts'
export type { Id, IdFailure, IdGrammar, IdShape } from './id.ts'
export { bytesFromCrockford, bytesFromHex, crockfordFromBytes, hexFromBytes, uuidFromBytes } from './bytes-text.ts'
export { BoundedQueue } from './bounded-queue.ts'
export type { OfferOutcome, OverflowPolicy } from './bounded-queue.ts'
export { createRandom, restoreRandom } from './random.ts'
export type { Random, RandomState } from './random.ts'
export type { FourWords } from './random-words.ts'
export { didYouMean } from './did-you-mean.ts'
