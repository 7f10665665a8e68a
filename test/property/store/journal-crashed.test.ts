import fc from 'fast-check'
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyJournal } from '../../../src-main/store/journal/index.ts'
import {
  appendGroups, changeFile, filesOf, isDraftOf, isSameFiles, openTool, readAllRecords, smallLimits,
} from '../../unit/store/journal/sample-journal.ts'
import {
  dropFoldersAfterAll, isDeep, runs, keys, folder, copied, drop, tryToOpen, flip, crashedJournal, newestSegment, fail, mixSectors,
} from './journal-desk.ts'

dropFoldersAfterAll()

describe('a journal that a crash left', () => {
  it('keeps every record before its last frame, wherever that frame is torn off', async () => {
    const { path, heads } = await crashedJournal([3, 1, 12, 6], 40)
    const name = newestSegment(path)
    const whole = readFileSync(join(path, name))
    const used = whole.findLastIndex((byte) => byte !== 0) + 1
    const before = await crashedJournal([3, 1, 12], 40)
    const start = readFileSync(join(before.path, newestSegment(before.path))).findLastIndex((byte) => byte !== 0) + 1
    expect(used).toBeGreaterThan(start)
    for (let kept = Math.floor(start / 16) * 16 + 16; kept < used; kept += isDeep ? 1 : 7) {
      const copy = copied(path)
      changeFile(join(copy, name), (bytes) => bytes.fill(0, kept))
      const opened = await tryToOpen(copy, [heads[2] ?? fail()])
      expect(opened).toMatchObject({ ok: true, state: { records: 16, head: heads[2] } })
      if (opened.ok) {
        appendGroups(opened.tool, [2], 40)
        opened.tool.close()
      }
      expect((await readAllRecords(copy)).every(isDraftOf)).toBe(true)
      expect(await verifyJournal({ path: copy, keys, anchor: heads[2] ?? fail() })).toMatchObject({ ok: true, records: 18 })
      drop(copy)
    }
  }, 60_000)

  it('loses no record that was told durable, whichever sectors of the last group reached the disk', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 64 }), fc.infiniteStream(fc.boolean()),
        async (groups, lastGroup, landed) => {
          const source = folder()
          const tool = await openTool(source)
          const acknowledged = appendGroups(tool, groups, 60).at(-1) ?? fail()
          const name = newestSegment(source)
          const old = readFileSync(join(source, name))
          appendGroups(tool, [lastGroup], 60)
          // The group may have begun another segment: then the one before is sealed, and there is nothing torn in it.
          const isSame = newestSegment(source) === name
          const path = copied(source)
          tool.close()
          if (isSame) changeFile(join(path, name), (bytes) => mixSectors(old, bytes, landed))
          rmSync(join(path, 'next.prepared'), { force: true })
          const opened = await tryToOpen(path, [acknowledged])
          expect(opened.ok).toBe(true)
          if (opened.ok) {
            expect(opened.state.records === acknowledged.sequence || opened.state.records === acknowledged.sequence + lastGroup).toBe(true)
            appendGroups(opened.tool, [1], 60)
            opened.tool.close()
          }
          const records = await readAllRecords(path)
          expect(records.every(isDraftOf)).toBe(true)
          expect(await verifyJournal({ path, keys, anchor: acknowledged })).toMatchObject({ ok: true, records: records.length })
          drop(path)
          drop(source)
        },
      ),
      runs(60),
    )
  }, 60_000)

  it('is refused, not cut, when an older frame is not what was written', async () => {
    const { path } = await crashedJournal([5, 5, 5, 5, 5], 20)
    const name = newestSegment(path)
    const bytes = readFileSync(join(path, name))
    const lastFrame = bytes.findLastIndex((byte) => byte !== 0) - 1_000
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 256, max: lastFrame }), fc.integer({ min: 1, max: 255 }), async (offset, mask) => {
        const copy = copied(path)
        flip(join(copy, name), offset, mask)
        const before = filesOf(copy)
        expect(await tryToOpen(copy)).toMatchObject({ ok: false, trouble: { kind: 'damaged', segment: 1 } })
        expect(isSameFiles(before, filesOf(copy))).toBe(true)
        drop(copy)
      }),
      runs(80),
    )
  })

  it('is refused when its last acknowledged frame is damaged, by who knows its head; without, the cut is told', async () => {
    const { path, heads } = await crashedJournal([4, 4, 4], 20)
    const name = newestSegment(path)
    const lastByte = readFileSync(join(path, name)).findLastIndex((byte) => byte !== 0)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 500 }), async (back) => {
        const copy = copied(path)
        flip(join(copy, name), lastByte - back, 0x40)
        const before = filesOf(copy)
        expect(await tryToOpen(copy, heads)).toMatchObject({ ok: false, trouble: { kind: 'rolled-back', reason: 'ends-before', found: { sequence: 8 } } })
        expect(await verifyJournal({ path: copy, keys })).toMatchObject({ ok: false, reason: 'unfinished-tail', records: 8, at: { sequence: 9 } })
        expect(isSameFiles(before, filesOf(copy))).toBe(true)
        expect(await tryToOpen(copy, heads.slice(0, 2))).toMatchObject({ ok: true, state: { tailCut: { segment: 1, afterSequence: 8 } } })
        drop(copy)
      }),
      runs(8),
    )
  })

  it('is refused when any byte is set behind what a torn frame can reach, or when a frame of its own comes again', async () => {
    const { path } = await crashedJournal([2, 2], 20)
    const name = newestSegment(path)
    const big = copied(path)
    const bytes = readFileSync(join(path, name))
    const used = bytes.findLastIndex((byte) => byte !== 0) + 1
    // A copy of an authentic frame behind the end: it is of the same key, and not of this place.
    changeFile(join(big, name), (whole) => {
      whole.copy(whole, Math.ceil(used / 16) * 16, 256, 256 + whole.readUInt32LE(256))
      return whole
    })
    expect(await tryToOpen(big)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'frame-misplaced', sequence: 5 } })
    const far = folder()
    const tool = await openTool(far, { limits: { ...smallLimits, segmentBytes: 1024 * 1024 } })
    appendGroups(tool, [3])
    const left = copied(far)
    tool.close()
    const file = openSync(join(left, '00000001.seg'), 'r+')
    writeSync(file, Buffer.from([1]), 0, 1, 900_000)
    closeSync(file)
    expect(await tryToOpen(left)).toMatchObject({ ok: false, trouble: { kind: 'damaged', reason: 'frame-lost', sequence: 4 } })
  })
})
