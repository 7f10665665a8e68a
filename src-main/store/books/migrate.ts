import { fail, ok, type Result } from '../../base/index.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'
import type { Connection } from './connection.ts'
import type { Migration } from './migrations/index.ts'

/**
 * Brings a file to the newest schema. Each step is one transaction with its number, so a file is always at one whole version,
 * whenever the process ends. A file from the future is left as it is.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): Result<number, BooksTrouble> {
  const version = schemaVersion(connection)
  if (version > migrations.length) {
    return fail(trouble('newer', `the books have schema ${version}; this version of Ballast knows ${migrations.length}`))
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue
    connection.transaction(() => {
      migration.up(connection)
      connection.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
  return ok(migrations.length - version)
}

export const schemaVersion = (connection: Connection): number => Number(connection.pragma('user_version', { simple: true }))
