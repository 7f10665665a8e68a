import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRecorder } from '../../../src-main/data/index.ts'
import { lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import { eachKind, readBack, trade } from './some-events.ts'

let home: string
let folder: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-recorder-'))
  folder = join(home, 'recordings')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const noon = Date.UTC(2025, 4, 1, 12)
const dayMs = 86_400_000

async function recorded(count: number, perBatch = 1): Promise<string> {
  const recorder = createRecorder({ folder, now: () => noon })
  for (let at = 0; at < count; at += perBatch) {
    recorder.record(Array.from({ length: Math.min(perBatch, count - at) }, (_, row) => trade('BTC/USD', noon + at + row, at + row, 1_000 + ((at + row) % 77))))
  }
  await recorder.stop()
  return recorder.facts().file ?? ''
}

describe('a recorder', () => {
  it('writes one file for a UTC day, from which the same events come back', async () => {
    const recorder = createRecorder({ folder, now: () => noon })
    const events = [...eachKind('BTC/USD', noon), ...eachKind('ETH/USD:PERP', noon + 1)]
    recorder.record(events.slice(0, 5))
    recorder.record(events.slice(5))
    expect(recorder.facts()).toMatchObject({ since: noon, events: 12, lost: 0, skipped: 0, instruments: ['BTC/USD', 'ETH/USD:PERP'], trouble: undefined })
    await recorder.stop()
    const { file, bytes } = recorder.facts()
    expect(file).toBe(join(folder, '2025-05-01.recording'))
    expect(bytes).toBe(statSync(file ?? '').size)
    expect(await readBack(file ?? '')).toEqual({ events, lost: 0, said: [] })
  })

  it('takes the chosen instruments only', async () => {
    const recorder = createRecorder({ folder, now: () => noon, instruments: ['ETH/USD'] })
    recorder.record([trade('BTC/USD', noon, 1), trade('ETH/USD', noon, 1), trade('BTC/USD', noon, 2)])
    await recorder.stop()
    expect((await readBack(recorder.facts().file ?? '')).events).toEqual([trade('ETH/USD', noon, 1)])
    expect(recorder.facts().instruments).toEqual(['ETH/USD'])
  })

  it('turns to a new file at midnight, and loses nothing', async () => {
    let now = noon
    const recorder = createRecorder({ folder, now: () => now })
    recorder.record([trade('BTC/USD', now, 1)])
    now += dayMs
    recorder.record([trade('BTC/USD', now, 2)])
    await recorder.stop()
    expect(readdirSync(folder)).toEqual(['2025-05-01.recording', '2025-05-02.recording'])
    expect((await readBack(join(folder, '2025-05-01.recording'))).events).toEqual([trade('BTC/USD', noon, 1)])
    expect((await readBack(join(folder, '2025-05-02.recording'))).events).toEqual([trade('BTC/USD', now, 2)])
  })

  it('never touches an earlier recording of the same day', async () => {
    const first = await recorded(10)
    truncateSync(first, statSync(first).size - 3)
    const torn = readFileSync(first)
    const second = await recorded(4)
    expect(second).toBe(join(folder, '2025-05-01-2.recording'))
    expect(readFileSync(first)).toEqual(torn)
    expect((await readBack(second)).events).toHaveLength(4)
  })

  it('counts what found no room in memory, in the file too', async () => {
    const recorder = createRecorder({ folder, now: () => noon, waitingBytesMax: 100_000 })
    const events = Array.from({ length: 60_000 }, (_, sequence) => trade('BTC/USD', noon + sequence, sequence, sequence % 1_000))
    // All in one turn of the loop: the disk has no chance to take any.
    recorder.record(events)
    const { events: taken, lost } = recorder.facts()
    expect(lost).toBeGreaterThan(10_000)
    expect(taken + lost).toBe(60_000)
    await recorder.stop()
    const back = await readBack(recorder.facts().file ?? '')
    expect(back.events).toEqual(events.slice(0, taken))
    expect(back.lost).toBe(lost)
  })

  it('leaves out and counts an event with a number that has no place', async () => {
    const recorder = createRecorder({ folder, now: () => noon })
    recorder.record([
      trade('BTC/USD', noon + 0.5, 1),
      trade('BTC/USD', noon, 2, 2 ** 52),
      { kind: 'book', instrument: 'BTC/USD', at: noon, sequence: 3, bids: [{ price: ticksFromRaw(1), size: lotsFromRaw(2 ** 52) }], asks: [] },
      trade('BTC/USD', noon, 4),
    ])
    await recorder.stop()
    expect(recorder.facts()).toMatchObject({ events: 1, skipped: 3 })
    expect((await readBack(recorder.facts().file ?? '')).events).toEqual([trade('BTC/USD', noon, 4)])
  })

  it('writes what it has within seconds, without being asked', async () => {
    const recorder = createRecorder({ folder, now: () => noon })
    recorder.record([trade('BTC/USD', noon, 1)])
    await expect.poll(() => recorder.facts().file, { timeout: 10_000 }).toBeDefined()
    await expect.poll(async () => (await readBack(recorder.facts().file ?? '')).events.length).toBe(1)
    await recorder.stop()
  })

  it('ends with a reason where the folder cannot be made, and takes nothing more', async () => {
    writeFileSync(folder, 'a file in its place')
    const recorder = createRecorder({ folder, now: () => noon })
    recorder.record([trade('BTC/USD', noon, 1)])
    await recorder.stop()
    expect(recorder.facts().trouble).toEqual({ code: 'disk', details: { detail: 'EEXIST', file: folder } })
    recorder.record([trade('BTC/USD', noon, 2)])
    expect(recorder.facts().events).toBe(1)
  })

  it('can be stopped twice, and stopped before it began', async () => {
    const recorder = createRecorder({ folder, now: () => noon })
    await recorder.stop()
    await recorder.stop()
    recorder.record([trade('BTC/USD', noon, 1)])
    expect(recorder.facts()).toMatchObject({ events: 0, file: undefined })
  })
})

describe('reading a recording', () => {
  it('leaves out a damaged block, names it, and reads on behind it', async () => {
    const file = await recorded(60_000, 500)
    const whole = await readBack(file)
    expect(whole.events).toHaveLength(60_000)
    const bytes = readFileSync(file)
    bytes[70_000 + 200] = (bytes[70_000 + 200] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const { events, said } = await readBack(file)
    expect(said).toEqual(['recording-damaged'])
    expect(events.length).toBeGreaterThan(20_000)
    expect(events.length).toBeLessThan(60_000)
    const left = new Set(events.map(({ sequence }) => sequence))
    expect(events).toEqual(whole.events.filter(({ sequence }) => left.has(sequence)))
    expect(left.has(59_999)).toBe(true)
  })

  it('says that its end is torn', async () => {
    const file = await recorded(60_000, 500)
    truncateSync(file, statSync(file).size - 1)
    const { events, said } = await readBack(file)
    expect(said).toEqual(['torn'])
    expect(events.length).toBeGreaterThan(0)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, sequence) => sequence))
  })

  it('refuses what is no recording, and what is not there', async () => {
    const file = join(home, 'letter')
    writeFileSync(file, 'Dear reader, '.repeat(100))
    expect((await readBack(file)).said).toEqual(['not-a-recording'])
    expect((await readBack(join(home, 'nothing'))).said).toEqual(['disk'])
  })
})
