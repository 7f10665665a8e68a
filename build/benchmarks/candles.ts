import { mkdtempSync, openSync, readSync, rmSync, writeSync, closeSync, fsyncSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../src-main/base/index.ts'
import { openCandleStore, type CandleStore, type Series } from '../../src-main/data/index.ts'
import type { CandleColumns } from '../../src-main/domain/index.ts'
import { resultOf, spreadOf, type Benchmark } from './measure.ts'

/** Ten years of minutes, as they would be imported: in batches. */
const rows = 5_260_000
const batchRows = 50_000
const windowRows = 10_000
const openings = 9
const windows = 60
const singles = 200
const minuteMs = 60_000
const firstTime = Date.UTC(2015, 0, 1)
/** Six columns of eight bytes. */
const rawRowBytes = 48
const series: Series = { venue: 'bench', instrument: 'BTC/USD', timeframe: '1m', tick: { units: 1, decimals: 1 }, lot: { units: 1, decimals: 5 } }

/** The candle store against the same rows as raw 64-bit columns in one plain file, on the same disk in the same run. */
export const candles: Benchmark = async () => {
  const home = mkdtempSync(join(tmpdir(), 'ballast-bench-'))
  try {
    return await measure(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function measure(home: string) {
  const made = batches()
  const store = await open(home)
  const appends: number[] = []
  const began = performance.now()
  for (const batch of made) appends.push(await timed(() => keep(store, batch)))
  const all = performance.now() - began
  const bareAll = bareAppends(join(home, 'bare'), made)
  const last: number[] = []
  const bareLast: number[] = []
  for (let row = 0; row < singles; row++) {
    const one = walk(1, rows + row)
    last.push(await timed(() => keep(store, one)))
    bareLast.push(await timed(() => Promise.resolve(bareAppend(join(home, 'bare-single'), rawRowBytes))))
  }
  const reads: number[] = []
  const bareReads: number[] = []
  const random = createRandom(7)
  for (let window = 0; window < windows; window++) {
    const before = windowRows + random.nextInt(rows - windowRows)
    reads.push(await timed(() => readWindow(store, firstTime + before * minuteMs)))
    bareReads.push(await timed(() => Promise.resolve(bareRead(join(home, 'bare'), before))))
  }
  await store.dispose()
  const opens: number[] = []
  for (let opening = 0; opening < openings; opening++) {
    opens.push(await timed(async () => (await open(home)).dispose()))
  }
  const each = { of: 'candle', nanoseconds: Math.round((all / rows) * 1e6), baselineNanoseconds: Math.round((sum(bareAll) / rows) * 1e6) }
  const bareBatch = `a plain write and flush of ${batchRows} raw rows`
  return {
    appendBatch: { ...resultOf(spreadOf(appends), spreadOf(bareAll), bareBatch), each },
    appendOne: resultOf(spreadOf(last), spreadOf(bareLast), 'a plain write and flush of one raw row'),
    openTenYears: resultOf(spreadOf(opens), spreadOf(bareReads), `a plain read of ${windowRows} raw rows`, { statistic: 'median', atMost: 50 }),
    readWindow: resultOf(spreadOf(reads), spreadOf(bareReads), `a plain read of ${windowRows} raw rows`, { statistic: 'p99', atMost: 50 }),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

async function open(home: string): Promise<CandleStore> {
  const opened = await openCandleStore(home, series)
  if (!opened.ok) throw new Error(`the candle store was not opened: ${opened.error.code}`)
  return opened.value
}

async function keep(store: CandleStore, batch: CandleColumns): Promise<void> {
  const answer = await store.append(batch)
  if (!answer.ok || answer.value.appended !== batch.time.length) throw new Error('the candles were not kept')
}

async function readWindow(store: CandleStore, before: number): Promise<void> {
  const { candles: read } = await store.window(before, windowRows)
  if (read.time.length !== windowRows || read.time.at(-1) !== before - minuteMs) throw new Error('the window is another one')
}

function batches(): readonly CandleColumns[] {
  const made: CandleColumns[] = []
  for (let row = 0; row < rows; row += batchRows) made.push(walk(Math.min(batchRows, rows - row), row))
  return made
}

/** Prices that move as a busy instrument's do: some tens of ticks in a minute. */
function walk(count: number, start: number): CandleColumns {
  const random = createRandom(start + 1)
  const column = (): Float64Array => new Float64Array(count)
  const walked = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() }
  let price = 600_000
  for (let row = 0; row < count; row++) {
    const close = Math.max(1_000, price + random.nextInt(301) - 150)
    walked.time[row] = firstTime + (start + row) * minuteMs
    walked.open[row] = price
    walked.close[row] = close
    walked.high[row] = Math.max(price, close) + random.nextInt(60)
    walked.low[row] = Math.min(price, close) - random.nextInt(60)
    walked.volume[row] = random.nextInt(2_000_000)
    price = close
  }
  return walked
}

function bareAppends(file: string, made: readonly CandleColumns[]): readonly number[] {
  return made.map((batch) => {
    const from = performance.now()
    bareAppend(file, batch.time.length * rawRowBytes)
    return performance.now() - from
  })
}

function bareAppend(file: string, bytes: number): void {
  const handle = openSync(file, 'a')
  writeSync(handle, Buffer.alloc(bytes))
  fsyncSync(handle)
  closeSync(handle)
}

function bareRead(file: string, before: number): void {
  const handle = openSync(file, 'r')
  const bytes = Buffer.alloc(windowRows * rawRowBytes)
  if (readSync(handle, bytes, 0, bytes.length, (before - windowRows) * rawRowBytes) < bytes.length) throw new Error('the plain file is too short')
  closeSync(handle)
}
