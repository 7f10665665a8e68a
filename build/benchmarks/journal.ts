import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { JournalDraft } from '../../src-main/ports/index.ts'
import { openJournal, type JournalKeys, type OpenedJournal } from '../../src-main/store/journal/index.ts'
import { durableFlag, realDisk } from '../../src-main/store/journal/segment-files.ts'
import { resultOf, round, spreadOf, type Benchmark } from './measure.ts'

const paced = 2_000
const pacedGapMs = 1
const bursts = 5
const burstRecords = 50_000
const frameBytes = 304

/** Engine → ring → thread → disk and back, against a bare durable write of as many bytes on the same disk in the same run. */
export const journal: Benchmark = async () => {
  const home = mkdtempSync(join(tmpdir(), 'ballast-bench-'))
  try {
    return await measure(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const dataKey = randomBytes(32)
const keys: JournalKeys = { newestEpoch: 1, keyOf: (epoch) => (epoch === 1 ? dataKey : undefined) }
const threadEntry = new URL('../../src-main/journal-thread.ts', import.meta.url)

async function open(folder: string): Promise<OpenedJournal> {
  const opening = await openJournal({ folder, keys, journalId: 'bench', threadEntry })
  if (!opening.ok) throw new Error(`the journal was not opened: ${opening.trouble.kind}`)
  return opening.journal
}

/** About 200 bytes as text. */
const draft = (at: number): JournalDraft => ({
  kind: 'order.submitted', at, correlation: '7f0c2a9d-51b7-4d4e-9a53-0f6c1f2f8a11',
  body: { instrument: 'BTC-PERP', side: 'buy', price: '67418.5', quantity: '0.045', strategy: 'mean-reversion', attempt: 1 },
})

async function measure(home: string) {
  const folder = join(home, 'journal')
  const opened = await open(folder)
  await pacedAppends(opened, 200)
  const bare = await bareWrites(join(home, 'bare'), paced)
  const { waits, appends } = await pacedAppends(opened, paced)
  const stalls = await loopStalls(opened)
  const idle = await loopStalls(undefined)
  const groups: number[] = []
  const bareGroups: number[] = []
  for (let burst = 0; burst < bursts; burst++) {
    groups.push(await burstOf(opened))
    bareGroups.push(await bareBurst(join(home, `bare-${burst}`)))
  }
  const { durable } = opened
  await opened.close()
  const recoveries: number[] = []
  for (let start = 0; start < 5; start++) recoveries.push(await recovery(folder))
  const records = `${durable} records`
  const bareIs = `a bare durable write of ${frameBytes} bytes`
  return {
    appendToDurable: { ...resultOf(spreadOf(waits), spreadOf(bare), bareIs, { statistic: 'p99', atMost: 1.5 }), ...tail(waits) },
    timeInAppend: { ...resultOf(spreadOf(appends), spreadOf(bare), bareIs, { statistic: 'p99', atMost: 0.1 }), ...tail(appends) },
    loopStallWhileWriting: { ...resultOf(spreadOf(stalls), spreadOf(idle), 'the same loop without a journal', { statistic: 'p99', atMost: 0.1 }), ...tail(stalls) },
    groupsOf50000: resultOf(spreadOf(groups), spreadOf(bareGroups), 'the same bytes in bare durable writes of 64 records'),
    recovery: resultOf(spreadOf(recoveries), spreadOf(bare), `${bareIs}; a start with ${records}`, { statistic: 'p99', atMost: 2_000 }),
  }
}

/** What one in a thousand sees, which the common table does not have. */
const tail = (samples: readonly number[]): { readonly p999: number } => {
  const sorted = [...samples].sort((a, b) => a - b)
  return { p999: round(sorted[Math.floor(sorted.length * 0.999)] ?? Number.NaN) }
}

/** One in flight, at a pace: neither a queue nor an idle disk is measured. */
async function pacedAppends(opened: OpenedJournal, count: number): Promise<{ readonly waits: readonly number[]; readonly appends: readonly number[] }> {
  const waits: number[] = []
  const appends: number[] = []
  for (let index = 0; index < count; index++) {
    const from = performance.now()
    const appended = opened.append(draft(index))
    appends.push(performance.now() - from)
    if (!appended.ok || (await opened.whenDurable(appended.sequence)) !== 'durable') throw new Error('the journal failed')
    waits.push(performance.now() - from)
    await pause(pacedGapMs)
  }
  return { waits, appends }
}

async function bareWrites(path: string, count: number): Promise<readonly number[]> {
  const file = preparedFile(path, count * frameBytes)
  const bytes = Buffer.alloc(frameBytes, 7)
  const samples: number[] = []
  for (let index = 0; index < count; index++) {
    const from = performance.now()
    realDisk.writeDurably(file, bytes, index * frameBytes)
    samples.push(performance.now() - from)
    await pause(pacedGapMs)
  }
  closeSync(file)
  return samples
}

function preparedFile(path: string, bytes: number): number {
  const file = openSync(path, 'w+')
  writeSync(file, Buffer.alloc(bytes))
  fsyncSync(file)
  closeSync(file)
  // The flag cannot be given with the letters that make the file.
  return openSync(path, durableFlag | 2)
}

/** How much later than at once the next turn of the engine's loop comes, while the thread writes as fast as it can. */
async function loopStalls(opened: OpenedJournal | undefined): Promise<readonly number[]> {
  const stalls: number[] = []
  for (let turn = 0; turn < 5_000; turn++) {
    if (opened !== undefined && opened.appended - opened.durable < 256) for (let index = 0; index < 4; index++) opened.append(draft(index))
    const from = performance.now()
    await new Promise((resolve) => setImmediate(resolve))
    stalls.push(performance.now() - from)
  }
  if (opened !== undefined) await opened.whenDurable(opened.appended)
  return stalls
}

async function burstOf(opened: OpenedJournal): Promise<number> {
  const from = performance.now()
  for (let index = 0; index < burstRecords; ) {
    if (opened.append(draft(index)).ok) index++
    else await pause(1)
  }
  await opened.whenDurable(opened.appended)
  return performance.now() - from
}

async function bareBurst(path: string): Promise<number> {
  const groupBytes = 64 * 232
  const groups = Math.ceil(burstRecords / 64)
  const file = preparedFile(path, groups * groupBytes)
  const bytes = Buffer.alloc(groupBytes, 7)
  const from = performance.now()
  for (let group = 0; group < groups; group++) realDisk.writeDurably(file, bytes, group * groupBytes)
  const took = performance.now() - from
  closeSync(file)
  return took
}

async function recovery(folder: string): Promise<number> {
  const from = performance.now()
  const again = await open(folder)
  const took = performance.now() - from
  await again.close()
  return took
}
