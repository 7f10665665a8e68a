import { describe, expect, it } from 'vitest'
import { ask, createRig, instrument, passedOn, read, rowsOf, windowOf } from './market-rig.ts'

describe('candles', () => {
  it.each(['5s', '1m', '3m', '1h'] as const)('of %s: the past and what is told of the present join without a seam or a double', async (timeframe) => {
    const rig = createRig()
    await rig.run(40_000)
    const held = new Map((rowsOf(await windowOf(rig, timeframe, 20))).map((row) => [row[0], row]))
    const past = held.size
    const stream = read(rig, 'market.candle', { instrument, timeframe })
    await rig.run(400_000)
    for (const { candles } of stream.told) for (const row of candles) held.set(row[0], row)
    const truth = await windowOf(rig, timeframe, past + 100)
    const last = truth.time.at(-1) ?? 0
    const first = [...held.keys()][0] ?? 0
    expect([...held.values()].filter(([time]) => time <= last)).toEqual(rowsOf(truth).filter(([time]) => time >= first))
    expect(held.size).toBeGreaterThan(timeframe === '1h' ? 19 : past + 1)
  })

  it('never show the forming one as a candle of the past', async () => {
    const rig = createRig()
    await rig.run(95_000)
    for (const timeframe of ['1m', '1h', '1d', '1w', '1M'] as const) {
      const { time } = await windowOf(rig, timeframe, 3)
      expect(time.length).toBe(3)
      const stream = read(rig, 'market.candle', { instrument, timeframe })
      await rig.run(10_000)
      const forming = stream.told.at(-1)?.candles.at(-1)?.[0] ?? 0
      expect(forming).toBeGreaterThan(time.at(-1) ?? 0)
    }
  })

  it('say whether there is anything older', async () => {
    const rig = createRig()
    await rig.run(1_000)
    expect((await windowOf(rig, '1m', 5)).hasOlder).toBe(true)
    const seconds = await windowOf(rig, '15s', 5_000)
    expect(seconds.hasOlder).toBe(false)
    expect(seconds.keptFrom).toBe(seconds.time[0])
    expect(seconds.time[0]).toBe(Date.parse('2026-11-18T09:00:00Z'))
    const months = await windowOf(rig, '1M', 5_000)
    // All there ever was: nothing is kept back.
    expect(months.keptFrom).toBeUndefined()
    expect(months.hasOlder).toBe(false)
    expect(new Date(months.time[0] ?? 0).toISOString().slice(0, 7)).toBe('2024-01')
    expect((await windowOf(rig, '1M', 10, months.time[0])).time).toEqual([])
    // As many as there are is not more than there are.
    expect(await windowOf(rig, '1M', 2, months.time[2])).toMatchObject({ time: months.time.slice(0, 2), hasOlder: false })
    expect(await windowOf(rig, '1M', 1, months.time[2])).toMatchObject({ time: months.time.slice(1, 2), hasOlder: true })
  })

  it('are mended from the past when events were missed', async () => {
    const rig = createRig()
    await rig.run(100_000)
    const stream = read(rig, 'market.candle', { instrument, timeframe: '1m' })
    rig.desk.demo?.disturb('silence')
    await rig.run(130_000)
    rig.desk.demo?.disturb('none')
    await rig.run(2_000)
    // What had closed meanwhile is known at once, not only when the next minute is over.
    const closed = rowsOf(await windowOf(rig, '1m', 2))
    expect(rig.desk.markets.get(instrument)?.builder('1m').last(3).slice(0, 2)).toEqual(closed)
    await rig.run(200_000)
    const held = new Map(stream.told.flatMap(({ candles }) => candles).map((row) => [row[0], row]))
    const truth = rowsOf(await windowOf(rig, '1m', 6))
    expect(truth.map(([time]) => held.get(time))).toEqual(truth)
  })
})

describe('the last price', () => {
  it.each(['silence', 'disconnect'] as const)('after %s is that of the minutes that closed meanwhile, not one from before', async (disturbance) => {
    const rig = createRig()
    await rig.run(100_000)
    rig.desk.demo?.disturb(disturbance)
    await rig.run(3_600_000)
    const before = rig.desk.quote(instrument)?.last
    rig.desk.demo?.disturb('none')
    // The line takes a turn to come back; the first trades are not waited for.
    await rig.run(50)
    await rig.settle()
    const [closed] = rowsOf(await windowOf(rig, '1m', 1))
    const heard = rig.desk.markets.get(instrument)?.tape.last
    expect(heard?.at).toBeLessThan(rig.desk.now() - 3_500_000)
    expect(rig.desk.quote(instrument)?.last).toBe(closed?.[4])
    expect(before).not.toBe(closed?.[4])
  })
})

describe('trouble', () => {
  const statesOf = (quotes: ReturnType<typeof read<'market.quotes'>>): string[] =>
    quotes.told.flatMap((told) => told.quotes.map(({ state }) => state)).filter((state, index, all) => state !== all[index - 1])

  it('silence shows as stale, and the market is live again when it speaks', async () => {
    const rig = createRig()
    await rig.run(5_000)
    const quotes = read(rig, 'market.quotes', { instruments: [instrument] })
    rig.desk.demo?.disturb('silence')
    await rig.run(90_000)
    rig.desk.demo?.disturb('none')
    await rig.run(2_000)
    expect(statesOf(quotes)).toEqual(['live', 'stale', 'live'])
  })

  it('a crossed book shows as crossed, and as whole when that is over', async () => {
    const rig = createRig()
    await rig.run(5_000)
    const quotes = read(rig, 'market.quotes', { instruments: [instrument] })
    rig.desk.demo?.disturb('crossed')
    await rig.run(1_000)
    expect(rig.desk.quote(instrument)?.state).toBe('crossed')
    rig.desk.demo?.disturb('none')
    await rig.run(5_000)
    expect(statesOf(quotes)[0]).toBe('live')
    expect(rig.desk.quote(instrument)?.state).toBe('live')
    expect(rig.desk.feedView().gaps).toBe(0)
  })

  it('a missing event shows as a gap, is counted, and the book is asked for anew', async () => {
    const rig = createRig()
    await rig.run(5_000)
    const quotes = read(rig, 'market.quotes', { instruments: [instrument] })
    rig.desk.demo?.disturb('gap')
    // The next event is only lost after six seconds.
    await rig.run(5_000)
    expect(statesOf(quotes)).toEqual(['live', 'gap', 'live'])
    rig.desk.demo?.disturb('none')
    await rig.run(3_000)
    expect(rig.desk.quote(instrument)?.state).toBe('live')
    expect(rig.desk.feedView().gaps).toBeGreaterThan(0)
  })

  it('a lost line shows as down at once, and as live with new books when it is back', async () => {
    const rig = createRig()
    await rig.run(5_000)
    const book = read(rig, 'market.book', { instrument, depth: 5 })
    rig.desk.demo?.disturb('disconnect')
    expect(rig.desk.feedView()).toMatchObject({ state: 'down', reason: 'rehearsal' })
    await rig.run(30_000)
    expect(book.told.at(-1)?.state).toBe('down')
    rig.desk.demo?.disturb('none')
    await rig.run(1_000)
    expect(book.told.at(-1)?.state).toBe('live')
    expect(book.told.at(-1)?.at).toBeGreaterThan((book.told[0]?.at ?? 0) + 25_000)
  })

  it('a market that stands still is paused, not stale, and says nothing', async () => {
    const rig = createRig()
    await rig.run(5_000)
    await rig.handlers['market.setSpeed']({ speed: 0 }, ask.caller)
    const at = rig.desk.now()
    const trades = read(rig, 'market.trades', { instrument })
    await rig.run(120_000)
    expect(rig.desk.now()).toBe(at)
    expect(rig.desk.quote(instrument)?.state).toBe('paused')
    expect(trades.told).toHaveLength(1)
    await rig.handlers['market.setSpeed']({ speed: 1 }, ask.caller)
    await rig.run(5_000)
    expect(rig.desk.quote(instrument)?.state).toBe('live')
    expect(rig.desk.now()).toBe(at + 5_000)
  })

  it('a bug in the market is logged and shows as down; it is thrown nowhere, and the past is still there', async () => {
    let isBroken = false
    const rig = createRig({
      around: (market) => ({
        ...passedOn(market),
        advanceTo: (at) => {
          if (isBroken) throw new Error('a bug')
          return market.advanceTo(at)
        },
      }),
    })
    await rig.run(2_000)
    isBroken = true
    await rig.run(10_000)
    expect(rig.desk.feedView()).toMatchObject({ state: 'down', reason: 'broken' })
    expect(rig.desk.quote(instrument)?.state).toBe('down')
    expect(rig.logged.filter(({ error }) => error !== undefined)).toHaveLength(1)
    expect((await windowOf(rig, '1m', 5)).time).toHaveLength(5)
    await rig.handlers['market.setSpeed']({ speed: 5 }, ask.caller)
    expect(rig.desk.feedView().state).toBe('down')
  })

  it('a past that cannot be read is told as that, and the present goes on', async () => {
    const rig = createRig({
      around: (market) => ({
        ...passedOn(market),
        candles: () => {
          throw new Error('no disk')
        },
      }),
    })
    await rig.run(2_000)
    const reply = await rig.handlers['market.candles']({ instrument, timeframe: '1m', limit: 5 }, ask.caller)
    expect(reply).toMatchObject({ ok: false, error: { code: 'market.past-unavailable' } })
    expect(rig.desk.quote(instrument)).toMatchObject({ state: 'live', dayOpen: null })
  })
})

describe('the pump', () => {
  it('is on the clock of the wall however long its own start took', async () => {
    let takeTime: (() => void) | undefined
    const rig = createRig({
      around: (market) => {
        takeTime?.()
        return market
      },
    })
    takeTime = () => {
      rig.spend(300)
      rig.sleep(300)
    }
    await rig.run(40_000)
    expect(rig.desk.now()).toBe(Date.parse('2026-11-18T15:00:30Z') + 300 + 40_000)
  })

  it('gives the loop back when its work is done for this turn, and is not behind for long', async () => {
    let calls = 0
    let spend: ((ms: number) => void) | undefined
    const rig = createRig({
      around: (market) => ({
        ...passedOn(market),
        advanceTo: (at) => {
          calls++
          spend?.(5)
          return market.advanceTo(at)
        },
      }),
    })
    spend = rig.spend
    await rig.desk.begin()
    await rig.run(50)
    // The start begins half a minute back: 300 slices of which each takes 5 ms.
    expect(calls).toBeLessThanOrEqual(2)
    spend = undefined
    await rig.run(1_000)
    expect(rig.desk.now()).toBeGreaterThan(Date.parse('2026-11-18T15:00:30Z'))
  })

  it('leaps over the time in which the machine slept, and knows what happened meanwhile', async () => {
    const rig = createRig()
    await rig.run(40_000)
    const before = rig.desk.now()
    rig.sleep(6 * 3_600_000)
    await rig.run(130_000)
    expect(rig.desk.now()).toBe(before + 6 * 3_600_000 + 130_000)
    expect(rig.desk.quote(instrument)?.state).toBe('live')
    const day = rowsOf(await windowOf(rig, '1h', 30)).filter(([time]) => time >= Date.parse('2026-11-18'))
    const quote = rig.desk.quote(instrument)
    expect(quote?.dayOpen).toBe(day[0]?.[1])
    expect(quote?.dayVolume).toBeGreaterThan(day.reduce((sum, row) => sum + row[5], 0))
  })
})
