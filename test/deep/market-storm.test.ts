import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createRig, read } from '../integration/market/market-rig.ts'

/** As the screen's own bench asks of the page. */
const growthMostMb = 10
const minutes = process.env['BALLAST_DEEP'] === undefined ? 1 : 5

function heapMb(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

describe('the market desk in a storm', () => {
  it('holds no more after minutes of it than before them, while everything is read', { timeout: 400_000 }, async () => {
    const rig = createRig({ intensity: 500 })
    await rig.run(1_000)
    const told = { count: 0 }
    const readers = [...rig.desk.markets.keys()].flatMap((instrument) => [
      read(rig, 'market.book', { instrument, depth: 50 }),
      read(rig, 'market.trades', { instrument }),
      read(rig, 'market.candle', { instrument, timeframe: '1s' }),
      read(rig, 'market.candle', { instrument, timeframe: '5m' }),
    ])
    readers.push(read(rig, 'market.quotes', {}) as never)
    const pass = async (minutes: number): Promise<void> => {
      for (let part = 0; part < minutes * 6; part++) {
        await rig.run(10_000)
        // What a reader was told is not the desk's to hold.
        for (const reader of readers) told.count += reader.told.splice(0).length
      }
    }
    await pass(1)
    const before = heapMb()
    await pass(minutes)
    const after = heapMb()
    expect(told.count).toBeGreaterThan(minutes * 20_000)
    expect(rig.desk.feedView().gaps).toBe(0)
    expect(after - before).toBeLessThan(growthMostMb)
  })
})
