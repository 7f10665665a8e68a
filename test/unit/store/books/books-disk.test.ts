import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mountSmallFilesystem, type SmallFilesystem } from '../../../fixtures/small-filesystem.ts'
import type { JournalRecord } from '../../../../src-main/ports/index.ts'
import { openBooksFile } from '../../../../src-main/store/books/books-file.ts'
import { BooksReader, BooksWriter } from '../../../../src-main/store/books/index.ts'
import { rekeyFile } from '../../../../src-main/store/books/rekey-file.ts'
import { record, records, valueOf } from './books-folder.ts'

const key = randomBytes(32)
let disk: SmallFilesystem
beforeEach(async () => {
  disk = await mountSmallFilesystem(2 * 1024 * 1024)
})
afterEach(() => disk.remove())

const books = (): string => join(disk.folder, 'books.db')
const large = (from: number, to: number): readonly JournalRecord[] =>
  records(from, to).map(({ sequence }) => record(sequence, 'test.large', { text: 'x'.repeat(2_000), sequence }))

function fill(): string {
  const ballast = join(disk.folder, 'ballast')
  for (let bytes = 1024 * 1024; bytes >= 4_096; bytes = bytes / 2) {
    try {
      writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' })
    } catch {
      // Full at this size; a smaller one may fit.
    }
  }
  return ballast
}

describe('on a full disk', () => {
  it('a batch is refused whole, what was there stays, and the same batch passes when there is room again', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(large(1, 20)))
    const ballast = fill()
    expect(writer.apply(large(21, 400))).toMatchObject({ ok: false, error: { kind: 'disk-full' } })
    const reader = valueOf(BooksReader.open(books(), key))
    expect(valueOf(reader.read(({ events, applied }) => [events.count(), applied.read()]))).toEqual([20, { sequence: 20 }])
    rmSync(ballast)
    expect(valueOf(writer.apply(large(21, 100)))).toEqual({ sequence: 100 })
    expect(valueOf(reader.read(({ events }) => events.count()))).toBe(100)
    expect(reader.verify().ok).toBe(true)
    reader.dispose()
    writer.dispose()
  })

  it('no books are made, and there is no doubt why', () => {
    fill()
    expect(BooksWriter.open(books(), key)).toMatchObject({ ok: false, error: { kind: 'disk-full' } })
  })

  it('a change of key fails and changes nothing', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(large(1, 100)))
    writer.dispose()
    const ballast = fill()
    expect(rekeyFile(books(), key, randomBytes(32))).toMatchObject({ ok: false, error: { kind: 'disk-full' } })
    // Room enough to open, but not for a copy.
    truncateSync(ballast, statSync(ballast).size - 128 * 1024)
    expect(rekeyFile(books(), key, randomBytes(32))).toMatchObject({ ok: false, error: { kind: 'disk-full' } })
    expect(readdirSync(disk.folder).sort()).toEqual(['ballast', 'books.db'])
    const reader = valueOf(BooksReader.open(books(), key))
    expect(valueOf(reader.read(({ events }) => events.count()))).toBe(100)
    reader.dispose()
  })
})

describe('in a folder that cannot be written', () => {
  it('nothing is opened for writing, and nothing is put aside', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(records(1, 9)))
    writer.dispose()
    const before = readFileSync(books())
    disk.makeReadOnly()
    expect(openBooksFile({ path: books(), key, now: () => 0 })).toMatchObject({ ok: false, error: { kind: 'read-only' } })
    expect(BooksWriter.open(join(disk.folder, 'new.db'), key)).toMatchObject({ ok: false, error: { kind: 'read-only' } })
    expect(openBooksFile({ path: books(), key: randomBytes(32), now: () => 0 })).toMatchObject({ ok: false, error: { kind: 'read-only' } })
    disk.makeWritable()
    expect(readFileSync(books()).equals(before)).toBe(true)
    expect(readdirSync(disk.folder)).toEqual(['books.db'])
  })

  it('nothing can be read either, and it is said why', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(records(1, 9)))
    writer.dispose()
    disk.makeReadOnly()
    expect(BooksReader.open(books(), key)).toMatchObject({ ok: false, error: { kind: 'read-only' } })
    disk.makeWritable()
    const again = valueOf(BooksWriter.open(books(), key))
    expect(valueOf(again.apply(records(10, 12)))).toEqual({ sequence: 12 })
    again.dispose()
  })
})
