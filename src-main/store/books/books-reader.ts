import { existsSync } from 'node:fs'
import { fail, ok, type Result } from '../../base/index.ts'
import { attempt, trouble, troubleOf, type BooksTrouble } from './books-trouble.ts'
import { openForReading, type Connection } from './connection.ts'
import { schemaVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { createReadRepositories, type ReadRepositories } from './repositories/index.ts'

/** Looks into the books, beside the writer or without one. SQLite itself refuses it every write. */
export class BooksReader {
  readonly #connection: Connection
  readonly #repositories: ReadRepositories

  private constructor(connection: Connection) {
    this.#connection = connection
    this.#repositories = createReadRepositories(connection)
  }

  static open(path: string, key: Uint8Array): Result<BooksReader, BooksTrouble> {
    if (!existsSync(path)) return fail(trouble('missing', 'there are no books yet'))
    const opened = attempt(() => openForReading(path, key))
    if (!opened.ok) return opened
    const connection = opened.value
    try {
      const version = schemaVersion(connection)
      if (version === migrations.length) return ok(new BooksReader(connection))
      connection.close()
      const detail = `the books have schema ${version}; this version of Ballast reads ${migrations.length}`
      // Only the writer may bring an older file up.
      return fail(trouble(version > migrations.length ? 'newer' : 'missing', detail))
    } catch (error) {
      connection.close()
      return fail(troubleOf(error))
    }
  }

  /** What is read inside belongs to one moment. */
  read<Value>(look: (repositories: ReadRepositories) => Value): Result<Value, BooksTrouble> {
    if (!this.#connection.open) return fail(trouble('closed', 'the books are closed'))
    return attempt(() => this.#connection.transaction(() => look(this.#repositories))())
  }

  /** Every page is read and its seal checked. */
  verify(): Result<void, BooksTrouble> {
    const found = attempt(() => this.#connection.pragma('quick_check(1)', { simple: true }))
    if (!found.ok) return found
    return found.value === 'ok' ? ok(undefined) : fail(trouble('damaged', 'a page of the books is damaged'))
  }

  dispose(): void {
    this.#connection.close()
  }
}
