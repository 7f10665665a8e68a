import type { Condition } from './specification/specification.ts'

/** Which part of an answer: rows have sequences, and the last one of a page is where the next begins. */
export interface Page {
  /** `newest-first` when not given. */
  readonly order?: PageOrder
  /** The `next` of the page before. */
  readonly after?: number
  /** 100 when not given; at most 1,000. */
  readonly limit?: number
}

export type PageOrder = 'newest-first' | 'oldest-first'

export interface PageOf<Row> {
  readonly rows: readonly Row[]
  /** Absent on the last page. */
  readonly next?: number
}

const limitMax = 1_000
const limitDefault = 100

/** What is wrong with a page, if anything. */
export function problemOfPage({ after, limit }: Page): string | undefined {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1 && limit <= limitMax)) {
    return `expected a limit from 1 to ${limitMax}`
  }
  return after === undefined || Number.isSafeInteger(after) ? undefined : 'expected the place after which to go on to be a sequence'
}

/** The end of a statement over a table with the column `sequence`: one row more than asked for tells whether there are more. */
export function pageClause(where: Condition, page: Page): Condition {
  const isOldestFirst = page.order === 'oldest-first'
  const cursor = page.after === undefined ? '' : ` AND sequence ${isOldestFirst ? '>' : '<'} ?`
  return {
    sql: `WHERE (${where.sql})${cursor} ORDER BY sequence ${isOldestFirst ? 'ASC' : 'DESC'} LIMIT ?`,
    parameters: [...where.parameters, ...(page.after === undefined ? [] : [page.after]), limitOf(page) + 1],
  }
}

export function pageOf<Row extends { readonly sequence: number }>(found: readonly Row[], page: Page): PageOf<Row> {
  const rows = found.slice(0, limitOf(page))
  const last = rows.at(-1)
  return found.length > rows.length && last !== undefined ? { rows, next: last.sequence } : { rows }
}

const limitOf = (page: Page): number => page.limit ?? limitDefault
