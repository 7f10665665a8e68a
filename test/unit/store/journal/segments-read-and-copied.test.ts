import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import {
  copyJournal, exportJournal, JournalUnreadable, readJournal, readJournalGroups, readLastRecords, verifyJournal,
} from '../../../../src-main/store/journal/index.ts'
import { appendGroups, changeFile, isDraftOf, journalId, keysOf, openTool, readAllRecords } from './sample-journal.ts'
import { keys, newFolder, closedJournal, dropFoldersAfterEach } from './segments-desk.ts'

dropFoldersAfterEach()

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
