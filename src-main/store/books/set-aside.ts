import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Result } from '../../base/index.ts'
import { attempt, type BooksTrouble } from './books-trouble.ts'

/** Somebody may want to look at what went wrong; nobody wants a full disk because of it. */
const keptMax = 3
const companions = ['-wal', '-shm', ''] as const

/**
 * Renames books that are of no use, so that new ones can be made in their place. The log goes first: left alone it would be
 * taken for the log of the new file.
 */
export function setAside(path: string, nowMs: number): Result<string, BooksTrouble> {
  return attempt(() => {
    const target = freeName(path, nowMs)
    for (const end of companions) {
      if (existsSync(path + end)) renameSync(path + end, target + end)
    }
    for (const old of asideOf(path).slice(0, -keptMax)) {
      for (const end of companions) rmSync(join(dirname(path), old + end), { force: true })
    }
    return basename(target)
  })
}

/** Oldest first: the times in the names are of equal length. */
export function asideOf(path: string): readonly string[] {
  const stem = `${basename(path, '.db')}.damaged-`
  return readdirSync(dirname(path)).filter((name) => name.startsWith(stem) && name.endsWith('.db')).sort()
}

function freeName(path: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '')
  const named = (count: number): string => `${path.slice(0, -'.db'.length)}.damaged-${time}-${String(count).padStart(2, '0')}.db`
  let count = 0
  while (existsSync(named(count))) count += 1
  return named(count)
}
