import { createRandom } from '../../../src-main/base/index.ts'
import type { CandleColumns } from '../../../src-main/domain/index.ts'
import type { CandleStore, Series } from '../../../src-main/data/index.ts'

export const minuteMs = 60_000
export const firstTime = Date.UTC(2024, 0, 1)
export const series: Series = {
  venue: 'demo', instrument: 'BTC/USD', timeframe: '1m', tick: { units: 5, decimals: 1 }, lot: { units: 1, decimals: 5 },
}

export const columnNames = ['time', 'open', 'high', 'low', 'close', 'volume'] as const

/** A walk of prices that begins anywhere but always goes the same way. */
export function someCandles(rows: number, start = 0, seed = 1): CandleColumns {
  const random = createRandom(seed)
  const candles = Object.fromEntries(columnNames.map((name) => [name, new Float64Array(rows)])) as unknown as CandleColumns
  const upTo = (most: number): number => random.nextInt(most)
  let price = 60_000
  for (let row = 0; row < start + rows; row++) {
    const open = price
    const close = open + upTo(201) - 100
    const [high, low, volume] = [Math.max(open, close) + upTo(50), Math.min(open, close) - upTo(50), upTo(1_000_000)]
    price = close
    if (row < start) continue
    const at = row - start
    candles.time[at] = firstTime + row * minuteMs
    candles.open[at] = open
    candles.high[at] = high
    candles.low[at] = low
    candles.close[at] = close
    candles.volume[at] = volume
  }
  return candles
}

export const partOf = (candles: CandleColumns, from: number, to?: number): CandleColumns =>
  Object.fromEntries(columnNames.map((name) => [name, candles[name].slice(from, to)])) as unknown as CandleColumns

/** Plain rows, easy to compare. */
export const rowsOf = (candles: CandleColumns): readonly (readonly number[])[] =>
  Array.from(candles.time, (_time, row) => columnNames.map((name) => candles[name][row] ?? Number.NaN))

export interface ReadAll {
  readonly rows: readonly (readonly number[])[]
  readonly damaged: readonly string[]
}

export async function readAll(store: CandleStore, from?: number, to?: number): Promise<ReadAll> {
  const rows: (readonly number[])[] = []
  const damaged: string[] = []
  for await (const part of store.read(from, to)) {
    if (part.kind === 'candles') rows.push(...rowsOf(part.candles))
    else damaged.push(`${part.trouble.code} ${part.trouble.details['number']}`)
  }
  return { rows, damaged }
}

