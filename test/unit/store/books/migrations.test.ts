import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openForReading, openForWriting, type Connection } from '../../../../src-main/store/books/connection.ts'
import { BooksReader, BooksWriter, type ReadRepositories } from '../../../../src-main/store/books/index.ts'
import { migrate, schemaVersion } from '../../../../src-main/store/books/migrate.ts'
import { migrations } from '../../../../src-main/store/books/migrations/index.ts'
import type { JournalRecord } from '../../../../src-main/ports/index.ts'
import { record, useFolder, valueOf } from './books-folder.ts'

const { path, key } = useFolder()
const books = (): string => path('books.db')

/** One of each kind that has a table of its own. */
const trail: readonly JournalRecord[] = [
  record(1, 'books.created', {}),
  record(2, 'engine.started', { version: '1.0.0' }),
  record(3, 'setting.changed', { path: 'log.level', old: 'info', new: 'debug' }),
  record(4, 'alert.raised', { id: 'a1', rule: 'feed.stale', severity: 'critical', parameters: { seconds: 4 } }),
  record(5, 'alert.delivered', { id: 'a1', channel: 'desktop' }),
  record(6, 'backup.made', { name: 'one.backup', bytes: 12 }),
  record(7, 'drill.done', { passed: true }),
  record(8, 'keys.rotated', { epoch: 2 }),
  record(9, 'books.closed', {}),
  record(10, 'engine.started', {}),
  record(11, 'alert.acknowledged', { id: 'never-raised' }),
]

/** A file as the version of that schema left it: the trail as far as it had one, and none of the later tables. */
function fileOf(version: number): void {
  const connection = openForWriting(books(), key)
  valueOf(migrate(connection, migrations.slice(0, version)))
  if (version >= 2) {
    const insert = connection.prepare('INSERT INTO events (sequence, at, kind, correlation, body) VALUES (?, ?, ?, NULL, ?)')
    for (const { sequence, at, kind, body } of trail) insert.run(sequence, at, kind, JSON.stringify(body))
    connection.prepare('UPDATE applied SET sequence = ?').run(trail.length)
  }
  connection.close()
}

const contents = (repositories: ReadRepositories): Readonly<Record<string, unknown>> => ({
  applied: repositories.applied.read(),
  events: repositories.events.find({ is: 'and', parts: [] }, {}).rows,
  engineStarts: repositories.engineStarts.list({}).rows,
  settingChanges: repositories.settingChanges.list({}).rows,
  alerts: repositories.alerts.find({ is: 'and', parts: [] }, {}).rows,
  openAlertFacts: repositories.alerts.openAlertFacts(),
  deliveries: repositories.alerts.deliveries('a1', {}).rows,
  backups: repositories.backups.list({}).rows,
  drills: repositories.drills.list({}).rows,
  keyEvents: repositories.keyEvents.list({}).rows,
  unplaced: repositories.unplaced.list({}).rows,
})

function readContents(file: string): Readonly<Record<string, unknown>> {
  const reader = valueOf(BooksReader.open(file, key))
  const found = valueOf(reader.read(contents))
  reader.dispose()
  return found
}

describe('the schema', () => {
  it('has one numbered step for each version, in order', () => {
    expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(migrations.map((_step, index) => index + 1))
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length)
  })

  it.each(migrations.map((_step, index) => index))('comes forward from version %i with all that was in it', (version) => {
    fileOf(version)
    const writer = valueOf(BooksWriter.open(books(), key))
    expect(writer.isNew).toBe(version === 0)
    if (version < 2) valueOf(writer.apply(trail))
    writer.dispose()
    const fresh = valueOf(BooksWriter.open(path('fresh.db'), key))
    valueOf(fresh.apply(trail))
    fresh.dispose()
    expect(readContents(books())).toEqual(readContents(path('fresh.db')))
  })

  it('of the newest version holds the rows of every table', () => {
    fileOf(0)
    const writer = valueOf(BooksWriter.open(books(), key))
    valueOf(writer.apply(trail))
    writer.dispose()
    expect(readContents(books())).toMatchObject({
      engineStarts: [{ sequence: 10, version: null }, { sequence: 2, version: '1.0.0', ended: { how: 'in-order' } }],
      settingChanges: [{ path: 'log.level', old: 'info', new: 'debug' }],
      alerts: [{ id: 'a1', state: 'raised', times: 1, parameters: { seconds: 4 } }],
      openAlertFacts: [{ sequence: 4 }, { sequence: 5 }],
      deliveries: [{ channel: 'desktop', delivered: true }],
      backups: [{ name: 'one.backup', bytes: 12 }],
      drills: [{ passed: true }],
      keyEvents: [{ kind: 'keys.rotated', body: { epoch: 2 } }],
      unplaced: [{ sequence: 11, kind: 'alert.acknowledged', reason: 'no such alert was raised' }],
    })
  })

  it('of a later version is refused, and the file stays as it is', () => {
    fileOf(migrations.length)
    const connection = openForWriting(books(), key)
    connection.pragma(`user_version = ${migrations.length + 1}`)
    connection.close()
    for (const open of [BooksWriter.open, BooksReader.open]) {
      expect(open(books(), key)).toMatchObject({ ok: false, error: { kind: 'newer' } })
    }
    const again = openForReading(books(), key)
    expect(schemaVersion(again)).toBe(migrations.length + 1)
    again.close()
  })

  it('of an earlier version is not read before the writer has brought it forward', () => {
    fileOf(3)
    expect(BooksReader.open(books(), key)).toMatchObject({ ok: false, error: { kind: 'missing' } })
  })
})

describe('a step that is interrupted', () => {
  const shape = (connection: Connection): unknown => connection.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()

  it('by a kill leaves the version before it, whole', () => {
    fileOf(4)
    const before = openForReading(books(), key)
    const shapeBefore = shape(before)
    before.close()
    const program = join(import.meta.dirname, 'end-in-a-migration.ts')
    const ended = spawnSync(process.execPath, [program, books(), key.toString('hex')], { encoding: 'utf8' })
    expect([ended.signal, ended.stdout]).toEqual(['SIGKILL', 'in the middle'])
    const after = openForReading(books(), key)
    expect([schemaVersion(after), shape(after)]).toEqual([4, shapeBefore])
    after.close()
    const writer = valueOf(BooksWriter.open(books(), key))
    expect(valueOf(writer.write(({ events }) => ({ ok: true, value: events.count() })))).toBe(trail.length)
    writer.dispose()
  })

  it('by a throw leaves the version before it, and the steps before it are kept', () => {
    const connection = openForWriting(books(), key)
    const broken = { name: 'broken', up: (at: Connection) => void at.exec('CREATE TABLE half (a); CREATE TABLE half (a)') }
    expect(() => migrate(connection, [...migrations.slice(0, 2), broken])).toThrow('half')
    expect(schemaVersion(connection)).toBe(2)
    expect(connection.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(0)
    connection.close()
  })
})
