import fc from 'fast-check'
import {
  chmodSync, closeSync, openSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { exportJournal, verifyJournal, type JournalHead } from '../../../src-main/store/journal/index.ts'
import {
  appendGroups, changeFile, filesOf, isDraftOf, isSameFiles, journalId, keysOf, openTool, readAllRecords,
} from '../../unit/store/journal/sample-journal.ts'
import { dropFoldersAfterAll, isDeep, runs, keys, folder, copied, drop, tryToOpen, flip } from './journal-desk.ts'

dropFoldersAfterAll()

describe('what was appended comes back', () => {
  it('whatever the records, the groups and the restarts in between', async () => {
    const life = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }), async (lives, epochs) => {
        const path = folder()
        for (const [index, groups] of lives.entries()) {
          const tool = await openTool(path, { keys: keysOf(Math.min(epochs, index + 1)) })
          appendGroups(tool, groups)
          tool.close()
        }
        const records = await readAllRecords(path, keysOf(epochs))
        expect(records).toHaveLength(lives.flat().reduce((sum, size) => sum + size, 0))
        expect(records.every((record, index) => record.sequence === index + 1 && isDraftOf(record))).toBe(true)
        expect(await verifyJournal({ path, keys: keysOf(epochs), journalId })).toMatchObject({ ok: true, records: records.length })
        drop(path)
      }),
      runs(15),
    )
  })

  it('for any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 100 }), async (bodies) => {
        const path = folder()
        const tool = await openTool(path)
        const drafts = bodies.map((body, index) => ({ kind: 'test.any', at: index, body: JSON.parse(JSON.stringify(body)) }))
        expect(tool.append(drafts)).toEqual({ ok: true, sequence: drafts.length })
        tool.close()
        const records = await readAllRecords(path)
        expect(records.map(({ sequence: _sequence, ...draft }) => draft)).toEqual(drafts)
        drop(path)
      }),
      runs(15),
    )
  })
})

describe('a closed journal of three segments', () => {
  let path: string
  let files: ReadonlyMap<string, Buffer>
  let head: JournalHead
  const names = ['00000001.seg', '00000002.seg', '00000003.seg']

  beforeAll(async () => {
    path = folder()
    for (const groups of [[1, 5, 64, 2], [30, 1, 1, 9], [7, 3]]) {
      const tool = await openTool(path)
      appendGroups(tool, groups)
      head = tool.head()
      tool.close()
    }
    files = filesOf(path)
    expect([...files.keys()].sort()).toEqual(names)
  })

  const anyByte = fc.tuple(fc.constantFrom(...names), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 }))
  const sizeOf = (name: string): number => files.get(name)?.length ?? 0

  it('is never taken with a byte changed: verifying finds it, at or just before the place', async () => {
    await fc.assert(
      fc.asyncProperty(anyByte, async ([name, share, mask]) => {
        const copy = copied(path)
        const offset = Math.floor(share * sizeOf(name))
        flip(join(copy, name), offset, mask)
        const found = await verifyJournal({ path: copy, keys, journalId })
        expect(found.ok).toBe(false)
        if (found.ok) return
        expect(found.reason).not.toBe('wrong-key')
        expect(found.at?.segment).toBe(Number(name.slice(0, 8)))
        // Where the frame begins that holds the byte.
        expect(found.at?.offset).toBeLessThanOrEqual(offset)
        expect(found.at?.sequence).toBe(found.records + 1)
        drop(copy)
      }),
      runs(150),
    )
  })

  it('is found changed at every single byte of a header or a seal, and of its last segment', async () => {
    const copy = copied(path)
    for (const name of names) {
      const size = sizeOf(name)
      chmodSync(join(copy, name), 0o600)
      const file = openSync(join(copy, name), 'r+')
      const edges = [...Array.from({ length: 256 }, (_each, index) => index), ...Array.from({ length: 144 }, (_each, index) => size - 1 - index)]
      const inside = name === names.at(-1) ? Array.from({ length: size - 400 }, (_each, index) => 256 + index) : []
      // The edges of all segments are made alike; those of the first are looked at whole every day.
      const offsets = [...edges.filter((offset) => isDeep || name === names[0] || offset % 8 === 0), ...inside.filter((offset) => isDeep || offset % 23 === 0)]
      const segment = Number(name.slice(0, 8))
      for (const offset of offsets) {
        const before = files.get(name)?.subarray(offset, offset + 1) ?? Buffer.alloc(1)
        writeSync(file, Buffer.from([before.readUInt8() ^ 1]), 0, 1, offset)
        const found = await verifyJournal({ path: copy, keys, journalId })
        expect({ name, offset, ok: found.ok, segment: found.ok ? 0 : found.at?.segment }).toEqual({ name, offset, ok: false, segment })
        // A start reads no more of sealed segments than this.
        const isLookedAt = offset < 256 || offset >= size - 144
        if (isLookedAt) expect({ name, offset, ok: (await tryToOpen(copy)).ok }).toEqual({ name, offset, ok: false })
        writeSync(file, before, 0, 1, offset)
      }
      closeSync(file)
    }
    expect(await verifyJournal({ path: copy, keys, journalId })).toMatchObject({ ok: true })
  }, 60_000)

  it('is never opened and read as something else: refused, or what is read is what was written', async () => {
    await fc.assert(
      fc.asyncProperty(anyByte, async ([name, share, mask]) => {
        const copy = copied(path)
        flip(join(copy, name), Math.floor(share * sizeOf(name)), mask)
        const read: unknown = await readAllRecords(copy).catch((error: unknown) => error)
        expect(read).toBeInstanceOf(Error)
        drop(copy)
      }),
      runs(60),
    )
  })

  it('is refused when it is cut at any length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sizeOf('00000003.seg') - 1 }), async (length) => {
        const copy = copied(path)
        chmodSync(join(copy, '00000003.seg'), 0o600)
        truncateSync(join(copy, '00000003.seg'), length)
        const before = filesOf(copy)
        expect(await tryToOpen(copy)).toMatchObject({ ok: false, trouble: { kind: 'damaged', segment: 3, reason: 'cut-short' } })
        expect(await verifyJournal({ path: copy, keys })).toMatchObject({ ok: false, at: { segment: 3 } })
        expect(isSameFiles(before, filesOf(copy))).toBe(true)
        drop(copy)
      }),
      runs(60),
    )
  })

  it.each([
    ['the first is deleted', (copy: string) => rmSync(join(copy, '00000001.seg'))],
    ['a middle one is deleted', (copy: string) => rmSync(join(copy, '00000002.seg'))],
    ['two have changed places', (copy: string) => {
      renameSync(join(copy, '00000001.seg'), join(copy, 'x'))
      renameSync(join(copy, '00000002.seg'), join(copy, '00000001.seg'))
      renameSync(join(copy, 'x'), join(copy, '00000002.seg'))
    }],
    ['one is there twice under another name', (copy: string) => writeFileSync(join(copy, '00000004.seg'), files.get('00000003.seg') ?? '')],
    ['one takes the place of another', (copy: string) => changeFile(join(copy, '00000002.seg'), () => files.get('00000001.seg') ?? Buffer.alloc(0))],
    ['all are renamed by one', (copy: string) => names.toReversed().forEach((name, index) => renameSync(join(copy, name), join(copy, `0000000${4 - index}.seg`)))],
    ['one has more bytes', (copy: string) => changeFile(join(copy, '00000002.seg'), (bytes) => Buffer.concat([bytes, Buffer.alloc(16)]))],
    ['the last has more bytes', (copy: string) => changeFile(join(copy, '00000003.seg'), (bytes) => Buffer.concat([bytes, Buffer.alloc(16)]))],
    ['one is empty', (copy: string) => changeFile(join(copy, '00000002.seg'), () => Buffer.alloc(0))],
  ])('is refused when %s', async (_what, change) => {
    const copy = copied(path)
    change(copy)
    const before = filesOf(copy)
    expect(await tryToOpen(copy)).toMatchObject({ ok: false, trouble: { kind: 'damaged' } })
    expect(await verifyJournal({ path: copy, keys })).toMatchObject({ ok: false })
    expect(isSameFiles(before, filesOf(copy))).toBe(true)
  })

  it('is found rolled back when its last segment is gone, by who knows its head', async () => {
    const copy = copied(path)
    rmSync(join(copy, '00000003.seg'))
    expect(await tryToOpen(copy, [head])).toMatchObject({ ok: false, trouble: { kind: 'rolled-back', reason: 'ends-before', expected: head } })
    expect(await verifyJournal({ path: copy, keys, anchor: head })).toMatchObject({ ok: false, reason: 'rolled-back' })
  })

  describe('exported', () => {
    let out: string
    let size: number
    beforeAll(async () => {
      out = join(folder(), 'copy.journal')
      expect(await exportJournal({ folder: path, keys, journalId, out })).toMatchObject({ ok: true, head })
      size = statSync(out).size
    })

    it('is found changed at any byte', async () => {
      await fc.assert(
        fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 }), async (share, mask) => {
          const copy = join(folder(), 'copy')
          const bytes = readFileSync(out)
          const offset = Math.floor(share * size)
          bytes.writeUInt8(bytes.readUInt8(offset) ^ mask, offset)
          writeFileSync(copy, bytes)
          const found = await verifyJournal({ path: copy, keys })
          expect(found.ok).toBe(false)
          if (!found.ok) expect(found.at?.offset).toBeLessThanOrEqual(offset)
        }),
        runs(100),
      )
    })

    it('is found changed at every byte of what is around the segments, and with bytes added or removed anywhere', async () => {
      const whole = readFileSync(out)
      const around = [...Array.from({ length: 96 }, (_each, index) => index), ...Array.from({ length: 128 }, (_each, index) => size - 1 - index)]
      const changes = [
        ...around.map((offset) => {
          const bytes = Buffer.from(whole)
          bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x10, offset)
          return bytes
        }),
        ...[0, 64, 96, 352, size / 2, size - 128, size].map((offset) => Buffer.concat([whole.subarray(0, offset), Buffer.alloc(1), whole.subarray(offset)])),
        ...[0, 64, 96, 352, Math.floor(size / 2), size - 128, size - 1].map((offset) => Buffer.concat([whole.subarray(0, offset), whole.subarray(offset + 1)])),
      ]
      const copy = join(folder(), 'copy')
      for (const bytes of changes) {
        writeFileSync(copy, bytes)
        expect((await verifyJournal({ path: copy, keys })).ok).toBe(false)
      }
    })
  })
})
