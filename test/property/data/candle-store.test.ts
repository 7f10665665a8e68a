import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CandleColumns } from '../../../src-main/domain/index.ts'
import { openCandleStore, type CandleStore } from '../../../src-main/data/index.ts'
import { columnNames, firstTime, minuteMs, partOf, readAll, rowsOf, series, someCandles } from '../../unit/data/some-candles.ts'

let home: string
let runs = 0
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-candles-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function open(folder: string): Promise<CandleStore> {
  const opened = await openCandleStore(folder, series)
  if (!opened.ok) throw new Error(opened.error.code)
  return opened.value
}

const all = someCandles(14_000)
const allRows = rowsOf(all)
const file = (folder: string, name: string): string => join(folder, 'demo', 'BTC_2f_USD', '1m', name)

/** Any candles at all, as long as they are candles. */
const anyCandles: fc.Arbitrary<CandleColumns> = fc
  .array(
    fc.record({
      step: fc.integer({ min: 1, max: 1_000 }),
      prices: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: -(2 ** 51), max: 2 ** 51 }))),
      volume: fc.oneof(fc.integer({ min: 0, max: 2 ** 51 }), fc.integer({ min: 0, max: 100 })),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((drawn) => {
    const candles = Object.fromEntries(columnNames.map((name) => [name, new Float64Array(drawn.length)])) as unknown as CandleColumns
    let row = 0
    for (const [at, { step, prices, volume }] of drawn.entries()) {
      row += step
      const [low = 0, open = 0, close = 0, high = 0] = [...prices].sort((left, right) => left - right)
      candles.time[at] = firstTime + row * minuteMs
      candles.open[at] = prices[0] === low ? open : close
      candles.close[at] = prices[0] === low ? close : open
      candles.high[at] = high
      candles.low[at] = low
      candles.volume[at] = volume
    }
    return candles
  })

describe('a candle store', () => {
  it('gives back any candles, whatever their prices and gaps', async () => {
    await fc.assert(
      fc.asyncProperty(anyCandles, async (candles) => {
        const folder = join(home, String(runs++))
        const store = await open(folder)
        expect(await store.append(candles)).toMatchObject({ ok: true })
        await store.dispose()
        const again = await open(folder)
        expect((await readAll(again)).rows).toEqual(rowsOf(candles))
        await again.dispose()
      }),
      { numRuns: 60 },
    )
  })

  it('holds the same, in whatever batches it came, given again or not, closed between or not', async () => {
    const step = fc.record({ rows: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 6_000 })), back: fc.integer({ min: 0, max: 500 }), closes: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const folder = join(home, String(runs++))
        let store = await open(folder)
        let kept = 0
        for (const { rows, back, closes } of steps) {
          const from = Math.max(0, kept - back)
          const to = Math.min(all.time.length, kept + rows)
          expect(await store.append(partOf(all, from, to))).toEqual({ ok: true, value: { appended: to - kept, repeated: kept - from } })
          kept = to
          if (closes) {
            await store.dispose()
            store = await open(folder)
          }
        }
        expect(await readAll(store)).toEqual({ rows: allRows.slice(0, kept), damaged: [] })
        expect(store.facts()).toMatchObject({ rows: kept, blocks: Math.floor(kept / 4_096), cut: { blocks: 0, tailBytes: 0 } })
        await store.dispose()
      }),
      { numRuns: 25 },
    )
  })

  it('changed or cut at any byte of any file, never gives out a row that was not given, and says what is wrong', async () => {
    const folder = join(home, 'whole')
    const store = await open(folder)
    await store.append(partOf(all, 0, 9_000))
    for (let row = 9_000; row < 9_030; row += 10) await store.append(partOf(all, row, row + 10))
    await store.dispose()
    const before = Object.fromEntries(['index', 'blocks', 'tail'].map((name) => [name, readFileSync(file(folder, name))]))
    const known = new Set(allRows.slice(0, 9_030).map(String))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('index', 'blocks', 'tail'), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), async (name, where, isCut) => {
        for (const [each, bytes] of Object.entries(before)) writeFileSync(file(folder, each), bytes)
        const bytes = before[name] ?? Buffer.alloc(0)
        const at = Math.min(bytes.length - 1, Math.floor(where * bytes.length))
        if (isCut) truncateSync(file(folder, name), at)
        else writeFileSync(file(folder, name), bytes.with(at, (bytes[at] ?? 0) ^ 0x10))
        const opened = await openCandleStore(folder, series)
        if (!opened.ok) return void expect(opened.error.code).toBe('not-a-series')
        const { rows, damaged } = await readAll(opened.value)
        const { cut, trouble } = opened.value.facts()
        await opened.value.dispose()
        expect(rows.every((row) => known.has(String(row)))).toBe(true)
        expect(rows.map(([time]) => time)).toEqual(rows.map(([time]) => time).toSorted((left = 0, right = 0) => left - right))
        const isTold = damaged.length > 0 || trouble !== undefined || cut.tailBytes > 0
        // Only the loss of whole frames at the very end, or of the tail's own beginning, leaves nothing behind that could tell.
        if (rows.length < 9_030) expect(isTold || name === 'tail').toBe(true)
        if (name !== 'tail') expect(rows.length).toBeGreaterThanOrEqual(isCut ? 838 : 9_030 - 4_096)
      }),
      { numRuns: 60 },
    )
  })
})
