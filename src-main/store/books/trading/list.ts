import type { Connection } from '../connection.ts'
import type { Condition } from '../specification/specification.ts'

/** A part of a long list: what matches, in which order, from where on. */
export interface ListQuery<Filter, Sort extends string> {
  readonly filter?: Filter
  readonly sort?: Sort
  /** `descending` when not given: the newest, the largest. */
  readonly order?: 'descending' | 'ascending'
  /** The `next` of the part before: rows that came meanwhile shift nothing. */
  readonly after?: ListCursor
  /** For a jump within the list; rows that come meanwhile shift what is found there. */
  readonly skip?: number
  /** 100 when not given; at most 1,000. */
  readonly limit?: number
  /** Whether all that match are to be counted. */
  readonly count?: boolean
}

export interface ListCursor {
  readonly value: number | string
  readonly place: number
}

export interface ListAnswer<Row> {
  readonly rows: readonly Row[]
  /** Absent at the end. */
  readonly next?: ListCursor
  /** All that match, where that was asked. */
  readonly count?: number
  /** There are more than that. */
  readonly isCountCut?: boolean
  /** The last record that this takes into account. */
  readonly applied: number
}

export interface ListShape<Filter, Sort extends string, Stored, Row> {
  readonly table: string
  /** The integer that every row has alone, and that grows with time. */
  readonly key: string
  readonly columns: string
  /** Expressions of SQL that are never NULL. The first is what is sorted by when nothing else is asked. */
  readonly sorts: Readonly<Record<Sort, string>>
  readonly usualSort: Sort
  /** The index that has all that is filtered and sorted by; the planner would look up rows one by one. */
  readonly indexFor?: (filter: Filter | undefined) => string | undefined
  /** So many are counted at the most; everything when not given. */
  readonly countMaxOf?: (filter: Filter) => number | undefined
  readonly conditionOf: (filter: Filter) => Condition
  readonly rowOf: (stored: Stored) => Row
}

const limitDefault = 100
const limitMax = 1_000
const skipMax = 10_000_000

/** What is wrong with a question for a part of a list, if anything. */
export function problemOfList({ after, skip = 0, limit = limitDefault }: ListQuery<unknown, string>): string | undefined {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > limitMax) return `expected a limit from 1 to ${limitMax}`
  if (!Number.isSafeInteger(skip) || skip < 0 || skip > skipMax) return `expected to skip from 0 to ${skipMax} rows`
  if (after !== undefined && !Number.isSafeInteger(after.place)) return 'expected the place after which to go on to be a whole number'
  return undefined
}

type Answering<Filter, Sort extends string, Row> = (query: ListQuery<Filter, Sort>) => Omit<ListAnswer<Row>, 'applied'>

/** Answers from one table. All texts of SQL are constants of the source; what comes from outside is a parameter. */
export function createList<Filter, Sort extends string, Stored, Row>(
  connection: Connection, shape: ListShape<Filter, Sort, Stored, Row>,
): Answering<Filter, Sort, Row> {
  const { table, key, columns, sorts, usualSort, indexFor, countMaxOf, conditionOf, rowOf } = shape
  return (query) => {
    const { filter, sort = usualSort, order = 'descending', after, skip = 0, limit = limitDefault } = query
    const where: Condition = filter === undefined ? { sql: '1', parameters: [] } : conditionOf(filter)
    const index = indexFor?.(filter)
    const from = index === undefined ? table : `${table} INDEXED BY ${index}`
    const by = Object.hasOwn(sorts, sort) ? sorts[sort] : sorts[usualSort]
    const direction = order === 'descending' ? 'DESC' : 'ASC'
    const inOrder = by === key ? `${key} ${direction}` : `${by} ${direction}, ${key} ${direction}`
    const beyond = beyondOf(after, by, key, order)
    // The rows are chosen among the narrow ones of an index; the wide ones are only read for what is shown.
    const chosen = connection.prepare<unknown[], { readonly place: number; readonly value: number | string }>(
      `SELECT ${key} AS place, ${by} AS value FROM ${from} WHERE (${where.sql})${beyond.sql} ORDER BY ${inOrder} LIMIT ? OFFSET ?`,
    ).all(...where.parameters, ...beyond.parameters, limit + 1, skip)
    const shown = chosen.slice(0, limit)
    const read = connection.prepare<[number], Stored>(`SELECT ${columns} FROM ${table} WHERE ${key} = ?`)
    const rows = shown.flatMap(({ place }) => {
      const stored = read.get(place)
      return stored === undefined ? [] : [rowOf(stored)]
    })
    const next = chosen.length > limit ? shown.at(-1) : undefined
    const count = query.count === true ? countOf(connection, from, where, filter === undefined ? undefined : countMaxOf?.(filter)) : {}
    return { rows, ...(next === undefined ? {} : { next }), ...count }
  }
}

function beyondOf(after: ListCursor | undefined, by: string, key: string, order: 'descending' | 'ascending'): Condition {
  if (after === undefined) return { sql: '', parameters: [] }
  const sign = order === 'descending' ? '<' : '>'
  return by === key
    ? { sql: ` AND ${key} ${sign} ?`, parameters: [after.place] }
    : { sql: ` AND (${by}, ${key}) ${sign} (?, ?)`, parameters: [after.value, after.place] }
}

function countOf(connection: Connection, from: string, { sql, parameters }: Condition, most: number | undefined): { readonly count: number; readonly isCountCut?: true } {
  const text = most === undefined ? `SELECT count(*) FROM ${from} WHERE ${sql}` : `SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${sql} LIMIT ${most + 1})`
  const count = Number(connection.prepare<unknown[], number>(text).pluck().get(...parameters))
  return most !== undefined && count > most ? { count: most, isCountCut: true } : { count }
}
