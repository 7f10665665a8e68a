import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { defaultLimits, openJournal, verifyJournal } from '../../src-main/store/journal/index.ts'
import { draftOf, folderInMemory, journalId, keysOf, openTool, threadEntry } from '../unit/store/journal/sample-journal.ts'

const records = 1_000_000
/** One by one into the last segment, which is read frame by frame: the slowest start there is. */
const single = 20_000
const folder = folderInMemory()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it(`a journal of ${records} records is open within two seconds, and its newest records are known`, async () => {
  const keys = keysOf()
  const made = performance.now()
  const tool = await openTool(folder, { limits: defaultLimits })
  // Not closed at the end: the last segment is as a crash leaves it, which is the slow way to start.
  while (tool.durable < records) tool.append(Array.from({ length: 6_400 }, (_each, index) => draftOf(tool.durable + 1 + index, 10)))
  for (let added = 0; added < single; added++) tool.append([draftOf(tool.durable + 1, 10)])
  const head = tool.head()
  const madeMs = performance.now() - made
  const before = performance.now()
  const opening = await openJournal({ folder, keys, journalId, threadEntry, knownDurable: [head] })
  const openMs = performance.now() - before
  if (!opening.ok) throw new Error(JSON.stringify(opening.trouble))
  expect(opening.found.records).toBe(head.sequence)
  expect(openMs).toBeLessThan(2_000)
  const newest = await opening.found.lastRecords(100)
  expect(newest.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_each, index) => head.sequence - index))
  await opening.journal.close()
  const verifying = performance.now()
  expect(await verifyJournal({ path: folder, keys, anchor: head })).toMatchObject({ ok: true, records: head.sequence })
  console.log(`${head.sequence} records made in ${Math.round(madeMs)} ms, open in ${Math.round(openMs)} ms, verified in ${Math.round(performance.now() - verifying)} ms`)
}, 120_000)
