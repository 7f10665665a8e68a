import type { JournalBody } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { everything, selectPage } from './select-page.ts'

export interface BackupRow {
  readonly sequence: number
  readonly at: number
  readonly name: string
  readonly bytes: number | null
  readonly body: JournalBody
}

export interface BackupReader {
  list(page: Page): PageOf<BackupRow>
}

export interface BackupRepository extends BackupReader {
  add(backup: BackupRow): void
  clear(): void
}

type Row = Omit<BackupRow, 'body'> & { readonly body: string }

export const createBackupReader = (connection: Connection): BackupReader => ({
  list: (page) =>
    selectPage<Row, BackupRow>(connection, 'sequence, at, name, bytes, body FROM backups', everything, page, (row) => ({
      ...row, body: JSON.parse(row.body) as JournalBody,
    })),
})

export function createBackupRepository(connection: Connection): BackupRepository {
  const insert = connection.prepare('INSERT INTO backups (sequence, at, name, bytes, body) VALUES (?, ?, ?, ?, ?)')
  const clear = connection.prepare('DELETE FROM backups')
  return {
    ...createBackupReader(connection),
    add: ({ sequence, at, name, bytes, body }) => {
      insert.run(sequence, at, name, bytes, JSON.stringify(body))
    },
    clear: () => {
      clear.run()
    },
  }
}
