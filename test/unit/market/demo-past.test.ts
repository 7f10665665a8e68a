import { describe, expect, it } from 'vitest'
import type { CandleColumns, Timeframe } from '../../../src-main/domain/index.ts'
import { readPast } from '../../../src-main/market/demo-past.ts'
import type { DemoSource } from '../../../src-main/market/demo-source.ts'
import { LoopTurns } from '../../../src-main/market/loop-turns.ts'
import { createDemoMarket } from '../../../src-main/venues/sim/index.ts'

const now = Date.parse('2026-03-18T15:00:30Z')
const market = createDemoMarket({ seed: 7, startAt: now })
const dayMs = 86_400_000

interface Piece {
  readonly turn: number
  readonly spanMs: number
  readonly timeframe: Timeframe
}

/** The real market, and how much of it was computed in which turn of the loop. */
function watched() {
  const pieces: Piece[] = []
  let turn = 0
  let isOver = false
  const count = (): void => {
    turn++
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const source: DemoSource = {
    instruments: market.instruments,
    now: () => market.now(),
    advanceTo: (at) => market.advanceTo(at),
    snapshotOf: (id) => market.snapshotOf(id),
    keptFrom: (timeframe) => market.keptFrom(timeframe),
    candles: (instrument, timeframe, before, limit, since = 0) => {
      pieces.push({ turn, spanMs: before - since, timeframe })
      return market.candles(instrument, timeframe, before, limit, since)
    },
  }
  return { source, pieces, end: () => (isOver = true) }
}

const plain = (columns: CandleColumns): readonly number[][] => Object.values(columns).map((column: Float64Array) => [...column])

describe('the past of the demo market', () => {
  it('is computed in pieces that do not hold the loop, one in a turn, however many ask', async () => {
    const { source, pieces, end } = watched()
    const turns = new LoopTurns()
    const wishes = [['1s', 5_000], ['30s', 720], ['1m', 5_000], ['1h', 500], ['1d', 100], ['1w', 20], ['1M', 6]] as const
    const answers = ['BTC/USD', 'BLST'].flatMap((instrument) =>
      wishes.map(([timeframe, limit]) => readPast(source, turns, { instrument, timeframe, before: now + 1, limit })))
    await Promise.all(answers)
    end()
    expect(pieces.length).toBeGreaterThan(200)
    const perTurn = new Map<number, number>()
    for (const { turn } of pieces) perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1)
    expect(Math.max(...perTurn.values())).toBe(1)
    for (const { timeframe, spanMs } of pieces) expect(spanMs).toBeLessThanOrEqual(timeframe.endsWith('s') ? 12 * 60_000 : 2 * dayMs)
  })

  it.each([
    ['1s', 2_000], ['15s', 5_000], ['1m', 4_000], ['3m', 1_000], ['1h', 200], ['12h', 50], ['1d', 40], ['1w', 12], ['1M', 40],
  ] as const)('of %s is the same in pieces as in one go, from any moment', async (timeframe, limit) => {
    const { source, end } = watched()
    const turns = new LoopTurns()
    for (const instrument of ['BTC/USD', 'BLST']) {
      for (const before of [now + 1, now - 3_723_001, timeframe.endsWith('s') ? now - 9_000_000 : Date.parse('2024-02-29T00:00:00Z')]) {
        const read = await readPast(source, turns, { instrument, timeframe, before, limit })
        expect(plain(read)).toEqual(plain(market.candles(instrument, timeframe, before, limit)))
      }
    }
    end()
  })

  it('gives a chart its page of minutes from any date of two years in at most three turns', async () => {
    const { source, pieces, end } = watched()
    for (let visit = 0; visit < 24; visit++) {
      const before = now - ((visit * 311) % 730) * dayMs - visit * 3_600_000
      const from = pieces.length
      const { time } = await readPast(source, new LoopTurns(), { instrument: 'ETH/USD', timeframe: '1m', before, limit: 1_002 })
      expect([time.length, pieces.length - from <= 3]).toEqual([1_002, true])
    }
    end()
  })

  it('before its own beginning is empty', async () => {
    const { source, end } = watched()
    const read = await readPast(source, new LoopTurns(), { instrument: 'BTC/USD', timeframe: '1M', before: Date.UTC(2023, 5), limit: 10 })
    end()
    expect(read.time).toHaveLength(0)
  })
})
