import { describe, expect, it } from 'vitest'
import { BooksWriter, type ReadRepositories } from '../../../../src-main/store/books/index.ts'
import { record, records, useFolder, valueOf } from './books-folder.ts'

const { path, key } = useFolder()

function withBooks(use: (writer: BooksWriter, read: <Value>(look: (at: ReadRepositories) => Value) => Value) => void): void {
  const writer = valueOf(BooksWriter.open(path('books.db'), key))
  try {
    use(writer, (look) => valueOf(writer.write((repositories) => ({ ok: true, value: look(repositories) }))))
  } finally {
    writer.dispose()
  }
}

describe('applying records', () => {
  it('applies each once, however often it comes', () => {
    withBooks((writer, read) => {
      valueOf(writer.apply(records(1, 5)))
      expect(valueOf(writer.apply(records(3, 8)))).toEqual({ sequence: 8 })
      expect(valueOf(writer.apply(records(1, 8)))).toEqual({ sequence: 8 })
      expect(read(({ events }) => events.count())).toBe(8)
    })
  })

  it('refuses a record whose predecessor is missing, and everything that came along', () => {
    withBooks((writer, read) => {
      expect(writer.apply(records(2, 3))).toMatchObject({ ok: false, error: { kind: 'gap', expected: 1 } })
      const withHole = [...records(1, 3), ...records(5, 6)]
      expect(writer.apply(withHole)).toMatchObject({ ok: false, error: { kind: 'gap', expected: 4 } })
      expect(read(({ events, applied }) => [events.count(), applied.read()])).toEqual([0, { sequence: 0 }])
    })
  })

  it.each([
    ['another body', { body: { sequence: 99 } }],
    ['another time', { at: 1 }],
    ['another kind', { kind: 'test.else' }],
    ['a correlation', { correlation: 'c' }],
  ])('refuses a record that was applied and comes with %s: it is another journal', (_what, other) => {
    withBooks((writer, read) => {
      valueOf(writer.apply(records(1, 3)))
      const foreign = [{ ...record(2), ...other }, record(3), record(4)]
      expect(writer.apply(foreign)).toMatchObject({ ok: false, error: { kind: 'diverged' } })
      expect(read(({ applied }) => applied.read())).toEqual({ sequence: 3 })
    })
  })

  it('refuses a record without a time instead of breaking', () => {
    withBooks((writer) => {
      expect(writer.apply([{ ...record(1), at: Number.NaN }])).toMatchObject({ ok: false, error: { kind: 'malformed' } })
      expect(valueOf(writer.apply([{ ...record(1), at: 12.75 }]))).toEqual({ sequence: 1 })
    })
  })

  it('gives a record back as it came', () => {
    withBooks((writer, read) => {
      const odd = { ...record(1, 'test.odd', { 'a"b': ['\u0000', '\u{1F600}', null, -0.5, true, { deep: { er: [] } }] }), correlation: 'c 1' }
      valueOf(writer.apply([odd, record(2)]))
      expect(read(({ events }) => [events.at(1), events.at(2), events.at(3)])).toEqual([odd, record(2), undefined])
    })
  })

  it('keeps the newest anchor, and none that is beyond what was applied', () => {
    withBooks((writer) => {
      const anchor = (sequence: number): { sequence: number; mac: string } => ({ sequence, mac: `mac of ${sequence}` })
      expect(valueOf(writer.apply(records(1, 5), anchor(4)))).toEqual({ sequence: 5, anchor: anchor(4) })
      expect(valueOf(writer.apply([], anchor(9)))).toEqual({ sequence: 5, anchor: anchor(4) })
      expect(valueOf(writer.apply([], anchor(2)))).toEqual({ sequence: 5, anchor: anchor(4) })
      expect(valueOf(writer.apply(records(6, 6)))).toEqual({ sequence: 6, anchor: anchor(4) })
      expect(valueOf(writer.apply([], anchor(6)))).toEqual({ sequence: 6, anchor: anchor(6) })
    })
  })
})

describe('the tables', () => {
  const raised = { id: 'a', rule: 'feed.stale', severity: 'critical', parameters: { seconds: 3 } }

  it('follow an alert through its life', () => {
    withBooks((writer, read) => {
      const alert = (): unknown => read(({ alerts }) => alerts.byId('a'))
      valueOf(writer.apply([record(1, 'alert.raised', raised)]))
      expect(alert()).toMatchObject({ state: 'raised', times: 1, snoozedUntil: null, parameters: { seconds: 3 } })
      valueOf(writer.apply([record(2, 'alert.snoozed', { id: 'a', untilMs: 77 })]))
      expect(alert()).toMatchObject({ state: 'snoozed', snoozedUntil: 77 })
      valueOf(writer.apply([record(3, 'alert.acknowledged', { id: 'a' })]))
      expect(alert()).toMatchObject({ state: 'acknowledged', snoozedUntil: null })
      valueOf(writer.apply([record(4, 'alert.cleared', { id: 'a', why: 'well' })]))
      expect(alert()).toMatchObject({ state: 'cleared', clearedWhy: 'well', changedAt: record(4).at, raisedAt: record(1).at })
      valueOf(writer.apply([record(5, 'alert.raised', { ...raised, parameters: {} })]))
      expect(alert()).toMatchObject({ state: 'raised', times: 2, sequence: 5, raisedAt: record(5).at, parameters: {}, clearedWhy: null })
      valueOf(writer.apply([record(6, 'alert.snoozed', { id: 'a', untilMs: 78 }), record(7, 'alert.raised', { ...raised, times: 9 })]))
      expect(alert()).toMatchObject({ state: 'raised', times: 9, snoozedUntil: null })
    })
  })

  it('know on which way an alert went out and which failed', () => {
    withBooks((writer, read) => {
      valueOf(writer.apply([
        record(1, 'alert.raised', raised),
        record(2, 'alert.delivered', { id: 'a', channel: 'desktop' }),
        record(3, 'alert.undelivered', { id: 'a', channel: 'webhook', reason: 'answered 500' }),
        record(4, 'alert.delivered', { id: 'unknown', channel: 'desktop' }),
      ]))
      expect(read(({ alerts }) => alerts.deliveries('a', { order: 'oldest-first' }).rows)).toEqual([
        { sequence: 2, alert: 'a', at: record(2).at, channel: 'desktop', delivered: true, reason: null },
        { sequence: 3, alert: 'a', at: record(3).at, channel: 'webhook', delivered: false, reason: 'answered 500' },
      ])
      expect(read(({ unplaced }) => unplaced.list({}).rows)).toMatchObject([{ sequence: 4, reason: 'no such alert was raised' }])
    })
  })

  it('tell an engine that ended in order from one that ended without a word', () => {
    withBooks((writer, read) => {
      valueOf(writer.apply([
        record(1, 'engine.started', { version: 'a' }),
        record(2, 'engine.started', { version: 'b' }),
        record(3, 'books.closed', {}),
        record(4, 'engine.started', { version: 'c' }),
      ]))
      expect(read(({ engineStarts }) => engineStarts.list({}).rows)).toEqual([
        { sequence: 4, at: record(4).at, version: 'c' },
        { sequence: 2, at: record(2).at, version: 'b', ended: { how: 'in-order', at: record(3).at } },
        { sequence: 1, at: record(1).at, version: 'a', ended: { how: 'without-word' } },
      ])
    })
  })

  it('keep what a setting was, and find it by its path', () => {
    withBooks((writer, read) => {
      valueOf(writer.apply([
        record(1, 'setting.changed', { path: 'log.level', old: 'info', new: 'debug' }),
        record(2, 'setting.changed', { path: 'alerts.quietHours.fromUtc', new: '22:00' }),
      ]))
      expect(read(({ settingChanges }) => settingChanges.ofPath('log.level', {}).rows)).toMatchObject([{ old: 'info', new: 'debug' }])
      expect(read(({ settingChanges }) => settingChanges.list({}).rows.map((row) => [row.old, row.new]))).toEqual([[null, '22:00'], ['info', 'debug']])
    })
  })

  it.each([
    ['alert.raised', { rule: 'no id' }],
    ['alert.snoozed', { id: 'a' }],
    ['setting.changed', { path: '' }],
    ['backup.made', {}],
    ['drill.done', { passed: 'yes' }],
    ['engine.started', { version: 3 }],
  ])('leave out a record of kind %s whose body is another, and say so: it is in the trail all the same', (kind, body) => {
    withBooks((writer, read) => {
      expect(valueOf(writer.apply([record(1, kind, body), record(2)]))).toEqual({ sequence: 2 })
      expect(read(({ events, unplaced }) => [events.count(), unplaced.list({}).rows.map(({ sequence }) => sequence)])).toEqual([2, [1]])
    })
  })

  it('are filled anew from the trail when this version would have filled them otherwise', () => {
    withBooks((writer, read) => {
      valueOf(writer.apply([record(1, 'alert.raised', raised), record(2, 'engine.started', {}), record(3, 'drill.done', { passed: true })]))
      // More than what is read of the trail at a time.
      valueOf(writer.apply([...records(4, 2_100), record(2_101, 'alert.cleared', { id: 'a' })]))
      valueOf(writer.write(({ applied, alerts, drills }) => {
        applied.keepProjection(0)
        alerts.clear()
        drills.add({ sequence: 99, at: 0, passed: false, body: {} })
        return { ok: true, value: undefined }
      }))
      expect(read(({ alerts }) => alerts.byId('a'))).toBeUndefined()
    })
    withBooks((_writer, read) => {
      expect(read(({ alerts }) => alerts.byId('a'))).toMatchObject({ state: 'cleared', times: 1, raisedAt: record(1).at })
      expect(read(({ drills }) => drills.list({}).rows)).toMatchObject([{ sequence: 3, passed: true }])
    })
  })
})
