import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../base/index.ts'
import { attempt, trouble, type BooksTrouble } from './books-trouble.ts'
import { BooksWriter } from './books-writer.ts'
import { openAlone, setKey } from './connection.ts'

/** Where a change of key may be when the process ends; told so that tests can end it there. */
export type RekeyStep = 'copied' | 'rekeyed' | 'checked' | 'settled' | 'replaced'

export const rekeyPath = (path: string): string => `${path}.rekey`

/**
 * Puts the books under another key. The key of the file itself is never changed in place.
 *
 * Invariants:
 * 1. At every moment the file is whole, under the old key or under the new one.
 * 2. The old file is replaced only after the new one was opened with the new key and read from end to end.
 */
export function rekeyFile(
  path: string, oldKey: Uint8Array, newKey: Uint8Array, onStep: (step: RekeyStep) => void = () => undefined,
): Result<void, BooksTrouble> {
  const copy = rekeyPath(path)
  const done = attempt(() => {
    dropCopy(copy)
    const opened = BooksWriter.open(path, oldKey, 'upkeep')
    if (!opened.ok) return opened
    const writer = opened.value
    try {
      const made = writer.copyTo(copy)
      if (!made.ok) return made
      onStep('copied')
      const changed = changeKey(copy, oldKey, newKey, onStep)
      if (!changed.ok) return changed
      // With its log merged and gone, the old file can be replaced: a log left behind would be applied to the new one.
      const settled = writer.settle()
      if (!settled.ok) return settled
    } finally {
      writer.dispose()
    }
    onStep('settled')
    renameSync(copy, path)
    onStep('replaced')
    flush(dirname(path))
    return ok(undefined)
  })
  const result = done.ok ? done.value : done
  if (!result.ok) attempt(() => dropCopy(copy))
  return result
}

function changeKey(
  copy: string, oldKey: Uint8Array, newKey: Uint8Array, onStep: (step: RekeyStep) => void,
): Result<void, BooksTrouble> {
  const connection = openAlone(copy, oldKey)
  try {
    setKey(connection, 'rekey', newKey)
  } finally {
    connection.close()
  }
  onStep('rekeyed')
  const again = openAlone(copy, newKey)
  try {
    if (again.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      return fail(trouble('damaged', 'a page could not be read under the new key'))
    }
  } finally {
    again.close()
  }
  flush(copy)
  onStep('checked')
  return ok(undefined)
}

function dropCopy(copy: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(copy + end, { force: true })
}

function flush(path: string): void {
  // Windows flushes neither folders nor files that were opened for reading.
  if (process.platform === 'win32') return
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
