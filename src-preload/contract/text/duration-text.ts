import { noTime } from './clock-text.ts'
import type { Locale } from './locale.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

const dayUnit = { en: 'd', fr: 'j' } as const satisfies Readonly<Record<Locale, string>>
const decimalPoint = { en: '.', fr: ',' } as const satisfies Readonly<Record<Locale, string>>

/** Two units at most, the second only if it is not zero: that is as much as anybody reads. */
const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`

const split = (total: number, size: number): readonly [number, number] => [Math.floor(total / size), total % size]

/**
 * How old something is: `41 s`, `2 min`, `3 h 12 min`, `2 d 4 h`. Whole units that have passed, never rounded up. A time that
 * lies ahead, which a moved clock can make, keeps its sign.
 */
export const ageText = (locale: Locale, ageMs: number): string => {
  if (!Number.isFinite(ageMs)) return noTime
  const seconds = Math.floor(Math.abs(ageMs) / secondMs)
  const text = wholeUnits(locale, seconds)
  return ageMs < 0 && seconds > 0 ? `-${text}` : text
}

const wholeUnits = (locale: Locale, seconds: number): string => {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const [hours, restMinutes] = split(minutes, 60)
  if (hours < 24) return pair(hours, 'h', restMinutes, 'min')
  const [days, restHours] = split(hours, 24)
  return pair(days, dayUnit[locale], restHours, 'h')
}

/**
 * How long something took: `84 ms`, `1.76 s`, `12.4 s`, `2 min 5 s`, `3 h 12 min`. Rounded to what is shown, and a unit that
 * rounds up to the next one is shown as that one: 59.96 s is `1 min`.
 */
export const durationText = (locale: Locale, durationMs: number): string => {
  if (!Number.isFinite(durationMs)) return noTime
  const magnitude = Math.round(Math.abs(durationMs))
  const text = roundedUnits(locale, magnitude)
  return durationMs < 0 && magnitude > 0 ? `-${text}` : text
}

const roundedUnits = (locale: Locale, ms: number): string => {
  if (ms < secondMs) return `${ms} ms`
  const hundredths = Math.round(ms / 10)
  if (hundredths < 1_000) return `${decimal(locale, hundredths, 2)} s`
  const tenths = Math.round(ms / 100)
  if (tenths < 600) return `${decimal(locale, tenths, 1)} s`
  const seconds = Math.round(ms / secondMs)
  if (seconds < 3_600) return pairOf(seconds, 60, 'min', 's')
  const minutes = Math.round(ms / minuteMs)
  if (minutes < 1_440) return pairOf(minutes, 60, 'h', 'min')
  return pairOf(Math.round(ms / hourMs), 24, dayUnit[locale], 'h')
}

const pairOf = (total: number, size: number, largeUnit: string, smallUnit: string): string => {
  const [large, small] = split(total, size)
  return pair(large, largeUnit, small, smallUnit)
}

/** A whole number of tenths or hundredths with its point; floats are not asked to round. */
const decimal = (locale: Locale, scaled: number, digits: 1 | 2): string => {
  const text = String(scaled)
  return `${text.slice(0, -digits)}${decimalPoint[locale]}${text.slice(-digits)}`
}
