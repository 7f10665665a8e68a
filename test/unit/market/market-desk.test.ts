import { describe, expect, it } from 'vitest'
import type { FeedListener, MarketFeed } from '../../../src-main/ports/index.ts'
import { MarketDesk } from '../../../src-main/market/index.ts'
import { bitcoin, book, level } from './market-events.ts'

const noon = Date.parse('2026-11-18T12:00:00Z')
const none = new Float64Array()
let now = 0

/** A desk and the hand that feeds it. */
async function fed() {
  let listener: FeedListener | undefined
  const resyncs: string[] = []
  const feed: MarketFeed = {
    instruments: [bitcoin],
    listen: (heard) => {
      listener = heard
      return () => (listener = undefined)
    },
    resync: (instrument) => resyncs.push(instrument),
    now: () => noon,
    keptFrom: () => undefined,
    history: () => Promise.resolve({ time: none, open: none, high: none, low: none, close: none, volume: none }),
    dispose: () => undefined,
  }
  const errors: unknown[] = []
  const desk = new MarketDesk({
    createFeed: () => Promise.resolve(feed),
    log: { info: () => undefined, warn: () => undefined, error: (_area, _message, { error }) => errors.push(error) },
    wallMs: () => noon,
    monotonicMs: () => now,
    every: () => () => undefined,
    startRecorder: { folder: '', start: () => Promise.reject(new Error('not here')) },
  })
  await desk.begin()
  return { desk, errors, resyncs, heard: () => listener, stateOf: () => desk.quote(bitcoin.id)?.state }
}

describe('the desk', () => {
  it('does not show a book from before the line was lost as live when the line is back: it waits for a new one', async () => {
    const { heard, stateOf } = await fed()
    heard()?.events([book(noon, 5)])
    heard()?.state('live', 'none')
    expect(stateOf()).toBe('live')
    heard()?.state('down', 'none')
    heard()?.state('live', 'none')
    expect(stateOf()).toBe('gap')
    heard()?.events([book(noon, 9)])
    expect(stateOf()).toBe('live')
  })

  it('asks once for a new book when events are missing', async () => {
    const { desk, heard, resyncs } = await fed()
    heard()?.state('live', 'none')
    heard()?.events([book(noon, 5), level(noon, 7, 'bid', 99, 1), level(noon, 9, 'bid', 98, 1)])
    expect(resyncs).toEqual([bitcoin.id])
    expect(desk.feedView().gaps).toBe(1)
  })

  it('listens no more to a feed in which there is a bug, and is down', async () => {
    const { desk, errors, heard, stateOf } = await fed()
    heard()?.state('live', 'none')
    heard()?.events([book(noon, 5)])
    desk.broken(new Error('a bug'))
    expect(errors).toHaveLength(1)
    expect(heard()).toBeUndefined()
    expect(stateOf()).toBe('down')
  })

  it('passes over what a feed says of an instrument that it did not announce', async () => {
    const { errors, heard, stateOf } = await fed()
    heard()?.state('live', 'none')
    heard()?.events([book(noon, 5), { ...book(noon, 5), instrument: 'NO/SUCH' }])
    expect(stateOf()).toBe('live')
    expect(errors).toEqual([])
  })

  it('tells an engine that prices are down when there is a bug in telling them, and goes on without them', async () => {
    const { desk, errors, heard } = await fed()
    const states: string[] = []
    let isBroken = false
    desk.tellPrices({
      isListening: () => true,
      isRestedOn: () => {
        if (isBroken) throw new Error('a bug')
        return false
      },
      hear: (report) => (report.kind === 'feed-judged' ? states.push(report.state) : undefined),
    })
    heard()?.state('live', 'none')
    heard()?.events([book(noon, 5)])
    desk.readers.turn()
    expect(states).toEqual([])
    now += 20
    heard()?.events([level(noon, 6, 'bid', 98, 1)])
    expect(states).toEqual(['live'])
    isBroken = true
    now += 20
    expect(() => heard()?.events([level(noon, 7, 'bid', 97, 1)])).not.toThrow()
    expect(states).toEqual(['live', 'down'])
    expect(errors).toHaveLength(1)
    expect(desk.state).toBe('down')
  })
})
