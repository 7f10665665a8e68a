import type { SchemaElement } from 'hyparquet'
import { ParquetWriter } from 'hyparquet-writer'
import { printSteps, type DecimalStep, type Result } from '../base/index.ts'
import type { CandleColumns } from '../domain/index.ts'
import { columnNames, joinColumns, valueAt, type ColumnName } from './candle-columns.ts'
import type { Series } from './candle-index.ts'
import type { CandleExport } from './candles-csv.ts'
import type { DataTrouble } from './data-trouble.ts'
import { FileBytes } from './file-bytes.ts'
import { writeWholeFile } from './whole-file.ts'

/** Rows that are held and compressed together; readers skip by them. */
const groupRows = 65_536

/** Times as UTC timestamps, prices and volume as exact decimals of the instrument's own scale; its grid is in the file's own facts. */
export function writeCandlesParquet({ series, candles, ...target }: CandleExport): Promise<Result<{ readonly rows: number }, DataTrouble>> {
  return writeWholeFile(target, async (handle) => {
    const bytes = new FileBytes(handle)
    const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(series), kvMetadata: factsOf(series), createdBy: 'ballast' })
    let rows = 0
    let held: CandleColumns[] = []
    let heldRows = 0
    const writeGroup = async (): Promise<void> => {
      await writer.write({ columnData: columnsOf(joinColumns(held), series), rowGroupSize: groupRows })
      rows += heldRows
      held = []
      heldRows = 0
    }
    for await (const piece of candles) {
      held.push(piece)
      heldRows += piece.time.length
      if (heldRows >= groupRows) await writeGroup()
    }
    if (heldRows > 0) await writeGroup()
    await writer.finish()
    return { rows }
  })
}

const stepOfColumn = (name: ColumnName, { tick, lot }: Series): DecimalStep => (name === 'volume' ? lot : tick)

/** 18 digits are what a 64-bit column holds; steps that could pass them get 38 digits in 16 bytes, which always hold a quantity. */
const isNarrow = ({ units, decimals }: DecimalStep): boolean => units <= 100 && decimals <= 18

const schemaOf = (series: Series): SchemaElement[] => [
  { name: 'candles', num_children: columnNames.length },
  ...columnNames.map((name): SchemaElement => {
    if (name === 'time') {
      const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } as const
      return { name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', logical_type, repetition_type: 'REQUIRED' }
    }
    const step = stepOfColumn(name, series)
    const decimal = { converted_type: 'DECIMAL', scale: step.decimals, repetition_type: 'REQUIRED' } as const
    return isNarrow(step)
      ? { name, type: 'INT64', precision: 18, logical_type: { type: 'DECIMAL', precision: 18, scale: step.decimals }, ...decimal }
      : { name, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, precision: 38, logical_type: { type: 'DECIMAL', precision: 38, scale: step.decimals }, ...decimal }
  }),
]

const factsOf = ({ venue, instrument, timeframe, tick, lot }: Series): { readonly key: string; readonly value: string }[] => [
  { key: 'venue', value: venue },
  { key: 'instrument', value: instrument },
  { key: 'timeframe', value: timeframe },
  { key: 'tick', value: printSteps(1, tick) },
  { key: 'lot', value: printSteps(1, lot) },
]

const columnsOf = (candles: CandleColumns, series: Series) =>
  columnNames.map((name) => {
    const column = candles[name]
    const units = name === 'time' ? 1n : BigInt(stepOfColumn(name, series).units)
    const data = Array.from({ length: column.length }, (_, row) => BigInt(valueAt(column, row)) * units)
    return { name, data }
  })
