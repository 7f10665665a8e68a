import type { CandleColumns, Timeframe } from '../domain/index.ts'
import { emptyColumns, valueAt } from './candle-columns.ts'
import { nextOpening, stepOf } from './timeframe-step.ts'
import { VarintReader, VarintWriter } from './varint.ts'

/**
 * Candles of one block, column after column, each number as a difference that is small in a calm market: times in steps, an
 * opening to the close before it, a close to its opening, high and low to the body between them.
 */
export function encodeCandles(candles: CandleColumns, timeframe: Timeframe): Uint8Array {
  const { time, open, high, low, close, volume } = candles
  const writer = new VarintWriter(time.length * 14 + 64)
  const step = stepOf(timeframe)
  for (let row = 1; row < time.length; row++) writer.unsigned((valueAt(time, row) - valueAt(time, row - 1)) / step)
  for (let row = 0; row < time.length; row++) writer.signed(valueAt(open, row) - (row === 0 ? 0 : valueAt(close, row - 1)))
  for (let row = 0; row < time.length; row++) writer.signed(valueAt(close, row) - valueAt(open, row))
  for (let row = 0; row < time.length; row++) writer.unsigned(valueAt(high, row) - Math.max(valueAt(open, row), valueAt(close, row)))
  for (let row = 0; row < time.length; row++) writer.unsigned(Math.min(valueAt(open, row), valueAt(close, row)) - valueAt(low, row))
  for (let row = 0; row < time.length; row++) writer.unsigned(valueAt(volume, row))
  return writer.taken()
}

/** `undefined` for bytes that are no such block. */
export function decodeCandles(bytes: Uint8Array, rows: number, firstTime: number, timeframe: Timeframe): CandleColumns | undefined {
  // Every row takes six bytes at least, but for the time of the first.
  if (rows < 1 || bytes.length < rows * 6 - 1) return undefined
  const candles = emptyColumns(rows)
  const { time, open, high, low, close, volume } = candles
  const reader = new VarintReader(bytes)
  const step = stepOf(timeframe)
  time[0] = firstTime
  for (let row = 1; row < rows; row++) time[row] = valueAt(time, row - 1) + reader.unsigned() * step
  for (let row = 0; row < rows; row++) open[row] = reader.signed()
  for (let row = 0; row < rows; row++) close[row] = reader.signed()
  for (let row = 0; row < rows; row++) {
    open[row] = valueAt(open, row) + (row === 0 ? 0 : valueAt(close, row - 1))
    close[row] = valueAt(close, row) + valueAt(open, row)
  }
  for (let row = 0; row < rows; row++) high[row] = Math.max(valueAt(open, row), valueAt(close, row)) + reader.unsigned()
  for (let row = 0; row < rows; row++) low[row] = Math.min(valueAt(open, row), valueAt(close, row)) - reader.unsigned()
  for (let row = 0; row < rows; row++) volume[row] = reader.unsigned()
  return reader.isBroken || !reader.isAtEnd ? undefined : candles
}

/** How often a candle is not followed by the next one. */
export function countGaps({ time }: CandleColumns, timeframe: Timeframe): number {
  let gaps = 0
  for (let row = 1; row < time.length; row++) {
    if (time[row] !== nextOpening(timeframe, valueAt(time, row - 1))) gaps++
  }
  return gaps
}
