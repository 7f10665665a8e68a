import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import { accountsSetUp, equitySampled } from '../../../src-main/bookkeeping/index.ts'
import { openMoneyBooks } from '../../../src-main/open-money-books.ts'
import type { JournalDraft, JournalRecord } from '../../../src-main/ports/index.ts'
import { recordOfCommand, recordOfEvent } from '../../../src-main/runtime/event-record.ts'
import { openForReading } from '../../../src-main/store/books/connection.ts'
import { BooksWriter } from '../../../src-main/store/books/index.ts'
import type { Rig } from '../../unit/engine/trading-rig.ts'
import { numbered } from './trading-journal.ts'
import { life } from './trading-lives.ts'

let folder: string
let count = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-books-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = randomBytes(32)
const newPath = (): string => join(folder, `books-${(count += 1)}.db`)
const open = (path: string): BooksWriter => ensureOk(BooksWriter.open(path, key, openMoneyBooks), 'opening')

/** Several lives in one journal, with equity between, so that the count of money is written down on the way. */
function journalOf(rigs: readonly Rig[]): readonly JournalRecord[] {
  const drafts = rigs.flatMap(({ setup, events, inputs }, index): readonly JournalDraft[] => {
    const own = `main-${index}`
    const asOwn = (text: string): JournalDraft => JSON.parse(text.replaceAll('"main"', `"${own}"`).replaceAll('aabbccddeeff', `aabbccddee${index}f`)) as JournalDraft
    const commands = inputs.flatMap((input) => (input.kind === 'place-order' || input.kind === 'cancel-order' ? [recordOfCommand(input)] : []))
    const sample = { asset: 'USD', accounts: [{ account: 'main', equity: events.length, unrealised: 0, external: index }] }
    return [
      ...accountsSetUp({ ...setup, accounts: rigs.flatMap((_rig, place) => setup.accounts.map((account) => ({ ...account, id: place === index ? 'main' : `main-${place}` }))) }, 0), ...commands,
      ...events.map(recordOfEvent), equitySampled(sample, 90_000 * index), equitySampled(sample, 90_000 * index + 1),
    ].map((draft) => asOwn(JSON.stringify(draft)))
  })
  return numbered(drafts)
}

const tables = [
  'trading_orders', 'trading_order_events', 'trading_fills', 'trading_postings', 'trading_trips', 'trading_commands', 'trading_command_orders', 'equity_minutes',
  'equity_days', 'trading_setups', 'trading_counts', 'unplaced_records',
]

function bytesOf(path: string): string {
  const connection = openForReading(path, key)
  const rows = tables.map((table) => connection.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().all())
  connection.close()
  return JSON.stringify(rows)
}

const journals = fc.array(life, { minLength: 1, maxLength: 6 }).map(journalOf)

describe('the tables of trading', () => {
  it('are the same to the byte however the journal is cut, with ends of the thread and refused batches between', () => {
    fc.assert(fc.property(journals, fc.array(fc.record({ length: fc.nat({ max: 400 }), after: fc.constantFrom('go-on', 'end', 'refuse') }), { maxLength: 8 }), (records, cuts) => {
      const [whole, cut] = [newPath(), newPath()]
      const first = open(whole)
      ensureOk(first.apply(records), 'applying')
      first.dispose()
      let writer = open(cut)
      let done = 0
      for (const { length, after } of cuts) {
        const batch = records.slice(done, done + length)
        const gap: JournalRecord = { kind: 'test.happened', at: 0, body: {}, sequence: records.length + 9 }
        // Half of a batch that fails must leave nothing behind, in the file or in memory.
        if (after === 'refuse') expect(writer.apply([...batch, gap])).toMatchObject({ ok: false, error: { kind: 'gap' } })
        ensureOk(writer.apply(batch), 'applying')
        done = Math.min(records.length, done + length)
        if (after !== 'end') continue
        writer.dispose()
        writer = open(cut)
      }
      ensureOk(writer.apply(records.slice(done)), 'applying')
      writer.dispose()
      expect(bytesOf(cut)).toBe(bytesOf(whole))
    }), { numRuns: 60 })
  }, 240_000)

  it('are the same to the byte when they are filled anew from the trail', () => {
    fc.assert(fc.property(journals, fc.constantFrom(0, 1, 2), (records, projection) => {
      const path = newPath()
      const writer = open(path)
      ensureOk(writer.apply(records), 'applying')
      writer.dispose()
      const before = bytesOf(path)
      const again = open(path)
      ensureOk(again.write(({ applied, trading }) => {
        trading.clear()
        applied.keepProjection(projection)
        return { ok: true, value: undefined }
      }), 'forgetting')
      again.dispose()
      open(path).dispose()
      expect(bytesOf(path)).toBe(before)
    }), { numRuns: 40 })
  }, 240_000)
})
