import type { Bar } from './bar.ts'

/**
 * The bars that a chart holds: a window onto the past, never the whole of it.
 *
 * 1. Times rise strictly: no bar is held twice.
 * 2. No more than `barsMax` bars are held; what is added at one side falls off at the other.
 * 3. A bar that forms never goes back to an earlier state of itself.
 */
export interface BarWindow {
  readonly bars: readonly Bar[]
  /** There is something before the first bar. */
  readonly hasOlder: boolean
  /** There is something after the last bar: the window does not reach the present. */
  readonly hasNewer: boolean
}

export const barsMax = 3_000
/** While it follows the market: a chart's update costs as much as all the bars that it holds. */
export const liveBars = 1_000
/** Trimmed only past this, because trimming costs as much as drawing everything anew. */
export const liveBarsMax = 1_200

export const emptyWindow: BarWindow = { bars: [], hasOlder: false, hasNewer: false }

/** Of two states of one bar the later one: within a bar the volume only grows. */
const later = (known: Bar, other: Bar): Bar => (other.volume >= known.volume ? other : known)

/** Both lists in one, by time; of a bar that is in both the later state. */
export function joinBars(left: readonly Bar[], right: readonly Bar[]): readonly Bar[] {
  const first = right[0]
  const last = left.at(-1)
  // Nearly always they only touch.
  if (first === undefined || last === undefined || last.time < first.time) return [...left, ...right]
  const byTime = new Map(left.map((bar) => [bar.time, bar]))
  for (const bar of right) {
    const known = byTime.get(bar.time)
    byTime.set(bar.time, known === undefined ? bar : later(known, bar))
  }
  return [...byTime.values()].toSorted((one, other) => one.time - other.time)
}

export function withOlder({ bars, hasNewer }: BarWindow, older: readonly Bar[], hasOlder: boolean, max = barsMax): BarWindow {
  const joined = joinBars(older, bars)
  return { bars: joined.slice(0, max), hasOlder, hasNewer: hasNewer || joined.length > max }
}

export function withNewer({ bars, hasOlder }: BarWindow, newer: readonly Bar[], hasNewer: boolean, max = barsMax): BarWindow {
  const joined = joinBars(bars, newer)
  return { bars: joined.slice(-max), hasOlder: hasOlder || joined.length > max, hasNewer }
}

export interface LiveChange {
  readonly window: BarWindow
  /** From this bar on something changed; undefined: nothing did. */
  readonly from: number | undefined
}

/** What the market says of the newest bars. Only for a window that reaches the present. */
export function withLive(window: BarWindow, news: readonly Bar[]): LiveChange {
  const bars = [...window.bars]
  let from: number | undefined
  for (const bar of news) {
    const last = bars.at(-1)
    if (last === undefined || bar.time > last.time) bars.push(bar)
    // An older one was closed when it was held already.
    else if (bar.time < last.time || later(last, bar) === last || isSame(last, bar)) continue
    else bars[bars.length - 1] = bar
    from = Math.min(from ?? bars.length - 1, bars.length - 1)
  }
  return { window: from === undefined ? window : { ...window, bars }, from }
}

const isSame = (one: Bar, other: Bar): boolean =>
  one.volume === other.volume && one.close === other.close && one.high === other.high && one.low === other.low && one.open === other.open

/** While it follows the market, the oldest fall off once there are clearly too many. */
export const trimmedLive = (window: BarWindow): BarWindow =>
  window.bars.length <= liveBarsMax ? window : { ...window, bars: window.bars.slice(-liveBars), hasOlder: true }
