import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { everything, selectPage } from './select-page.ts'

/** A record that is in the trail, but that no table could take: its body is not what its kind promises. */
export interface UnplacedRow {
  readonly sequence: number
  readonly kind: string
  readonly reason: string
}

export interface UnplacedReader {
  list(page: Page): PageOf<UnplacedRow>
  count(): number
}

export interface UnplacedRepository extends UnplacedReader {
  add(record: UnplacedRow): void
  /** Those whose kind is of one area. */
  clearArea(area: string): void
  clear(): void
}

export function createUnplacedReader(connection: Connection): UnplacedReader {
  const count = connection.prepare<[], number>('SELECT count(*) FROM unplaced_records').pluck()
  return {
    list: (page) =>
      selectPage<UnplacedRow, UnplacedRow>(
        connection, 'sequence, kind, reason FROM unplaced_records', everything, page, (row) => row,
      ),
    count: () => Number(count.get()),
  }
}

export function createUnplacedRepository(connection: Connection): UnplacedRepository {
  const insert = connection.prepare('INSERT INTO unplaced_records (sequence, kind, reason) VALUES (?, ?, ?)')
  const clear = connection.prepare('DELETE FROM unplaced_records')
  const clearArea = connection.prepare("DELETE FROM unplaced_records WHERE substr(kind, 1, length(@area) + 1) = @area || '.'")
  return {
    ...createUnplacedReader(connection),
    add: ({ sequence, kind, reason }) => {
      insert.run(sequence, kind, reason)
    },
    clearArea: (area) => {
      clearArea.run({ area })
    },
    clear: () => {
      clear.run()
    },
  }
}
