const dayMs = 86_400_000
/** The range of dates in the language: a hundred million days around 1970. */
const timeMaxMs = 100_000_000 * dayMs

/** Shown in place of a time that is none. */
export const noTime = '–'

export const isTime = (timeMs: number): boolean => Math.abs(timeMs) <= timeMaxMs

const padded = (value: number, width: number): string => String(value).padStart(width, '0')

/** Times are integer milliseconds since 1970, UTC; before 1970 they are negative, and the day still runs forwards. */
const millisecondOfDay = (timeMs: number): number => Math.floor(timeMs) - Math.floor(timeMs / dayMs) * dayMs

/** `14:32:07`, UTC as every time in Ballast. The running second, never the nearest one. */
export const clockText = (timeMs: number): string => {
  if (!isTime(timeMs)) return noTime
  const second = Math.floor(millisecondOfDay(timeMs) / 1_000)
  return [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60].map((part) => padded(part, 2)).join(':')
}

/** `14:32:07.912`, UTC: for what is compared with a log. */
export const preciseClockText = (timeMs: number): string =>
  isTime(timeMs) ? `${clockText(timeMs)}.${padded(millisecondOfDay(timeMs) % 1_000, 3)}` : noTime
