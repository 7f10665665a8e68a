import Database from 'better-sqlite3'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One engine for each data folder: Node has no flock, so the lock is an exclusive transaction that is held open on a
 * small database. The system lets it go when the process dies, however it dies.
 */
export type FolderLock =
  | { readonly ok: true; readonly release: () => void }
  | { readonly ok: false; readonly reason: 'folder-in-use' | 'folder-unusable'; readonly detail: string }

export function lockFolder(folder: string): FolderLock {
  let database: Database.Database | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'lock.db')
    makeOwnFile(path)
    database = new Database(path, { timeout: 0 })
    database.pragma('journal_mode = DELETE')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    const detail = error instanceof Error ? error.message : String(error)
    const isHeld = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
    return { ok: false, reason: isHeld ? 'folder-in-use' : 'folder-unusable', detail }
  }
  const held = database
  return {
    ok: true,
    release: () => {
      if (held.open) held.close()
    },
  }
}

/** One that is there is not opened: closing it again would let go of the lock that this process may hold on it. */
function makeOwnFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
