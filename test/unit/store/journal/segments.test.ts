import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  archiveSegments, completeLimits, copyJournal, defaultLimits, exportJournal, inspectJournal, JournalUnreadable, measureJournal, openJournalTool, readJournal,
  readJournalGroups, readLastRecords, verifyJournal, type JournalDisk, type JournalKeys,
} from '../../../../src-main/store/journal/index.ts'
import { readAll, type ByteSource } from '../../../../src-main/store/journal/byte-source.ts'
import { realDisk } from '../../../../src-main/store/journal/segment-files.ts'
import { judgeTail, usedBytesFrom } from '../../../../src-main/store/journal/tail-rule.ts'
import {
  appendGroups, changeFile, copyOf, draftOf, filesOf, folderInMemory, isDraftOf, isSameFiles, journalId, keysOf, openTool, readAllRecords, smallLimits,
} from './sample-journal.ts'

const keys = keysOf()
const folders: string[] = []
const newFolder = (): string => {
  const made = folderInMemory()
  folders.push(made)
  return made
}
const copied = (path: string): string => {
  const made = copyOf(path)
  folders.push(made)
  return made
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const tryToOpen = (folder: string, use: JournalKeys = keys, id = journalId) => openJournalTool({ folder, keys: use, journalId: id, limits: smallLimits })
const segments = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.seg'))
const closedJournal = async (lives: readonly (readonly number[])[]): Promise<string> => {
  const folder = newFolder()
  for (const groups of lives) {
    const tool = await openTool(folder)
    appendGroups(tool, groups)
    tool.close()
  }
  return folder
}

const linkOf = (file: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${file}`)
  } catch {
    // The one that the listing itself was made with is closed by now.
    return ''
  }
}

/** Does this write only so far, and none after it. */
function diesAt(last: number, share: number): JournalDisk {
  let writes = 0
  return {
    writeDurably: (file, bytes, position) => {
      if (writes > last) throw Object.assign(new Error('the power is gone'), { code: 'EIO' })
      if (writes++ < last) return realDisk.writeDurably(file, bytes, position)
      realDisk.writeDurably(file, bytes.subarray(0, Math.floor(bytes.length * share)), position)
      throw Object.assign(new Error('the power is gone'), { code: 'EIO' })
    },
  }
}

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

describe('the archive', () => {
  it('takes the oldest by age or by size, never the newest, and they stay part of the journal', async () => {
    const folder = await closedJournal([[3], [4], [5], [6]])
    const now = Date.now()
    for (const [index, name] of ['00000001.seg', '00000002.seg'].entries()) {
      chmodSync(join(folder, name), 0o600)
      utimesSync(join(folder, name), new Date(now - (10 - index) * 86_400_000), new Date(now - (10 - index) * 86_400_000))
    }
    expect(archiveSegments(folder, { olderThanMs: 9.5 * 86_400_000 }, now)).toEqual([1])
    expect(archiveSegments(folder, {}, now)).toEqual([])
    expect(archiveSegments(folder, { beyondBytes: 0 }, now)).toEqual([2, 3])
    expect(segments(folder)).toEqual(['00000004.seg'])
    expect(readdirSync(join(folder, 'archive'))).toEqual(['00000001.seg', '00000002.seg', '00000003.seg'])
    expect((await readAllRecords(folder)).length).toBe(18)
    expect(await verifyJournal({ path: folder, keys })).toMatchObject({ ok: true, records: 18 })
    const tool = await openTool(folder)
    appendGroups(tool, [1])
    tool.close()
    expect(await readLastRecords({ folder, keys, journalId, count: 19 })).toHaveLength(19)
    const copy = copied(folder)
    rmSync(join(copy, 'archive', '00000002.seg'))
    expect(await tryToOpen(copy)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'segment-missing', segment: 2 } })
    const twice = copied(folder)
    copyFileSync(join(twice, 'archive', '00000003.seg'), join(twice, '00000003.seg'))
    expect(await tryToOpen(twice)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'segment-duplicated', segment: 3 } })
    const changed = copied(folder)
    changeFile(join(changed, 'archive', '00000001.seg'), (bytes) => bytes.fill(1, 400, 401))
    expect(await verifyJournal({ path: changed, keys })).toMatchObject({ ok: false, at: { segment: 1 }, records: 0 })
  })

  it('is filled when the journal is opened, if that is asked for', async () => {
    const folder = await closedJournal([[3], [4]])
    const tool = await openTool(folder, { limits: { ...smallLimits, archive: { beyondBytes: 0 } } })
    tool.close()
    expect(segments(folder)).toEqual(['00000003.seg'])
  })
})

describe('reading', () => {
  it('begins and ends where it was asked to, over segments', async () => {
    const folder = await closedJournal([[3, 4], [5], [6, 7], [8]])
    for (const [from, to] of [[1, 33], [1, 1], [8, 12], [5, 9], [13, 26], [26, 40], [34, 50]] as const) {
      const read: number[] = []
      for await (const { sequence } of readJournal({ folder, keys, journalId, from, to })) read.push(sequence)
      expect(read).toEqual(Array.from({ length: Math.max(0, Math.min(to, 33) - from + 1) }, (_each, index) => from + index))
    }
  })

  it('gives the groups as they were written, each with the head that belongs to it', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    const heads = appendGroups(tool, [2, 3, 1])
    tool.close()
    const found = []
    for await (const group of readJournalGroups({ folder, keys, journalId })) found.push(group)
    expect(found.map(({ records }) => records.length)).toEqual([2, 3, 1])
    expect(found.map(({ head }) => head)).toEqual(heads)
  })

  it('gives the newest first, as many as there are, over segments', async () => {
    const folder = await closedJournal([[70], [2], [], [3]])
    const last = async (count: number, to?: number) =>
      (await readLastRecords({ folder, keys, journalId, count, ...(to === undefined ? {} : { to }) })).map(({ sequence }) => sequence)
    expect(await last(4)).toEqual([75, 74, 73, 72])
    expect(await last(2, 60)).toEqual([60, 59])
    expect((await last(1_000)).length).toBe(75)
    expect(await last(0)).toEqual([])
  })

  it('throws where the journal is damaged, after the records before it', async () => {
    const folder = await closedJournal([[3], [4]])
    changeFile(join(folder, '00000002.seg'), (bytes) => bytes.fill(1, 300, 302))
    const read: number[] = []
    const reading = (async () => {
      for await (const { sequence } of readJournal({ folder, keys, journalId })) read.push(sequence)
    })()
    await expect(reading).rejects.toThrow(JournalUnreadable)
    await expect(reading).rejects.toMatchObject({ trouble: { kind: 'damaged', segment: 2, sequence: 4, reason: 'frame' } })
    expect(read).toEqual([1, 2, 3])
    await expect(readLastRecords({ folder, keys, journalId, count: 1 })).rejects.toThrow(JournalUnreadable)
  })
})

describe('copies', () => {
  it('of a journal that is being written end where they were asked to, and open as journals', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    const heads = appendGroups(tool, [40, 40, 40, 40, 40, 40], 200)
    for (const [index, head] of heads.entries()) {
      const into = join(newFolder(), 'copy')
      expect(await copyJournal({ folder, keys, journalId, into, upTo: head.sequence })).toMatchObject({ ok: true, records: (index + 1) * 40, head })
      expect(await verifyJournal({ path: into, keys, anchor: head })).toEqual({ ok: true, records: head.sequence, head })
      const again = await openTool(into, { knownDurable: [head] })
      appendGroups(again, [2])
      again.close()
      expect((await readAllRecords(into)).every(isDraftOf)).toBe(true)
      const out = join(newFolder(), 'copy')
      expect(await exportJournal({ folder, keys, journalId, out, upTo: head.sequence })).toMatchObject({ ok: true, head, bytes: expect.any(Number) })
      expect(await verifyJournal({ path: out, keys, journalId, anchor: head })).toEqual({ ok: true, records: head.sequence, head })
    }
    expect(await copyJournal({ folder, keys, journalId, into: join(newFolder(), 'copy'), upTo: 241 })).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'cut-short' } })
    tool.close()
  })

  it('are not made over something that is there', async () => {
    const folder = await closedJournal([[3]])
    const into = newFolder()
    writeFileSync(join(into, 'something'), '')
    expect(await copyJournal({ folder, keys, journalId, into })).toMatchObject({ ok: false, trouble: { kind: 'into-unusable' } })
    expect(await exportJournal({ folder, keys, journalId, out: join(into, 'something') })).toMatchObject({ ok: false, trouble: { kind: 'out-exists' } })
    expect(await exportJournal({ folder, keys, journalId, out: join(into, 'no', 'such') })).toMatchObject({ ok: false, trouble: { kind: 'out-unusable' } })
    expect(readdirSync(into)).toEqual(['something'])
  })

  it('of a damaged journal are not made, and nothing is left of the attempt', async () => {
    const folder = await closedJournal([[3], [4]])
    changeFile(join(folder, '00000001.seg'), (bytes) => bytes.fill(1, 300, 302))
    const home = newFolder()
    // The seal says that all is well; only reading the copy back finds it.
    expect(await exportJournal({ folder, keys, journalId, out: join(home, 'copy') })).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'frame', segment: 1 } })
    expect(readdirSync(home)).toEqual([])
  })

  it('leave a file alone that has the name of a part, and take no name that somebody took meanwhile', async () => {
    const folder = await closedJournal([[3]])
    const home = newFolder()
    const out = join(home, 'copy')
    writeFileSync(`${out}.part`, 'of somebody else')
    expect(await exportJournal({ folder, keys, journalId, out })).toMatchObject({ ok: true, records: 3 })
    expect(readFileSync(`${out}.part`, 'utf8')).toBe('of somebody else')
    expect(readdirSync(home).toSorted()).toEqual(['copy', 'copy.part'])
    const late = join(home, 'late')
    const exporting = exportJournal({ folder, keys, journalId, out: late })
    await vi.waitFor(() => expect(readdirSync(home).some((name) => name.startsWith('late.'))).toBe(true), { interval: 1 })
    writeFileSync(late, 'of somebody else')
    expect(await exporting).toEqual({ ok: false, trouble: { kind: 'out-exists', detail: late } })
    expect(readFileSync(late, 'utf8')).toBe('of somebody else')
    expect(readdirSync(home).toSorted()).toEqual(['copy', 'copy.part', 'late'])
  })

  it('stop when that is asked for, and so does verifying', async () => {
    const folder = await closedJournal([[3]])
    const signal = AbortSignal.abort()
    const home = newFolder()
    expect(await exportJournal({ folder, keys, journalId, out: join(home, 'copy'), signal })).toEqual({ ok: false, trouble: { kind: 'stopped' } })
    expect(await verifyJournal({ path: folder, keys, signal })).toMatchObject({ ok: false, reason: 'stopped' })
    expect(readdirSync(home)).toEqual([])
  })

  it('of other books or other keys are refused when they are verified', async () => {
    const folder = await closedJournal([[3]])
    const out = join(newFolder(), 'copy')
    await exportJournal({ folder, keys, journalId, out })
    expect(await verifyJournal({ path: out, keys, journalId: 'other books' })).toMatchObject({ ok: false, reason: 'not-ours' })
    expect(await verifyJournal({ path: out, keys: keysOf(1, 'others') })).toMatchObject({ ok: false, reason: 'wrong-key' })
    expect(await verifyJournal({ path: join(folder, 'none'), keys })).toMatchObject({ ok: false, reason: 'folder-unusable' })
  })
})

describe('the tool', () => {
  it('tells what is durable, and refuses a record that is too large without writing any of its group', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    const large = { kind: 'test.large', at: 1, body: { text: 'x'.repeat(70_000) } }
    expect(tool.append([draftOf(1), large])).toMatchObject({ ok: false, reason: 'too-large' })
    expect(tool.append([draftOf(1)])).toEqual({ ok: true, sequence: 1 })
    tool.close()
    expect(await readAllRecords(folder)).toHaveLength(1)
  })

  it('throws for what would come back as something else', async () => {
    const tool = await openTool(newFolder())
    for (const body of [{ a: Number.NaN }, { a: [Infinity] }, { a: { b: undefined } }, { a: () => 1 }, { a: 1n }]) {
      expect(() => tool.append([{ kind: 'test.bad', at: 1, body: body as never }])).toThrow()
    }
    expect(() => tool.append([{ kind: 'test.bad', at: 1.5, body: {} }])).toThrow()
    expect(tool.durable).toBe(0)
    tool.close()
  })

  it('after a refusal of the disk writes no more, and what was durable stays', async () => {
    const folder = newFolder()
    let isBroken = false
    const disk = {
      writeDurably: (file: number, bytes: Buffer, position: number) => {
        if (isBroken) throw Object.assign(new Error('no'), { code: 'EIO' })
        realDisk.writeDurably(file, bytes, position)
      },
    }
    const opened = await openJournalTool({ folder, keys, journalId, limits: smallLimits, disk })
    if (!opened.ok) throw new Error('not opened')
    appendGroups(opened.tool, [2])
    isBroken = true
    expect(opened.tool.append([draftOf(3)])).toMatchObject({ ok: false, reason: 'failed' })
    isBroken = false
    expect(opened.tool.append([draftOf(3)])).toMatchObject({ ok: false, reason: 'failed' })
    expect(opened.tool.close()).toEqual({ ok: false, detail: 'no' })
    expect(await readAllRecords(folder)).toHaveLength(2)
  })

  it('changes nothing by looking', async () => {
    const folder = newFolder()
    const tool = await openTool(folder)
    appendGroups(tool, [3])
    const copy = copied(folder)
    tool.close()
    const before = filesOf(copy)
    expect(await inspectJournal({ folder: copy, keys, journalId })).toMatchObject({ ok: true, state: { records: 3, segments: 1 } })
    expect(isSameFiles(before, filesOf(copy))).toBe(true)
    expect(await inspectJournal({ folder: join(copy, 'none'), keys, journalId })).toMatchObject({ ok: true, state: { records: 0, segments: 0 } })
    mkdirSync(join(copy, 'other'))
    renameSync(join(copy, '00000001.seg'), join(copy, 'other', 'x'))
    writeFileSync(join(copy, 'archive'), 'no folder')
    expect(await inspectJournal({ folder: copy, keys, journalId })).toMatchObject({ ok: false, trouble: { kind: 'folder-unusable' } })
  })
})

describe('limits', () => {
  it('are complete without any, and each is refused when it makes no sense', () => {
    expect(completeLimits()).toEqual({ ok: true, limits: defaultLimits })
    const wrong = { segmentBytes: 1_000, prepareAtShare: 2, ringBytes: 3_000_000, spinUs: -1, retryMs: 0 } as const
    for (const [limit, value] of Object.entries(wrong)) expect(completeLimits({ [limit]: value })).toEqual({ ok: false, limit })
  })
})
