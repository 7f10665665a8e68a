import { stableOrder } from './stable-order.ts'
import type { TableChoices, TableColumn } from './table-column.ts'

export interface Arrangement<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly choices: Pick<TableChoices, 'sortedBy' | 'direction' | 'groupedBy' | 'facets'>
  /** What was typed: every word of it is in each row that stays. */
  readonly query: string
  /** All that may be searched for in a row, in small letters. Remembered for each row, which is never changed. */
  readonly searched: (row: Row) => string
}

export interface RowLine<Row> {
  readonly kind: 'row'
  readonly row: Row
}

export interface GroupLine {
  readonly kind: 'group'
  readonly name: string
  readonly count: number
}

export type TableLine<Row> = RowLine<Row> | GroupLine

/** The rows that are wanted, in the order that is wanted. Two that are the same in it keep the order in which they came. */
export function arrangeRows<Row extends object>(rows: readonly Row[], arrangement: Arrangement<Row>): readonly Row[] {
  const { columns, choices } = arrangement
  const wanted = narrowed(rows, arrangement)
  const column = columns.find(({ id }) => id === choices.sortedBy)
  const sorted = column === undefined ? wanted : sortedRows(wanted, column, choices.direction)
  const group = columns.find(({ id }) => id === choices.groupedBy)
  return group === undefined ? sorted : sortedRows(sorted, group, 'ascending')
}

/** With a line before each group that says what it is. */
export function linesOf<Row extends object>(rows: readonly Row[], group: TableColumn<Row> | undefined): readonly TableLine<Row>[] {
  if (group === undefined) return rows.map((row) => ({ kind: 'row', row }))
  const lines: TableLine<Row>[] = []
  let begin = 0
  while (begin < rows.length) {
    const name = printed(rows[begin], group)
    let end = begin + 1
    while (end < rows.length && printed(rows[end], group) === name) end += 1
    lines.push({ kind: 'group', name, count: end - begin })
    for (const row of rows.slice(begin, end)) lines.push({ kind: 'row', row })
    begin = end
  }
  return lines
}

const printed = <Row>(row: Row | undefined, column: TableColumn<Row>): string => (row === undefined ? '' : column.print(row))

function narrowed<Row extends object>(rows: readonly Row[], { columns, choices, query, searched }: Arrangement<Row>): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const facets = columns.flatMap((column) => {
    const value = choices.facets[column.id]
    return value === undefined ? [] : [{ column, value }]
  })
  if (words.length === 0 && facets.length === 0) return rows
  return rows.filter((row) => {
    for (const { column, value } of facets) if (column.print(row) !== value) return false
    if (words.length === 0) return true
    const text = searched(row)
    return words.every((word) => text.includes(word))
  })
}

const textOrder = new Intl.Collator('en', { numeric: true })

/** More different texts than these are ids, which nobody counts in: they are ordered by their signs. */
const countedTextsMax = 5_000

/** Each row's place, as a number that costs nothing to compare; not a number where there is nothing to sort by. */
function keysOf<Row>(rows: readonly Row[], column: TableColumn<Row>): Float64Array {
  const values = rows.map((row) => column.sortBy(row))
  const texts = new Map<string, number>()
  for (const value of values) if (typeof value === 'string') texts.set(value, 0)
  const ordered = [...texts.keys()]
  if (ordered.length > countedTextsMax) ordered.sort()
  else ordered.sort(textOrder.compare)
  for (let nth = 0; nth < ordered.length; nth += 1) texts.set(ordered[nth] ?? '', nth)
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : typeof value === 'string' ? (texts.get(value) ?? Number.NaN) : value))
}

function sortedRows<Row>(rows: readonly Row[], column: TableColumn<Row>, direction: 'ascending' | 'descending'): readonly Row[] {
  const places = stableOrder(keysOf(rows, column), direction === 'descending')
  const sorted: Row[] = []
  for (const place of places) {
    const row = rows[place]
    if (row !== undefined) sorted.push(row)
  }
  return sorted
}

/** The values that a column has, for a choice among them; more than so many are no choice. */
export function facetValues<Row>(rows: readonly Row[], column: TableColumn<Row>, max = 200): readonly string[] {
  const values = new Set<string>()
  for (const row of rows) {
    values.add(column.print(row))
    if (values.size > max) break
  }
  return [...values].sort(textOrder.compare)
}
