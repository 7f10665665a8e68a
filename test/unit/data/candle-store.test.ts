import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCandleStore, type CandleStore, type Series } from '../../../src-main/data/index.ts'
import { translate, type MessageKey } from '../../../src-preload/contract/text/index.ts'
import { firstTime, minuteMs, partOf, readAll, rowsOf, series, someCandles } from './some-candles.ts'

let folder: string
let opened: CandleStore[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-candles-'))
})
afterEach(async () => {
  for (const store of opened) await store.dispose()
  opened = []
  rmSync(folder, { recursive: true, force: true })
})

async function open(of: Series = series): Promise<CandleStore> {
  const store = await openCandleStore(folder, of)
  if (!store.ok) throw new Error(store.error.code)
  opened.push(store.value)
  return store.value
}

async function close(store: CandleStore): Promise<void> {
  opened = opened.filter((other) => other !== store)
  await store.dispose()
}

const file = (name: 'index' | 'blocks' | 'tail'): string => join(folder, 'demo', 'BTC_2f_USD', '1m', name)

function flip(name: 'index' | 'blocks' | 'tail', at: number): void {
  const bytes = readFileSync(file(name))
  bytes[at] = (bytes[at] ?? 0) ^ 0x40
  writeFileSync(file(name), bytes)
}

/** Two blocks and some rows that are none yet. */
const all = someCandles(10_000)
async function filled(): Promise<void> {
  const store = await open()
  expect(await store.append(all)).toEqual({ ok: true, value: { appended: 10_000, repeated: 0 } })
  await close(store)
}

describe('a candle store', () => {
  it('gives back what it was given, also after it was opened anew', async () => {
    const store = await open()
    expect(await store.append(partOf(all, 0, 3))).toEqual({ ok: true, value: { appended: 3, repeated: 0 } })
    expect(await store.append(partOf(all, 3, 9_000))).toEqual({ ok: true, value: { appended: 8_997, repeated: 0 } })
    expect(await store.append(partOf(all, 9_000))).toEqual({ ok: true, value: { appended: 1_000, repeated: 0 } })
    expect((await readAll(store)).rows).toEqual(rowsOf(all))
    await close(store)
    const again = await open()
    expect(await readAll(again)).toEqual({ rows: rowsOf(all), damaged: [] })
    expect(again.facts()).toMatchObject({
      rows: 10_000, blocks: 2, firstTime, lastTime: firstTime + 9_999 * minuteMs, cut: { blocks: 0, tailBytes: 0 }, damaged: [], trouble: undefined,
    })
  })

  it('gives a range from the first to before the last, in pieces of a block at most', async () => {
    await filled()
    const store = await open()
    const { rows } = await readAll(store, firstTime + 4_000 * minuteMs, firstTime + 8_200 * minuteMs)
    expect(rows).toEqual(rowsOf(partOf(all, 4_000, 8_200)))
    const lengths: number[] = []
    for await (const part of store.read()) if (part.kind === 'candles') lengths.push(part.candles.time.length)
    expect(lengths).toEqual([4_096, 4_096, 1_808])
    expect((await readAll(store, firstTime + 20_000 * minuteMs)).rows).toEqual([])
  })

  it('gives the newest candles before a time', async () => {
    await filled()
    const store = await open()
    const window = await store.window(firstTime + 8_500 * minuteMs, 5_000)
    expect(rowsOf(window.candles)).toEqual(rowsOf(partOf(all, 3_500, 8_500)))
    expect(window.hasOlder).toBe(true)
    const first = await store.window(firstTime + 10 * minuteMs, 5_000)
    expect(rowsOf(first.candles)).toEqual(rowsOf(partOf(all, 0, 10)))
    expect(first.hasOlder).toBe(false)
    expect((await store.window(firstTime, 10)).candles.time).toHaveLength(0)
  })

  it('changes nothing when the same candles come again, and keeps those behind them', async () => {
    await filled()
    const before = readFileSync(file('tail'))
    const store = await open()
    expect(await store.append(partOf(all, 4_000, 9_500))).toEqual({ ok: true, value: { appended: 0, repeated: 5_500 } })
    expect(readFileSync(file('tail'))).toEqual(before)
    const more = someCandles(20, 9_990)
    expect(await store.append(more)).toEqual({ ok: true, value: { appended: 10, repeated: 10 } })
    expect((await readAll(store)).rows).toEqual(rowsOf(someCandles(10_010)))
  })

  it.each([5, 5_000, 9_999])('refuses a candle that contradicts row %i with its place, and keeps nothing of the batch', async (row) => {
    await filled()
    const store = await open()
    const other = partOf(someCandles(10_050), row)
    other.volume[0] = (other.volume[0] ?? 0) + 1
    const answer = await store.append(other)
    expect(answer).toEqual({
      ok: false,
      error: {
        code: 'candle-contradicts',
        details: { time: new Date(firstTime + row * minuteMs).toISOString(), column: 'volume', kept: all.volume[row], given: (all.volume[row] ?? 0) + 1 },
      },
    })
    expect(store.facts().rows).toBe(10_000)
    expect((await readAll(store)).rows).toEqual(rowsOf(all))
  })

  it('refuses a candle that would have to go between others', async () => {
    const store = await open()
    const holed = someCandles(10)
    await store.append(partOf(holed, 0, 4))
    await store.append(partOf(holed, 6))
    expect(await store.append(partOf(holed, 5, 6))).toMatchObject({ ok: false, error: { code: 'candle-too-early' } })
    expect(await store.append(partOf(holed, 0, 5))).toMatchObject({ ok: false, error: { code: 'candle-too-early' } })
    expect(store.facts().rows).toBe(8)
  })

  const spoilt = (change: (candles: ReturnType<typeof someCandles>) => void) => {
    const candles = someCandles(5)
    change(candles)
    return candles
  }
  it.each([
    ['candle-grid', spoilt(({ time }) => (time[2] = firstTime + 90_000))],
    ['candle-order', spoilt(({ time }) => (time[2] = firstTime))],
    ['candle-number', spoilt(({ volume }) => (volume[4] = 0.5))],
    ['candle-number', spoilt(({ high }) => (high[4] = 2 ** 52))],
    ['candle-range', spoilt(({ high }) => (high[3] = 1))],
    ['candle-range', spoilt(({ low, high }) => (low[3] = high[3] ?? 0))],
    ['candle-volume', spoilt(({ volume }) => (volume[0] = -1))],
    ['candle-columns', { ...someCandles(5), close: new Float64Array(4) }],
  ] as const)('refuses what is no candle: %s', async (code, candles) => {
    const store = await open()
    expect(await store.append(candles)).toMatchObject({ ok: false, error: { code } })
    expect(store.facts().rows).toBe(0)
  })

  it('names where candles are missing', async () => {
    const store = await open()
    const at = (row: number): number => firstTime + row * minuteMs
    const whole = someCandles(9_000)
    await store.append(partOf(whole, 0, 100))
    await store.append(partOf(whole, 103, 8_000))
    await store.append(partOf(whole, 8_500))
    const gaps = []
    for await (const gap of store.gaps()) gaps.push(gap)
    expect(gaps).toEqual([
      { after: at(99), before: at(103), reason: 'missing' },
      { after: at(7_999), before: at(8_500), reason: 'missing' },
    ])
    const later = []
    for await (const gap of store.gaps(at(200), at(9_000))) later.push(gap.after)
    expect(later).toEqual([at(7_999)])
  })

  it('knows the months of a calendar', async () => {
    const months = { ...series, timeframe: '1M' } as const
    const store = await open(months)
    const candles = { ...someCandles(4), time: Float64Array.of(Date.UTC(2024, 0), Date.UTC(2024, 1), Date.UTC(2024, 2), Date.UTC(2024, 4)) }
    expect(await store.append(candles)).toMatchObject({ ok: true })
    const gaps = []
    for await (const gap of store.gaps()) gaps.push(gap.after)
    expect(gaps).toEqual([Date.UTC(2024, 2)])
    expect((await readAll(store)).rows).toEqual(rowsOf(candles))
  })
})

describe('a candle store after a crash', () => {
  it('cuts a torn tail, says so, and goes on', async () => {
    const store = await open()
    await store.append(partOf(all, 0, 50))
    await store.append(partOf(all, 50, 90))
    await close(store)
    truncateSync(file('tail'), statSync(file('tail')).size - 1)
    const again = await open()
    expect((await readAll(again)).rows).toEqual(rowsOf(partOf(all, 0, 50)))
    expect(again.facts().cut.tailBytes).toBeGreaterThan(100)
    expect(await again.append(partOf(all, 50, 200))).toMatchObject({ ok: true, value: { appended: 150 } })
    await close(again)
    const last = await open()
    expect(last.facts().cut).toEqual({ blocks: 0, tailBytes: 0 })
    expect((await readAll(last)).rows).toEqual(rowsOf(partOf(all, 0, 200)))
  })

  it('cuts blocks that no tail knows of, and still has their rows as they were before', async () => {
    const store = await open()
    await store.append(partOf(all, 0, 4_000))
    const tail = readFileSync(file('tail'))
    await store.append(partOf(all, 4_000, 9_000))
    await close(store)
    // As if the power had gone before the new tail had its name.
    writeFileSync(file('tail'), tail)
    const again = await open()
    expect(again.facts()).toMatchObject({ rows: 4_000, blocks: 0, cut: { blocks: 2 } })
    expect(await again.append(all)).toMatchObject({ ok: true, value: { appended: 6_000, repeated: 4_000 } })
    expect((await readAll(again)).rows).toEqual(rowsOf(all))
  })

  it('keeps its blocks when the tail is lost, and begins a new one', async () => {
    await filled()
    unlinkSync(file('tail'))
    const store = await open()
    expect((await readAll(store)).rows).toEqual(rowsOf(partOf(all, 0, 8_192)))
    expect(await store.append(partOf(all, 8_192))).toMatchObject({ ok: true, value: { appended: 1_808 } })
  })

  it('begins anew where a beginning was not finished', async () => {
    await close(await open())
    unlinkSync(file('tail'))
    truncateSync(file('index'), 100)
    expect((await open()).facts().rows).toBe(0)
  })
})

describe('a candle store with damage', () => {
  it('names a block that is not as it was written, and serves all others', async () => {
    await filled()
    flip('blocks', 1_000)
    const store = await open()
    expect(await readAll(store)).toEqual({ rows: rowsOf(partOf(all, 4_096)), damaged: ['block-damaged 0'] })
    expect(store.facts().damaged).toMatchObject([
      { code: 'block-damaged', details: { number: 0, from: '2024-01-01T00:00:00.000Z', to: '2024-01-03T20:15:00.000Z' } },
    ])
    const [trouble] = store.facts().damaged
    expect(translate<MessageKey>('en', 'data.trouble.block-damaged', trouble?.details)).toBe(
      `Block 0 of ${join(folder, 'demo', 'BTC_2f_USD', '1m')} is damaged: its candles from 2024-01-01T00:00:00.000Z to 2024-01-03T20:15:00.000Z are left out, all others are there.`,
    )
    const window = await store.window(firstTime + 5_000 * minuteMs, 2_000)
    expect(rowsOf(window.candles)).toEqual(rowsOf(partOf(all, 4_096, 5_000)))
    expect(window.damaged).toMatchObject([{ code: 'block-damaged' }])
    // What is behind it can still be added to.
    expect(await store.append(someCandles(5, 10_000))).toMatchObject({ ok: true, value: { appended: 5 } })
    expect(await store.append(partOf(all, 0, 10))).toMatchObject({ ok: false, error: { code: 'block-damaged' } })
  })

  it('names a block whose entry is damaged, with as much of its time as its neighbours tell', async () => {
    await filled()
    flip('index', 512 + 160 + 40)
    const store = await open()
    expect(store.facts().damaged).toMatchObject([{ code: 'block-damaged', details: { number: 1 } }])
    const { rows, damaged } = await readAll(store)
    expect(damaged).toEqual(['block-damaged 1'])
    expect(rows).toEqual([...rowsOf(partOf(all, 0, 4_096)), ...rowsOf(partOf(all, 8_192))])
    const gaps = []
    for await (const gap of store.gaps()) gaps.push(gap.reason)
    expect(gaps).toContain('damaged')
  })

  it('cuts nothing and adds nothing when the tail is damaged before its end', async () => {
    const store = await open()
    await store.append(partOf(all, 0, 50))
    await store.append(partOf(all, 50, 90))
    await close(store)
    flip('tail', 96 + 64 + 10)
    const before = readFileSync(file('tail'))
    const again = await open()
    expect(again.facts().trouble).toMatchObject({ code: 'tail-damaged' })
    expect(await again.append(partOf(all, 90, 95))).toMatchObject({ ok: false, error: { code: 'tail-damaged' } })
    expect(readFileSync(file('tail'))).toEqual(before)
  })

  it('says how many blocks are missing, and serves the others', async () => {
    await filled()
    truncateSync(file('index'), 512 + 160)
    const store = await open()
    expect(store.facts().trouble).toMatchObject({ code: 'blocks-missing', details: { have: 1, expected: 2 } })
    expect((await readAll(store)).rows).toEqual([...rowsOf(partOf(all, 0, 4_096)), ...rowsOf(partOf(all, 8_192))])
    expect(await store.append(someCandles(5, 10_000))).toMatchObject({ ok: false, error: { code: 'blocks-missing' } })
  })

  it('does not open a series of another grid, nor an index that begins with something else', async () => {
    await filled()
    expect(await openCandleStore(folder, { ...series, tick: { units: 1, decimals: 1 } })).toMatchObject({ ok: false, error: { code: 'other-series' } })
    flip('index', 20)
    expect(await openCandleStore(folder, series)).toMatchObject({ ok: false, error: { code: 'not-a-series' } })
  })

  it('says what the disk says where no folder can be made', async () => {
    appendFileSync(join(folder, 'demo'), 'a file')
    expect(await openCandleStore(folder, series)).toMatchObject({ ok: false, error: { code: 'disk', details: { detail: 'ENOTDIR' } } })
  })
})
