import { describe, expect, it } from 'vitest'
import { ask, createRig, instrument, passedOn, read } from './market-rig.ts'

describe('the tape', () => {
  it('says where trades are missing', async () => {
    const rig = createRig({ intensity: 50 })
    await rig.run(5_000)
    const trades = read(rig, 'market.trades', { instrument })
    const afterGap = () => trades.told.flatMap((told) => told.trades.filter(({ isAfterGap }) => isAfterGap === true))
    await rig.run(5_000)
    expect(afterGap()).toEqual([])
    rig.desk.demo?.disturb('silence')
    await rig.run(20_000)
    rig.desk.demo?.disturb('none')
    await rig.run(10_000)
    expect(afterGap()).toHaveLength(1)
    // Whoever comes later is told the same.
    expect(read(rig, 'market.trades', { instrument }).told[0]?.trades.filter(({ isAfterGap }) => isAfterGap === true)).toEqual(afterGap())
  })
})

describe('readers', () => {
  it('are told in a storm at a hundred times the speed no more often than they can look, and never something older', async () => {
    const rig = createRig({ intensity: 20 })
    await rig.run(2_000)
    rig.desk.demo?.setSpeed(100)
    const book = read(rig, 'market.book', { instrument, depth: 20 })
    const quotes = read(rig, 'market.quotes', { instruments: [instrument] })
    const candle = read(rig, 'market.candle', { instrument, timeframe: '1m' })
    await rig.run(4_000)
    expect(book.told.length).toBeGreaterThan(60)
    expect(book.told.length).toBeLessThanOrEqual(127)
    expect(quotes.told.length).toBeLessThanOrEqual(127)
    expect(candle.told.length).toBeLessThanOrEqual(42)
    const sequences = book.told.map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.toSorted((left, right) => left - right))
    const times = quotes.told.flatMap((told) => told.quotes.map(({ at }) => at ?? 0))
    expect(times).toEqual(times.toSorted((left, right) => left - right))
  })

  it('get each trade once, in its order', async () => {
    const seen: number[] = []
    const rig = createRig({
      intensity: 100,
      around: (market) => ({
        ...passedOn(market),
        advanceTo: (at) => {
          const events = market.advanceTo(at)
          for (const event of events) if (event.kind === 'trade' && event.instrument === instrument) seen.push(event.sequence)
          return events
        },
      }),
    })
    await rig.run(500)
    const before = seen.length
    const trades = read(rig, 'market.trades', { instrument })
    const [first] = trades.told
    rig.desk.demo?.setSpeed(20)
    await rig.run(10_000)
    trades.end()
    expect(first?.trades.at(-1)?.sequence).toBe(seen[before - 1])
    const told = trades.told.slice(1).flatMap((batch) => batch.trades.map(({ sequence }) => sequence))
    expect(told).toEqual(seen.slice(before, before + told.length))
    expect(told.length).toBeGreaterThan(500)
    expect(seen.length - before - told.length).toBeLessThan(told.length / 50)
    expect(trades.snapshots()).toBe(1)
  })

  it('of an instrument that is not there are told that there is nothing', async () => {
    const rig = createRig()
    await rig.run(1_000)
    const unknown = { instrument: 'NO/SUCH' }
    expect(read(rig, 'market.book', { ...unknown, depth: 5 }).told).toEqual([{ ...unknown, state: 'down', at: null, sequence: 0, bids: [], asks: [] }])
    expect(read(rig, 'market.trades', unknown).told).toEqual([{ trades: [] }])
    expect(read(rig, 'market.candle', { ...unknown, timeframe: '1m' }).told).toEqual([{ candles: [] }])
    expect(read(rig, 'market.quotes', { instruments: ['NO/SUCH'] }).told).toEqual([{ quotes: [] }])
    expect(await rig.handlers['market.candles']({ ...unknown, timeframe: '1m', limit: 5 }, ask.caller))
      .toMatchObject({ ok: false, error: { code: 'market.unknown-instrument', details: unknown } })
    expect(rig.logged.every(({ error }) => error === undefined)).toBe(true)
  })

  it('that come before the market are told as soon as it has begun, unless they have left', async () => {
    const rig = createRig()
    const quotes = read(rig, 'market.quotes', {})
    const gone = read(rig, 'market.book', { instrument, depth: 5 })
    gone.end()
    expect(quotes.told).toEqual([])
    const instruments = await rig.handlers['market.instruments']({}, ask.caller)
    expect(instruments.ok && instruments.value.instruments).toHaveLength(8)
    await rig.run(1_000)
    expect(quotes.told[0]?.quotes).toHaveLength(8)
    expect(quotes.told.at(-1)?.quotes[0]?.state).toBe('live')
    expect(gone.told).toEqual([])
    expect(rig.desk.readers.size).toBe(1)
  })

  it('of a profile without a source are told that there is none', async () => {
    const rig = createRig({ hasSource: false })
    expect(await rig.handlers['market.instruments']({}, ask.caller)).toEqual({ ok: true, value: { instruments: [] } })
    expect(await rig.handlers['market.candles']({ instrument, timeframe: '1m', limit: 5 }, ask.caller)).toMatchObject({ error: { code: 'market.no-source' } })
    expect(await rig.handlers['market.setSpeed']({ speed: 5 }, ask.caller)).toMatchObject({ error: { code: 'market.not-demo' } })
    expect(read(rig, 'market.feed', {}).told).toMatchObject([{ state: 'down', reason: 'absent', demo: null }])
    expect(read(rig, 'market.quotes', { instruments: [instrument] }).told).toEqual([{ quotes: [] }])
  })

  it('who leave cost nothing any more', async () => {
    const rig = createRig()
    await rig.run(1_000)
    const before = rig.timers()
    const ends = [read(rig, 'market.quotes', {}), read(rig, 'market.book', { instrument, depth: 5 }), read(rig, 'market.feed', {})]
    expect(rig.desk.readers.size).toBe(3)
    for (const { end } of ends) end()
    expect(rig.desk.readers.size).toBe(0)
    expect(rig.timers()).toBe(before)
    await rig.desk.dispose()
    expect(rig.timers()).toBe(0)
  })
})
