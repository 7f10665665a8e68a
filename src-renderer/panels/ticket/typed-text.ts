import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { plainSteps, type PriceStep } from '../../format/price.ts'

/** A figure as it is typed into a field: in the writing of the language, without groups. */
export const typedText = (locale: Locale, count: number, step: PriceStep): string => plainSteps(count, step).replace('.', locale === 'fr' ? ',' : '.')
