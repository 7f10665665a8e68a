import { setTimeout as wait } from 'node:timers/promises'
import { vi } from 'vitest'
import {
  contract, type CallName, type Contract, type InputOf, type OutputOf, type QuoteView, type Reply, type StreamName,
} from '../../../src-preload/contract/index.ts'
import { ticksFromRaw } from '../../../src-main/base/index.ts'
import type { VenueReport, VenueRequest, VenueTrade } from '../../../src-main/domain/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import type { Venue, VenueListener } from '../../../src-main/ports/index.ts'
import { Runtime, type Past } from '../../../src-main/runtime/index.ts'
import { createTradingHandlers, TradingDesk } from '../../../src-main/trading-desk/index.ts'
import { createMemoryJournal } from '../../fixtures/memory-journal.ts'
import { amount, lots, perpetual, setupOf, ticks, type RigOptions } from '../engine/trading-rig.ts'

export const startedAt = 1_700_000_000_000

/** A venue that answers at once and fills what it is told to. */
export interface DeskVenue extends Venue {
  readonly asked: VenueRequest[]
  isSilent: boolean
  say(report: VenueReport): void
}

function createVenue(now: () => number): DeskVenue {
  const listeners = new Set<VenueListener>()
  const say = (report: VenueReport): void => listeners.forEach((listener) => listener.report(report))
  return {
    asked: [],
    isSilent: false,
    say,
    perform(request) {
      this.asked.push(request)
      if (this.isSilent) return
      const told = { at: now(), account: request.account }
      if (request.kind === 'send-order') say({ kind: 'send-accepted', ...told, order: request.order, venueOrder: `v-${request.order.slice(-4)}` })
      if (request.kind === 'send-cancel') say({ kind: 'cancel-reported', ...told, order: request.order, outcome: 'accepted', detail: 'gone' })
      if (request.kind === 'send-cancel' && request.venueOrder !== undefined) {
        const { order, venueOrder, instrument } = request
        const view = { order, venueOrder, instrument, side: 'buy', status: 'canceled', lots: lots(10), filled: lots(0), updatedAt: now() } as const
        say({ kind: 'order-reported', ...told, via: 'stream', view })
      }
      if (request.kind === 'send-amend') say({ kind: 'amend-reported', ...told, order: request.order, amendment: request.amendment, outcome: 'accepted', detail: 'changed' })
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose: async () => undefined,
  }
}

export interface DeskRig {
  readonly runtime: Runtime
  readonly desk: TradingDesk
  readonly handlers: ReturnType<typeof createTradingHandlers>
  readonly venue: DeskVenue
  readonly setup: EngineSetup
  readonly quotes: Map<string, QuoteView>
  readonly bugs: unknown[]
  call<Name extends CallName<Contract>>(name: Name, input: InputOf<Contract[Name]>): Promise<Reply<OutputOf<Contract[Name]>>>
  watch(name: StreamName<Contract>, input?: unknown): { readonly told: { readonly kind: 'snapshot' | 'delta'; readonly value: unknown }[]; readonly end: () => void }
  fill(order: string, count: number, price: number): void
  pass(ms: number): Promise<void>
  dispose(): Promise<void>
}

export const quoteAt = (instrument: string, bid: number, ask: number, at = startedAt): QuoteView => ({
  instrument, state: 'live', at, bid, bidSize: 1, ask, askSize: 1, last: bid, lastSize: 1, dayOpen: null, dayHigh: null, dayLow: null, dayVolume: null,
  mark: null, index: null, fundingRate: null, nextFundingAt: null,
})

const nothingBefore: Past = { lastSequence: 0, recentEvents: [], trading: { events: [] } }

/** Real runtime, engine and desk, with a small venue; active, with a price of each instrument and money on the account. */
export async function openDesk(options: RigOptions = {}, past: Past = nothingBefore, { isRealTime = false } = {}): Promise<DeskRig> {
  if (!isRealTime) vi.useFakeTimers()
  const pause = async (ms: number): Promise<void> => void (await (isRealTime ? wait(ms) : vi.advanceTimersByTimeAsync(ms)))
  const clock = { at: startedAt }
  const venue = createVenue(() => clock.at)
  const setup = setupOf(options)
  const bugs: unknown[] = []
  const runtime = new Runtime({
    clock: { wallMs: () => clock.at, monotonicMs: () => clock.at - startedAt },
    latch: { keep: () => undefined, drop: () => undefined, read: () => undefined, settled: async () => undefined },
    version: '1.2.3',
    onBroken: (error) => bugs.push(error),
    trading: { setup, venue, answerPatienceMs: 10_000, snapshots: { everyEvents: 1_000, keep: () => undefined } },
  })
  const quotes = new Map(setup.tradables.map(({ instrument: { id } }) => [id, quoteAt(id, 10_000, 10_010)]))
  const desk = new TradingDesk({ runtime, setup, quote: (instrument) => quotes.get(instrument), onBug: (error) => bugs.push(error) })
  runtime.open(createMemoryJournal(), past)
  answerRound(venue, clock.at)
  runtime.submit({ kind: 'resume-trading', at: clock.at, to: 'active', reason: 'a test', actor: 'hand' })
  for (const id of quotes.keys()) runtime.submit({ kind: 'quote-seen', at: clock.at, instrument: id, bid: ticksFromRaw(10_000), ask: ticksFromRaw(10_010) })
  runtime.submit({ kind: 'time-passed', at: clock.at })
  await pause(0)
  const handlers = createTradingHandlers(desk)
  let trades = 0
  return {
    runtime, desk, handlers, venue, setup, quotes, bugs,
    async call(name, input) {
      const entry = contract[name]
      const handler = handlers[name as keyof typeof handlers] as unknown as (input: unknown, caller: unknown) => Promise<Reply<never>> | Reply<never>
      const reply = handler(entry.input.parse(input), { access: 'trade', peer: 'test', correlation: 'key' })
      await pause(0)
      const settled = await reply
      if (settled.ok) entry.output.parse(settled.value)
      return settled
    },
    watch(name, input = {}) {
      const entry = contract[name]
      const told: { kind: 'snapshot' | 'delta'; value: unknown }[] = []
      const handler = handlers[name as keyof typeof handlers] as unknown as (input: unknown, sink: unknown, caller: unknown) => () => void
      const end = handler(entry.input.parse(input), {
        snapshot: (value: unknown) => told.push({ kind: 'snapshot', value: entry.snapshot.parse(value) }),
        delta: (value: unknown) => told.push({ kind: 'delta', value: entry.delta.parse(value) }),
      }, { access: 'read', peer: 'test' })
      return { told, end }
    },
    fill(id, count, price) {
      const order = [...(runtime.trading?.orders() ?? [])].find((each) => each.id === id)
      if (order === undefined) throw new Error('no such order')
      trades += 1
      const trade: VenueTrade = {
        trade: `t-${trades}`, venueOrder: order.venueOrder ?? '', order: order.id, instrument: order.spec.instrument, side: order.spec.side,
        price: ticks(price), lots: lots(count), liquidity: 'taker', fee: amount(0), feeAsset: 'USD', at: clock.at,
      }
      venue.say({ kind: 'trade-reported', at: clock.at, account: 'main', via: 'stream', trade })
    },
    async pass(ms) {
      clock.at += ms
      await pause(ms)
    },
    async dispose() {
      desk.dispose()
      await runtime.dispose()
      vi.useRealTimers()
    },
  }
}

function answerRound(venue: DeskVenue, at: number): void {
  const asked = venue.asked.find((request) => request.kind === 'fetch-epoch')
  if (asked?.kind !== 'fetch-epoch') throw new Error('no round was asked')
  const none = { ok: true, items: [] } as const
  const items = [
    { asset: 'USD', total: amount(1_000_000_000_000), free: amount(1_000_000_000_000) }, { asset: 'BTC', total: amount(100_000_000), free: amount(100_000_000) },
  ]
  venue.say({
    kind: 'epoch-reported', at, account: 'main', epoch: asked.epoch, askedAt: at, since: asked.since, openOrders: none, closedOrders: none,
    trades: none, positions: none, postings: none, balances: { ok: true, items },
  })
}

export const wish = {
  account: 'main', instrument: perpetual.instrument.id, side: 'buy', type: 'limit', size: { by: 'quantity', lots: 10 }, limit: 9_900, timeInForce: 'gtc',
} as const
export const asked = (clientKey: string) => ({ clientKey, actor: 'hand' }) as const

export function valueOf<Value>(reply: Reply<Value>): Value {
  if (!reply.ok) throw new Error(`expected an answer, was ${reply.error.code}`)
  return reply.value
}
