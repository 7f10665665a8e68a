import type { Logical } from 'lightweight-charts'
import type { Bar } from './bar.ts'

type Timed = Pick<Bar, 'time'>

/** The library's scale as far as places need it: it knows whole bars only, and brands their numbers. */
interface BarScale {
  logicalToCoordinate(logical: Logical): number | null
}

/** The pixel of a place between bars. */
export function xOfPlace(scale: BarScale, place: number): number | undefined {
  const first = scale.logicalToCoordinate(0 as Logical)
  const second = scale.logicalToCoordinate(1 as Logical)
  return first === null || second === null ? undefined : first + place * (second - first)
}

export function placeOfX(scale: BarScale, x: number): number | undefined {
  const first = scale.logicalToCoordinate(0 as Logical)
  const second = scale.logicalToCoordinate(1 as Logical)
  return first === null || second === null || first === second ? undefined : (x - first) / (second - first)
}

/** The number of bars that open at or before this time. */
export function barsUpTo(bars: readonly Timed[], time: number): number {
  let low = 0
  let high = bars.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((bars[middle]?.time ?? Infinity) <= time) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Where a time lies among the bars, as a fraction of their numbers; before the first and after the last it goes on at the
 * timeframe's pace. So a drawing keeps its place when bars are loaded, dropped or of another timeframe.
 */
export function placeOfTime(bars: readonly Timed[], frameMs: number, time: number): number {
  const first = bars[0]
  const last = bars.at(-1)
  if (first === undefined || last === undefined) return 0
  if (time <= first.time) return (time - first.time) / frameMs
  if (time >= last.time) return bars.length - 1 + (time - last.time) / frameMs
  const before = barsUpTo(bars, time) - 1
  const left = bars[before]?.time ?? first.time
  const right = bars[before + 1]?.time ?? last.time
  return before + (time - left) / (right - left)
}

export function timeAtPlace(bars: readonly Timed[], frameMs: number, place: number): number {
  const first = bars[0]
  const last = bars.at(-1)
  if (first === undefined || last === undefined) return 0
  if (place <= 0) return Math.round(first.time + place * frameMs)
  if (place >= bars.length - 1) return Math.round(last.time + (place - bars.length + 1) * frameMs)
  const before = Math.floor(place)
  const left = bars[before]?.time ?? first.time
  const right = bars[before + 1]?.time ?? left
  return Math.round(left + (place - before) * (right - left))
}
