import type { CandleRow, CandleWindow } from '../../src-preload/contract/index.ts'

/** One bar: opening time in milliseconds, prices in ticks, volume in lots. Exact, as it came. */
export interface Bar {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

export const barOfRow = ([time, open, high, low, close, volume]: CandleRow): Bar => ({ time, open, high, low, close, volume })

/** A window's columns as bars. Columns of unequal length would be a fault of the engine; the shortest decides. */
export function barsOfWindow({ time, open, high, low, close, volume }: CandleWindow): readonly Bar[] {
  const count = Math.min(time.length, open.length, high.length, low.length, close.length, volume.length)
  return Array.from({ length: count }, (_, nth) => ({
    time: time[nth] ?? 0, open: open[nth] ?? 0, high: high[nth] ?? 0, low: low[nth] ?? 0, close: close[nth] ?? 0, volume: volume[nth] ?? 0,
  }))
}
