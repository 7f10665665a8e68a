import type { Locale } from '../../src-preload/contract/text/index.ts'

/** What one tick or one lot is worth: units times ten to the power of minus decimals. */
export interface PriceStep {
  readonly units: number
  readonly decimals: number
}

const minus = '\u2212'
const points: Readonly<Record<Locale, string>> = { en: '.', fr: ',' }
/** French groups by a narrow space that does not break. */
const groups: Readonly<Record<Locale, string>> = { en: ',', fr: '\u202f' }

/** The decimal digits of so many steps; exact, because no float takes part. */
function digitsOf(count: number, { units, decimals }: PriceStep): { readonly whole: string; readonly fraction: string } {
  const product = Math.abs(count) * units
  const digits = (Number.isSafeInteger(product) ? String(product) : String(BigInt(Math.abs(count)) * BigInt(units))).padStart(decimals + 1, '0')
  return decimals === 0 ? { whole: digits, fraction: '' } : { whole: digits.slice(0, -decimals), fraction: digits.slice(-decimals) }
}

function grouped(whole: string, separator: string): string {
  if (whole.length <= 3) return whole
  let text = ''
  for (let end = whole.length; end > 0; end -= 3) {
    const part = whole.slice(Math.max(0, end - 3), end)
    text = text === '' ? part : `${part}${separator}${text}`
  }
  return text
}

/** `67,418.5`: so many ticks or lots as a person reads them, with every decimal that the step has. */
export function printSteps(locale: Locale, count: number, step: PriceStep): string {
  const { whole, fraction } = digitsOf(count, step)
  const text = `${grouped(whole, groups[locale])}${fraction === '' ? '' : `${points[locale]}${fraction}`}`
  return count < 0 ? `${minus}${text}` : text
}

/** `67418.5`: for another program, or a field that is typed into. */
export function plainSteps(count: number, step: PriceStep): string {
  const { whole, fraction } = digitsOf(count, step)
  return `${count < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

const magnitudes = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const

/** `1.24 M`: three digits and the size of the thousands, cut off and never rounded up. For volumes, where nobody reads the rest. */
export function printShortSteps(locale: Locale, count: number, step: PriceStep): string {
  const { whole, fraction } = digitsOf(count, step)
  const nth = Math.min(Math.floor((whole.length - 1) / 3), magnitudes.length - 1)
  const lead = whole.length - nth * 3
  const rest = (whole.slice(lead) + fraction).slice(0, Math.max(0, 3 - lead))
  const sign = count < 0 ? minus : ''
  const figure = rest === '' ? grouped(whole.slice(0, lead), groups[locale]) : `${whole.slice(0, lead)}${points[locale]}${rest}`
  return nth === 0 ? `${sign}${figure}` : `${sign}${figure} ${magnitudes[nth]}`
}

/** A place on an axis: the nearest float, good for drawing and for nothing else. */
export const drawnSteps = (count: number, { units, decimals }: PriceStep): number => (count * units) / 10 ** decimals

/** Groups of three, as each language writes them; a comma that is none of them would be guessed at, so it is refused. */
const ungrouped: Readonly<Record<Locale, (text: string) => string>> = {
  en: (text) => (/^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text),
  // French never groups by a point: one is what the number keys write for a comma.
  fr: (text) => text.replace(',', '.'),
}

export interface ReadSteps {
  /** The fewest steps that are not less than what was typed. */
  readonly least: number
  /** Whether what was typed is a whole number of steps. */
  readonly isExact: boolean
}

/** What was typed, in steps; undefined if it is no number that is not negative, as this language writes them. */
export function readSteps(locale: Locale, typed: string, { units, decimals }: PriceStep): ReadSteps | undefined {
  const text = ungrouped[locale](typed.replaceAll(/\s/g, ''))
  const [, whole = '', fraction = ''] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  const hasRest = /[1-9]/.test(fraction.slice(decimals))
  const scaled = BigInt(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`)
  const least = Number((scaled + (hasRest ? 1n : 0n) + BigInt(units) - 1n) / BigInt(units))
  return Number.isSafeInteger(least) ? { least, isExact: !hasRest && scaled % BigInt(units) === 0n } : undefined
}

/** How many steps what was typed is at the least; undefined if it is no number that is not negative, as this language writes them. */
export const stepsAtLeast = (locale: Locale, typed: string, step: PriceStep): number | undefined => readSteps(locale, typed, step)?.least

export type RoundingDirection = 'up' | 'down'

/** What was typed, in whole steps: what lies between two goes to the one that is said. */
export function stepsTowards(locale: Locale, typed: string, step: PriceStep, direction: RoundingDirection): (ReadSteps & { readonly steps: number }) | undefined {
  const read = readSteps(locale, typed, step)
  return read === undefined ? undefined : { ...read, steps: read.isExact || direction === 'up' ? read.least : read.least - 1 }
}

/** How far a price is from where it was, as a fraction; undefined where it was nothing. */
export const changeShare = (now: number, before: number): number | undefined => (before === 0 ? undefined : (now - before) / Math.abs(before))

/** A size in so many decimals at the most, cut off; one that would read as nothing keeps all of them. */
export function printSize(locale: Locale, count: number, step: PriceStep, decimalsMax: number): string {
  if (step.decimals <= decimalsMax) return printSteps(locale, count, step)
  const full = printSteps(locale, count, step)
  const cut = full.slice(0, decimalsMax - step.decimals - (decimalsMax === 0 ? 1 : 0))
  return count === 0 || /[1-9]/.test(cut) ? cut : full
}
