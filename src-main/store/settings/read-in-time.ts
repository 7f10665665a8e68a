import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * Reads a file that a person may have put anywhere: a pipe in its place, or a disk that went away with the network, must
 * not keep whoever reads it waiting for ever.
 */
export type ReadInTime =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'missing' | 'no-file' | 'too-large' | 'silent' }
  | { readonly ok: false; readonly reason: 'refused'; readonly cause: string }

export interface ReadInTimeOptions {
  readonly bytesMax: number
  readonly waitMs: number
}

/** Each one that hangs keeps a thread of the process: there are few, so the same path is not tried beside itself. */
const hanging = new Set<string>()

export async function readInTime(path: string, options: ReadInTimeOptions, read = readRegularFile): Promise<ReadInTime> {
  if (hanging.has(path)) return { ok: false, reason: 'silent' }
  const reading = read(path, options.bytesMax)
  const { promise: late, resolve } = Promise.withResolvers<ReadInTime>()
  const timer = setTimeout(() => {
    hanging.add(path)
    void reading.finally(() => hanging.delete(path))
    resolve({ ok: false, reason: 'silent' })
  }, options.waitMs)
  try {
    return await Promise.race([reading, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Never fails: what the system refuses is an answer. */
async function readRegularFile(path: string, bytesMax: number): Promise<ReadInTime> {
  try {
    // A pipe would be opened only when somebody writes to it. Windows has no such flag, and no such pipes.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const found = await file.stat()
      if (!found.isFile()) return { ok: false, reason: 'no-file' }
      if (found.size > bytesMax) return { ok: false, reason: 'too-large' }
      return { ok: true, bytes: await file.readFile() }
    } finally {
      await file.close()
    }
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return cause === 'ENOENT' ? { ok: false, reason: 'missing' } : { ok: false, reason: 'refused', cause }
  }
}
