import { stringify } from 'csv-stringify'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { printSteps, type Result } from '../base/index.ts'
import type { CandleColumns } from '../domain/index.ts'
import { columnNames, valueAt } from './candle-columns.ts'
import type { Series } from './candle-index.ts'
import type { DataTrouble } from './data-trouble.ts'
import { writeAll } from './recording-file.ts'
import { writeWholeFile, type WholeFileTarget } from './whole-file.ts'

export interface CandleExport extends WholeFileTarget {
  readonly series: Series
  /** In pieces, oldest first: no more than one of them is held. */
  readonly candles: AsyncIterable<CandleColumns>
}

/** Times in ISO 8601 UTC, prices and volume as exact decimals. */
export function writeCandlesCsv({ series, candles, ...target }: CandleExport): Promise<Result<{ readonly rows: number }, DataTrouble>> {
  return writeWholeFile(target, async (handle) => {
    let rows = 0
    async function* lines(): AsyncGenerator<readonly string[], void, undefined> {
      for await (const piece of candles) {
        for (let row = 0; row < piece.time.length; row++) {
          rows++
          yield textsOf(piece, row, series)
        }
      }
    }
    const form = stringify({ header: true, columns: [...columnNames] })
    let written = 0
    await pipeline(Readable.from(lines()), form, async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        await writeAll(handle, chunk, written)
        written += chunk.length
      }
    })
    return { rows }
  })
}

const textsOf = (piece: CandleColumns, row: number, { tick, lot }: Series): readonly string[] => [
  new Date(valueAt(piece.time, row)).toISOString(),
  printSteps(valueAt(piece.open, row), tick),
  printSteps(valueAt(piece.high, row), tick),
  printSteps(valueAt(piece.low, row), tick),
  printSteps(valueAt(piece.close, row), tick),
  printSteps(valueAt(piece.volume, row), lot),
]
