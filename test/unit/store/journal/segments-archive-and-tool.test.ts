import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  archiveSegments, inspectJournal, openJournalTool, readLastRecords, verifyJournal,
} from '../../../../src-main/store/journal/index.ts'
import { realDisk } from '../../../../src-main/store/journal/segment-files.ts'
import {
  appendGroups, changeFile, draftOf, filesOf, isSameFiles, journalId, openTool, readAllRecords, smallLimits,
} from './sample-journal.ts'
import { keys, newFolder, copied, tryToOpen, segments, closedJournal, dropFoldersAfterEach } from './segments-desk.ts'

dropFoldersAfterEach()

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
