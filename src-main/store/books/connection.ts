import Database from 'better-sqlite3'
import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { assert } from '../../base/index.ts'

export type Connection = Database.Database

const pageBytes = 4096
const walBytesKept = 16 * 1024 * 1024
const readerWaitsMs = 2_000
/** In KiB. Every page that is not kept is decrypted again each time: with less, a question over all orders reads them from the disk. */
const writerCacheKib = 32 * 1024
const readerCacheKib = 64 * 1024
/** NORMAL: a power cut may take the newest commits, and the journal gives them again. */
const synchronousNormal = 1

/**
 * The one connection that writes. It fails at once when another is writing: there may be no other.
 * Throws what SQLite throws.
 */
export function openForWriting(path: string, key: Uint8Array): Connection {
  ensureWritableFolder(path)
  const isNew = !existsSync(path) || statSync(path).size === 0
  // SQLite would make the file for everyone, and its companions after it.
  if (isNew) closeSync(openSync(path, 'a', 0o600))
  return openWith(path, key, { timeout: 0 }, (connection) => {
    if (isNew) connection.pragma(`page_size = ${pageBytes}`)
    probe(connection)
    expectPragma(connection, 'journal_mode = WAL', 'journal_mode', 'wal')
    // Not kept in the file: each connection begins with another value.
    expectPragma(connection, 'synchronous = NORMAL', 'synchronous', synchronousNormal)
    expectPragma(connection, `journal_size_limit = ${walBytesKept}`, 'journal_size_limit', walBytesKept)
    expectPragma(connection, 'foreign_keys = ON', 'foreign_keys', 1)
    connection.pragma('wal_autocheckpoint = 1000')
    connection.pragma(`cache_size = -${writerCacheKib}`)
    assert(connection.pragma('page_size', { simple: true }) === pageBytes, 'expected pages of 4,096 bytes')
  })
}

/** A connection that cannot write, whatever statement it is given. */
export function openForReading(path: string, key: Uint8Array): Connection {
  // The file that readers share with the writer has to be made, even if nobody writes.
  ensureWritableFolder(path)
  return openWith(path, key, { readonly: true, timeout: readerWaitsMs }, (connection) => {
    probe(connection)
    expectPragma(connection, 'query_only = ON', 'query_only', 1)
    connection.pragma(`cache_size = -${readerCacheKib}`)
  })
}

/** A file outside of its life: a copy on its way to another key. It has no write-ahead log beside it. */
export function openAlone(path: string, key: Uint8Array): Connection {
  return openWith(path, key, { timeout: 0, fileMustExist: true }, (connection) => {
    probe(connection)
    expectPragma(connection, 'journal_mode = DELETE', 'journal_mode', 'delete')
    connection.pragma('synchronous = FULL')
  })
}

/** SQLite would only say that something could not be opened. */
const ensureWritableFolder = (path: string): void => accessSync(dirname(path), constants.W_OK)

export function setKey(connection: Connection, pragma: 'key' | 'rekey', key: Uint8Array): void {
  assert(key.length === 32, 'expected a key of 32 bytes')
  // A raw key: nothing has to be derived from it.
  connection.pragma(`${pragma} = "x'${Buffer.from(key).toString('hex')}'"`)
}

function openWith(
  path: string, key: Uint8Array, options: Database.Options, prepare: (connection: Connection) => void,
): Connection {
  const connection = new Database(path, options)
  try {
    // Named although it is the library's own choice: a later choice would make every file unreadable.
    expectPragma(connection, `cipher = 'chacha20'`, 'cipher', 'chacha20')
    setKey(connection, 'key', key)
    // What is sorted or gathered on the way must not reach the disk unencrypted.
    expectPragma(connection, 'temp_store = MEMORY', 'temp_store', 2)
    connection.pragma('mmap_size = 0')
    connection.pragma('trusted_schema = OFF')
    prepare(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** A wrong key shows only when something is read. */
function probe(connection: Connection): void {
  connection.prepare('SELECT count(*) FROM sqlite_schema').get()
}

function expectPragma(connection: Connection, set: string, name: string, expected: string | number): void {
  connection.pragma(set)
  const found: unknown = connection.pragma(name, { simple: true })
  assert(found === expected, `expected the connection to have ${name} as it was asked`)
}
