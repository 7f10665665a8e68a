import { stringify } from 'csv-stringify'
import type { SchemaElement } from 'hyparquet'
import { ParquetWriter } from 'hyparquet-writer'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { assert, fail, type Result } from '../base/index.ts'
import type { DataTrouble } from './data-trouble.ts'
import { FileBytes } from './file-bytes.ts'
import { writeAll } from './recording-file.ts'
import { writeWholeFile, type WholeFileTarget } from './whole-file.ts'

/**
 * Rows of any table as a file for other programs. `time` is milliseconds UTC; `decimal` is an exact decimal as text, with at most so many places;
 * `whole` is a whole number. Nothing is a value of every kind.
 */
export interface RowColumn {
  readonly name: string
  readonly is: 'text' | 'time' | 'whole' | 'decimal'
  /** Of `decimal`: the most places that a value has. */
  readonly places?: number
}

export type RowValue = string | number | null
export type RowForm = 'csv' | 'json' | 'parquet'

export interface RowsExport<Trouble> extends WholeFileTarget {
  readonly form: RowForm
  readonly columns: readonly RowColumn[]
  /** In pieces: no more than one of them is held, and with Parquet one group. What fails ends the file, and there is none then. */
  readonly pieces: AsyncIterable<Result<readonly (readonly RowValue[])[], Trouble>>
}

/** Rows that Parquet holds and compresses together. */
const groupRows = 65_536

/** The source failed: carried past the file that is given up. */
class SourceFailed<Trouble> extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super('the rows could not be read')
    this.trouble = trouble
  }
}

export async function writeRows<Trouble>({ form, columns, pieces, ...target }: RowsExport<Trouble>): Promise<Result<{ readonly rows: number }, DataTrouble | Trouble>> {
  const counted = { rows: 0 }
  async function* given(): AsyncGenerator<readonly RowValue[], void, undefined> {
    for await (const piece of pieces) {
      if (!piece.ok) throw new SourceFailed(piece.error)
      for (const row of piece.value) {
        assert(row.length === columns.length, 'expected a value for each column')
        counted.rows++
        yield row
      }
    }
  }
  try {
    return await writeWholeFile(target, async (handle) => {
      if (form === 'parquet') await writeParquet(handle, columns, given())
      else if (form === 'csv') await writeCsv(handle, columns, given())
      else await writeText(handle, jsonOf(columns, given()))
      return counted
    })
  } catch (error) {
    if (error instanceof SourceFailed) return fail(error.trouble as Trouble)
    throw error
  }
}

const printed = (value: RowValue, { is }: RowColumn): RowValue => (is === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value)

async function* printedRows(columns: readonly RowColumn[], rows: AsyncIterable<readonly RowValue[]>): AsyncGenerator<readonly RowValue[], void, undefined> {
  for await (const row of rows) yield columns.map((column, index) => printed(row[index] ?? null, column))
}

/** Through the pipeline, which brings back what fails on any side of it. */
const writeCsv = (handle: FileHandle, columns: readonly RowColumn[], rows: AsyncIterable<readonly RowValue[]>): Promise<void> =>
  pipeline(
    Readable.from(printedRows(columns, rows)), stringify({ header: true, columns: columns.map(({ name }) => name) }),
    (chunks: AsyncIterable<Buffer>) => writeText(handle, chunks),
  )

async function* jsonOf(columns: readonly RowColumn[], rows: AsyncIterable<readonly RowValue[]>): AsyncGenerator<string, void, undefined> {
  let before = '['
  for await (const row of rows) {
    yield `${before}\n${JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])))}`
    before = ','
  }
  yield before === '[' ? '[]\n' : '\n]\n'
}

async function writeText(handle: FileHandle, chunks: AsyncIterable<Buffer | string>): Promise<void> {
  let written = 0
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk)
    await writeAll(handle, bytes, written)
    written += bytes.length
  }
}

async function writeParquet(handle: FileHandle, columns: readonly RowColumn[], rows: AsyncIterable<readonly RowValue[]>): Promise<void> {
  const writer = new ParquetWriter({ writer: new FileBytes(handle), schema: schemaOf(columns), createdBy: 'ballast' })
  let held: (readonly RowValue[])[] = []
  const writeGroup = async (): Promise<void> => {
    const columnData = columns.map((column, index) => ({ name: column.name, data: held.map((row) => stored(row[index] ?? null, column)) }))
    await writer.write({ columnData, rowGroupSize: groupRows })
    held = []
  }
  for await (const row of rows) {
    held.push(row)
    if (held.length >= groupRows) await writeGroup()
  }
  if (held.length > 0) await writeGroup()
  await writer.finish()
}

const schemaOf = (columns: readonly RowColumn[]): SchemaElement[] => [
  { name: 'rows', num_children: columns.length },
  ...columns.map(({ name, is, places = 0 }): SchemaElement => {
    const optional = { name, repetition_type: 'OPTIONAL' } as const
    switch (is) {
      case 'text': return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }
      case 'whole': return { ...optional, type: 'INT64' }
      case 'time':
        return { ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } }
      case 'decimal': {
        const decimal = { precision: 38, scale: places } as const
        return { ...optional, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', logical_type: { type: 'DECIMAL', ...decimal }, ...decimal }
      }
    }
  }),
]

function stored(value: RowValue, { is, places = 0 }: RowColumn): string | bigint | null {
  if (value === null) return null
  if (is === 'text') return String(value)
  if (is !== 'decimal') return BigInt(Math.trunc(Number(value)))
  const [whole = '0', part = ''] = String(value).split('.')
  assert(part.length <= places, 'expected a decimal of fewer places')
  return BigInt(`${whole}${part.padEnd(places, '0')}`)
}
