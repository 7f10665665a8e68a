import { beforeEach, describe, expect, it } from 'vitest'
import type { BridgeError } from '../../../../src-preload/contract/index.ts'
import { ComparedFeed } from '../../../../src-renderer/panels/chart/compared-feed.ts'

const late = { code: 'timeout' } as unknown as BridgeError
const gone = { code: 'gone' } as unknown as BridgeError
const noCandles = { time: [], open: [], high: [], low: [], close: [], volume: [], hasOlder: false }
const bars = [{ time: 60_000, open: 1, high: 1, low: 1, close: 1, volume: 1 }] as never
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0))

interface Listener {
  readonly snapshot: (state: unknown) => void
  readonly delta: (change: unknown) => void
  readonly ended: (error: BridgeError) => void
}

let troubles: (BridgeError | undefined)[]
let answers: BridgeError[]
let asked: number
let now: number
let listener: Listener

const openFeed = (): ComparedFeed => new ComparedFeed({
  bridge: {
    watch: (_name: string, _input: unknown, given: Listener) => {
      listener = given
      return () => undefined
    },
    call: async () => {
      asked += 1
      const error = answers.shift()
      return error === undefined ? { ok: true, value: noCandles } : { ok: false, error }
    },
  } as never,
  chart: { compareWith: () => undefined } as never,
  instrument: { id: 'ETH/USD' } as never,
  timeframe: '1m', now: () => now, shown: () => bars, onTrouble: (error) => troubles.push(error),
})

describe('the trouble of a comparison', () => {
  beforeEach(() => {
    troubles = []
    answers = []
    asked = 0
    now = 0
  })

  it('of a page that came too late ends when the next one comes', async () => {
    answers = [late]
    const feed = openFeed()
    await feed.cover(bars)
    expect(troubles.at(-1)).toBe(late)
    await feed.cover(bars)
    expect(troubles.at(-1)).toBeUndefined()
  })

  it('of a page ends by itself: it is asked for again, not with every price, while nobody moves the chart', async () => {
    answers = [late]
    await openFeed().cover(bars)
    for (now of [1_000, 9_999]) listener.delta({ candles: [] })
    expect(asked).toBe(1)
    now = 10_000
    for (let count = 0; count < 3; count++) listener.delta({ candles: [] })
    await settled()
    expect(asked).toBe(2)
    expect(troubles.at(-1)).toBeUndefined()
  })

  it('is each cause’s own: the success of one does not hide the other', async () => {
    answers = [late]
    const feed = openFeed()
    await feed.cover(bars)
    listener.snapshot({ candles: [] })
    expect(troubles.at(-1)).toBe(late)
    listener.ended(gone)
    await feed.cover(bars)
    expect(troubles.at(-1)).toBe(gone)
    listener.snapshot({ candles: [] })
    expect(troubles.at(-1)).toBeUndefined()
  })
})
