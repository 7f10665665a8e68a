import { existsSync } from 'node:fs'
import { open, rename, unlink, type FileHandle } from 'node:fs/promises'
import { fail, ok, type Result } from '../base/index.ts'
import { dataTrouble, diskTrouble, type DataTrouble } from './data-trouble.ts'

export interface WholeFileTarget {
  readonly file: string
  /** Whether one that is there may be replaced. */
  readonly mayReplace: boolean
}

/**
 * Writes a file that is there whole or not at all: under a name of its own first, and under its own name only when all of it
 * is on the disk. Whatever goes wrong, a file that was there before stays as it was.
 */
export async function writeWholeFile<Value>(
  { file, mayReplace }: WholeFileTarget,
  write: (handle: FileHandle) => Promise<Value>,
): Promise<Result<Value, DataTrouble>> {
  const refusal = (): boolean => !mayReplace && existsSync(file)
  if (refusal()) return fail(dataTrouble('file-exists', { file }))
  const temporary = `${file}.${process.pid}.part`
  let handle: FileHandle | undefined
  try {
    handle = await open(temporary, 'w', 0o600)
    const value = await write(handle)
    await handle.sync()
    await handle.close()
    handle = undefined
    // Somebody may have put one there meanwhile.
    if (!refusal()) {
      await rename(temporary, file)
      return ok(value)
    }
  } catch (error) {
    await handle?.close().catch(() => undefined)
    await drop(temporary)
    return fail(diskTrouble(error, temporary))
  }
  await drop(temporary)
  return fail(dataTrouble('file-exists', { file }))
}

/** It may never have come to be. */
const drop = (temporary: string): Promise<void> => unlink(temporary).catch(() => undefined)
