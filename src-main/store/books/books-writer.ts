import { closeSync, openSync } from 'node:fs'
import { fail, ok, type Result } from '../../base/index.ts'
import type { JournalRecord } from '../../ports/index.ts'
import { attempt, trouble, troubleOf, type BooksTrouble } from './books-trouble.ts'
import { openForWriting, type Connection } from './connection.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { applyRecords, projectAnew } from './projection/apply-records.ts'
import type { Anchor, Applied } from './repositories/applied-head.ts'
import { createWriteRepositories, type WriteRepositories } from './repositories/index.ts'
import type { OpenMoneyBooks } from './trading/money-books.ts'

/**
 * The only way to write into the books.
 *
 * Invariants:
 * 1. Everything that one unit of work writes is there together, or nothing of it.
 * 2. A second writer is refused, not waited for.
 */
export class BooksWriter {
  /** There was no file, or one with nothing in it. */
  readonly isNew: boolean
  readonly #connection: Connection
  readonly #repositories: WriteRepositories

  private constructor(connection: Connection, isNew: boolean, openMoney: OpenMoneyBooks | undefined) {
    this.isNew = isNew
    this.#connection = connection
    this.#repositories = createWriteRepositories(connection, openMoney)
  }

  /**
   * Makes the file when it is not there, and brings it to the newest schema. Without somebody who counts money, records that move it are told as unplaced;
   * `upkeep` is for who applies no records, and leaves the tables as they are.
   */
  static open(path: string, key: Uint8Array, openMoney?: OpenMoneyBooks | 'upkeep'): Result<BooksWriter, BooksTrouble> {
    const opened = attempt(() => openForWriting(path, key))
    if (!opened.ok) return opened
    const connection = opened.value
    try {
      const isNew = schemaVersion(connection) === 0
      const migrated = migrate(connection, migrations)
      if (migrated.ok) {
        const writer = new BooksWriter(connection, isNew, openMoney === 'upkeep' ? undefined : openMoney)
        if (openMoney === 'upkeep') return ok(writer)
        const projected = writer.write((repositories) => ok(projectAnew(repositories)))
        if (projected.ok) return ok(writer)
        connection.close()
        return projected
      }
      connection.close()
      return migrated
    } catch (error) {
      connection.close()
      return fail(troubleOf(error))
    }
  }

  /** One unit of work. The repositories must not be kept beyond it. What it answers is only true when this does. */
  write<Value>(work: (repositories: WriteRepositories) => Result<Value, BooksTrouble>): Result<Value, BooksTrouble> {
    if (!this.#connection.open) return fail(trouble('closed', 'the books are closed'))
    try {
      this.#connection.exec('BEGIN IMMEDIATE')
      const result = work(this.#repositories)
      if (result.ok) {
        this.#repositories.trading.flush()
        this.#connection.exec('COMMIT')
        return result
      }
      this.#connection.exec('ROLLBACK')
      this.#repositories.trading.forget()
      return result
    } catch (error) {
      this.#repositories.trading.forget()
      // After some failures SQLite has rolled back by itself.
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK')
      return fail(troubleOf(error))
    }
  }

  apply(records: Iterable<JournalRecord>, anchor?: Anchor): Result<Applied, BooksTrouble> {
    return this.write((repositories) => applyRecords(repositories, records, anchor))
  }

  /** A whole copy under the same key; the file must not be there. */
  copyTo(path: string): Result<void, BooksTrouble> {
    return attempt(() => {
      // SQLite takes an empty file too, and would make one for everyone.
      closeSync(openSync(path, 'wx', 0o600))
      this.#connection.prepare('VACUUM INTO ?').run(path)
    })
  }

  /** Everything into the file itself, and no log beside it: afterwards the file alone is the books. */
  settle(): Result<void, BooksTrouble> {
    return attempt(() => {
      this.#connection.pragma('journal_mode = DELETE')
    })
  }

  dispose(): void {
    this.#connection.close()
  }
}
