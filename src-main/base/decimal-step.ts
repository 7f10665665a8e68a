import { scanDecimal } from './decimal-scan.ts'
import type { DecimalFailure } from './decimal-scan.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/**
 * The step of a grid as an exact decimal: `units` times ten to the power of minus `decimals`. A tick of 0.25 is 25 and 2,
 * a lot of 100 shares is 100 and 0.
 */
export interface DecimalStep {
  readonly units: number
  readonly decimals: number
}

/** Tokens with 18 decimals are common and some have 24; the rest is room. */
export const decimalsMax = 30

export const isDecimals = (decimals: number): boolean => Number.isInteger(decimals) && decimals >= 0 && decimals <= decimalsMax

export const isDecimalStep = ({ units, decimals }: DecimalStep): boolean =>
  Number.isSafeInteger(units) && units > 0 && isDecimals(decimals)

/** A tick or lot size as a venue states it ("0.25", "1e-8"), with the fewest decimals that hold it. */
export const parseDecimalStep = (text: string): Result<DecimalStep, DecimalFailure | 'notAStep'> => {
  const scanned = scanDecimal(text, 'machine')
  if (!scanned.ok) return scanned
  const { isNegative, digits, point } = scanned.value
  const significant = digits.replace(/0+$/, '')
  if (isNegative || significant === '') return fail('notAStep')
  const decimals = Math.max(significant.length - point, 0)
  if (!isDecimals(decimals)) return fail('tooFine')
  const units = Number(significant) * 10 ** Math.max(point - significant.length, 0)
  return Number.isSafeInteger(units) ? ok({ units, decimals }) : fail('tooLarge')
}
