import { ageText, type Locale } from '../../src-preload/contract/text/index.ts'
import { printFigure } from './figure.ts'

const second = 1_000
const hour = 3_600 * second
const day = 24 * hour
const dayUnit: Readonly<Record<Locale, string>> = { en: 'd', fr: 'j' }

/** How old, where tenths matter: `84 ms`, `0.4 s`, then as everywhere `41 s`, `3 min`. */
export function freshAgeText(locale: Locale, ageMs: number): string {
  const age = Math.max(0, ageMs)
  if (age < 100) return `${Math.round(age)} ms`
  return age < 9_950 ? `${printFigure(locale, age / second, 1)} s` : ageText(locale, age)
}

/** `00:04:31`, `2 d 03:04:31` */
export function printUptime(locale: Locale, ms: number): string {
  const time = [(ms % day) / hour, (ms % hour) / (60 * second), (ms % (60 * second)) / second].map(twoDigits).join(':')
  return ms < day ? time : `${Math.floor(ms / day)} ${dayUnit[locale]} ${time}`
}

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0')
