import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { JournalTrouble } from '../../../src-main/ports/index.ts'
import { copyJournal, exportJournal, inspectJournal, openJournal, verifyJournal, type OpenedJournal } from '../../../src-main/store/journal/index.ts'
import { mountFreezableFilesystem, mountSmallFilesystem, type FreezableFilesystem, type SmallFilesystem } from '../../fixtures/small-filesystem.ts'
import {
  appendGroups, draftOf, filesOf, isDraftOf, isSameFiles, journalId, keysOf, openTool, readAllRecords, smallLimits, temporaryFolder, threadEntry,
} from '../../unit/store/journal/sample-journal.ts'

const keys = keysOf()
const segmentBytes = 128 * 1024
const open: OpenedJournal[] = []

async function start(folder: string): Promise<OpenedJournal> {
  const opening = await openJournal({ folder, keys, journalId, threadEntry, limits: smallLimits })
  if (!opening.ok) throw new Error(JSON.stringify(opening.trouble))
  open.push(opening.journal)
  return opening.journal
}

function appendMany(journal: OpenedJournal, count: number, textBytes: number): void {
  for (let added = 0; added < count; added++) {
    const appended = journal.append(draftOf(journal.appended + 1, textBytes))
    if (!appended.ok) throw new Error(appended.reason)
  }
}

// These need a kernel that mounts; the others are held by the injected disk of journal-thread.test.ts.
describe.runIf(process.platform === 'linux')('a journal on a disk of one megabyte', () => {
  let disk: SmallFilesystem
  let folder: string
  beforeAll(async () => {
    disk = await mountSmallFilesystem(1024 * 1024)
    folder = join(disk.folder, 'journal')
  })
  afterEach(async () => {
    disk.makeWritable()
    rmSync(join(disk.folder, 'ballast'), { force: true })
    for (const journal of open.splice(0)) await journal.close()
    rmSync(folder, { recursive: true, force: true })
  })
  afterAll(() => disk.remove())

  /** Leaves so much room. */
  const fillUp = (bytesLeft: number): void => {
    const { bavail, bsize } = statfsSync(disk.folder)
    writeFileSync(join(disk.folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - bytesLeft)))
  }
  const makeRoom = (): void => rmSync(join(disk.folder, 'ballast'))

  it('is not begun where there is no room for a segment, and nothing is left of the attempt', async () => {
    fillUp(64 * 1024)
    const opening = await openJournal({ folder, keys, journalId, threadEntry, limits: smallLimits })
    expect(opening).toEqual({ ok: false, trouble: { kind: 'disk-full', bytesNeeded: segmentBytes } })
    expect(filesOf(folder).size).toBe(0)
  })

  it('says early that the next segment finds no room, writes on as long as it can, holds the rest, and goes on when there is room', async () => {
    const journal = await start(folder)
    const troubles: JournalTrouble[] = []
    journal.onTrouble((trouble) => troubles.push(trouble))
    fillUp(48 * 1024)
    // Nothing is wrong while there is room in this segment.
    appendMany(journal, 60, 300)
    await journal.whenDurable(60)
    await pause(100)
    expect(troubles).toEqual([])
    appendMany(journal, 100, 300)
    expect(await journal.whenDurable(160)).toBe('durable')
    await vi.waitFor(() => expect(troubles[0]).toMatchObject({ kind: 'no-room-ahead' }))
    const [first] = troubles
    const bytesLeft = first?.kind === 'no-room-ahead' ? first.bytesLeft : 0
    expect(bytesLeft).toBeGreaterThan(0)
    expect(bytesLeft).toBeLessThanOrEqual(segmentBytes / 4)
    appendMany(journal, 150, 300)
    await pause(200)
    const held = journal.durable
    expect(held).toBeGreaterThanOrEqual(160)
    expect(held).toBeLessThan(310)
    expect(journal.waitingMs()).toBeGreaterThan(100)
    expect(troubles.every(({ kind }) => kind === 'no-room-ahead')).toBe(true)
    // The one that is written is left as it is until the next is there.
    const newest = [...filesOf(folder)].filter(([name]) => name.endsWith('.seg')).sort(([left], [right]) => left.localeCompare(right)).at(-1)
    expect(newest?.[1].length).toBe(segmentBytes)
    makeRoom()
    expect(await journal.whenDurable(310)).toBe('durable')
    await vi.waitFor(() => expect(troubles.at(-1)).toEqual({ kind: 'recovered' }))
    expect(await journal.close()).toMatchObject({ ok: true, head: { sequence: 310 } })
    expect((await readAllRecords(folder)).every((record, index) => record.sequence === index + 1 && isDraftOf(record))).toBe(true)
    expect(await verifyJournal({ path: folder, keys, anchor: journal.head() })).toMatchObject({ ok: true, records: 310 })
  })

  it('closes whole on a full disk when everything that it took found its place', async () => {
    const journal = await start(folder)
    fillUp(0)
    appendMany(journal, 160, 300)
    expect(await journal.close()).toMatchObject({ ok: true, head: { sequence: 160 } })
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: true, records: 160 })
  })

  it('on a full disk is not opened again, and a torn tail stays as it is until there is room', async () => {
    const journal = await start(folder)
    appendMany(journal, 20, 50)
    await journal.close()
    fillUp(0)
    const before = filesOf(folder)
    const opening = await openJournal({ folder, keys, journalId, threadEntry, limits: smallLimits })
    expect(opening).toMatchObject({ ok: false, trouble: { kind: 'disk-full' } })
    expect(isSameFiles(before, filesOf(folder))).toBe(true)
    makeRoom()
    expect((await start(folder)).durable).toBe(20)
  })

  it('is looked into, read and exported from a disk that cannot be written, and not opened', async () => {
    const tool = await openTool(folder)
    appendGroups(tool, [5, 6])
    const head = tool.head()
    tool.close()
    disk.makeReadOnly()
    expect(await inspectJournal({ folder, keys, journalId, knownDurable: [head] })).toMatchObject({ ok: true, state: { records: 11, head } })
    expect((await readAllRecords(folder)).length).toBe(11)
    const home = temporaryFolder()
    expect(await exportJournal({ folder, keys, journalId, out: join(home, 'copy') })).toMatchObject({ ok: true, head })
    expect(await exportJournal({ folder, keys, journalId, out: join(disk.folder, 'copy') })).toMatchObject({ ok: false, trouble: { kind: 'out-unusable' } })
    expect(await openJournal({ folder, keys, journalId, threadEntry, limits: smallLimits })).toMatchObject({ ok: false, trouble: { kind: 'folder-unusable' } })
    rmSync(home, { recursive: true })
  })

  it('leaves nothing of an export that found no room, and a copy says why it failed', async () => {
    const tool = await openTool(folder)
    appendGroups(tool, [64, 64], 300)
    tool.close()
    fillUp(16 * 1024)
    expect(await exportJournal({ folder, keys, journalId, out: join(disk.folder, 'copy') })).toMatchObject({ ok: false, trouble: { kind: 'out-unusable' } })
    expect(readdirSync(disk.folder).some((name) => name.startsWith('copy'))).toBe(false)
    const copied = await copyJournal({ folder, keys, journalId, into: join(disk.folder, 'other') })
    expect(copied).toMatchObject({ ok: false, trouble: { kind: 'into-unusable', detail: expect.stringContaining('ENOSPC') } })
    rmSync(join(disk.folder, 'other'), { recursive: true })
  })
})

describe('a journal on a disk that is frozen', () => {
  let disk: FreezableFilesystem | undefined
  beforeAll(() => {
    disk = mountFreezableFilesystem(32)
  })
  afterAll(() => disk?.remove())

  it('keeps the engine free, says how long it waits, and has everything when the disk answers again', async (context) => {
    // Only root can freeze a disk; elsewhere the same is held by the injected disk of journal-thread.test.ts.
    if (disk === undefined) {
      await context.annotate('no disk can be frozen here')
      return
    }
    const folder = join(disk.folder, 'journal')
    const journal = await start(folder)
    appendMany(journal, 5, 50)
    expect(await journal.whenDurable(5)).toBe('durable')
    disk.freeze()
    try {
      appendMany(journal, 40, 50)
      const before = performance.now()
      await pause(300)
      expect(performance.now() - before).toBeLessThan(1_000)
      expect(journal.durable).toBe(5)
      expect(journal.waitingMs()).toBeGreaterThan(250)
    } finally {
      disk.thaw()
    }
    expect(await journal.whenDurable(45)).toBe('durable')
    expect(await journal.close()).toMatchObject({ ok: true, head: { sequence: 45 } })
    open.splice(0)
    expect((await readAllRecords(folder)).every(isDraftOf)).toBe(true)
  })
})
