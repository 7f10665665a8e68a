import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import type { JournalBody, JournalRecord } from '../../../src-main/ports/index.ts'
import { and, BooksWriter, type ReadRepositories } from '../../../src-main/store/books/index.ts'

let folder: string
let count = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-books-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = randomBytes(32)
const openNew = (): BooksWriter => ensureOk(BooksWriter.open(join(folder, `books-${(count += 1)}.db`), key), 'opening')

const id = fc.constantFrom('a', 'b', 'c')
const fact: fc.Arbitrary<readonly [string, unknown]> = fc.oneof(
  fc.tuple(fc.constant('alert.raised'), fc.record({ id, rule: id, severity: id, parameters: fc.dictionary(id, fc.integer()) })),
  fc.tuple(fc.constantFrom('alert.acknowledged', 'alert.cleared'), fc.record({ id })),
  fc.tuple(fc.constant('alert.snoozed'), fc.record({ id, untilMs: fc.nat() })),
  fc.tuple(fc.constantFrom('alert.delivered', 'alert.undelivered'), fc.record({ id, channel: id, reason: id })),
  fc.tuple(fc.constant('engine.started'), fc.record({ version: id })),
  fc.tuple(fc.constantFrom('books.closed', 'keys.rotated', 'test.other'), fc.record({ id })),
  fc.tuple(fc.constant('setting.changed'), fc.record({ path: id, old: fc.integer(), new: fc.integer() })),
  fc.tuple(fc.constant('backup.made'), fc.record({ name: id, bytes: fc.nat() })),
  fc.tuple(fc.constant('drill.done'), fc.record({ passed: fc.boolean() })),
  fc.tuple(fc.constantFrom('alert.raised', 'backup.made', 'drill.done'), fc.dictionary(id, fc.jsonValue())),
)
const journal = fc.array(fact, { maxLength: 40 }).map((facts) =>
  facts.map(([kind, body], index): JournalRecord => ({ sequence: index + 1, at: 1_000 + index, kind, body: JSON.parse(JSON.stringify(body)) as JournalBody })),
)

const everything = (writer: BooksWriter): unknown =>
  ensureOk(writer.write((at: ReadRepositories) => ({
    ok: true,
    value: [
      at.applied.read().sequence, at.events.find(and(), { limit: 1_000 }), at.alerts.find(and(), { limit: 1_000 }),
      ['a', 'b', 'c'].map((alert) => at.alerts.deliveries(alert, {})), at.engineStarts.list({}), at.settingChanges.list({}), at.backups.list({}),
      at.drills.list({}), at.keyEvents.list({}), at.unplaced.list({}),
      at.alerts.openAlertFacts(), at.alerts.highestAlertNumber(),
    ],
  })), 'reading')

describe('the books', () => {
  it('are the same however the journal is cut into batches, and however often a batch comes', () => {
    fc.assert(fc.property(journal, fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 10 })), { maxLength: 10 }), (records, cuts) => {
      const [whole, cut] = [openNew(), openNew()]
      ensureOk(whole.apply(records), 'applying')
      let done = 0
      for (const [length, back] of cuts) {
        const from = Math.max(0, done - back)
        ensureOk(cut.apply(records.slice(from, from + length)), 'applying')
        done = Math.max(done, Math.min(records.length, from + length))
      }
      ensureOk(cut.apply(records), 'applying')
      expect(everything(cut)).toEqual(everything(whole))
      whole.dispose()
      cut.dispose()
    }), { numRuns: 60 })
  }, 60_000)

  it('filled anew from their own trail are the same', () => {
    fc.assert(fc.property(journal, (records) => {
      const name = `books-${(count += 1)}.db`
      const writer = ensureOk(BooksWriter.open(join(folder, name), key), 'opening')
      ensureOk(writer.apply(records), 'applying')
      const before = everything(writer)
      ensureOk(writer.write(({ applied }) => ({ ok: true, value: applied.keepProjection(0) })), 'forgetting')
      writer.dispose()
      const again = ensureOk(BooksWriter.open(join(folder, name), key), 'opening')
      expect(everything(again)).toEqual(before)
      again.dispose()
    }), { numRuns: 60 })
  }, 60_000)
})
