import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * The whole file or the old one, whatever happens: written beside it, flushed, renamed over it, folder flushed.
 * Whoever sees it return knows that it is on the disk.
 */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const next = `${path}.next`
  try {
    const file = await open(next, 'w', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
  await flushFolder(dirname(path))
}

export async function flushFolder(folder: string): Promise<void> {
  // Windows has no way to flush a folder, and needs none.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The system's code of an error, such as ENOSPC: a path in a message may name a person. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/** Only what the system refuses is trouble; anything else is a bug, and goes on its way. */
export const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error
