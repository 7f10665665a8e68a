import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  alertRaisedBetween, alertRuleIs, alertSeverityIs, alertStateIs, and, areaIs, atBetween, bodyHas, BooksReader, kindIs, matches,
  not, or, sequenceBetween, type AlertSpecification, type Books, type EventSpecification, type Page, type Rebuilt,
} from '../../../../src-main/store/books/index.ts'
import { migrations } from '../../../../src-main/store/books/migrations/index.ts'
import { alertMeaning } from '../../../../src-main/store/books/specification/alert-specification.ts'
import { flipByte, record, records, useFolder, valueOf } from './books-folder.ts'
import { catchUp, servedBooks } from './served-books.ts'

const { path, key, otherKey } = useFolder()
const file = (): string => path('books.db')
const open = async (): Promise<Books> => valueOf(await servedBooks({ path: file(), key }))

const trail = [
  record(1, 'engine.started', { version: '1' }),
  record(2, 'alert.raised', { id: 'x', rule: 'feed.stale', severity: 'warning' }),
  record(3, 'alert.raised', { id: 'y', rule: 'disk.low', severity: 'critical', subject: 'home' }),
  record(4, 'alert.cleared', { id: 'x', why: 'well' }),
  record(5, 'alert.delivered', { id: 'y', channel: 'desktop' }),
  record(6, 'setting.changed', { path: 'log.level', old: 'info', new: 'warn' }),
  record(7, 'backup.made', { name: 'b' }),
  record(8, 'drill.done', { passed: false }),
  record(9, 'keys.slot-added', { slot: 'recovery' }),
  record(10, 'alert.raised', {}),
]

describe('the books in their thread', () => {
  it('answer every question about what was applied', async () => {
    const books = await open()
    expect([books.rebuilt, books.rekeyed, books.applied()]).toEqual([{ reason: 'missing' }, false, { sequence: 0 }])
    expect(valueOf(await books.apply(trail, { sequence: 10, mac: 'm' }))).toEqual({ sequence: 10, anchor: { sequence: 10, mac: 'm' } })
    expect(books.applied()).toEqual({ sequence: 10, anchor: { sequence: 10, mac: 'm' } })
    expect(valueOf(await books.query(and(areaIs('alert'), not(kindIs('alert.raised'))))).rows.map(({ sequence }) => sequence)).toEqual([5, 4])
    expect(valueOf(await books.recentEvents(2))).toEqual([trail[9], trail[8]])
    expect(valueOf(await books.alerts(or(alertStateIs('cleared'), alertRuleIs('disk.low')))).rows.map(({ id }) => id)).toEqual(['y', 'x'])
    const critical = and(alertSeverityIs('critical'), alertRaisedBetween(record(3).at, record(4).at))
    expect(valueOf(await books.alerts(critical)).rows).toMatchObject([{ id: 'y', subject: 'home', state: 'raised' }])
    expect(valueOf(await books.alerts(alertStateIs('cleared'))).rows).toMatchObject([{ id: 'x', clearedWhy: 'well' }])
    expect(valueOf(await books.deliveries('y')).rows).toHaveLength(1)
    expect(valueOf(await books.engineStarts()).rows).toMatchObject([{ version: '1' }])
    expect(valueOf(await books.settingChanges()).rows).toEqual(valueOf(await books.settingChanges('log.level')).rows)
    expect(valueOf(await books.backups()).rows).toMatchObject([{ name: 'b', bytes: null }])
    expect(valueOf(await books.drills()).rows).toMatchObject([{ passed: false }])
    expect(valueOf(await books.keyEvents()).rows).toMatchObject([{ kind: 'keys.slot-added' }])
    expect(valueOf(await books.unplaced()).rows).toMatchObject([{ sequence: 10 }])
    expect(valueOf(await books.stats())).toMatchObject({ records: 10, unplaced: 1, applied: 10, recordsWaiting: 0, schema: migrations.length })
    expect(valueOf(await books.stats()).bytes).toBeGreaterThan(4_096)
    expect(await books.verify()).toEqual({ ok: true, value: undefined })
    await books.close()
  })

  it('find the alerts that the same question finds in memory', async () => {
    const books = await open()
    const severities = ['info', 'critical']
    await books.apply(records(1, 12).map(({ sequence }) => (sequence % 4 === 0
      ? record(sequence, 'alert.cleared', { id: `a${sequence - 1}` })
      : record(sequence, 'alert.raised', { id: `a${sequence}`, rule: `r${sequence % 3}`, severity: severities[sequence % 2] ?? '' }))))
    const all = valueOf(await books.alerts(and())).rows
    expect(all).toHaveLength(9)
    const questions: readonly AlertSpecification[] = [
      alertStateIs('cleared'), not(alertStateIs('raised')), alertRuleIs('r1'), and(alertSeverityIs('critical'), not(alertRuleIs('r0'))),
      or(alertRaisedBetween(record(2).at, record(6).at), alertRuleIs('r2')),
    ]
    for (const question of questions) {
      const inMemory = all.filter((row) => matches(question, alertMeaning, row))
      expect(inMemory.length).toBeGreaterThan(0)
      expect(valueOf(await books.alerts(question)).rows).toEqual(inMemory)
    }
    await books.close()
  })

  it('write everything that was handed over before they close, and answer that they are closed afterwards', async () => {
    const books = await open()
    const waiting = [books.apply(records(1, 500)), books.apply(records(501, 1_000))]
    await books.close()
    expect((await Promise.all(waiting)).map(({ ok }) => ok)).toEqual([true, true])
    expect(await books.stats()).toMatchObject({ ok: false, error: { kind: 'closed' } })
    const again = await open()
    expect([again.rebuilt, again.applied()]).toEqual([undefined, { sequence: 1_000 }])
    await again.close()
  })

  it.each<readonly [string, EventSpecification, Page]>([
    ['a limit of nothing', and(), { limit: 0 }],
    ['too large a limit', and(), { limit: 1_001 }],
    ['a broken cursor', and(), { after: Number.NaN }],
    ['a range that is none', atBetween(Number.NaN, 1), {}],
    ['a range of sequences that is none', and(sequenceBetween(0, Number.NaN)), {}],
    ['a name with signs of its own', bodyHas(['a"b'], 1), {}],
    ['no name', bodyHas([], 1), {}],
    ['too many conditions', or(...Array.from({ length: 300 }, () => kindIs('a'))), {}],
    ['conditions within conditions', Array.from({ length: 40 }).reduce<EventSpecification>((inner) => not(inner), kindIs('a')), {}],
  ])('refuse %s', async (_what, where, page) => {
    const books = await open()
    expect(await books.query(where, page)).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    await books.close()
  })

  it('refuse at once what is too much to wait, and take it later', async () => {
    const books = valueOf(await servedBooks({ path: file(), key }, { recordsWaitingMax: 10, questionsWaitingMax: 2 }))
    const outcomes = await Promise.all([books.apply(records(1, 50)), books.apply(records(51, 60)), books.apply([])])
    expect(outcomes.map((result) => (result.ok ? 'applied' : result.error.kind))).toEqual(['applied', 'overloaded', 'overloaded'])
    const questions = await Promise.all([books.stats(), books.stats(), books.stats()])
    expect(questions.map((result) => (result.ok ? 'answered' : result.error.kind))).toEqual(['answered', 'answered', 'overloaded'])
    expect(await books.apply(records(51, 60))).toMatchObject({ ok: true, value: { sequence: 60 } })
    await books.close()
  })

  it('begin anew when damage is met while they are open, and say so', async () => {
    const first = await open()
    await first.apply(records(1, 3_000))
    await first.close()
    for (let page = 80; page < 90; page += 1) flipByte(file(), page * 4_096 + 5)
    const books = await open()
    const anew: Rebuilt[] = []
    books.onAnew((rebuilt) => anew.push(rebuilt))
    expect([books.rebuilt, books.applied().sequence]).toEqual([undefined, 3_000])
    expect(await books.verify()).toMatchObject({ ok: false, error: { kind: 'damaged' } })
    expect(anew).toMatchObject([{ reason: 'damaged' }])
    expect(existsSync(path(anew[0]?.setAside ?? ''))).toBe(true)
    expect(books.applied()).toEqual({ sequence: 0 })
    expect(await books.apply(records(3_001, 3_002))).toMatchObject({ ok: false, error: { kind: 'gap', expected: 1 } })
    expect(await catchUp(books, records(1, 3_002))).toMatchObject({ ok: true, value: { sequence: 3_002 } })
    expect((await books.verify()).ok).toBe(true)
    await books.close()
  })

  it('begin anew when they are asked to', async () => {
    const books = await open()
    await books.apply(records(1, 9))
    expect(valueOf(await books.startOver())).toMatchObject({ reason: 'asked' })
    expect(books.applied()).toEqual({ sequence: 0 })
    await books.close()
  })

  it('change their key while they are open', async () => {
    const books = await open()
    await books.apply(records(1, 9))
    expect(await books.rekey(otherKey)).toEqual({ ok: true, value: undefined })
    expect(await books.apply(records(10, 12))).toMatchObject({ ok: true, value: { sequence: 12 } })
    expect(BooksReader.open(file(), key)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    await books.close()
    const again = valueOf(await servedBooks({ path: file(), key: otherKey }))
    expect(again.applied().sequence).toBe(12)
    await again.close()
  })

  it('keep their key when it cannot be changed, and go on', async () => {
    const books = await open()
    await books.apply(records(1, 9))
    const reader = valueOf(BooksReader.open(file(), key))
    // A copy that cannot be made: its place is taken by a folder.
    mkdirSync(`${file()}.rekey`)
    expect((await books.rekey(otherKey)).ok).toBe(false)
    rmSync(`${file()}.rekey`, { recursive: true })
    expect(await books.apply(records(10, 12))).toMatchObject({ ok: true, value: { sequence: 12 } })
    expect(valueOf(reader.read(({ events }) => events.count()))).toBe(12)
    reader.dispose()
    await books.close()
  })

  it('are copied under their key, never over another file', async () => {
    const books = await open()
    await books.apply(records(1, 9))
    expect(await books.copyTo(path('copy.db'))).toEqual({ ok: true, value: undefined })
    expect(await books.copyTo(path('copy.db'))).toMatchObject({ ok: false, error: { kind: 'failed' } })
    const reader = valueOf(BooksReader.open(path('copy.db'), key))
    expect(valueOf(reader.read(({ events }) => events.count()))).toBe(9)
    reader.dispose()
    await books.close()
  })

  it('say why they cannot be opened', async () => {
    expect(await servedBooks({ path: path('nowhere/books.db'), key })).toMatchObject({ ok: false, error: { kind: 'failed' } })
  })
})

describe('catching up', () => {
  it('goes batch after batch, tells how far it is, and keeps the anchor at the end', async () => {
    const books = await open()
    const progress: number[] = []
    const anchor = { sequence: 25, mac: 'm' }
    const result = await catchUp(books, records(1, 25), { batch: 10, anchor, onProgress: ({ sequence }) => progress.push(sequence) })
    expect(result).toEqual({ ok: true, value: { sequence: 25, anchor } })
    expect(progress).toEqual([10, 20, 25, 25])
    expect(await catchUp(books, [])).toMatchObject({ ok: true, value: { sequence: 25 } })
    await books.close()
  })

  it('keeps what it has when the journal cannot be read on, and says so', async () => {
    const books = await open()
    function* torn(): Generator<ReturnType<typeof record>> {
      yield* records(1, 15)
      throw new Error('a segment is damaged')
    }
    expect(await catchUp(books, torn(), { batch: 10 })).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect(books.applied().sequence).toBe(15)
    expect(await catchUp(books, [record(99)])).toMatchObject({ ok: false, error: { kind: 'gap', expected: 16 } })
    await books.close()
  })

  it('can be stopped', async () => {
    const books = await open()
    const stop = new AbortController()
    const result = await catchUp(books, records(1, 100), { batch: 10, signal: stop.signal, onProgress: () => stop.abort() })
    expect(result).toMatchObject({ ok: false, error: { kind: 'closed' } })
    expect(books.applied().sequence).toBeLessThan(100)
    await books.close()
  })
})
