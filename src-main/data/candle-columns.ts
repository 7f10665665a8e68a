import type { CandleColumns } from '../domain/index.ts'

export const columnNames = ['time', 'open', 'high', 'low', 'close', 'volume'] as const
export type ColumnName = (typeof columnNames)[number]

export const emptyColumns = (rows: number): CandleColumns => ({
  time: new Float64Array(rows),
  open: new Float64Array(rows),
  high: new Float64Array(rows),
  low: new Float64Array(rows),
  close: new Float64Array(rows),
  volume: new Float64Array(rows),
})

/** What no column has is no number, and so never passes for one. */
export const valueAt = (column: ArrayLike<number>, row: number): number => column[row] ?? Number.NaN

/** Views, not copies. */
export const sliceColumns = ({ time, open, high, low, close, volume }: CandleColumns, from: number, to: number): CandleColumns => ({
  time: time.subarray(from, to),
  open: open.subarray(from, to),
  high: high.subarray(from, to),
  low: low.subarray(from, to),
  close: close.subarray(from, to),
  volume: volume.subarray(from, to),
})

export function joinColumns(parts: readonly CandleColumns[]): CandleColumns {
  const joined = emptyColumns(parts.reduce((rows, { time }) => rows + time.length, 0))
  let at = 0
  for (const part of parts) {
    for (const name of columnNames) joined[name].set(part[name], at)
    at += part.time.length
  }
  return joined
}

/** The first row that opens at or after a time. */
export function rowAtOrAfter(time: ArrayLike<number>, wanted: number): number {
  let low = 0
  let high = time.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((time[middle] ?? Number.POSITIVE_INFINITY) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The rows with `from <= time < to`, as views. */
export const rowsBetween = (candles: CandleColumns, from: number, to: number): CandleColumns =>
  sliceColumns(candles, rowAtOrAfter(candles.time, from), rowAtOrAfter(candles.time, to))
