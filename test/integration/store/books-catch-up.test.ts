import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import { kindIs, openBooks, type Books } from '../../../src-main/store/books/index.ts'
import { readLastRecords } from '../../../src-main/store/journal/read-last-records.ts'
import { appendGroups, journalId, keysOf, openTool, temporaryFolder } from '../../unit/store/journal/sample-journal.ts'

// A long journal is read, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

const threadEntry = new URL('../../../src-main/books-thread.ts', import.meta.url)
const records = 30_000
let folder: string
let books: Books
beforeEach(async () => {
  folder = temporaryFolder()
  mkdirSync(join(folder, 'journal'))
  const tool = await openTool(join(folder, 'journal'), { limits: { segmentBytes: 2 * 1024 * 1024 } })
  appendGroups(tool, Array.from({ length: records / 100 }, () => 100), 60)
  tool.close()
  books = ensureOk(await openBooks({ folder, key: randomBytes(32), threadEntry }), 'opening the books')
})
afterEach(async () => {
  await books.close()
  rmSync(folder, { recursive: true, force: true })
})

const journal = (to = records, from = 1) => ({
  path: join(folder, 'journal'), journalId, from, to, keys: [Uint8Array.from(keysOf().keyOf(1) ?? [])],
})

describe('books that catch up with their journal', () => {
  it('read it in their own thread: whoever asked has next to nothing to do, and is told how far they are', async () => {
    const progress: number[] = []
    const before = process.threadCpuUsage()
    const caught = await books.catchUp(journal(), { onProgress: ({ sequence }) => progress.push(sequence) })
    const { user, system } = process.threadCpuUsage(before)
    expect(caught).toMatchObject({ ok: true, value: { sequence: records } })
    expect(books.applied().sequence).toBe(records)
    expect(progress).toEqual(progress.toSorted((one, other) => one - other))
    expect(progress.length).toBeGreaterThan(20)
    // To decrypt, parse and hand over so many takes several times as long.
    expect((user + system) / 1_000).toBeLessThan(150)
  })

  it('answer questions meanwhile', async () => {
    let isDone = false
    const catching = books.catchUp(journal()).finally(() => (isDone = true))
    expect(await books.query(kindIs('setting.changed'), { limit: 1 })).toMatchObject({ ok: true })
    expect(isDone).toBe(false)
    await catching
  })

  it('stop when they are told to, keep what they have, and go on from there', async () => {
    const stop = new AbortController()
    const stopped = await books.catchUp(journal(), { signal: stop.signal, onProgress: () => stop.abort() })
    expect(stopped).toMatchObject({ ok: false, error: { kind: 'closed' } })
    const { sequence } = books.applied()
    expect(sequence).toBeGreaterThan(0)
    expect(sequence).toBeLessThan(records)
    expect(await books.catchUp(journal(records, sequence))).toMatchObject({ ok: true, value: { sequence: records } })
    expect(await books.catchUp(journal(), { signal: stop.signal })).toMatchObject({ ok: false, error: { kind: 'closed' } })
  })

  it('end in the middle of it when they are closed', async () => {
    const catching = books.catchUp(journal())
    await books.close()
    expect(await catching).toMatchObject({ ok: false, error: { kind: 'closed' } })
  })

  it('say what is damaged in it, and where', async () => {
    const second = join(folder, 'journal', readdirSync(join(folder, 'journal')).filter((name) => name.endsWith('.seg')).toSorted()[1] ?? '')
    const bytes = readFileSync(second)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(second, bytes)
    const caught = await books.catchUp(journal())
    expect(caught).toMatchObject({ ok: false, error: { kind: 'failed', journal: { kind: 'damaged', segment: 2 } } })
    // What came before it is applied.
    expect(books.applied().sequence).toBeGreaterThan(100)
  })

  it('say so when the keys are not its keys', async () => {
    expect(await books.catchUp({ ...journal(), keys: [randomBytes(32)] })).toMatchObject({ ok: false, error: { kind: 'failed', journal: { kind: 'wrong-key' } } })
  })
})

it('the newest records of a journal are read in small turns, so that the loop goes on', async () => {
  const loop = { turns: 0, isDone: false }
  const count = async (): Promise<void> => {
    for (; !loop.isDone; loop.turns += 1) await nextTurn()
  }
  const counting = count()
  const newest = await readLastRecords({ folder: join(folder, 'journal'), keys: keysOf(), journalId, count: 20_000 })
  loop.isDone = true
  await counting
  expect([newest.length, newest[0]?.sequence, newest.at(-1)?.sequence]).toEqual([20_000, records, records - 19_999])
  // One for each group of records, at the least.
  expect(loop.turns).toBeGreaterThanOrEqual(200)
})
