import { amountFromRaw, countFromRaw, fail, ok, parseDecimal, printDecimal, rateFromRaw, rawOf } from '../base/index.ts'
import type { Amount, Count, Quantity, Rate, Result } from '../base/index.ts'

/** What a value of the policy is. Each is read from its text and printed to it without a float in between. */
export type PolicyKind = 'money' | 'percent' | 'factor' | 'count'

export interface QuantityOfKind {
  readonly money: Amount
  readonly percent: Rate
  readonly factor: Rate
  readonly count: Count
}

/** Money is counted in millionths of the policy's currency, whatever the currency's own cents are. */
export const policyMoneyDecimals = 6

/** A percentage has two digits fewer than the rate that it is. */
const decimalsOf = { money: policyMoneyDecimals, percent: 7, factor: 9, count: 0 } as const satisfies Record<PolicyKind, number>

export type QuantityFailure = 'not-a-number' | 'too-fine' | 'too-large' | 'percent-sign'

export function parseQuantity(kind: PolicyKind, text: string): Result<Quantity, QuantityFailure> {
  const number = kind === 'percent' ? /^(.*?) ?%$/.exec(text)?.[1] : text
  const parsed = parseDecimal(number ?? text, decimalsOf[kind], 'refuse')
  // 30 without its sign may mean thirty percent or thirty times: it is not guessed.
  if (number === undefined) return fail(parsed.ok || parsed.error === 'tooFine' ? 'percent-sign' : 'not-a-number')
  if (parsed.ok) return ok(quantityOf(kind, parsed.value))
  if (parsed.error === 'tooFine') return fail('too-fine')
  return fail(parsed.error === 'tooLarge' ? 'too-large' : 'not-a-number')
}

export function printQuantity(kind: PolicyKind, quantity: Quantity): string {
  const exact = printDecimal(rawOf(quantity), decimalsOf[kind])
  const short = exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact
  return kind === 'percent' ? `${short} %` : short
}

export function quantityOf<Kind extends PolicyKind>(kind: Kind, raw: number): QuantityOfKind[Kind] {
  const make: Record<PolicyKind, (raw: number) => Quantity> = { money: amountFromRaw, percent: rateFromRaw, factor: rateFromRaw, count: countFromRaw }
  // The table names for each kind the quantity that QuantityOfKind names.
  return make[kind](raw) as QuantityOfKind[Kind]
}
