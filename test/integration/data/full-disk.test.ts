import { existsSync, readdirSync, writeFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRecorder, openCandleStore, writeCandlesCsv, writeCandlesParquet } from '../../../src-main/data/index.ts'
import { mountSmallFilesystem, type SmallFilesystem } from '../../fixtures/small-filesystem.ts'
import { partOf, readAll, rowsOf, series, someCandles } from '../../unit/data/some-candles.ts'
import { readBack, trade } from '../../unit/data/some-events.ts'

let disk: SmallFilesystem
beforeAll(async () => {
  disk = await mountSmallFilesystem(1_000_000)
})
afterAll(() => disk.remove())

const all = someCandles(300_000)
const tooMuch = { code: 'disk', details: { detail: 'ENOSPC' } }

describe('on a disk that is full', () => {
  it('a recorder ends with the reason, throws nothing, and what was written can be read', async () => {
    const recorder = createRecorder({ folder: join(disk.folder, 'recordings'), now: () => 0, waitingBytesMax: 64 * 2 ** 20 })
    const events = Array.from({ length: 400_000 }, (_, sequence) => trade('BTC/USD', sequence, sequence, sequence * 7_919))
    recorder.record(events)
    await recorder.stop()
    expect(recorder.facts().trouble).toMatchObject(tooMuch)
    const { events: kept, said } = await readBack(recorder.facts().file ?? '')
    expect(kept.length).toBeGreaterThan(10_000)
    expect(kept).toEqual(events.slice(0, kept.length))
    expect(said).toEqual([])
    rmSync(join(disk.folder, 'recordings'), { recursive: true })
  })

  it('a candle store refuses, keeps what it had, and goes on when there is room again', async () => {
    const opened = await openCandleStore(disk.folder, series)
    if (!opened.ok) throw new Error(opened.error.code)
    const store = opened.value
    expect(await store.append(partOf(all, 0, 5_000))).toMatchObject({ ok: true })
    const ballast = join(disk.folder, 'ballast')
    expect(() => writeFileSync(ballast, Buffer.alloc(2_000_000))).toThrow('ENOSPC')
    expect(await store.append(partOf(all, 5_000, 5_100))).toMatchObject({ ok: false, error: tooMuch })
    expect(await store.append(partOf(all, 5_000, 20_000))).toMatchObject({ ok: false, error: tooMuch })
    expect(await readAll(store)).toEqual({ rows: rowsOf(partOf(all, 0, 5_000)), damaged: [] })
    rmSync(ballast)
    expect(await store.append(partOf(all, 5_000, 20_000))).toMatchObject({ ok: true })
    await store.dispose()
    const again = await openCandleStore(disk.folder, series)
    if (!again.ok) throw new Error(again.error.code)
    expect(await readAll(again.value)).toEqual({ rows: rowsOf(partOf(all, 0, 20_000)), damaged: [] })
    await again.value.dispose()
    rmSync(join(disk.folder, 'demo'), { recursive: true })
  })

  it.each([['csv', writeCandlesCsv], ['parquet', writeCandlesParquet]] as const)('a %s file is not there at all, and the one before it still is', async (form, write) => {
    async function* pieces() {
      for (let row = 0; row < 300_000; row += 10_000) yield partOf(all, row, row + 10_000)
    }
    const file = join(disk.folder, `out.${form}`)
    expect(await write({ file, mayReplace: false, series, candles: pieces() })).toMatchObject({ ok: false, error: tooMuch })
    expect(existsSync(file)).toBe(false)
    writeFileSync(file, 'of yesterday')
    expect(await write({ file, mayReplace: true, series, candles: pieces() })).toMatchObject({ ok: false, error: tooMuch })
    expect(readdirSync(disk.folder).filter((name) => name.startsWith('out.'))).toEqual([`out.${form}`])
    rmSync(file)
  })
})
