import { isTime, noTime } from './clock-text.ts'
import type { Locale } from './locale.ts'

// Written out, because what Intl prints changes with the version of its data, and a table is the same everywhere.
const weekdays = {
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  fr: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
} as const satisfies Readonly<Record<Locale, readonly string[]>>

const months = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
} as const satisfies Readonly<Record<Locale, readonly string[]>>

/** The first of a month is an ordinal in French. */
const dayOfMonth = (locale: Locale, day: number): string => (locale === 'fr' && day === 1 ? '1er' : String(day))

/** `Thu 12 Mar`, `jeu. 12 mars`: the UTC day. */
export const dateText = (locale: Locale, timeMs: number): string => {
  if (!isTime(timeMs)) return noTime
  const date = new Date(timeMs)
  return [weekdays[locale][date.getUTCDay()], dayOfMonth(locale, date.getUTCDate()), months[locale][date.getUTCMonth()]].join(' ')
}

/** `Thu 12 Mar 2026`, `jeu. 12 mars 2026` */
export const dateTextWithYear = (locale: Locale, timeMs: number): string =>
  isTime(timeMs) ? `${dateText(locale, timeMs)} ${new Date(timeMs).getUTCFullYear()}` : noTime

/** `2026-03-12T14:32:07.912Z`, the same in every language. */
export const isoText = (timeMs: number): string => (isTime(timeMs) ? new Date(timeMs).toISOString() : noTime)
