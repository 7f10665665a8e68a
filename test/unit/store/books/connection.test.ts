import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { attempt, troubleOf } from '../../../../src-main/store/books/books-trouble.ts'
import { BooksReader, BooksWriter } from '../../../../src-main/store/books/index.ts'
import { openForReading, openForWriting } from '../../../../src-main/store/books/connection.ts'
import { flipByte, record, records, useFolder, valueOf } from './books-folder.ts'

const { path, key, otherKey } = useFolder()
const books = (): string => path('books.db')

function written(count = 200): void {
  const writer = valueOf(BooksWriter.open(books(), key))
  valueOf(writer.apply(records(1, count)))
  writer.dispose()
}

describe('the connection that writes', () => {
  it('is set up the same each time, whatever the file remembers', () => {
    for (const _time of ['new', 'again']) {
      const connection = openForWriting(books(), key)
      const setting = (name: string): unknown => connection.pragma(name, { simple: true })
      expect(['cipher', 'journal_mode', 'synchronous', 'page_size', 'busy_timeout', 'temp_store', 'mmap_size'].map(setting))
        .toEqual(['chacha20', 'wal', 1, 4096, 0, 2, 0])
      connection.exec('CREATE TABLE IF NOT EXISTS t (a)')
      connection.close()
    }
  })

  it('makes files that only their owner can read', () => {
    const connection = openForWriting(books(), key)
    connection.exec('CREATE TABLE t (a)')
    expect(['', '-wal', '-shm'].map((end) => statSync(books() + end).mode & 0o777)).toEqual([0o600, 0o600, 0o600])
    connection.close()
  })

  it('leaves nothing readable on the disk, in the file or in its log', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply([record(1, 'test.marker', { text: 'plain words on the disk' })]))
    for (const end of ['', '-wal']) expect(readFileSync(books() + end).includes('plain words')).toBe(false)
    writer.dispose()
    const file = readFileSync(books())
    expect(file.includes('plain words') || file.includes('SQLite format') || file.includes('CREATE TABLE')).toBe(false)
  })

  it('refuses a second writer at once, and nothing of the first is lost', () => {
    const first = valueOf(BooksWriter.open(books(), key))
    const second = valueOf(BooksWriter.open(books(), key))
    const begun = performance.now()
    const outcome = first.write(({ applied }) => {
      expect(second.apply(records(1, 1))).toMatchObject({ ok: false, error: { kind: 'in-use' } })
      return { ok: true, value: applied.keep({ sequence: 5 }) }
    })
    expect(outcome.ok).toBe(true)
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(valueOf(second.write(({ applied }) => ({ ok: true, value: applied.read() })))).toEqual({ sequence: 5 })
    first.dispose()
    second.dispose()
  })
})

describe('the connection that reads', () => {
  it('has every write refused by SQLite', () => {
    written(1)
    const connection = openForReading(books(), key)
    for (const statement of ['DELETE FROM events', 'CREATE TABLE t (a)', 'PRAGMA user_version = 7', 'VACUUM']) {
      expect(attempt(() => connection.exec(statement)), statement).toMatchObject({ ok: false, error: { kind: 'read-only' } })
    }
    connection.pragma('query_only = OFF')
    expect(attempt(() => connection.exec('DELETE FROM events'))).toMatchObject({ ok: false, error: { kind: 'read-only' } })
    connection.close()
  })

  it('reads beside a writer, one moment at a time', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(records(1, 3)))
    const reader = valueOf(BooksReader.open(books(), key))
    const counts = valueOf(reader.read(({ events }) => {
      const before = events.count()
      valueOf(writer.apply(records(4, 9)))
      return [before, events.count()]
    }))
    expect(counts).toEqual([3, 3])
    expect(valueOf(reader.read(({ events }) => events.count()))).toBe(9)
    reader.dispose()
    writer.dispose()
    expect(reader.read(({ events }) => events.count())).toMatchObject({ ok: false, error: { kind: 'closed' } })
    expect(writer.apply([])).toMatchObject({ ok: false, error: { kind: 'closed' } })
  })

  it('says that there is nothing to read, and makes no file', () => {
    expect(BooksReader.open(books(), key)).toMatchObject({ ok: false, error: { kind: 'missing' } })
    expect(() => statSync(books())).toThrow('ENOENT')
  })
})

describe('a file that cannot be used', () => {
  it('is unreadable with another key, and stays as it is', () => {
    written()
    const before = readFileSync(books())
    for (const open of [BooksWriter.open, BooksReader.open]) {
      expect(open(books(), otherKey)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    }
    expect(readFileSync(books()).equals(before)).toBe(true)
  })

  it.each([0, 17, 100, 4_095])('is unreadable when byte %i of its first page is another', (at) => {
    written()
    flipByte(books(), at)
    expect(BooksWriter.open(books(), key)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
  })

  it('is damaged when a later page is not what was written: no wrong content is ever read', () => {
    written(2_000)
    const pages = statSync(books()).size / 4_096
    for (let page = 1; page < pages; page += 1) {
      flipByte(books(), page * 4_096 + 77)
      const reader = BooksReader.open(books(), key)
      const outcome = reader.ok ? reader.value.verify() : reader
      expect(outcome, `page ${page}`).toMatchObject({ ok: false, error: { kind: 'damaged' } })
      if (reader.ok) reader.value.dispose()
      flipByte(books(), page * 4_096 + 77)
    }
    const reader = valueOf(BooksReader.open(books(), key))
    expect(reader.verify()).toEqual({ ok: true, value: undefined })
    reader.dispose()
  })

  it.each([100, 4_096, 8_192 + 5])('is told when only %i bytes of it are left', (bytes) => {
    written(2_000)
    truncateSync(books(), bytes)
    const outcome = BooksWriter.open(books(), key)
    expect(outcome.ok ? 'opened' : outcome.error.kind).toMatch(/^(unreadable|damaged)$/)
  })

  it('is unreadable when it never was one', () => {
    writeFileSync(books(), 'not a database '.repeat(1_000))
    expect(BooksWriter.open(books(), key)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
  })

  it.each(['', 'x'])('is new when it holds nothing ("%s"): a crash may end between making it and writing it', (text) => {
    writeFileSync(books(), text)
    const writer = valueOf(BooksWriter.open(books(), key))
    expect(writer.isNew).toBe(true)
    expect(valueOf(writer.apply(records(1, 2)))).toEqual({ sequence: 2 })
    writer.dispose()
  })

  it('is trouble of the disk when its folder is not there', () => {
    expect(BooksWriter.open(path('nowhere/books.db'), key)).toMatchObject({ ok: false, error: { kind: 'failed' } })
  })
})

describe('trouble', () => {
  it('never names the key', () => {
    written(1)
    const outcome = BooksWriter.open(books(), otherKey)
    expect(JSON.stringify(outcome)).not.toContain(otherKey.toString('hex').slice(0, 8))
  })

  it('is made of what the disk says, and not of a bug', () => {
    expect(troubleOf(Object.assign(new Error('full'), { code: 'ENOSPC', errno: -28 }))).toMatchObject({ kind: 'disk-full' })
    expect(troubleOf(Object.assign(new Error('odd'), { code: 'EIO', errno: -5 }))).toMatchObject({ kind: 'failed' })
    expect(() => troubleOf(Object.assign(new Error('wrong call'), { code: 'ERR_INVALID_ARG_TYPE' }))).toThrow('wrong call')
    expect(() => troubleOf(new TypeError('undefined is not a function'))).toThrow(TypeError)
  })

  it('goes through a unit of work as a throw when it is a bug, and leaves nothing of the work', () => {
    const writer = valueOf(BooksWriter.open(books(), key))
    expect(() => writer.write(({ applied }) => {
      applied.keep({ sequence: 9 })
      throw new TypeError('a bug')
    })).toThrow('a bug')
    expect(valueOf(writer.write(({ applied }) => ({ ok: true, value: applied.read() })))).toEqual({ sequence: 0 })
    writer.dispose()
  })
})
