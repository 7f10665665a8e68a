import type { CandleRow, CandleWindow, Contract, TimeframeName } from '../../../src-preload/contract/index.ts'
import type { Caller, Handlers } from '../../../src-main/bridge/index.ts'
import type { Recorder } from '../../../src-main/data/index.ts'
import { DemoFeed } from '../../../src-main/market/demo-feed.ts'
import type { DemoSource } from '../../../src-main/market/demo-source.ts'
import { createMarketHandlers, MarketDesk } from '../../../src-main/market/index.ts'
import { createDemoMarket } from '../../../src-main/venues/sim/index.ts'

export interface RigWishes {
  readonly startAt?: number
  readonly intensity?: number
  /** What stands between the demo market and its feed. */
  readonly around?: (market: DemoSource) => DemoSource
  readonly hasSource?: boolean
  readonly startRecorder?: (instruments: readonly string[] | undefined) => Recorder
}

/** The real market, desk and handlers; only the clock and its timers are the test's, so that an hour takes a moment. */
export function createRig({ startAt = Date.parse('2026-11-18T15:00:30Z'), intensity, around = (market) => market, hasSource = true, startRecorder }: RigWishes = {}) {
  let wall = startAt
  let monotonic = 0
  const timers = new Set<{ readonly action: () => void; readonly periodMs: number; dueAt: number }>()
  const logged: { readonly message: string; readonly error?: unknown }[] = []
  const every = (action: () => void, periodMs: number): (() => void) => {
    const timer = { action, periodMs, dueAt: monotonic + periodMs }
    timers.add(timer)
    return () => timers.delete(timer)
  }
  const clock = { wallMs: () => wall, monotonicMs: () => monotonic }
  const desk: MarketDesk = new MarketDesk({
    ...clock, every,
    log: {
      info: (_area, message) => logged.push({ message }),
      warn: (_area, message) => logged.push({ message }),
      error: (_area, message, { error }) => logged.push({ message, error }),
    },
    createFeed: async () => {
      if (!hasSource) return undefined
      return new DemoFeed({
        ...clock, every,
        seed: 7,
        createMarket: (begin) => around(createDemoMarket({ seed: 7, startAt: begin, ...(intensity === undefined ? {} : { intensity }) })),
        onBroken: (error) => desk.broken(error),
      })
    },
    startRecorder: {
      folder: '/recordings',
      start: async (instruments) => {
        if (startRecorder === undefined) throw new Error('this rig records nothing')
        return startRecorder(instruments)
      },
    },
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    desk, logged, settle,
    handlers: createMarketHandlers(desk),
    timers: () => timers.size,
    spend: (ms: number) => void (monotonic += ms),
    sleep: (ms: number) => void (wall += ms),
    /** Lets time pass in turns of 50 ms; what waits for the past is done in between. */
    async run(ms: number): Promise<void> {
      await desk.begin()
      for (const end = monotonic + ms; monotonic < end;) {
        monotonic += 50
        wall += 50
        for (const timer of [...timers]) {
          if (timer.dueAt > monotonic) continue
          timer.dueAt = monotonic + timer.periodMs
          timer.action()
        }
        if (monotonic % 1_000 === 0) await settle()
      }
      await settle()
    },
  }
}

export type Rig = ReturnType<typeof createRig>

const caller: Caller = { access: 'trade', peer: 'test' }

type MarketStream = Extract<keyof Contract, 'market.quotes' | 'market.book' | 'market.trades' | 'market.candle' | 'market.feed'>

/** Everything that a reader is told, in its order; the first one is the snapshot. */
export function read<Name extends MarketStream>(rig: Rig, name: Name, input: Parameters<Handlers<Contract>[Name]>[0]) {
  type Told = Parameters<Parameters<Handlers<Contract>[Name]>[1]['delta']>[0]
  const told: Told[] = []
  let snapshots = 0
  // One stream's handler is called with that stream's input; the union of all hides it.
  const watch = rig.handlers[name] as unknown as (input: unknown, sink: object, caller: Caller) => () => void
  const end = watch(input, { snapshot: (value: Told) => { snapshots++; told.push(value) }, delta: (value: Told) => told.push(value) }, caller)
  return { told, end, snapshots: () => snapshots }
}

export const ask = { caller }

/** The one of the demo's eight that the tests look at. */
export const instrument = 'BTC/USD'

/** A market that is asked through another one as it is; a test puts its own in the place of one answer. */
export const passedOn = (market: DemoSource): DemoSource => ({
  instruments: market.instruments,
  now: () => market.now(),
  keptFrom: (timeframe) => market.keptFrom(timeframe),
  snapshotOf: (id) => market.snapshotOf(id),
  candles: (...wish) => market.candles(...wish),
  advanceTo: (at) => market.advanceTo(at),
})

export async function windowOf(rig: Rig, timeframe: TimeframeName, limit: number, before?: number): Promise<CandleWindow> {
  const reply = await rig.handlers['market.candles']({ instrument, timeframe, limit, ...(before === undefined ? {} : { before }) }, ask.caller)
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}

export const rowsOf = ({ time, open, high, low, close, volume }: CandleWindow): CandleRow[] =>
  time.map((opening, row) => [opening, open[row] ?? 0, high[row] ?? 0, low[row] ?? 0, close[row] ?? 0, volume[row] ?? 0])
