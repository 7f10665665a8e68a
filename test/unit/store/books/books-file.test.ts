import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openBooksFile, type OpenedFile } from '../../../../src-main/store/books/books-file.ts'
import { BooksReader, BooksWriter } from '../../../../src-main/store/books/index.ts'
import { openForWriting } from '../../../../src-main/store/books/connection.ts'
import { asideOf, setAside } from '../../../../src-main/store/books/set-aside.ts'
import { flipByte, records, useFolder, valueOf } from './books-folder.ts'

const { path, key, otherKey } = useFolder()
const books = (): string => path('books.db')
const now = (): number => Date.UTC(2026, 0, 2, 3, 4, 5, 678)

const open = (more: { readonly formerKeys?: readonly Buffer[] } = {}): ReturnType<typeof openBooksFile> =>
  openBooksFile({ path: books(), key, now, ...more })

function close({ writer, reader }: OpenedFile): void {
  reader.dispose()
  writer.dispose()
}

function written(under: Buffer = key): void {
  const writer = valueOf(BooksWriter.open(books(), under))
  valueOf(writer.apply(records(1, 500)))
  writer.dispose()
}

describe('opening the books', () => {
  it('makes them when there are none, and says so', () => {
    const opened = valueOf(open())
    expect(opened.opening).toEqual({ rekeyed: false, rebuilt: { reason: 'missing' } })
    close(opened)
    const again = valueOf(open())
    expect(again.opening).toEqual({ rekeyed: false })
    close(again)
  })

  it.each([
    ['the key is another', () => written(otherKey), 'unreadable'],
    ['its first page is damaged', () => (written(), flipByte(books(), 50)), 'unreadable'],
    ['a page that opening needs is damaged', () => (written(), flipByte(books(), 4_096 + 50)), 'damaged'],
    ['it was cut short', () => (written(), truncateSync(books(), 5_000)), 'unreadable or damaged'],
    ['it is something else', () => writeFileSync(books(), 'something else '.repeat(999)), 'unreadable'],
  ])('puts the file aside and begins anew when %s', (_what, spoil, reason) => {
    spoil()
    const spoilt = readFileSync(books())
    const opened = valueOf(open())
    expect(reason).toContain(opened.opening.rebuilt?.reason)
    expect(opened.opening.rebuilt?.setAside).toBe('books.damaged-20260102T030405678Z-00.db')
    expect(readFileSync(path('books.damaged-20260102T030405678Z-00.db')).equals(spoilt)).toBe(true)
    expect(valueOf(opened.writer.apply(records(1, 3)))).toEqual({ sequence: 3 })
    close(opened)
  })

  /** As a killed process leaves it: the newest records are in the log alone. */
  function killedWithLog(): void {
    written()
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(records(501, 600)))
    const [file, log] = [readFileSync(books()), readFileSync(`${books()}-wal`)]
    writer.dispose()
    writeFileSync(books(), file)
    writeFileSync(`${books()}-wal`, log)
  }

  it('takes the log aside with its file: it must not be applied to the next', () => {
    killedWithLog()
    const log = readFileSync(`${books()}-wal`)
    const opened = valueOf(openBooksFile({ path: books(), key: otherKey, now }))
    const aside = path('books.damaged-20260102T030405678Z-00.db')
    expect(readFileSync(`${aside}-wal`).equals(log)).toBe(true)
    expect(valueOf(opened.reader.read(({ events }) => events.count()))).toBe(0)
    close(opened)
    // Nothing is lost for whoever finds the key again.
    const found = valueOf(BooksReader.open(aside, key))
    expect(valueOf(found.read(({ events }) => events.count()))).toBe(600)
    found.dispose()
  })

  it.each([['with a log', killedWithLog, 600], ['without one', () => written(), 500]])('is not harmed by a wrong key, %s', (_what, make, count) => {
    make()
    expect(BooksWriter.open(books(), otherKey)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    expect(BooksReader.open(books(), otherKey)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    const opened = valueOf(open())
    expect(valueOf(opened.reader.read(({ events }) => events.count()))).toBe(count)
    close(opened)
  })

  it('leaves a file from a later version where it is', () => {
    written()
    const connection = openForWriting(books(), key)
    connection.pragma('user_version = 999')
    connection.close()
    const before = readFileSync(books())
    expect(open()).toMatchObject({ ok: false, error: { kind: 'newer' } })
    expect(readFileSync(books()).equals(before)).toBe(true)
    expect(asideOf(books())).toEqual([])
  })

  it('brings a file that is still under a former key to the newest, and keeps what is in it', () => {
    written(otherKey)
    const opened = valueOf(open({ formerKeys: [Buffer.alloc(32, 7), otherKey] }))
    expect(opened.opening).toEqual({ rekeyed: true })
    expect(valueOf(opened.reader.read(({ events }) => events.count()))).toBe(500)
    close(opened)
    expect(BooksWriter.open(books(), otherKey)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    expect(asideOf(books())).toEqual([])
  })

  it('puts a file aside that is damaged under a former key', () => {
    written(otherKey)
    for (let page = 1; page <= 20; page += 1) flipByte(books(), page * 4_096 + 9)
    const opened = valueOf(open({ formerKeys: [otherKey] }))
    expect(opened.opening.rebuilt).toMatchObject({ reason: 'unreadable' })
    close(opened)
  })
})

describe('files that were put aside', () => {
  it('do not pile up: the newest three are kept', () => {
    const names: string[] = []
    for (const second of [1, 2, 3, 4, 5]) {
      written()
      names.push(valueOf(setAside(books(), second * 1_000)))
      expect(existsSync(books())).toBe(false)
    }
    expect(asideOf(books())).toEqual(names.slice(-3))
  })

  it('of the same moment have names of their own', () => {
    for (const _time of [1, 2]) {
      written()
      valueOf(setAside(books(), now()))
    }
    expect(asideOf(books())).toEqual(['books.damaged-20260102T030405678Z-00.db', 'books.damaged-20260102T030405678Z-01.db'])
  })
})
