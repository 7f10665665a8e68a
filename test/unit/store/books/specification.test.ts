import { describe, expect, it } from 'vitest'
import { bodyHas, BooksWriter, eventMeaning, matches, type BodyScalar } from '../../../../src-main/store/books/index.ts'
import type { JournalBody } from '../../../../src-main/ports/index.ts'
import { record, useFolder, valueOf } from './books-folder.ts'

const { path, key } = useFolder()

describe('what a body has', () => {
  it.each<readonly [JournalBody, readonly string[], BodyScalar, boolean]>([
    [{ a: 'x' }, ['a'], 'x', true],
    [{ a: { b: 'x' } }, ['a', 'b'], 'x', true],
    [{ a: { b: 'x' } }, ['b'], 'x', false],
    [{ a: ['x'] }, ['a', '0'], 'x', false],
    [{ a: ['x'] }, ['a', 'length'], 1, false],
    [{ a: 'x' }, ['a', 'length'], 1, false],
    [{ a: { '0': 'x' } }, ['a', '0'], 'x', true],
    [{ a: 1 }, ['a'], true, false],
    [{ a: 1 }, ['a'], '1', false],
    [{ a: null }, ['a'], null, true],
    [{}, ['a'], null, false],
    [{ a: 1e21 }, ['a'], 1e21, true],
    [{ a: '\u{1F600}"\\' }, ['a'], '\u{1F600}"\\', true],
  ])('%j under %j is %j: %j, in the books and in memory', (body, names, value, isSo) => {
    const writer = valueOf(BooksWriter.open(path('books.db'), key))
    valueOf(writer.apply([record(1, 'test.happened', body)]))
    const found = valueOf(writer.write(({ events }) => ({ ok: true, value: events.find(bodyHas(names, value), {}).rows.length })))
    writer.dispose()
    expect([found === 1, matches(bodyHas(names, value), eventMeaning, record(1, 'test.happened', body))]).toEqual([isSo, isSo])
  })
})
