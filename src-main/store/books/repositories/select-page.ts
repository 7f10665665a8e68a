import type { Connection } from '../connection.ts'
import { pageClause, pageOf, type Page, type PageOf } from '../page.ts'
import type { Condition } from '../specification/specification.ts'

export const everything: Condition = { sql: '1', parameters: [] }

/** A page of a table that has the column `sequence`. The columns and the table are constants of the source. */
export function selectPage<Row, Value extends { readonly sequence: number }>(
  connection: Connection, columnsAndTable: string, where: Condition, page: Page, valueOf: (row: Row) => Value,
): PageOf<Value> {
  const { sql, parameters } = pageClause(where, page)
  const found = connection.prepare<unknown[], Row>(`SELECT ${columnsAndTable} ${sql}`).all(...parameters)
  return pageOf(found.map(valueOf), page)
}
