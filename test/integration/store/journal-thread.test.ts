import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JournalTrouble } from '../../../src-main/ports/index.ts'
import {
  exportJournal, openJournal, readJournal, readLastRecords, verifyJournal, type JournalLimits, type OpenedJournal,
} from '../../../src-main/store/journal/index.ts'
import {
  draftOf, folderInMemory, isDraftOf, journalId, keysOf, readAllRecords, smallLimits, threadEntry,
} from '../../unit/store/journal/sample-journal.ts'

const keys = keysOf()
const diskAtWill = new URL('./journal-disk-at-will.ts', import.meta.url)
const slowToGoOn = new URL('./journal-slow-to-go-on.ts', import.meta.url)
const withoutRoomAhead = new URL('./journal-without-room-ahead.ts', import.meta.url)
const homes: string[] = []
const newFolder = (): string => {
  const home = folderInMemory()
  homes.push(home)
  return join(home, 'journal')
}
const open: OpenedJournal[] = []

afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close()
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

async function start(folder: string, limits: Partial<JournalLimits> = smallLimits, entry = threadEntry): Promise<OpenedJournal> {
  const opening = await openJournal({ folder, keys, journalId, threadEntry: entry, limits })
  if (!opening.ok) throw new Error(JSON.stringify(opening.trouble))
  open.push(opening.journal)
  return opening.journal
}

/** Appends so many, and waits when the ring is full. Gives how often it was. */
async function appendMany(journal: OpenedJournal, count: number, textBytes?: number): Promise<number> {
  let refusals = 0
  for (let added = 0; added < count; ) {
    const appended = journal.append(draftOf(journal.appended + 1, textBytes))
    if (appended.ok) {
      expect(appended.sequence).toBe(journal.appended)
      added++
    } else {
      expect(appended.reason).toBe('full')
      refusals++
      await pause(1)
    }
  }
  return refusals
}

const untilDurable = async (journal: OpenedJournal): Promise<void> => expect(await journal.whenDurable(journal.appended)).toBe('durable')

describe('a journal in its thread', () => {
  it('is empty when it is new, and knows its head', async () => {
    const folder = newFolder()
    const opening = await openJournal({ folder, keys, journalId, threadEntry, limits: smallLimits })
    if (!opening.ok) throw new Error('not opened')
    open.push(opening.journal)
    expect(opening.found).toMatchObject({ records: 0, segments: 0, head: { sequence: 0 } })
    expect(opening.journal).toMatchObject({ durable: 0, appended: 0 })
    expect(opening.journal.waitingMs()).toBe(0)
    expect(opening.journal.head()).toEqual(opening.found.head)
    expect(await opening.found.lastRecords(5)).toEqual([])
  })

  it('takes ten times what its ring holds, in order and whole, over many segments', async () => {
    const folder = newFolder()
    const journal = await start(folder)
    await appendMany(journal, 12_000, 150)
    await untilDurable(journal)
    expect(journal.durable).toBe(12_000)
    expect(journal.waitingMs()).toBe(0)
    const { head } = (await journal.close()) as { head: unknown }
    expect(journal.head()).toEqual(head)
    const records = await readAllRecords(folder)
    expect(records.every((record, index) => record.sequence === index + 1 && isDraftOf(record))).toBe(true)
    expect(await verifyJournal({ path: folder, keys, anchor: journal.head() })).toMatchObject({ ok: true, records: 12_000 })
    expect(existsSync(join(folder, 'next.prepared'))).toBe(false)
  })

  it('tells what is durable in order, without a gap at the end, and before anything is told that is not', async () => {
    const folder = newFolder()
    const journal = await start(folder)
    const told: number[] = []
    journal.onDurable((durable) => {
      expect(durable).toBeLessThanOrEqual(journal.durable)
      told.push(durable)
    })
    const waits = []
    for (let sequence = 1; sequence <= 300; sequence++) {
      await appendMany(journal, 1)
      waits.push(journal.whenDurable(sequence).then(() => expect(journal.durable).toBeGreaterThanOrEqual(sequence)))
    }
    await Promise.all(waits)
    await vi.waitFor(() => expect(told.at(-1)).toBe(300))
    expect(told).toEqual([...told].sort((left, right) => left - right))
    expect(new Set(told).size).toBe(told.length)
  })

  it('writes everything that it took before it closes under load, and takes nothing after', async () => {
    const folder = newFolder()
    const journal = await start(folder)
    await appendMany(journal, 3_000, 100)
    const { appended } = journal
    const closing = journal.close()
    expect(journal.append(draftOf(1))).toEqual({ ok: false, reason: 'closed' })
    expect(await closing).toMatchObject({ ok: true, head: { sequence: appended } })
    expect(await journal.whenDurable(appended)).toBe('durable')
    expect(await journal.whenDurable(appended + 1)).toBe('closed')
    expect((await readAllRecords(folder)).length).toBe(appended)
  })

  it('refuses one record that is too large, and nothing is changed by that', async () => {
    const journal = await start(newFolder())
    await appendMany(journal, 1)
    expect(journal.append({ kind: 'test.large', at: 1, body: { text: 'x'.repeat(70_000) } })).toEqual({ ok: false, reason: 'too-large' })
    await appendMany(journal, 1, 20_000)
    await untilDurable(journal)
    expect(journal.durable).toBe(2)
  })

  it('holds a record that fills the largest size exactly, and refuses one byte more', async () => {
    const folder = newFolder()
    const journal = await start(folder)
    const around = JSON.stringify({ kind: 'test.large', at: 1, body: { text: '' } }).length
    expect(journal.append({ kind: 'test.large', at: 1, body: { text: 'x'.repeat(65_536 - around) } })).toEqual({ ok: true, sequence: 1 })
    expect(journal.append({ kind: 'test.large', at: 1, body: { text: 'x'.repeat(65_537 - around) } })).toEqual({ ok: false, reason: 'too-large' })
    await untilDurable(journal)
    expect((await readAllRecords(folder))[0]?.body).toEqual({ text: 'x'.repeat(65_536 - around) })
  })

  it('is read, verified and exported while it is written', async () => {
    const folder = newFolder()
    const journal = await start(folder)
    const end = new AbortController()
    const writing = (async () => {
      while (!end.signal.aborted) await appendMany(journal, 10).then(() => pause(2))
    })()
    await vi.waitFor(() => expect(journal.durable).toBeGreaterThan(200))
    for (let round = 0; round < 12; round++) {
      const { durable } = journal
      const anchor = journal.head()
      let read = 0
      for await (const record of readJournal({ folder, keys, journalId })) if (record.sequence !== ++read) throw new Error('out of order')
      expect(read).toBeGreaterThanOrEqual(durable)
      const verified = await verifyJournal({ path: folder, keys, anchor })
      expect(verified).toMatchObject({ ok: true })
      const last = await readLastRecords({ folder, keys, journalId, count: 5, to: durable })
      expect(last.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4].map((back) => durable - back))
      const out = join(folder, '..', `copy-${round}`)
      expect(await exportJournal({ folder, keys, journalId, out, upTo: durable })).toMatchObject({ ok: true, records: durable })
    }
    end.abort()
    await writing
  }, 60_000)
})

describe('a journal on a disk that fails', () => {
  it('keeps taking records while the disk hangs, says how long it has, and loses none', async () => {
    const folder = newFolder()
    const journal = await start(folder, smallLimits, diskAtWill)
    await appendMany(journal, 10)
    await untilDurable(journal)
    writeFileSync(`${folder}.disk`, 'hang')
    await appendMany(journal, 50)
    await pause(150)
    expect(journal.durable).toBe(10)
    expect(journal.waitingMs()).toBeGreaterThan(100)
    expect(await journal.close({ waitMsMax: 50 })).toEqual({ ok: false, reason: 'hanging', durable: 10 })
    rmSync(`${folder}.disk`)
    expect(await journal.close()).toMatchObject({ ok: true, head: { sequence: 60 } })
    expect((await readAllRecords(folder)).length).toBe(60)
  })

  it('is full when the disk hangs for longer than the ring holds, and goes on where it was', async () => {
    const folder = newFolder()
    const journal = await start(folder, smallLimits, diskAtWill)
    writeFileSync(`${folder}.disk`, 'hang')
    let appended = journal.append(draftOf(1, 1_000))
    while (appended.ok) appended = journal.append(draftOf(journal.appended + 1, 1_000))
    expect(appended).toEqual({ ok: false, reason: 'full' })
    expect(journal.appended).toBeGreaterThan(200)
    rmSync(`${folder}.disk`)
    await untilDurable(journal)
    await appendMany(journal, 10, 1_000)
    await journal.close()
    expect((await readAllRecords(folder)).every((record, index) => record.sequence === index + 1 && isDraftOf(record))).toBe(true)
  })

  it.each(['EIO', 'EROFS', 'EBADF'])('fails for good at %s: what was durable stays, everyone is told, nothing is taken', async (code) => {
    const folder = newFolder()
    const journal = await start(folder, smallLimits, diskAtWill)
    const troubles: JournalTrouble[] = []
    journal.onTrouble((trouble) => troubles.push(trouble))
    await appendMany(journal, 5)
    await untilDurable(journal)
    writeFileSync(`${folder}.disk`, code)
    // Only the first of several is sure to be taken: the disk may refuse before the next.
    await appendMany(journal, 1)
    expect(await journal.whenDurable(6)).toBe('failed')
    expect(journal.append(draftOf(7))).toEqual({ ok: false, reason: 'failed' })
    expect(troubles).toEqual([{ kind: 'failed', detail: `${code}: the disk refuses` }])
    expect(journal.durable).toBe(5)
    expect(await journal.close()).toEqual({ ok: false, reason: 'failed', durable: 5 })
    rmSync(`${folder}.disk`)
    const again = await start(folder)
    expect(again.durable).toBe(5)
  })

  it('fails when its thread dies, and says so', async () => {
    const folder = newFolder()
    const journal = await start(folder, smallLimits, diskAtWill)
    const troubles: JournalTrouble[] = []
    journal.onTrouble((trouble) => troubles.push(trouble))
    writeFileSync(`${folder}.disk`, 'crash')
    await appendMany(journal, 1)
    expect(await journal.whenDurable(1)).toBe('failed')
    expect(troubles).toEqual([{ kind: 'failed', detail: 'the journal’s thread crashed: a bug of the thread' }])
    expect(journal.append(draftOf(2))).toEqual({ ok: false, reason: 'failed' })
    expect(await journal.close()).toEqual({ ok: false, reason: 'failed', durable: 0 })
  })

  it('waits for room when a write finds none, and then writes what it had taken', async () => {
    const folder = newFolder()
    const journal = await start(folder, smallLimits, diskAtWill)
    const troubles: JournalTrouble[] = []
    journal.onTrouble((trouble) => troubles.push(trouble))
    writeFileSync(`${folder}.disk`, 'ENOSPC')
    await appendMany(journal, 7)
    await vi.waitFor(() => expect(troubles.map(({ kind }) => kind)).toEqual(['no-room-ahead']))
    expect(journal.durable).toBe(0)
    await appendMany(journal, 200)
    rmSync(`${folder}.disk`)
    await untilDurable(journal)
    await vi.waitFor(() => expect(troubles.map(({ kind }) => kind)).toEqual(['no-room-ahead', 'recovered']))
    await journal.close()
    expect((await readAllRecords(folder)).every(isDraftOf)).toBe(true)
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: true, records: 207 })
  })
})

describe('a journal that was just opened', () => {
  it('knows its head at once', async () => {
    const folder = newFolder()
    const first = await start(folder)
    await appendMany(first, 5)
    await untilDurable(first)
    const head = first.head()
    await first.close()
    open.splice(0)
    expect((await start(folder, smallLimits, slowToGoOn)).head()).toEqual(head)
  })
})

describe('a journal whose next segment finds no room', () => {
  const limits = { ...smallLimits, retryMs: 3_000 }

  it('is closed whole and at once when everything is durable', async () => {
    const journal = await start(newFolder(), limits, withoutRoomAhead)
    const troubles: JournalTrouble[] = []
    journal.onTrouble((trouble) => troubles.push(trouble))
    await appendMany(journal, 170, 300)
    await untilDurable(journal)
    await vi.waitFor(() => expect(troubles).toMatchObject([{ kind: 'no-room-ahead' }]))
    const begun = performance.now()
    expect(await journal.close({ waitMsMax: 10_000 })).toMatchObject({ ok: true, head: { sequence: 170 } })
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  it('sleeps until it tries again, although records wait in the ring', async () => {
    const folder = newFolder()
    const opening = await openJournal({ folder, keys, journalId, threadEntry: withoutRoomAhead, limits })
    if (!opening.ok) throw new Error(JSON.stringify(opening.trouble))
    const { journal } = opening
    await appendMany(journal, 500, 300)
    await pause(500)
    expect(journal.durable).toBeLessThan(500)
    const before = process.cpuUsage()
    await pause(2_000)
    const { user, system } = process.cpuUsage(before)
    // A thread that looks again and again would use a whole core.
    expect((user + system) / 1_000).toBeLessThan(1_000)
    expect(await journal.close({ waitMsMax: 50 })).toMatchObject({ ok: false, reason: 'hanging' })
  })
})
