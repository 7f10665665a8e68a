import type { RefusalUnit, RefusalView } from '../refusal-terms.ts'
import { isMessageKey } from './catalogue.ts'
import type { Locale } from './locale.ts'
import { translate } from './translate.ts'

/** Prints a number of a refusal as its reader writes numbers; the decimals of its instrument or asset are the printer's to know. */
export type RefusalPrinter = (value: number, unit: RefusalUnit, about: Pick<RefusalView, 'asset' | 'instrument'>) => string

/** Why it was refused, in one sentence, with what was allowed and what was met where there are such numbers. */
export function refusalText(locale: Locale, refusal: RefusalView, print: RefusalPrinter): string {
  const { rule, limit, actual, unit, detail } = refusal
  const withNumbers = `refusal.${rule}.numbers`
  if (limit === null || actual === null || unit === null || !isMessageKey(withNumbers)) return translate(locale, `refusal.${rule}`, { detail })
  return translate(locale, withNumbers, { limit: print(limit, unit, refusal), actual: print(actual, unit, refusal) })
}
