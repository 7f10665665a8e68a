import type { Locale } from '../../src-preload/contract/text/index.ts'

const minus = '\u2212'
const tags: Readonly<Record<Locale, string>> = { en: 'en-US', fr: 'fr-FR' }
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: Locale, digits: number): Intl.NumberFormat {
  const key = `${locale}${digits}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(tags[locale], { minimumFractionDigits: digits, maximumFractionDigits: digits })
  formats.set(key, made)
  return made
}

/** A measured figure: never money. The minus is U+2212, as wide as a plus. */
export function printFigure(locale: Locale, value: number, digits = 0): string {
  const text = formatOf(locale, digits).format(Math.abs(value))
  return value < 0 && /[1-9]/.test(text) ? `${minus}${text}` : text
}

/** A change: its sign is always there, but nothing is neither plus nor minus. */
export function printChange(locale: Locale, value: number, digits = 0): string {
  const text = printFigure(locale, value, digits)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

/** Three significant places below ten, so that 0.41, 4.13 and 413 take about the same room. */
export const printMilliseconds = (locale: Locale, ms: number): string =>
  printFigure(locale, ms, ms < 10 ? 2 : ms < 100 ? 1 : 0)
