import { scanDecimal } from './decimal-scan.ts'
import type { DecimalFailure, DecimalGrammar, ScannedDecimal } from './decimal-scan.ts'
import { isDecimals, isDecimalStep } from './decimal-step.ts'
import type { DecimalStep } from './decimal-step.ts'
import { assert } from './invariant.ts'
import { magnitudeRounding } from './mul-div.ts'
import type { Rounding } from './mul-div.ts'
import { quantityMax } from './quantity.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/**
 * Decimal text to and from the raw numbers behind quantities, exact in both directions.
 * What the scale cannot hold is refused or rounded as the caller says; there is no default. Zeros at the end hold nothing, so
 * "1.500" fits one decimal.
 */
export type Excess = 'refuse' | Rounding

/** Text that a person typed, or that we printed. */
export const parseDecimal = (text: string, decimals: number, excess: Excess): Result<number, DecimalFailure> =>
  parse(text, { units: 1, decimals }, excess, 'typed')

/** Text from a venue or a file: exponents and sloppy zeros are accepted. */
export const parseMachineDecimal = (text: string, decimals: number, excess: Excess): Result<number, DecimalFailure> =>
  parse(text, { units: 1, decimals }, excess, 'machine')

/** Typed text as whole steps of a grid, with one rounding even where the step is no power of ten. */
export const parseSteps = (text: string, step: DecimalStep, excess: Excess): Result<number, DecimalFailure> =>
  parse(text, step, excess, 'typed')

/** A venue's text as whole steps of a grid. */
export const parseMachineSteps = (text: string, step: DecimalStep, excess: Excess): Result<number, DecimalFailure> =>
  parse(text, step, excess, 'machine')

const parse = (
  text: string,
  step: DecimalStep,
  excess: Excess,
  grammar: DecimalGrammar,
): Result<number, DecimalFailure> => {
  assert(isDecimalStep(step), 'expected a step with positive whole units and 0 to 30 decimals')
  const scanned = scanDecimal(text, grammar)
  if (!scanned.ok) return scanned
  const kept = scanned.value.point + step.decimals
  const magnitude = readDigits(scanned.value.digits, kept)
  if (magnitude > quantityMax) return fail('tooLarge')
  return roundToSteps(magnitude, twiceDropped(scanned.value.digits, kept), step.units, scanned.value, excess)
}

/** The first `kept` digits as a number, with zeros where there are fewer. Anything above the safe range means too large. */
const readDigits = (digits: string, kept: number): number => {
  let magnitude = 0
  for (let at = 0; at < kept && magnitude <= quantityMax; at += 1) {
    if (at >= digits.length && magnitude === 0) return 0
    magnitude = magnitude * 10 + (at < digits.length ? Number(digits[at]) : 0)
  }
  return magnitude
}

/**
 * Twice the fraction that the digits after `kept` stand for, as one number for each case that rounding tells apart:
 * 0, 0.5 for anything below 1, 1, and 1.5 for anything above.
 */
const twiceDropped = (digits: string, kept: number): number => {
  const first = kept < 0 ? 0 : Number(digits[kept] ?? 0)
  const hasMore = /[1-9]/.test(digits.slice(Math.max(kept + 1, 0)))
  if (first === 5 && !hasMore) return 1
  if (first >= 5) return 1.5
  return first === 0 && !hasMore ? 0 : 0.5
}

const roundToSteps = (
  magnitude: number,
  twiceFraction: number,
  units: number,
  { isNegative }: ScannedDecimal,
  excess: Excess,
): Result<number, DecimalFailure> => {
  const quotient = Math.floor(magnitude / units)
  const remainder = magnitude - quotient * units
  const isExact = remainder === 0 && twiceFraction === 0
  if (!isExact && excess === 'refuse') return fail('tooFine')
  const rounding = isExact || excess === 'refuse' ? 'down' : magnitudeRounding(excess, isNegative)
  // Twice the distance from the middle between two steps. Its whole part decides, unless that is zero.
  const pastHalf = remainder + remainder - units + twiceFraction
  const isTieToOdd = pastHalf === 0 && quotient % 2 === 1
  const isUp = rounding === 'up' || (rounding === 'halfEven' && (pastHalf > 0 || isTieToOdd))
  const steps = isUp ? quotient + 1 : quotient
  if (steps > quantityMax) return fail('tooLarge')
  return ok(isNegative ? 0 - steps : steps)
}

/** The exact text with all `decimals` digits after the point: fixed width is what columns, logs and venues want. */
export const printDecimal = (raw: number, decimals: number): string => {
  assert(isDecimals(decimals), 'expected 0 to 30 decimals')
  return print(raw, { units: 1, decimals })
}

/** Whole steps of a grid as exact text. */
export const printSteps = (raw: number, step: DecimalStep): string => {
  assert(isDecimalStep(step), 'expected a step with positive whole units and 0 to 30 decimals')
  return print(raw, step)
}

const print = (raw: number, { units, decimals }: DecimalStep): string => {
  assert(Number.isSafeInteger(raw), 'expected a safe whole number to print')
  // Steps times units may pass the safe range, and text is never printed on the hot path.
  const digits = (BigInt(Math.abs(raw)) * BigInt(units)).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const sign = raw < 0 ? '-' : ''
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
