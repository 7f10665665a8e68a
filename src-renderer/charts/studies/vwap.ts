import type { Bar } from '../bar.ts'
import type { Study } from './study.ts'

interface Day {
  /** Undefined before the first bar. */
  readonly day: number | undefined
  /** The window holds this day from its beginning. */
  readonly isWhole: boolean
  readonly worth: number
  readonly volume: number
}

const dayMs = 86_400_000

/**
 * What was paid on average since the UTC day began, by the bars' typical prices. Nothing for a day whose beginning lies
 * before the window: an average of the rest of it would be another figure under the same name.
 */
export const dayVwap: Study<Day> = {
  start: { day: undefined, isWhole: false, worth: 0, volume: 0 },
  step(state, bar) {
    const day = Math.floor(bar.time / dayMs)
    const typical = (bar.high + bar.low + bar.close) / 3
    const isNew = day !== state.day
    const isWhole = isNew ? state.day !== undefined || bar.time % dayMs === 0 : state.isWhole
    return {
      day, isWhole,
      worth: (isNew ? 0 : state.worth) + typical * bar.volume,
      volume: (isNew ? 0 : state.volume) + bar.volume,
    }
  },
  read: ({ isWhole, worth, volume }) => [isWhole && volume > 0 ? worth / volume : undefined],
}

/** A day of finer bars is more than a chart holds. */
export const vwapFrameMsMin = 60_000

/** Whether the day of the last bar begins before this bar of a window, which could hold it whole. */
export function lacksDay(bars: readonly Pick<Bar, 'time'>[], firstBar: number, frameMs: number): boolean {
  const [first, last] = [bars[firstBar], bars.at(-1)]
  if (first === undefined || last === undefined || frameMs < vwapFrameMsMin || frameMs >= dayMs) return false
  return first.time > last.time - (last.time % dayMs)
}
