import { durationText, noTime, type Locale } from '../../src-preload/contract/text/index.ts'
import { printUptime } from './duration.ts'
import { printFigure, printMilliseconds } from './figure.ts'

export type QuantityUnit = 'seconds' | 'bytes' | 'count' | 'ratio' | 'days'

const second = 1_000
const dayUnit: Readonly<Record<Locale, string>> = { en: 'd', fr: 'j' }
const byteUnits: Readonly<Record<Locale, readonly string[]>> = {
  en: ['B', 'kB', 'MB', 'GB', 'TB'],
  fr: ['o', 'ko', 'Mo', 'Go', 'To'],
}

/** A measurement with its unit, in as many places as anybody reads; a dash for one that is not known. */
export function printQuantity(locale: Locale, value: number | null, unit: QuantityUnit): string {
  if (value === null) return noTime
  switch (unit) {
    case 'seconds': return printSeconds(locale, value)
    case 'bytes': return printBytes(locale, value)
    case 'days': return `${printFigure(locale, value, value < 10 ? 1 : 0)} ${dayUnit[locale]}`
    case 'ratio': return `${printFigure(locale, value * 100, 1)} %`
    case 'count': return printFigure(locale, value, Number.isInteger(value) ? 0 : 1)
  }
}

/** `0.41 ms`, `84.0 ms`, `1.76 s`, `3 h 12 min`; from a day on by the clock. */
export function printSeconds(locale: Locale, seconds: number): string {
  if (seconds < 1) return `${printMilliseconds(locale, seconds * second)} ms`
  return seconds < 86_400 ? durationText(locale, seconds * second) : printUptime(locale, seconds * second)
}

/** Thousands, as the makers of disks count: `812 B`, `1.4 kB`, `23.5 MB`. */
export function printBytes(locale: Locale, bytes: number): string {
  const units = byteUnits[locale]
  let step = 0
  let scaled = bytes
  // Not 1,000: what would be rounded up to 1,000 kB is 1.0 MB.
  while (scaled >= 999.5 && step < units.length - 1) {
    scaled /= 1_000
    step += 1
  }
  return `${printFigure(locale, scaled, step === 0 || scaled >= 99.95 ? 0 : 1)} ${units[step] ?? ''}`
}
