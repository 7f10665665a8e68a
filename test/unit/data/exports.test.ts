import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseSteps } from '../../../src-main/base/index.ts'
import { writeCandlesCsv, writeCandlesParquet, type Series } from '../../../src-main/data/index.ts'
import type { CandleColumns } from '../../../src-main/domain/index.ts'
import { columnNames, partOf, rowsOf, series, someCandles } from './some-candles.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-exports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* inPieces(candles: CandleColumns, size: number): AsyncGenerator<CandleColumns> {
  for (let row = 0; row < candles.time.length; row += size) yield partOf(candles, row, row + size)
}

function fileBuffer(file: string): ArrayBuffer {
  const bytes = readFileSync(file)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
}

describe('a CSV file of candles', () => {
  it('holds a header and exact decimals that read back as the same ticks', async () => {
    const candles = someCandles(2_500)
    const file = join(folder, 'candles.csv')
    expect(await writeCandlesCsv({ file, mayReplace: false, series, candles: inPieces(candles, 700) })).toEqual({ ok: true, value: { rows: 2_500 } })
    const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(header).toBe('time,open,high,low,close,volume')
    const rows = lines.map((line) => {
      const [time = '', ...decimals] = line.split(',')
      const steps = decimals.map((text, column) => parseSteps(text, column === 4 ? series.lot : series.tick, 'refuse'))
      return [Date.parse(time), ...steps.map((step) => (step.ok ? step.value : Number.NaN))]
    })
    expect(rows).toEqual(rowsOf(candles))
    expect(lines[0]).toMatch(/^2024-01-01T00:00:00\.000Z,30000\.0,/)
  })
})

describe('a Parquet file of candles', () => {
  it('reads back as times and decimals, with its grid among its facts', async () => {
    const candles = someCandles(2_500)
    const file = join(folder, 'candles.parquet')
    expect(await writeCandlesParquet({ file, mayReplace: false, series, candles: inPieces(candles, 700) })).toEqual({ ok: true, value: { rows: 2_500 } })
    const buffer = fileBuffer(file)
    const rows = await parquetReadObjects({ file: buffer })
    const tickOf = (value: unknown): number => Math.round(Number(value) / 0.5)
    const read = rows.map((row) => [
      (row['time'] as Date).getTime(), tickOf(row['open']), tickOf(row['high']), tickOf(row['low']), tickOf(row['close']), Math.round(Number(row['volume']) * 1e5),
    ])
    expect(read).toEqual(rowsOf(candles))
    const { key_value_metadata: facts, schema } = parquetMetadata(buffer)
    expect(facts).toEqual([
      { key: 'venue', value: 'demo' }, { key: 'instrument', value: 'BTC/USD' }, { key: 'timeframe', value: '1m' },
      { key: 'tick', value: '0.5' }, { key: 'lot', value: '0.00001' },
    ])
    expect(schema[1]?.logical_type).toEqual({ type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' })
    expect(schema[2]).toMatchObject({ type: 'INT64', logical_type: { type: 'DECIMAL', precision: 18, scale: 1 } })
  })

  it('holds exact decimals: the integers in it are steps times their units, however large or fine', async () => {
    const big = Number.MAX_SAFE_INTEGER
    const candles = Object.fromEntries(columnNames.map((name) => [name, Float64Array.of(60_000)])) as unknown as CandleColumns
    candles.open[0] = -big
    candles.high[0] = big
    candles.volume[0] = big
    const file = join(folder, 'large.parquet')
    const fine: Series = { ...series, tick: { units: 25, decimals: 2 }, lot: { units: 3, decimals: 24 } }
    await writeCandlesParquet({ file, mayReplace: false, series: fine, candles: inPieces(candles, 1) })
    const { row_groups: [group], schema } = parquetMetadata(fileBuffer(file))
    const statistics = group?.columns.map(({ meta_data }) => meta_data?.statistics?.max_value)
    // The library turns them into doubles on the way out, and these cannot hold them: so close as a double comes, and no closer.
    expect(statistics?.[2]).toBe(Number(BigInt(big) * 25n) / 100)
    expect(schema[6]).toMatchObject({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'DECIMAL', precision: 38, scale: 24 } })
    const plain = readFileSync(file)
    const unscaled = Buffer.alloc(8)
    unscaled.writeBigInt64LE(-BigInt(big) * 25n)
    expect(plain.includes(unscaled)).toBe(true)
    const wide = Buffer.from((BigInt(big) * 3n).toString(16).padStart(32, '0'), 'hex')
    expect(plain.includes(wide)).toBe(true)
  })

  it('is written in groups, so that no range is held as a whole', async () => {
    const file = join(folder, 'groups.parquet')
    await writeCandlesParquet({ file, mayReplace: false, series, candles: inPieces(someCandles(150_000), 5_000) })
    const { row_groups: groups } = parquetMetadata(fileBuffer(file))
    expect(groups.map(({ num_rows: rows }) => Number(rows)).reduce((sum, rows) => sum + rows, 0)).toBe(150_000)
    expect(groups.length).toBeGreaterThan(1)
  })
})

describe.each([['csv', writeCandlesCsv], ['parquet', writeCandlesParquet]] as const)('a %s file', (form, write) => {
  it('is not written over one that is there, but where that is wanted', async () => {
    const file = join(folder, `out.${form}`)
    writeFileSync(file, 'mine')
    const candles = someCandles(3)
    expect(await write({ file, mayReplace: false, series, candles: inPieces(candles, 3) })).toEqual({
      ok: false, error: { code: 'file-exists', details: { file } },
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(await write({ file, mayReplace: true, series, candles: inPieces(candles, 3) })).toMatchObject({ ok: true })
    expect(readFileSync(file, 'utf8')).not.toBe('mine')
    expect(readdirSync(folder)).toEqual([`out.${form}`])
  })

  it('is not there when the candles end in an error, and neither is half of it', async () => {
    async function* broken() {
      yield someCandles(70_000)
      await Promise.resolve()
      throw new Error('the line was lost')
    }
    const file = join(folder, `out.${form}`)
    await expect(write({ file, mayReplace: false, series, candles: broken() })).rejects.toThrow('the line was lost')
    expect(readdirSync(folder)).toEqual([])
  })

  it('says what the disk says where there is no such folder', async () => {
    const file = join(folder, 'nowhere', `out.${form}`)
    expect(await write({ file, mayReplace: false, series, candles: inPieces(someCandles(1), 1) })).toMatchObject({ ok: false, error: { code: 'disk', details: { detail: 'ENOENT' } } })
  })
})
