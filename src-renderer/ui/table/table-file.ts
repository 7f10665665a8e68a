import type { TableColumn } from './table-column.ts'

/**
 * A table as a file for another program: all columns, exact numbers as text with a point, times as ISO texts. It must never write a cell that
 * a spreadsheet would run.
 */
export const tableFormats = ['csv', 'json', 'parquet'] as const
export type TableFormat = (typeof tableFormats)[number]

type Plain = string | number | boolean | null

/** Text that another person or a venue chose may begin like a formula; a figure of ours that is below zero does not. */
const isFormula = (cell: string): boolean => /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && !/^-[\d.]+$/.test(cell))

function csvCell(value: Plain): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = isFormula(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function printCsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const head = columns.map(({ id }) => csvCell(id)).join(',')
  return `${[head, ...rows.map((row) => columns.map((column) => csvCell(column.plain(row))).join(','))].join('\r\n')}\r\n`
}

export const printJson = <Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string =>
  `${JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column) => [column.id, column.plain(row)]))), undefined, 1)}\n`

/** One kind for a column: whole numbers only where all of them are, else texts. */
export function parquetColumns<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): { name: string; data: Plain[]; type: 'DOUBLE' | 'BOOLEAN' | 'STRING' }[] {
  return columns.map((column) => {
    const values = rows.map((row) => column.plain(row))
    const told = values.filter((value) => value !== null)
    const type = told.length > 0 && told.every((value) => typeof value === 'number') ? 'DOUBLE' : told.length > 0 && told.every((value) => typeof value === 'boolean') ? 'BOOLEAN' : 'STRING'
    return { name: column.id, type, data: type === 'STRING' ? values.map((value) => (value === null ? null : String(value))) : values }
  })
}

export async function printTable<Row>(format: TableFormat, columns: readonly TableColumn<Row>[], rows: readonly Row[]): Promise<Blob> {
  if (format === 'csv') return new Blob([printCsv(columns, rows)], { type: 'text/csv' })
  if (format === 'json') return new Blob([printJson(columns, rows)], { type: 'application/json' })
  // Fetched when it is first wanted: few people ever ask for it.
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  return new Blob([parquetWriteBuffer({ columnData: parquetColumns(columns, rows) })], { type: 'application/vnd.apache.parquet' })
}
