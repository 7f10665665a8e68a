import type { CandleColumns, Timeframe } from '../domain/index.ts'
import { columnNames, valueAt } from './candle-columns.ts'
import { dataTrouble, timeText, type DataTrouble, type DataTroubleCode } from './data-trouble.ts'
import { isOpening } from './timeframe-step.ts'
import { varintMax } from './varint.ts'

/** What is wrong with candles that somebody wants to keep; `undefined` when they may be. */
export function reviewCandles(candles: CandleColumns, timeframe: Timeframe): DataTrouble | undefined {
  const { time } = candles
  if (columnNames.some((name) => candles[name].length !== time.length)) {
    return dataTrouble('candle-columns', {})
  }
  for (let row = 0; row < time.length; row++) {
    const code = faultOf(candles, row, timeframe)
    if (code !== undefined) return dataTrouble(code, { time: timeText(valueAt(time, row)) })
  }
  return undefined
}

function faultOf({ time, open, high, low, close, volume }: CandleColumns, row: number, timeframe: Timeframe): DataTroubleCode | undefined {
  const opened = valueAt(time, row)
  if (!isOpening(timeframe, opened)) return 'candle-grid'
  if (row > 0 && opened <= valueAt(time, row - 1)) return 'candle-order'
  const [first, highest, lowest, last, traded] = [valueAt(open, row), valueAt(high, row), valueAt(low, row), valueAt(close, row), valueAt(volume, row)]
  if (![first, highest, lowest, last, traded].every((value) => Number.isSafeInteger(value) && Math.abs(value) <= varintMax)) return 'candle-number'
  if (highest < Math.max(first, last) || lowest > Math.min(first, last)) return 'candle-range'
  return traded < 0 ? 'candle-volume' : undefined
}

/** Whether rows that are kept already say the same as those that are given again. */
export function compareRows(kept: CandleColumns, given: CandleColumns): DataTrouble | undefined {
  let at = 0
  for (let row = 0; row < given.time.length; row++) {
    const time = valueAt(given.time, row)
    while (at < kept.time.length && valueAt(kept.time, at) < time) at++
    if (kept.time[at] !== time) return dataTrouble('candle-too-early', { time: timeText(time) })
    for (const name of columnNames) {
      const [was, is] = [valueAt(kept[name], at), valueAt(given[name], row)]
      if (was !== is) return dataTrouble('candle-contradicts', { time: timeText(time), column: name, kept: was, given: is })
    }
  }
  return undefined
}
