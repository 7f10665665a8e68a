import { chmodSync, constants, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  completeLimits, copyJournal, defaultLimits, inspectJournal, measureJournal, openJournalTool, verifyJournal,
  type JournalDisk,
} from '../../../../src-main/store/journal/index.ts'
import { readAll, type ByteSource } from '../../../../src-main/store/journal/byte-source.ts'
import { realDisk } from '../../../../src-main/store/journal/segment-files.ts'
import { judgeTail, usedBytesFrom } from '../../../../src-main/store/journal/tail-rule.ts'
import {
  appendGroups, changeFile, isDraftOf, journalId, keysOf, openTool, readAllRecords, smallLimits,
} from './sample-journal.ts'
import { keys, newFolder, copied, tryToOpen, segments, closedJournal, linkOf, diesAt, dropFoldersAfterEach } from './segments-desk.ts'

dropFoldersAfterEach()

describe('segments', () => {
  it('are of the whole size before the first record, and of no more than was used once they are sealed', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    expect(statSync(join(folder, '00000001.seg')).size).toBe(128 * 1024)
    appendGroups(tool, [3])
    expect(statSync(join(folder, '00000001.seg')).size).toBe(128 * 1024)
    tool.close()
    const { size, mode } = statSync(join(folder, '00000001.seg'))
    expect(size).toBeLessThan(4_096)
    expect(mode & 0o777).toBe(0o400)
  })

  it.each([1024 * 1024 * 1024 + 512, 2 ** 31 + 4096])('that are longer than any we write (%d bytes) are damaged, and nothing of them is read', async (bytes) => {
    const folder = newFolder()
    const tool = await openTool(folder)
    appendGroups(tool, [3])
    // A hole: it takes no room on the disk.
    truncateSync(join(folder, '00000001.seg'), bytes)
    const trouble = { kind: 'damaged', reason: 'segment-header', segment: 1 }
    expect(await tryToOpen(folder)).toMatchObject({ ok: false, trouble })
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: false, reason: 'segment-header' })
    await expect(readAllRecords(folder)).rejects.toMatchObject({ trouble })
    expect(await copyJournal({ folder, keys, journalId, into: join(newFolder(), 'copy') })).toMatchObject({ ok: false, trouble })
    expect(await measureJournal(folder)).toEqual({ bytes, segmentBytes: bytes })
    tool.close()
  })

  it('are looked at from the end in small pieces, however large they are', async () => {
    const size = 64 * 1024 * 1024
    const pieces: number[] = []
    const source: ByteSource = {
      size,
      sizeNow: () => Promise.resolve(size),
      readAt: (into, position) => {
        pieces.push(into.length)
        into.fill(0)
        if (position <= 1_000 && position + into.length > 1_000) into[1_000 - position] = 7
        return Promise.resolve(into.length)
      },
    }
    expect(await usedBytesFrom(source, 256)).toBe(1_000 + 1 - 256)
    expect(await judgeTail(source, Buffer.alloc(32), 1_008)).toEqual({ kind: 'clean' })
    expect(Math.max(...pieces)).toBeLessThanOrEqual(64 * 1024)
    expect(await judgeTail(source, Buffer.alloc(32), 992)).toEqual({ kind: 'torn', bytes: 16 })
    await expect(readAll(source, 0, size)).rejects.toThrow('few bytes')
  })

  it('are begun only where room stays beside them, and nothing is filled to find that out', async () => {
    const folder = newFolder()
    let free = 192 * 1024 - 1
    const written: number[] = []
    const disk: JournalDisk = {
      bytesFree: () => free,
      writeDurably: (file, bytes, position) => {
        written.push(bytes.length)
        realDisk.writeDurably(file, bytes, position)
      },
    }
    const open = () => openJournalTool({ folder, keys, journalId, limits: smallLimits, disk })
    expect(await open()).toEqual({ ok: false, trouble: { kind: 'disk-full', bytesNeeded: 128 * 1024 } })
    expect(written).toEqual([])
    free += 1
    const opened = await open()
    expect(opened.ok).toBe(true)
    if (opened.ok) opened.tool.close()
  })

  it.runIf(process.platform === 'linux')('are open so that a write returns only when it is on the disk', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    const file = readdirSync('/proc/self/fd').find((each) => linkOf(each) === join(folder, '00000001.seg'))
    const flags = /flags:\s+(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${file}`, 'utf8'))?.[1] ?? ''
    expect(Number.parseInt(flags, 8) & constants.O_DSYNC).toBe(constants.O_DSYNC)
    tool.close()
  })

  it('follow one another when one is full, without a record between them lost', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    appendGroups(tool, Array.from({ length: 30 }, () => 40), 200)
    tool.close()
    expect(segments(folder).length).toBeGreaterThan(3)
    const records = await readAllRecords(folder)
    expect(records.length).toBe(1_200)
    expect(records.every((record, index) => record.sequence === index + 1 && isDraftOf(record))).toBe(true)
  })

  it('hold nothing that can be read without the key', async () => {
    const folder = await closedJournal([[5]])
    const bytes = readFileSync(join(folder, '00000001.seg'))
    for (const text of ['setting.changed', 'number', 'call-2', journalId]) expect(bytes.includes(text)).toBe(false)
  })

  it('are written under the newest key, and the older ones are still read', async () => {
    const folder = newFolder()
    for (const epochs of [1, 2, 2, 3]) {
      const tool = await openTool(folder, { keys: keysOf(epochs) })
      appendGroups(tool, [2])
      tool.close()
    }
    expect(await readAllRecords(folder, keysOf(3))).toHaveLength(8)
    expect(await tryToOpen(folder, keysOf(2))).toEqual({ ok: false, trouble: { kind: 'key-missing', epoch: 3 } })
    expect(await verifyJournal({ path: folder, keys: keysOf(2) })).toMatchObject({ ok: false, reason: 'key-missing', records: 6 })
  })

  it('of another key are a wrong key, of other books are not ours, and neither is called damaged', async () => {
    const folder = await closedJournal([[2], [3]])
    expect(await tryToOpen(folder, keysOf(1, 'others'))).toEqual({ ok: false, trouble: { kind: 'wrong-key' } })
    expect(await verifyJournal({ path: folder, keys: keysOf(1, 'others') })).toMatchObject({ ok: false, reason: 'wrong-key' })
    expect(await tryToOpen(folder, keys, 'other books')).toEqual({ ok: false, trouble: { kind: 'not-ours' } })
    expect(await verifyJournal({ path: folder, keys, journalId: 'other books' })).toMatchObject({ ok: false, reason: 'not-ours' })
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: true })
    expect(await tryToOpen(folder, { newestEpoch: 2, keyOf: (epoch) => (epoch === 1 ? keys.keyOf(1) : undefined) })).toEqual({
      ok: false, trouble: { kind: 'key-missing', epoch: 2 },
    })
  })

  it('that were sealed and not shortened any more are finished by the next start', async () => {
    const folder = await closedJournal([[4, 4]])
    const path = join(folder, '00000001.seg')
    chmodSync(path, 0o600)
    const { size } = statSync(path)
    truncateSync(path, 128 * 1024)
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: true, records: 8 })
    const opened = await tryToOpen(folder)
    expect(opened).toMatchObject({ ok: true, state: { records: 8 } })
    expect(opened).not.toHaveProperty('state.tailCut')
    expect(statSync(path).size).toBe(size)
  })

  it('that were being prepared when the power went are made anew', async () => {
    const folder = await closedJournal([[4]])
    writeFileSync(join(folder, 'next.prepared'), 'half a segment')
    const tool = await openTool(folder)
    appendGroups(tool, [2])
    tool.close()
    expect(existsSync(join(folder, 'next.prepared'))).toBe(false)
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: true, records: 6 })
  })

  it.each([0, 0.5, 1])('are found whole after a start that died at any of its writes, with the share %d of it done', async (share) => {
    const folder = newFolder()
    const tool = await openTool(folder)
    const [head] = appendGroups(tool, [5, 30], 100)
    const crashed = copied(folder)
    tool.close()
    // Half of the last frame is there: more of it than a seal covers.
    const used = readFileSync(join(crashed, '00000001.seg')).findLastIndex((byte) => byte !== 0)
    changeFile(join(crashed, '00000001.seg'), (bytes) => bytes.fill(0, used - 1_000))
    let writes = 0
    for (let isComplete = false; !isComplete; writes++) {
      const copy = copied(crashed)
      const opened = await openJournalTool({ folder: copy, keys, journalId, limits: smallLimits, disk: diesAt(writes, share) })
      isComplete = opened.ok && opened.tool.close().ok
      if (!opened.ok) expect(opened.trouble).toMatchObject({ kind: 'folder-unusable', detail: 'the power is gone' })
      const again = await openTool(copy, { knownDurable: head === undefined ? [] : [head] })
      expect(again.durable).toBe(5)
      appendGroups(again, [2], 100)
      again.close()
      expect(await verifyJournal({ path: copy, keys, journalId })).toMatchObject({ ok: true, records: 7 })
      expect(existsSync(join(copy, 'next.prepared'))).toBe(false)
    }
    // Filling, zeroing, sealing, the new header.
    expect(writes).toBeGreaterThanOrEqual(5)
  })

  it('that end exactly at a frame without a seal were cut by somebody, and are refused', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    appendGroups(tool, [3])
    const end = readFileSync(join(folder, '00000001.seg')).findLastIndex((byte) => byte !== 0) + 1
    appendGroups(tool, [3])
    const copy = copied(folder)
    tool.close()
    truncateSync(join(copy, '00000001.seg'), Math.ceil(end / 16) * 16)
    expect(await tryToOpen(copy)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'cut-short', segment: 1 } })
    expect(await verifyJournal({ path: copy, keys })).toMatchObject({ ok: false, reason: 'cut-short', records: 3 })
  })

  it('put back from an older time are found by the next header, or by who knows the head', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    appendGroups(tool, [3])
    const old = readFileSync(join(folder, '00000001.seg'))
    appendGroups(tool, [3])
    const head = tool.head()
    tool.close()
    const alone = copied(folder)
    changeFile(join(alone, '00000001.seg'), () => old)
    const known = { folder: alone, keys, journalId, knownDurable: [head] }
    expect(await inspectJournal(known)).toMatchObject({ ok: false, trouble: { kind: 'rolled-back', reason: 'ends-before', found: { sequence: 3 } } })
    const after = await openTool(folder)
    after.close()
    changeFile(join(folder, '00000001.seg'), () => old)
    expect(await tryToOpen(folder)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'seal', segment: 1 } })
  })

  it('of another history with the same keys are found by who knows the head', async () => {
    const ours = newFolder()
    const tool = await openTool(ours)
    const heads = appendGroups(tool, [3, 4, 5])
    tool.close()
    const other = await closedJournal([[3, 4, 5]])
    for (const head of heads) {
      expect(await inspectJournal({ folder: ours, keys, journalId, knownDurable: [head] })).toMatchObject({ ok: true })
      expect(await inspectJournal({ folder: other, keys, journalId, knownDurable: [head] })).toMatchObject({ ok: false, trouble: { kind: 'rolled-back', reason: 'disagrees' } })
      expect(await verifyJournal({ path: other, keys, anchor: head })).toMatchObject({ ok: false, reason: 'rolled-back', detail: 'disagrees' })
    }
    const within = { sequence: 5, mac: heads[1]?.mac ?? '' }
    expect(await inspectJournal({ folder: ours, keys, journalId, knownDurable: [within] })).toMatchObject({ ok: false, trouble: { kind: 'rolled-back', reason: 'disagrees' } })
  })

  it('of another history with the same keys, numbers and records are found by the chain', async () => {
    const ours = await closedJournal([[3], [4], [5]])
    const other = await closedJournal([[3], [4], [5]])
    for (const [name, segment] of [['00000002.seg', 2], ['00000003.seg', 3]] as const) {
      const mixed = copied(ours)
      changeFile(join(mixed, name), () => readFileSync(join(other, name)))
      expect(await tryToOpen(mixed)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'segment-misplaced', segment } })
      expect(await verifyJournal({ path: mixed, keys, journalId })).toMatchObject({ ok: false, reason: 'segment-misplaced', at: { segment } })
    }
  })

  it('gone altogether are a rollback, not a new journal, to who knows that there was one', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    const [head] = appendGroups(tool, [3])
    tool.close()
    const empty = newFolder()
    if (head === undefined) throw new Error('no head')
    expect(await inspectJournal({ folder: empty, keys, journalId, knownDurable: [head] })).toMatchObject({ ok: false, trouble: { kind: 'rolled-back', reason: 'ends-before' } })
    expect(readdirSync(empty)).toEqual([])
  })
})

describe('limits', () => {
  it('are complete without any, and each is refused when it makes no sense', () => {
    expect(completeLimits()).toEqual({ ok: true, limits: defaultLimits })
    const wrong = { segmentBytes: 1_000, prepareAtShare: 2, ringBytes: 3_000_000, spinUs: -1, retryMs: 0 } as const
    for (const [limit, value] of Object.entries(wrong)) expect(completeLimits({ [limit]: value })).toEqual({ ok: false, limit })
  })
})
