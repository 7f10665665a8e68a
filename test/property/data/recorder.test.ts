import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import { createRecorder } from '../../../src-main/data/index.ts'
import type { MarketEvent } from '../../../src-main/domain/index.ts'
import { readBack } from '../../unit/data/some-events.ts'

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-recorder-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const whole = fc.oneof(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), fc.integer({ min: 0, max: 200 }))
const price = whole.map((raw) => ticksFromRaw(raw))
const size = whole.map((raw) => lotsFromRaw(raw))
const levels = fc.array(fc.record({ price, size }), { maxLength: 5 })
const stamp = { instrument: fc.constantFrom('BTC/USD', 'ETH/USD:PERP', 'é漢', ''), at: whole, sequence: whole }
const event: fc.Arbitrary<MarketEvent> = fc.oneof(
  fc.record({ kind: fc.constant('trade' as const), ...stamp, price, size, aggressor: fc.constantFrom('buyer' as const, 'seller' as const) }),
  fc.record({ kind: fc.constant('level' as const), ...stamp, price, size, side: fc.constantFrom('bid' as const, 'ask' as const) }),
  fc.record({ kind: fc.constant('book' as const), ...stamp, bids: levels, asks: levels }),
  fc.record({
    kind: fc.constant('mark' as const), ...stamp, mark: fc.integer({ min: -(2 ** 49), max: 2 ** 49 }).map((raw) => ticksFromRaw(raw)),
    index: fc.integer({ min: -(2 ** 49), max: 2 ** 49 }).map((raw) => ticksFromRaw(raw)),
    fundingRate: whole.map((raw) => rateFromRaw(raw)), nextFundingAt: fc.integer({ min: 0, max: 2 ** 50 }),
  }),
)

let runs = 0
async function recordedFile(events: readonly MarketEvent[]): Promise<string> {
  const recorder = createRecorder({ folder: join(home, String(runs++)), now: () => 0 })
  recorder.record(events)
  await recorder.stop()
  expect(recorder.facts()).toMatchObject({ events: events.length, skipped: 0, lost: 0 })
  return recorder.facts().file ?? ''
}

describe('a recording', () => {
  it('gives back any events as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 60 }), async (events) => {
        expect(await readBack(await recordedFile(events))).toEqual({ events, lost: 0, said: [] })
      }),
      { numRuns: 150 },
    )
  })

  it('cut anywhere or changed anywhere, never gives back an event that was not recorded, and says that something is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), async (events, where, isCut) => {
        const file = await recordedFile(events)
        const bytes = readFileSync(file)
        const at = Math.min(bytes.length - 1, Math.floor(where * bytes.length))
        if (isCut) truncateSync(file, at)
        else writeFileSync(file, bytes.with(at, (bytes[at] ?? 0) ^ 0x10))
        const { events: left, said } = await readBack(file)
        // One block: all of it, or nothing.
        expect(left).toEqual([])
        expect(said).toHaveLength(isCut && at === 64 ? 0 : 1)
      }),
      { numRuns: 150 },
    )
  })
})
