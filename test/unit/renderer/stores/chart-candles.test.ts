import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridgeError, type CandleRow, type CandleWindow } from '../../../../src-preload/contract/index.ts'
import { barsMax, type BarWindow } from '../../../../src-renderer/charts/bar-window.ts'
import { createCandlePages } from '../../../../src-renderer/stores/candle-pages.ts'
import { CandleFeed, type CandleFeedParts, type CandlePhase } from '../../../../src-renderer/stores/candles.ts'

const minute = 60_000
const row = (time: number, volume = 1): CandleRow => [time, 5, 9, 1, 5, volume]

/** An engine with a past of rows, whose answers and words come when the test says so. */
function engineWith(rows: CandleRow[]) {
  const waiting: (() => void)[] = []
  let listener: { snapshot: (value: { candles: CandleRow[] }) => void; delta: (value: { candles: CandleRow[] }) => void } | undefined
  const asked: { before: number | undefined; limit: number }[] = []
  const state: { isBroken: boolean; isHeld: boolean; keptFrom: number | undefined } = { isBroken: false, isHeld: false, keptFrom: undefined }
  const answer = (before: number | undefined, limit: number): CandleWindow => {
    const upTo = rows.filter(([time]) => time < (before ?? Infinity))
    const page = upTo.slice(-limit)
    const column = (nth: 0 | 1 | 2 | 3 | 4 | 5): number[] => page.map((each) => each[nth])
    return {
      instrument: 'BTC/USD', timeframe: '1m', time: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5),
      hasOlder: upTo.length > limit,
      ...(state.keptFrom === undefined ? {} : { keptFrom: state.keptFrom }),
    }
  }
  const bridge = {
    call: (_name: string, { before, limit }: { before?: number; limit: number }) => new Promise((resolve) => {
      asked.push({ before, limit })
      const value = answer(before, limit)
      const isBroken = state.isBroken
      const reply = (): void => resolve(isBroken ? { ok: false, error: bridgeError('bridge.malformed-output', { name: 'market.candles' }) } : { ok: true, value })
      if (state.isHeld) waiting.push(reply)
      else reply()
    }),
    watch: (_name: string, _input: unknown, heard: NonNullable<typeof listener>) => {
      listener = heard
      return () => void (listener = undefined)
    },
    // Only what the feed uses of a bridge.
  } as unknown as CandleFeedParts['bridge']
  return {
    bridge, asked, state, rows,
    release: () => waiting.splice(0).forEach((reply) => reply()),
    snapshot: (...candles: CandleRow[]) => listener?.snapshot({ candles }),
    delta: (...candles: CandleRow[]) => listener?.delta({ candles }),
    hasListener: () => listener !== undefined,
  }
}

const past = (count: number): CandleRow[] => Array.from({ length: count }, (_, nth) => row(nth * minute))
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

function feedOf(engine: ReturnType<typeof engineWith>) {
  const phases: CandlePhase['kind'][] = []
  const lives: number[] = []
  let windows = 0
  const feed = new CandleFeed({
    bridge: engine.bridge, instrument: 'BTC/USD', timeframe: '1m', now: () => (engine.rows.at(-1)?.[0] ?? 0) + minute,
    onWindow: () => void (windows += 1),
    onLive: (_window: BarWindow, from: number) => void lives.push(from),
    onPhase: ({ kind }) => void phases.push(kind),
  })
  return { feed, phases, lives, windowCount: () => windows }
}

const times = ({ bars }: BarWindow): readonly number[] => bars.map(({ time }) => time / minute)
const isGapless = (all: readonly number[]): boolean => all.every((time, nth) => nth === 0 || time === (all[nth - 1] ?? NaN) + 1)

describe('the bars of a chart', () => {
  it('come as the newest page, and follow the market without a bar twice', async () => {
    const engine = engineWith(past(1_500))
    const { feed, phases, lives } = feedOf(engine)
    feed.start()
    engine.snapshot(row(1_499 * minute, 3))
    await settle()
    expect(phases).toEqual(['loading', 'shown'])
    expect([feed.window.bars.length, feed.window.bars.at(-1)?.volume, feed.window.hasOlder]).toEqual([1_000, 3, true])
    engine.delta(row(1_499 * minute, 4), row(1_500 * minute))
    expect(lives).toEqual([999])
    expect(times(feed.window).slice(-2)).toEqual([1_499, 1_500])
    expect(isGapless(times(feed.window))).toBe(true)
  })

  it('tell since when they are kept only where nothing older can be had', async () => {
    const engine = engineWith(past(1_500))
    engine.state.keptFrom = 0
    const { feed } = feedOf(engine)
    feed.start()
    engine.snapshot(row(1_499 * minute))
    await settle()
    expect([feed.window.hasOlder, feed.keptFrom]).toEqual([true, undefined])
    await feed.loadOlder()
    expect([feed.window.hasOlder, feed.keptFrom]).toEqual([false, 0])
    engine.state.keptFrom = undefined
    await feed.goLive()
    await feed.loadOlder()
    expect([feed.window.hasOlder, feed.keptFrom]).toEqual([false, undefined])
  })

  it('keep what the market says while the first page is on its way', async () => {
    const engine = engineWith(past(10))
    const { feed } = feedOf(engine)
    engine.state.isHeld = true
    feed.start()
    engine.snapshot(row(9 * minute, 2))
    engine.delta(row(9 * minute, 5), row(10 * minute))
    engine.release()
    await settle()
    expect([times(feed.window).slice(-2), feed.window.bars.at(-2)?.volume]).toEqual([[9, 10], 5])
  })

  it('ask anew after a reconnection, so that what was missed is there and nothing twice', async () => {
    const engine = engineWith(past(100))
    const { feed } = feedOf(engine)
    feed.start()
    engine.snapshot(row(99 * minute))
    await settle()
    for (let nth = 100; nth < 160; nth++) engine.rows.push(row(nth * minute))
    engine.state.isHeld = true
    engine.snapshot(row(159 * minute))
    // Told before the gap is filled: it must not be put behind the old end.
    engine.delta(row(160 * minute))
    expect(times(feed.window).at(-1)).toBe(99)
    engine.release()
    await settle()
    expect(times(feed.window)).toEqual(Array.from({ length: 161 }, (_, nth) => nth))
  })

  it('begin anew where what was missed is more than a page', async () => {
    const engine = engineWith(past(100))
    const { feed } = feedOf(engine)
    feed.start()
    engine.snapshot(row(99 * minute))
    await settle()
    for (let nth = 100; nth < 5_000; nth++) engine.rows.push(row(nth * minute))
    engine.snapshot(row(4_999 * minute))
    await settle()
    expect([times(feed.window)[0], feed.window.bars.length, feed.window.hasOlder]).toEqual([4_000, 1_000, true])
  })

  it('are a window: scrolled far back and to the present again, never more than it may hold, and never with a hole', async () => {
    const engine = engineWith(past(9_000))
    const { feed } = feedOf(engine)
    feed.start()
    engine.snapshot(row(8_999 * minute))
    await settle()
    await fc.assert(fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 25 }), async (ways) => {
      for (const isBack of ways) await (isBack ? feed.loadOlder() : feed.loadNewer())
      expect(feed.window.bars.length).toBeLessThanOrEqual(barsMax)
      expect(isGapless(times(feed.window))).toBe(true)
    }), { numRuns: 20 })
    for (let turn = 0; turn < 12; turn++) await feed.loadOlder()
    expect([times(feed.window)[0], feed.window.hasOlder, feed.window.hasNewer]).toEqual([0, false, true])
    engine.delta(row(9_000 * minute))
    expect(times(feed.window).at(-1)).toBe(barsMax - 1)
    for (let turn = 0; turn < 12; turn++) await feed.loadNewer()
    expect([times(feed.window).at(-1), feed.window.hasNewer]).toEqual([9_000, false])
    expect(isGapless(times(feed.window))).toBe(true)
  })

  it('go to a date and back to the present', async () => {
    const engine = engineWith(past(9_000))
    const { feed } = feedOf(engine)
    feed.start()
    engine.snapshot(row(8_999 * minute))
    await settle()
    expect(await feed.goTo(2_000 * minute)).toBe(true)
    expect([times(feed.window)[0], times(feed.window).at(-1), feed.window.hasNewer]).toEqual([1_500, 2_499, true])
    expect(await feed.goLive()).toBe(true)
    engine.delta(row(9_000 * minute))
    expect([times(feed.window).at(-1), feed.window.hasNewer]).toEqual([9_000, false])
  })

  it('say that they could not be had, and keep what is held', async () => {
    const engine = engineWith(past(5_000))
    const { feed, phases } = feedOf(engine)
    feed.start()
    engine.snapshot(row(4_999 * minute))
    await settle()
    engine.state.isBroken = true
    await feed.loadOlder()
    expect([phases.at(-1), feed.window.bars.length]).toEqual(['failed', 1_000])
    engine.state.isBroken = false
    feed.retry()
    engine.snapshot(row(4_999 * minute))
    await settle()
    expect(phases.at(-1)).toBe('shown')
    feed.stop()
    expect(engine.hasListener()).toBe(false)
  })

  it('of the past are told again after a failure and after a look elsewhere, also where there are none', async () => {
    const engine = engineWith(past(9_000))
    const { feed, phases } = feedOf(engine)
    feed.start()
    engine.snapshot(row(8_999 * minute))
    await settle()
    await feed.goTo(2_000 * minute)
    engine.state.isBroken = true
    await feed.loadOlder()
    expect(phases.at(-1)).toBe('failed')
    engine.state.isBroken = false
    feed.retry()
    engine.snapshot(row(8_999 * minute))
    expect([phases.at(-1), times(feed.window)[0], feed.window.hasNewer]).toEqual(['shown', 1_500, true])
    engine.state.keptFrom = 0
    await feed.goTo(-2_000 * minute)
    expect([feed.window.bars.length, feed.window.hasNewer, feed.keptFrom]).toEqual([0, true, 0])
    feed.stop()
    feed.start()
    expect(phases.at(-1)).toBe('loading')
    engine.snapshot(row(8_999 * minute))
    expect([phases.at(-1), feed.window.bars.length, feed.window.hasNewer]).toEqual(['shown', 0, true])
  })

  it('drop an answer that a jump has overtaken', async () => {
    const engine = engineWith(past(9_000))
    const { feed } = feedOf(engine)
    feed.start()
    engine.snapshot(row(8_999 * minute))
    await settle()
    engine.state.isHeld = true
    const older = feed.loadOlder()
    const jump = feed.goTo(1_000 * minute)
    engine.release()
    await Promise.all([older, jump])
    expect(times(feed.window)[0]).toBe(500)
    expect(isGapless(times(feed.window))).toBe(true)
  })
})

describe('pages of the past', () => {
  it('that follow a time have no hole after it, whatever the market left out', async () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 6 })
    await fc.assert(fc.asyncProperty(gaps, fc.integer({ min: 1, max: 2_500 }), async (steps, run) => {
      const rows: CandleRow[] = []
      let at = 0
      for (const step of steps) {
        for (let nth = 0; nth < run; nth++) rows.push(row((at += 1) * minute))
        at += step
      }
      const engine = engineWith(rows)
      const pages = createCandlePages({ bridge: engine.bridge, instrument: 'BTC/USD', timeframe: '1m', now: () => (at + 5) * minute })
      const after = rows[Math.floor(rows.length / 3)]?.[0] ?? 0
      const page = await pages.newer(after)
      const wanted = rows.filter(([time]) => time > after).map(([time]) => time)
      expect(page.ok && page.bars.map(({ time }) => time)).toEqual(page.ok && wanted.slice(0, page.bars.length))
      expect(page.ok && (page.bars.length > 0 || wanted.length === 0)).toBe(true)
    }), { numRuns: 40 })
  })
})
