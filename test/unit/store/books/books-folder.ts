import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { ensureOk, type Result } from '../../../../src-main/base/index.ts'
import type { JournalBody, JournalRecord } from '../../../../src-main/ports/index.ts'

/** A folder of its own for each test. */
export function useFolder(): { readonly path: (name: string) => string; readonly key: Buffer; readonly otherKey: Buffer } {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ballast-books-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  return { path: (name) => join(folder, name), key: randomBytes(32), otherKey: randomBytes(32) }
}

export const record = (sequence: number, kind = 'test.happened', body: JournalBody = { sequence }): JournalRecord => ({
  sequence, at: 1_700_000_000_000 + sequence, kind, body,
})

export const records = (from: number, to: number): readonly JournalRecord[] =>
  Array.from({ length: to - from + 1 }, (_each, index) => record(from + index))

export const valueOf = <Value>(result: Result<Value, unknown>): Value => ensureOk(result, 'what the test needs')

export function flipByte(path: string, at: number): void {
  const file = openSync(path, 'r+')
  try {
    const byte = Buffer.alloc(1)
    readSync(file, byte, 0, 1, at)
    byte[0] = (byte[0] ?? 0) ^ 1
    writeSync(file, byte, 0, 1, at)
  } finally {
    closeSync(file)
  }
}
