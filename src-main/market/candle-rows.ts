import { ensureDefined } from '../base/index.ts'
import type { CandleColumns, Timeframe } from '../domain/index.ts'
import type { CandleRow } from '../../src-preload/contract/index.ts'
import { closingOf, openingOf } from './candle-time.ts'

export function rowsOf(columns: CandleColumns): CandleRow[] {
  const at = (column: Float64Array, row: number): number => ensureDefined(column[row], 'a column as long as its times')
  const { time, open, high, low, close, volume } = columns
  const rowAt = (opening: number, row: number): CandleRow =>
    [opening, at(open, row), at(high, row), at(low, row), at(close, row), at(volume, row)]
  return Array.from(time, rowAt)
}

/** Coarser candles from finer ones. Each is as whole as what is handed in for it. */
export function aggregate(rows: readonly CandleRow[], timeframe: Timeframe): CandleRow[] {
  const coarse: CandleRow[] = []
  for (const [time, open, high, low, close, volume] of rows) {
    const opening = openingOf(timeframe, time)
    const last = coarse.at(-1)
    if (last === undefined || last[0] !== opening) {
      coarse.push([opening, open, high, low, close, volume])
      continue
    }
    last[2] = Math.max(last[2], high)
    last[3] = Math.min(last[3], low)
    last[4] = close
    last[5] += volume
  }
  return coarse
}

/** Only those that are over: what is still forming would show a figure that changes. */
export const closedOnly = (rows: readonly CandleRow[], timeframe: Timeframe, now: number): CandleRow[] =>
  rows.filter(([time]) => closingOf(timeframe, time) <= now)

/** The past, and after its end what was built here: no candle twice, and where both know one, the past has it. */
export function joinRows(past: readonly CandleRow[], live: readonly CandleRow[]): CandleRow[] {
  const end = past.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY
  return [...past, ...live.filter(([time]) => time > end)]
}

export const columnsOf = (rows: readonly CandleRow[]): CandleColumns => {
  const column = (index: 0 | 1 | 2 | 3 | 4 | 5): Float64Array => Float64Array.from(rows, (row) => row[index])
  return { time: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) }
}

const columnNames = ['time', 'open', 'high', 'low', 'close', 'volume'] as const

export function joinColumns(pieces: readonly CandleColumns[]): CandleColumns {
  const length = pieces.reduce((sum, { time }) => sum + time.length, 0)
  const empty = (): Float64Array => new Float64Array(length)
  const joined = { time: empty(), open: empty(), high: empty(), low: empty(), close: empty(), volume: empty() }
  let at = 0
  for (const piece of pieces) {
    for (const name of columnNames) joined[name].set(piece[name], at)
    at += piece.time.length
  }
  return joined
}
