import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import type { JournalBody, JournalRecord } from '../../../src-main/ports/index.ts'
import {
  and, areaIs, atBetween, BooksWriter, bodyHas, correlationIs, eventMeaning, kindIs, matches, not, or, sequenceBetween,
  textContains, type EventSpecification,
} from '../../../src-main/store/books/index.ts'

let folder: string
let writer: BooksWriter
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-books-'))
  writer = ensureOk(BooksWriter.open(join(folder, 'books.db'), randomBytes(32)), 'opening')
})
afterAll(() => {
  writer.dispose()
  rmSync(folder, { recursive: true, force: true })
})

// Few values, so that conditions often hold; and odd ones, for which SQL and JavaScript could differ.
const words = ['a', 'A', '', '%', '_', `'`, '"', '\\', '\u0000', 'é', '\u{1F600}', '\ud83d', 'alert.', 'a.b', '1', 'null']
const kinds = ['alert.raised', 'alert.cleared', 'alert', 'alerts.x', 'alert/x', 'engine.started', 'a.b.c', ...words]
const names = ['a', 'b', 'a-b', '__proto__', '0', 'constructor']
const word = fc.constantFrom(...words)
const kind = fc.constantFrom(...kinds)
const name = fc.constantFrom(...names)
const scalar = fc.oneof(
  fc.constantFrom(null, true, false, 0, -0, 1, -1, 1.5, 1e21, 5e-324, 2 ** 53, 0.1), word, fc.string({ unit: 'binary', maxLength: 3 }),
)
const { value: json } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 2 }), tie('object')),
  object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
}))
const body = fc.dictionary(name, json, { maxKeys: 3 }) as fc.Arbitrary<JournalBody>
const moment = fc.constantFrom(-1, 0, 1, 2, 2.5, 3, Infinity, -Infinity)

const drafts = fc.array(
  fc.record({ at: fc.constantFrom(-1, 0, 1, 2, 2.5), kind, body, correlation: fc.option(word, { nil: undefined }) }), { maxLength: 12 },
)
const asRecords = (given: readonly { at: number; kind: string; body: JournalBody; correlation: string | undefined }[]): readonly JournalRecord[] =>
  given.map(({ correlation, ...draft }, index) => {
    // As it comes out of the journal.
    const record = { ...draft, body: JSON.parse(JSON.stringify(draft.body)) as JournalBody, sequence: index + 1 }
    return correlation === undefined ? record : { ...record, correlation }
  })

const { specification } = fc.letrec<{ specification: EventSpecification; leaf: EventSpecification; composed: EventSpecification }>((tie) => ({
  specification: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('composed')),
  leaf: fc.oneof(
    kind.map(kindIs), word.map(areaIs), fc.constantFrom('alert', 'a', 'engine').map(areaIs), word.map(correlationIs), word.map(textContains),
    fc.tuple(moment, moment).map(([from, to]) => atBetween(from, to)),
    fc.tuple(moment, moment).map(([from, to]) => sequenceBetween(from, to)),
    fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), scalar).map(([path, value]) => bodyHas(path, value)),
  ),
  composed: fc.oneof(
    fc.array(tie('specification'), { maxLength: 3 }).map((parts) => and(...parts)),
    fc.array(tie('specification'), { maxLength: 3 }).map((parts) => or(...parts)),
    tie('specification').map((part) => not(part)),
  ),
}))

/** Writes into tables that are thrown away again. */
function within<Value>(records: readonly JournalRecord[], look: (find: BooksFind) => Value): Value {
  let found: { readonly value: Value } | undefined
  writer.write((repositories) => {
    for (const record of records) repositories.events.add(record)
    found = { value: look((where, page) => repositories.events.find(where, page)) }
    return { ok: false, error: { kind: 'closed', detail: 'thrown away' } }
  })
  if (found === undefined) throw new Error('expected to have looked')
  return found.value
}
type BooksFind = Parameters<Parameters<BooksWriter['write']>[0]>[0]['events']['find']

const sequences = (records: readonly JournalRecord[]): readonly number[] => records.map(({ sequence }) => sequence)

/** The full tier looks at far more of them. */
const patienceMs = 300_000

describe('a specification', () => {
  it('finds in the books what it finds in memory', () => {
    fc.assert(fc.property(drafts.map(asRecords), fc.array(specification, { minLength: 1, maxLength: 8 }), (records, wheres) => {
      within(records, (find) => {
        for (const where of wheres) {
          const inMemory = records.filter((record) => matches(where, eventMeaning, record))
          expect(sequences(find(where, { order: 'oldest-first' }).rows)).toEqual(sequences(inMemory))
        }
      })
    }))
  }, patienceMs)

  it('and its opposite share every record between them', () => {
    fc.assert(fc.property(drafts.map(asRecords), specification, (records, where) => {
      within(records, (find) => {
        const both = [...find(where, {}).rows, ...find(not(where), {}).rows]
        expect(sequences(both).toSorted((a, b) => a - b)).toEqual(sequences(records))
      })
    }))
  }, patienceMs)

  it('gives the same rows page by page as all at once, in both orders', () => {
    fc.assert(fc.property(
      drafts.map(asRecords), specification, fc.integer({ min: 1, max: 4 }), fc.constantFrom('newest-first' as const, 'oldest-first' as const),
      (records, where, limit, order) => {
        within(records, (find) => {
          const paged: number[] = []
          for (let after: number | undefined, more = true; more;) {
            const { rows, next } = find(where, { limit, order, ...(after === undefined ? {} : { after }) })
            expect(rows.length).toBeLessThanOrEqual(limit)
            paged.push(...sequences(rows))
            after = next
            more = next !== undefined
          }
          expect(paged).toEqual(sequences(find(where, { order }).rows))
        })
      },
    ))
  }, patienceMs)
})
