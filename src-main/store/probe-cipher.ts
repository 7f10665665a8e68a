import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the database really does on this computer: a build without its cipher would write plain files and say nothing. */
export type CipherProbe =
  | { readonly ok: true; readonly sqliteVersion: string }
  | { readonly ok: false; readonly trouble: CipherTrouble; readonly detail: string }
export type CipherTrouble = 'binding' | 'plain-text' | 'wrong-key-taken' | 'content-lost'

const marker = 'ballast cipher probe'

/** Writes a small database under a key, and reads it back with that key and with another. */
export function probeCipher(): CipherProbe {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-probe-'))
  try {
    return probeFile(join(folder, 'probe.db'))
  } catch (error) {
    return { ok: false, trouble: 'binding', detail: error instanceof Error ? error.message : String(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function probeFile(path: string): CipherProbe {
  const key = randomBytes(32)
  const sqliteVersion = write(path, key)
  const found = (trouble: CipherTrouble, detail: string): CipherProbe => ({ ok: false, trouble, detail })
  if (readFileSync(path).includes(marker)) return found('plain-text', 'the file on the disk can be read')
  if (read(path, key) !== marker) return found('content-lost', 'what was written did not come back')
  if (read(path, randomBytes(32)) !== undefined) return found('wrong-key-taken', 'another key opened the file')
  return { ok: true, sqliteVersion }
}

function openWith(path: string, key: Buffer): Database.Database {
  const database = new Database(path)
  database.pragma(`cipher = 'sqlcipher'`)
  // A raw key: nothing has to be derived from it.
  database.pragma(`key = "x'${key.toString('hex')}'"`)
  return database
}

function write(path: string, key: Buffer): string {
  const database = openWith(path, key)
  try {
    database.exec('CREATE TABLE probe (content TEXT NOT NULL)')
    database.prepare('INSERT INTO probe VALUES (?)').run(marker)
    return String(database.prepare('SELECT sqlite_version()').pluck().get())
  } finally {
    database.close()
  }
}

/** `undefined` when the key is not the file's. */
function read(path: string, key: Buffer): unknown {
  const database = openWith(path, key)
  try {
    return database.prepare('SELECT content FROM probe').pluck().get()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') return undefined
    throw error
  } finally {
    database.close()
  }
}
