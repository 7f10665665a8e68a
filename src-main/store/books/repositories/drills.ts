import type { JournalBody } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { everything, selectPage } from './select-page.ts'

/** A backup that was tried out. */
export interface DrillRow {
  readonly sequence: number
  readonly at: number
  readonly passed: boolean
  readonly body: JournalBody
}

export interface DrillReader {
  list(page: Page): PageOf<DrillRow>
}

export interface DrillRepository extends DrillReader {
  add(drill: DrillRow): void
  clear(): void
}

interface Row {
  readonly sequence: number
  readonly at: number
  readonly passed: number
  readonly body: string
}

export const createDrillReader = (connection: Connection): DrillReader => ({
  list: (page) =>
    selectPage<Row, DrillRow>(connection, 'sequence, at, passed, body FROM drills', everything, page, (row) => ({
      ...row, passed: row.passed === 1, body: JSON.parse(row.body) as JournalBody,
    })),
})

export function createDrillRepository(connection: Connection): DrillRepository {
  const insert = connection.prepare('INSERT INTO drills (sequence, at, passed, body) VALUES (?, ?, ?, ?)')
  const clear = connection.prepare('DELETE FROM drills')
  return {
    ...createDrillReader(connection),
    add: ({ sequence, at, passed, body }) => {
      insert.run(sequence, at, passed ? 1 : 0, JSON.stringify(body))
    },
    clear: () => {
      clear.run()
    },
  }
}
