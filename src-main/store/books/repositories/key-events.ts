import type { JournalBody } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { everything, selectPage } from './select-page.ts'

/** What happened to the keys of the books: a rotation, another way to open them. */
export interface KeyEventRow {
  readonly sequence: number
  readonly at: number
  readonly kind: string
  readonly body: JournalBody
}

export interface KeyEventReader {
  list(page: Page): PageOf<KeyEventRow>
}

export interface KeyEventRepository extends KeyEventReader {
  add(event: KeyEventRow): void
  clear(): void
}

type Row = Omit<KeyEventRow, 'body'> & { readonly body: string }

export const createKeyEventReader = (connection: Connection): KeyEventReader => ({
  list: (page) =>
    selectPage<Row, KeyEventRow>(connection, 'sequence, at, kind, body FROM key_events', everything, page, (row) => ({
      ...row, body: JSON.parse(row.body) as JournalBody,
    })),
})

export function createKeyEventRepository(connection: Connection): KeyEventRepository {
  const insert = connection.prepare('INSERT INTO key_events (sequence, at, kind, body) VALUES (?, ?, ?, ?)')
  const clear = connection.prepare('DELETE FROM key_events')
  return {
    ...createKeyEventReader(connection),
    add: ({ sequence, at, kind, body }) => {
      insert.run(sequence, at, kind, JSON.stringify(body))
    },
    clear: () => {
      clear.run()
    },
  }
}
