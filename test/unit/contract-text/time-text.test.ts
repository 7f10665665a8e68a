import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ageText, clockText, dateText, dateTextWithYear, durationText, isoText, noTime, preciseClockText,
} from '../../../src-preload/contract/text/index.ts'

const storm = Date.UTC(2026, 2, 12, 14, 32, 7, 912)
const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const anyTime = fc.integer({ min: -100_000_000 * day, max: 100_000_000 * day })

describe('a clock time', () => {
  it('is the UTC second that is running', () => {
    expect([clockText(storm), preciseClockText(storm)]).toEqual(['14:32:07', '14:32:07.912'])
    expect([clockText(0), preciseClockText(5)]).toEqual(['00:00:00', '00:00:00.005'])
    expect(preciseClockText(-1)).toBe('23:59:59.999')
  })

  it('agrees with the language’s own UTC time, before 1970 as after', () => {
    fc.assert(
      fc.property(anyTime, (timeMs) => {
        expect(preciseClockText(timeMs)).toBe(new Date(timeMs).toISOString().slice(-13, -1))
        expect(preciseClockText(timeMs).startsWith(clockText(timeMs))).toBe(true)
      }),
    )
  })
})

describe('a date', () => {
  it('is the UTC day in the words of the language', () => {
    expect([dateText('en', storm), dateText('fr', storm)]).toEqual(['Thu 12 Mar', 'jeu. 12 mars'])
    expect(dateTextWithYear('en', storm)).toBe('Thu 12 Mar 2026')
    expect(dateTextWithYear('fr', storm)).toBe('jeu. 12 mars 2026')
    expect(isoText(storm)).toBe('2026-03-12T14:32:07.912Z')
  })

  it('begins a French month with an ordinal', () => {
    const first = Date.UTC(2026, 7, 1)
    expect([dateText('en', first), dateText('fr', first)]).toEqual(['Sat 1 Aug', 'sam. 1er août'])
  })

  it('changes at midnight UTC, wherever the computer is', () => {
    const midnight = Date.UTC(2026, 11, 31) + day
    expect(dateTextWithYear('en', midnight - 1)).toBe('Thu 31 Dec 2026')
    expect(dateTextWithYear('en', midnight)).toBe('Fri 1 Jan 2027')
  })

  it('uses the months and weekdays of the language’s own tables', () => {
    const wordsOf = (tag: string, options: Intl.DateTimeFormatOptions, times: readonly number[]) =>
      times.map((time) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(time))
    const months = Array.from({ length: 12 }, (_, at) => Date.UTC(2026, at, 15))
    const days = Array.from({ length: 7 }, (_, at) => Date.UTC(2026, 2, 15 + at))
    const [monthWord, dayWord] = [2, 0]
    const printed = (locale: 'en' | 'fr', times: readonly number[], at: number) =>
      times.map((time) => dateText(locale, time).split(' ')[at])
    expect(printed('en', months, monthWord)).toEqual(wordsOf('en-US', { month: 'short' }, months))
    expect(printed('fr', months, monthWord)).toEqual(wordsOf('fr-FR', { month: 'short' }, months))
    expect(printed('en', days, dayWord)).toEqual(wordsOf('en-US', { weekday: 'short' }, days))
    expect(printed('fr', days, dayWord)).toEqual(wordsOf('fr-FR', { weekday: 'short' }, days))
  })
})

describe('an age', () => {
  it.each([
    [0, '0 s'], [999, '0 s'], [41_900, '41 s'], [59_999, '59 s'], [minute, '1 min'], [2 * minute + 59_999, '2 min'],
    [hour - 1, '59 min'], [hour, '1 h'], [3 * hour + 12 * minute, '3 h 12 min'], [day - 1, '23 h 59 min'], [day, '1 d'],
    [2 * day + 4 * hour, '2 d 4 h'], [-400, '0 s'], [-3 * second, '-3 s'],
  ])('of %d ms is %s', (ageMs, text) => expect(ageText('en', ageMs)).toBe(text))

  it('counts days in the word of the language', () => expect(ageText('fr', 2 * day + 4 * hour)).toBe('2 j 4 h'))

  it('is never more than has passed, and never misses by a whole unit', () => {
    const sizes = { d: day, h: hour, min: minute, s: second }
    fc.assert(
      fc.property(fc.nat(400 * day), (ageMs) => {
        const parts = [...ageText('en', ageMs).matchAll(/(\d+) (d|h|min|s)/g)]
        const shown = parts.reduce((sum, [, count, unit]) => sum + Number(count) * sizes[unit as keyof typeof sizes], 0)
        const smallest = ageMs < minute ? second : ageMs < day ? minute : hour
        expect(ageMs - shown >= 0 && ageMs - shown < smallest).toBe(true)
      }),
    )
  })
})

describe('a duration', () => {
  it.each([
    [0, '0 ms'], [84, '84 ms'], [84.4, '84 ms'], [999, '999 ms'], [999.5, '1.00 s'], [1_000, '1.00 s'], [1_760, '1.76 s'],
    [1_764, '1.76 s'], [1_765, '1.77 s'], [9_994, '9.99 s'], [9_995, '10.0 s'], [12_449, '12.4 s'], [59_949, '59.9 s'],
    [59_950, '1 min'], [125_000, '2 min 5 s'], [hour - 501, '59 min 59 s'], [hour - 500, '1 h'],
    [3 * hour + 12 * minute + 29_999, '3 h 12 min'], [day - 30_000, '1 d'], [2 * day + 3.6 * hour, '2 d 4 h'], [-84, '-84 ms'], [-0.4, '0 ms'],
  ])('of %d ms is %s', (durationMs, text) => expect(durationText('en', durationMs)).toBe(text))

  it('has the decimal comma in French', () => {
    const texts = [1_760, 12_400, 2 * day].map((durationMs) => durationText('fr', durationMs))
    expect(texts).toEqual(['1,76 s', '12,4 s', '2 j'])
  })
})

describe('what is no time', () => {
  it.each([NaN, Infinity, -Infinity])('%d is shown as none, in every form', (broken) => {
    const clocks = [clockText(broken), preciseClockText(broken), isoText(broken)]
    const dates = [dateText('en', broken), dateTextWithYear('fr', broken)]
    expect(new Set([...clocks, ...dates, ageText('en', broken), durationText('fr', broken)])).toEqual(new Set([noTime]))
  })

  it('is shown as none when no calendar reaches it', () => {
    expect(isoText(100_000_000 * day)).toBe('+275760-09-13T00:00:00.000Z')
    expect([isoText(100_000_000 * day + 1), clockText(-100_000_000 * day - 1)]).toEqual([noTime, noTime])
  })
})
