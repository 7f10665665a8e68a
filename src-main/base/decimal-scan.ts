import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/** Why a text is not the number that was asked for; each has its own sentence on the screen. */
export type DecimalFailure =
  | 'empty'
  | 'tooLong'
  | 'notDecimal'
  /** More digits than the scale holds, and no rounding was named. */
  | 'tooFine'
  /** Beyond ±(2^53 - 1) units of the scale. */
  | 'tooLarge'

/**
 * Who wrote the text.
 *
 * `typed`: a person, or our own output. Digits, at most one point with digits on both sides, at most a leading minus.
 * Refused on purpose: grouping (1,000 is a thousand in London and one in Paris), a leading zero (01 is more often a slipped 0.1
 * than a 1), `.5` and `5.` (a digit may be missing), a plus, spaces, exponents.
 *
 * `machine`: a venue or a file. Also an exponent (1e-8), a plus, leading zeros, and a point with digits on one side only.
 */
export type DecimalGrammar = 'typed' | 'machine'

export interface ScannedDecimal {
  readonly isNegative: boolean
  /** All digits without the point. */
  readonly digits: string
  /** How many of the digits stand before the point; the exponent is applied, so it may lie outside the digits. */
  readonly point: number
}

/** No venue sends more than 18 decimals on 20 digits; what is longer is not a number but an attack or a mistake. */
export const decimalTextMax = 80

const typed = /^(?<sign>-?)(?<whole>0|[1-9]\d*)(?:\.(?<fraction>\d+))?$/
// The lookahead asks for a digit before or after the point.
const machine = /^(?<sign>[+-]?)(?=\.?\d)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:[eE](?<exponent>[+-]?\d{1,3}))?$/

export const scanDecimal = (text: string, grammar: DecimalGrammar): Result<ScannedDecimal, DecimalFailure> => {
  if (text === '') return fail('empty')
  if (text.length > decimalTextMax) return fail('tooLong')
  const parts = (grammar === 'typed' ? typed : machine).exec(text)?.groups
  if (parts === undefined) return fail('notDecimal')
  const { sign, whole = '', fraction = '', exponent = '0' } = parts
  return ok({ isNegative: sign === '-', digits: whole + fraction, point: whole.length + Number(exponent) })
}
