import { isDecimalStep } from './decimal-step.ts'
import type { DecimalStep } from './decimal-step.ts'
import { ensureSettled, termRaw, unsettled } from './exact.ts'
import type { Term } from './exact.ts'
import { isSafeProduct, mulDivFive } from './mul-div.ts'
import type { Rounding } from './mul-div.ts'
import { rawOf } from './quantity.ts'
import type { Amount, Lots, Ticks, Unsettled } from './quantity.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/** What one tick times one lot is worth in minor units, as a ratio in lowest terms; made once, when an instrument is loaded. */
export interface NotionalScale {
  readonly numerator: number
  readonly denominator: number
}

export interface NotionalScaleParts {
  readonly tick: DecimalStep
  readonly lot: DecimalStep
  /** Currency per unit of quantity and of price: 1 for spot, the contract size for a linear derivative. */
  readonly multiplier: DecimalStep
  /** Decimals of the minor unit of the currency: 6 where an Amount of 1 is 0.000001. */
  readonly amountDecimals: number
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b))

export const createNotionalScale = (parts: NotionalScaleParts): Result<NotionalScale, 'notAStep' | 'outOfRange'> => {
  const { tick, lot, multiplier, amountDecimals } = parts
  const minorUnit = { units: 1, decimals: amountDecimals }
  if (![tick, lot, multiplier, minorUnit].every(isDecimalStep)) return fail('notAStep')
  const exponent = amountDecimals - tick.decimals - lot.decimals - multiplier.decimals
  const power = 10n ** BigInt(Math.abs(exponent))
  const units = BigInt(tick.units) * BigInt(lot.units) * BigInt(multiplier.units)
  const top = exponent > 0 ? units * power : units
  const bottom = exponent > 0 ? 1n : power
  const divisor = greatestCommonDivisor(top, bottom)
  const scale = { numerator: Number(top / divisor), denominator: Number(bottom / divisor) }
  return isSafeProduct(scale.numerator) && isSafeProduct(scale.denominator) ? ok(scale) : fail('outOfRange')
}

/** Price times quantity as money. */
export const tryNotional = (ticks: Term<Ticks>, lots: Term<Lots>, scale: NotionalScale, rounding: Rounding): Unsettled<Amount> =>
  unsettled<Amount>(mulDivFive(termRaw(ticks), termRaw(lots), scale.numerator, scale.denominator, 1, rounding))

/** The price at which `lots` are worth `amount`: the average price of a position. No lots is a bug. */
export const tryPriceOf = (amount: Term<Amount>, lots: Lots, scale: NotionalScale, rounding: Rounding): Unsettled<Ticks> =>
  unsettled<Ticks>(mulDivFive(termRaw(amount), scale.denominator, 1, rawOf(lots), scale.numerator, rounding))

/** The quantity that `amount` buys at `ticks`. A price of zero is a bug. */
export const tryLotsFor = (amount: Term<Amount>, ticks: Ticks, scale: NotionalScale, rounding: Rounding): Unsettled<Lots> =>
  unsettled<Lots>(mulDivFive(termRaw(amount), scale.denominator, 1, rawOf(ticks), scale.numerator, rounding))

export const notional = (ticks: Ticks, lots: Lots, scale: NotionalScale, rounding: Rounding): Amount =>
  ensureSettled(tryNotional(ticks, lots, scale, rounding))

export const priceOf = (amount: Amount, lots: Lots, scale: NotionalScale, rounding: Rounding): Ticks =>
  ensureSettled(tryPriceOf(amount, lots, scale, rounding))

export const lotsFor = (amount: Amount, ticks: Ticks, scale: NotionalScale, rounding: Rounding): Lots =>
  ensureSettled(tryLotsFor(amount, ticks, scale, rounding))
