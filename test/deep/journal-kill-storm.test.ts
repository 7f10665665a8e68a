import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { inspectJournal, readJournal, verifyJournal, type JournalHead } from '../../src-main/store/journal/index.ts'
import { isDraftOf, journalId, keysOf, temporaryFolder } from '../unit/store/journal/sample-journal.ts'

const kills = process.env['BALLAST_DEEP'] === undefined ? 20 : 300
const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The last number that the child had said when it died. */
function storm(killAfterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'journal-storm-child.ts'), folder], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complained = ''
    child.stderr.on('data', (bytes) => (complained += String(bytes)))
    child.stdout.on('data', (bytes) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), killAfterMs)
      said += String(bytes)
    })
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL' || complained !== '') reject(new Error(`the child ended by itself: ${complained}`))
      // The last line may be cut off in the middle of its number.
      else resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1)))
    })
  })
}

it(`a writer that is killed ${kills} times never loses what it said is durable, nor anything of before`, async () => {
  const keys = keysOf()
  let verified: JournalHead | undefined
  let left = 0
  for (let kill = 0; kill < kills; kill++) {
    const acknowledged = await storm((kill * 37) % 120)
    const found = await inspectJournal({ folder, keys, journalId, ...(verified === undefined ? {} : { knownDurable: [verified] }) })
    if (!found.ok) throw new Error(JSON.stringify(found.trouble))
    const { head, records, tailCut } = found.state
    expect(records).toBeGreaterThanOrEqual(acknowledged)
    // Everything since the last kill, one by one; what is before it has the head of then.
    let next = (verified?.sequence ?? 0) + 1
    for await (const record of readJournal({ folder, keys, journalId, from: next })) {
      if (record.sequence !== next || !isDraftOf(record)) throw new Error(`record ${record.sequence} in place of ${next}`)
      next++
    }
    expect(next).toBe(records + 1)
    if (records > acknowledged || tailCut !== undefined) left++
    verified = head
  }
  const whole = await verifyJournal({ path: folder, keys, ...(verified === undefined ? {} : { anchor: verified }) })
  expect(whole.ok || whole.reason === 'unfinished-tail').toBe(true)
  expect(whole.records).toBe(verified?.sequence)
  expect(whole.records).toBeGreaterThan(kills * 50)
  console.log(`journal storm: ${kills} kills, ${whole.records} records, ${left} times more on the disk than was acknowledged`)
}, 60_000 + kills * 2_000)
