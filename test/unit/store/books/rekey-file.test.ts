import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBooksFile } from '../../../../src-main/store/books/books-file.ts'
import { BooksReader, BooksWriter } from '../../../../src-main/store/books/index.ts'
import { rekeyFile, rekeyPath, type RekeyStep } from '../../../../src-main/store/books/rekey-file.ts'
import { flipByte, records, useFolder, valueOf } from './books-folder.ts'

const { path, key, otherKey } = useFolder()
const books = (): string => path('books.db')

function written(): void {
  const writer = valueOf(BooksWriter.open(books(), key))
  valueOf(writer.apply(records(1, 3_000), { sequence: 3_000, mac: 'm' }))
  writer.dispose()
}

const opensWith = (candidate: Buffer): boolean => {
  const reader = BooksReader.open(books(), candidate)
  if (reader.ok) reader.value.dispose()
  return reader.ok
}

describe('a change of the key', () => {
  it('keeps everything, under the new key alone, for its owner alone', () => {
    written()
    const steps: RekeyStep[] = []
    expect(rekeyFile(books(), key, otherKey, (step) => steps.push(step))).toEqual({ ok: true, value: undefined })
    expect(steps).toEqual(['copied', 'rekeyed', 'checked', 'settled', 'replaced'])
    expect([opensWith(key), opensWith(otherKey)]).toEqual([false, true])
    expect(statSync(books()).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(books()))).toEqual(['books.db'])
    const reader = valueOf(BooksReader.open(books(), otherKey))
    expect(valueOf(reader.read(({ applied, events }) => [applied.read(), events.count()])))
      .toEqual([{ sequence: 3_000, anchor: { sequence: 3_000, mac: 'm' } }, 3_000])
    reader.dispose()
  })

  it.each<RekeyStep>(['copied', 'rekeyed', 'checked', 'settled', 'replaced'])('that is killed when it is %s leaves whole books, and nothing to be made anew', (step) => {
    written()
    const program = join(import.meta.dirname, 'end-in-a-rekey.ts')
    const ended = spawnSync(process.execPath, [program, books(), key.toString('hex'), otherKey.toString('hex'), step])
    expect(ended.signal).toBe('SIGKILL')
    const opened = valueOf(openBooksFile({ path: books(), key: otherKey, formerKeys: [key], now: () => 0 }))
    expect(opened.opening).toEqual({ rekeyed: step !== 'replaced' })
    expect(valueOf(opened.reader.read(({ events }) => events.count()))).toBe(3_000)
    expect(opened.reader.verify().ok).toBe(true)
    opened.reader.dispose()
    opened.writer.dispose()
    expect(existsSync(rekeyPath(books())) && step !== 'replaced').toBe(false)
  })

  it('does not begin when somebody else writes or reads, and changes nothing', () => {
    written()
    const reader = valueOf(BooksReader.open(books(), key))
    const outcome = reader.read(({ events }) => {
      events.count()
      return rekeyFile(books(), key, otherKey)
    })
    expect(valueOf(outcome)).toMatchObject({ ok: false, error: { kind: 'in-use' } })
    reader.dispose()
    expect([opensWith(key), opensWith(otherKey)]).toEqual([true, false])
    expect(existsSync(rekeyPath(books()))).toBe(false)
  })

  it('does not replace the file by a copy that cannot be read from end to end', () => {
    written()
    const outcome = rekeyFile(books(), key, otherKey, (step) => {
      if (step === 'rekeyed') flipByte(rekeyPath(books()), 10 * 4_096 + 9)
    })
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'damaged' } })
    expect([opensWith(key), opensWith(otherKey)]).toEqual([true, false])
    expect(existsSync(rekeyPath(books()))).toBe(false)
  })

  it('is refused with a wrong old key, whatever lies where the copy would be', () => {
    written()
    writeFileSync(rekeyPath(books()), 'left behind')
    expect(rekeyFile(books(), otherKey, key)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    expect(opensWith(key)).toBe(true)
    expect(rekeyFile(books(), key, otherKey).ok).toBe(true)
    expect(opensWith(otherKey)).toBe(true)
  })
})
