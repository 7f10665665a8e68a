import Database from 'better-sqlite3'
import { fail, ok, type Result } from '../../base/index.ts'
import type { JournalOpenTrouble } from '../journal/index.ts'

/** What can go wrong with the books. Nothing of it can lose anything: the journal has it all. */
export interface BooksTrouble {
  readonly kind: BooksTroubleKind
  /** For the log: never a key, never what a record says. */
  readonly detail: string
  /** With `gap`: the sequence that has to come next. */
  readonly expected?: number
  /** What kept the journal from being read, where that is the reason. */
  readonly journal?: JournalOpenTrouble
}

export type BooksTroubleKind =
  | 'missing'
  /** The key is not the file's, or its first page is damaged: encrypted, the two look the same. */
  | 'unreadable'
  | 'damaged'
  /** Written by a later version of Ballast. */
  | 'newer'
  | 'read-only'
  | 'disk-full'
  /** Another connection is writing. */
  | 'in-use'
  /** A record came whose predecessor has not been applied. */
  | 'gap'
  /** A record that has been applied came again with another content: these are not the books of this journal. */
  | 'diverged'
  /** More is waiting than may wait. */
  | 'overloaded'
  /** A question that is not one. */
  | 'malformed'
  | 'closed'
  | 'failed'

export const trouble = (kind: BooksTroubleKind, detail: string): BooksTrouble => ({ kind, detail })

const kinds: readonly (readonly [prefix: string, kind: BooksTroubleKind])[] = [
  ['SQLITE_NOTADB', 'unreadable'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_FULL', 'disk-full'],
  // The file that readers and the writer share has to be as large as it says; only a full disk stands against it.
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  // How a page whose seal is broken reaches us when it is met outside of a query.
  ['SQLITE_IOERR_SHORT_READ', 'damaged'],
  ['SQLITE_IOERR_DATA', 'damaged'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_BUSY', 'in-use'],
  ['SQLITE_LOCKED', 'in-use'],
  ['SQLITE_IOERR', 'failed'],
  ['SQLITE_CANTOPEN', 'failed'],
  ['SQLITE_PERM', 'read-only'],
  ['SQLITE_NOMEM', 'failed'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['EBUSY', 'in-use'],
]

/** Trouble of the disk or the file; anything else is a bug of ours and goes on as a throw. */
export function troubleOf(error: unknown): BooksTrouble {
  if (!(error instanceof Error) || !('code' in error)) throw error
  const code = String(error.code)
  // Node begins with the code itself, SQLite does not.
  const words = error.message.startsWith(`${code}: `) ? error.message : `${code}: ${error.message}`
  const known = kinds.find(([prefix]) => code.startsWith(prefix))
  if (known !== undefined) return trouble(known[1], words)
  // The file system's other refusals; SQLite's are a wrong statement or a broken constraint.
  if (error instanceof Database.SqliteError || !('errno' in error)) throw error
  return trouble('failed', words)
}

export function attempt<Value>(work: () => Value): Result<Value, BooksTrouble> {
  try {
    return ok(work())
  } catch (error) {
    return fail(troubleOf(error))
  }
}
