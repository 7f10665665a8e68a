/**
 * When new risk may be taken, as minutes of a UTC week that begins on Monday: from the first up to, but not with, the second of each.
 * In order, apart from each other.
 */
export type TradingWindows = readonly (readonly [fromMinute: number, toMinute: number])[]

const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const minuteMs = 60_000
/** The first of January 1970 was a Thursday. */
const minuteOfZero = 3 * dayMinutes

export const always: TradingWindows = [[0, weekMinutes]]
export const never: TradingWindows = []

export const windowPattern = String.raw`^(daily|(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?) ([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$`

/** `mon-fri 07:00-21:00`. A window whose end lies before its beginning goes on into the next day. */
export function parseWindow(text: string): TradingWindows | 'malformed' | 'never-opens' {
  if (!new RegExp(windowPattern).test(text)) return 'malformed'
  const [days = '', times = ''] = text.split(' ')
  const [from = 0, to = 0] = times.split('-').map(minutesOf)
  if (from === to) return 'never-opens'
  const length = to > from ? to - from : to - from + dayMinutes
  return united(daysOf(days).flatMap((day) => wrapped(day * dayMinutes + from, length)))
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function daysOf(text: string): readonly number[] {
  if (text === 'daily') return weekdays.map((_day, index) => index)
  const [first = 0, last = first] = text.split('-').map((day) => weekdays.findIndex((known) => known === day))
  const length = ((last - first + weekdays.length) % weekdays.length) + 1
  return Array.from({ length }, (_each, index) => (first + index) % weekdays.length)
}

const wrapped = (from: number, length: number): TradingWindows =>
  from + length <= weekMinutes ? [[from, from + length]] : [[from, weekMinutes], [0, from + length - weekMinutes]]

export function united(windows: TradingWindows): TradingWindows {
  const joined: [number, number][] = []
  for (const [from, to] of windows.toSorted(([left], [right]) => left - right)) {
    const last = joined.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** What is open in both. */
export const intersected = (left: TradingWindows, right: TradingWindows): TradingWindows =>
  united(left.flatMap(([from, to]) => right.map(([otherFrom, otherTo]) => [Math.max(from, otherFrom), Math.min(to, otherTo)] as const).filter(([start, end]) => start < end)))

export const areSameWindows = (left: TradingWindows, right: TradingWindows): boolean => String(left) === String(right)

export function isOpenAt(windows: TradingWindows, at: number): boolean {
  const minute = (Math.floor(at / minuteMs) + minuteOfZero) % weekMinutes
  return windows.some(([from, to]) => minute >= from && minute < to)
}

/** One line for each day that it touches. */
export const printWindows = (windows: TradingWindows): readonly string[] =>
  weekdays.flatMap((name, day) =>
    intersected(windows, [[day * dayMinutes, (day + 1) * dayMinutes]]).map(([from, to]) => `${name} ${timeOf(from - day * dayMinutes)}-${timeOf(to - day * dayMinutes)}`))

/** In one line, for people. */
export const windowsText = (windows: TradingWindows): string => {
  if (windows.length === 0) return 'never'
  return areSameWindows(windows, always) ? 'always' : printWindows(windows).join(', ')
}

const timeOf = (minutes: number): string => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
const twoDigits = (value: number): string => String(value).padStart(2, '0')
