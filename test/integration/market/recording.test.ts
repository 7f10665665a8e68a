import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MarketEvent } from '../../../src-main/domain/index.ts'
import { createRecorder, readRecording } from '../../../src-main/data/index.ts'
import { OrderBook } from '../../../src-main/market/book.ts'
import { ask, createRig, type Rig } from './market-rig.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-market-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const recordingRig = (into: string): Rig => {
  const rig: Rig = createRig({
    startRecorder: (instruments) => createRecorder({ folder: into, now: () => rig.desk.now(), ...(instruments === undefined ? {} : { instruments }) }),
  })
  return rig
}

async function recorded(): Promise<MarketEvent[]> {
  const events: MarketEvent[] = []
  for (const file of readdirSync(folder)) {
    for await (const part of readRecording(join(folder, file))) {
      if (part.kind !== 'events') throw new Error(part.kind)
      events.push(...part.events)
    }
  }
  return events
}

describe('a recording', () => {
  it('begins with the book and holds every event of what was asked for, so that the book can be built again from it', async () => {
    const rig = recordingRig(folder)
    await rig.run(10_000)
    expect(await rig.handlers['market.record']({ isOn: true, instruments: ['BTC/USD'] }, ask.caller)).toEqual({ ok: true, value: { isOn: true, folder: '/recordings' } })
    await rig.run(20_000)
    expect(rig.desk.feedView().recording).toMatchObject({ instruments: ['BTC/USD'], lost: 0, trouble: null })
    const bids = rig.desk.markets.get('BTC/USD')?.book.bids(20)
    const trades = rig.desk.markets.get('BTC/USD')?.tape.last
    await rig.handlers['market.record']({ isOn: false }, ask.caller)
    expect(rig.desk.feedView().recording).toBeNull()
    const events = await recorded()
    const book = new OrderBook()
    expect(events[0]?.kind).toBe('book')
    expect(events.map((event) => book.apply(event)).every((outcome) => outcome === 'follows')).toBe(true)
    expect(book.bids(20)).toEqual(bids)
    expect(events.findLast(({ kind }) => kind === 'trade')).toEqual(trades)
    expect(new Set(events.map(({ instrument }) => instrument))).toEqual(new Set(['BTC/USD']))
  })

  it('of an instrument that is not there is refused, and nothing is written', async () => {
    const rig = recordingRig(folder)
    await rig.run(1_000)
    expect(await rig.handlers['market.record']({ isOn: true, instruments: ['NO/SUCH'] }, ask.caller))
      .toMatchObject({ ok: false, error: { code: 'market.unknown-instrument', details: { instrument: 'NO/SUCH' } } })
    expect(rig.desk.feedView().recording).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  it('where the disk refuses says why and hurts nothing else', async () => {
    const rig = recordingRig('/dev/null/not-a-folder')
    await rig.run(1_000)
    await rig.handlers['market.record']({ isOn: true }, ask.caller)
    await rig.run(5_000)
    // The recorder writes on the machine's own timer.
    await expect.poll(() => rig.desk.feedView().recording?.trouble, { timeout: 5_000 }).toBe('ENOTDIR')
    expect(rig.desk.quote('BTC/USD')?.state).toBe('live')
    await rig.handlers['market.record']({ isOn: false }, ask.caller)
    expect(rig.logged.every(({ error }) => error === undefined)).toBe(true)
  })

  it('that is begun twice ends the first one whole', async () => {
    const rig = recordingRig(folder)
    await rig.run(1_000)
    await Promise.all([
      rig.handlers['market.record']({ isOn: true, instruments: ['BTC/USD'] }, ask.caller),
      rig.handlers['market.record']({ isOn: true, instruments: ['ETH/USD'] }, ask.caller),
    ])
    await rig.run(3_000)
    await rig.desk.dispose()
    const instruments = new Set((await recorded()).map(({ instrument }) => instrument))
    expect(instruments).toEqual(new Set(['BTC/USD', 'ETH/USD']))
  })
})
