import type { JournalValue } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { everything, selectPage } from './select-page.ts'

export interface SettingChangeRow {
  readonly sequence: number
  readonly at: number
  readonly path: string
  /** `null` also when the setting was not there. */
  readonly old: JournalValue
  readonly new: JournalValue
}

export interface SettingChangeReader {
  list(page: Page): PageOf<SettingChangeRow>
  ofPath(path: string, page: Page): PageOf<SettingChangeRow>
}

export interface SettingChangeRepository extends SettingChangeReader {
  add(change: SettingChangeRow): void
  clear(): void
}

interface Row {
  readonly sequence: number
  readonly at: number
  readonly path: string
  readonly old: string
  readonly new: string
}

const columns = 'sequence, at, path, old, new FROM setting_changes'

export const createSettingChangeReader = (connection: Connection): SettingChangeReader => ({
  list: (page) => selectPage(connection, columns, everything, page, changeOf),
  ofPath: (path, page) => selectPage(connection, columns, { sql: 'path = ?', parameters: [path] }, page, changeOf),
})

export function createSettingChangeRepository(connection: Connection): SettingChangeRepository {
  const insert = connection.prepare('INSERT INTO setting_changes (sequence, at, path, old, new) VALUES (?, ?, ?, ?, ?)')
  const clear = connection.prepare('DELETE FROM setting_changes')
  return {
    ...createSettingChangeReader(connection),
    add: (change) => {
      insert.run(change.sequence, change.at, change.path, JSON.stringify(change.old), JSON.stringify(change.new))
    },
    clear: () => {
      clear.run()
    },
  }
}

const changeOf = (row: Row): SettingChangeRow => ({
  ...row, old: JSON.parse(row.old) as JournalValue, new: JSON.parse(row.new) as JournalValue,
})
