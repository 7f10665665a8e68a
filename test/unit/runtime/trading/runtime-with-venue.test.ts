import { afterEach, describe, expect, it, vi } from 'vitest'
import { lotsFromRaw, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { OrderSpec, VenueReport, VenueRequest } from '../../../../src-main/domain/index.ts'
import { canonicalJson, type AnyEvent, type EngineSnapshot, type TradingInput } from '../../../../src-main/engine/index.ts'
import type { JournalRecord, Venue, VenueListener } from '../../../../src-main/ports/index.ts'
import { anyEventOfRecord, Runtime, type Past, type RuntimeParts } from '../../../../src-main/runtime/index.ts'
import type { KeptSnapshot } from '../../../../src-main/runtime/index.ts'
import { createMemoryJournal, type MemoryJournal } from '../../../fixtures/memory-journal.ts'
import { amount, perpetual, setupOf } from '../../engine/trading-rig.ts'

const startedAt = 1_700_000_000_000
const running: Runtime[] = []
afterEach(async () => {
  for (const runtime of running.splice(0)) await runtime.dispose()
  vi.useRealTimers()
})

interface FakeVenue extends Venue {
  readonly asked: VenueRequest[]
  say(report: VenueReport): void
  end(why: string): void
  isDisposed: boolean
}

function createVenue(): FakeVenue {
  const listeners = new Set<VenueListener>()
  return {
    asked: [],
    isDisposed: false,
    perform(request) {
      this.asked.push(request)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    say: (report) => listeners.forEach((listener) => listener.report(report)),
    end: (why) => listeners.forEach((listener) => listener.gone(why)),
    async dispose() {
      this.isDisposed = true
    },
  }
}

interface World {
  readonly runtime: Runtime
  readonly venue: FakeVenue
  readonly journal: MemoryJournal
  readonly clock: { at: number; wallAhead: number }
  readonly broken: unknown[]
  readonly events: AnyEvent[]
  readonly snapshots: KeptSnapshot[]
}

const nothingBefore: Past = { lastSequence: 0, recentEvents: [], trading: { events: [] } }

function open(past: Past = nothingBefore, journal = createMemoryJournal(), at = startedAt): World {
  vi.useFakeTimers()
  const clock = { at, wallAhead: 0 }
  const venue = createVenue()
  const broken: unknown[] = []
  const snapshots: KeptSnapshot[] = []
  const parts: RuntimeParts = {
    clock: { wallMs: () => clock.at + clock.wallAhead, monotonicMs: () => clock.at - startedAt },
    latch: { keep: () => undefined, drop: () => undefined, read: () => undefined, settled: async () => undefined },
    version: '1.2.3',
    onBroken: (error) => broken.push(error),
    trading: { setup: setupOf(), venue, answerPatienceMs: 10_000, snapshots: { everyEvents: 4, keep: (snapshot) => snapshots.push(snapshot) } },
  }
  const runtime = new Runtime(parts)
  running.push(runtime)
  const events: AnyEvent[] = []
  runtime.onEvent((event) => events.push(event))
  runtime.onTradingEvent((event) => events.push(event))
  runtime.open(journal, past)
  return { runtime, venue, journal, clock, broken, events, snapshots }
}

/** Its first round answered, active, with a price. */
async function openActive(): Promise<World> {
  const world = open()
  const { runtime, venue, clock } = world
  const asked = venue.asked.find((request) => request.kind === 'fetch-epoch')
  expect(asked).toMatchObject({ kind: 'fetch-epoch', account: 'main' })
  if (asked?.kind !== 'fetch-epoch') throw new Error('no round was asked')
  answerRound(world)
  runtime.submit({ kind: 'resume-trading', at: clock.at, to: 'active', reason: 'a test', actor: 'hand' })
  const instrument = perpetual.instrument.id
  runtime.submit({ kind: 'quote-seen', at: clock.at, instrument, bid: ticksFromRaw(10_000), ask: ticksFromRaw(10_010) })
  runtime.submit({ kind: 'time-passed', at: clock.at })
  await flushed()
  expect(runtime.mode).toBe('active')
  return world
}

const none = { ok: true, items: [] } as const

/** The newest round that was asked: nothing is there but money. */
function answerRound({ venue, clock }: World): void {
  const asked = venue.asked.findLast((request) => request.kind === 'fetch-epoch')
  if (asked === undefined) throw new Error('no round was asked')
  const items = [{ asset: 'USD', total: amount(1_000_000_000_000), free: amount(1_000_000_000_000) }]
  const at = clock.at + clock.wallAhead
  venue.say({
    kind: 'epoch-reported', at, account: 'main', epoch: asked.epoch, askedAt: at, since: asked.since, openOrders: none, closedOrders: none,
    trades: none, positions: none, postings: none, balances: { ok: true, items },
  })
}

/** Time as the program sees it, a quarter of a second at a time. */
async function passing({ clock }: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    clock.at += 250
    await vi.advanceTimersByTimeAsync(250)
  }
}

const flushed = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0))
const spec: OrderSpec = {
  account: 'main', instrument: perpetual.instrument.id, side: 'buy', type: 'limit', size: { by: 'quantity', lots: lotsFromRaw(10) }, limit: ticksFromRaw(9_900),
  timeInForce: 'gtc', owner: 'hand',
}
const place = (at: number, commandId = 'c1'): TradingInput => ({ kind: 'place-order', commandId, at, order: spec, correlation: 'key-1' })
const sendsOf = (venue: FakeVenue) => venue.asked.filter((request) => request.kind === 'send-order')

describe('the runtime with a venue', () => {
  it('lets an order leave only when its record is on the disk', async () => {
    const { runtime, venue, journal, clock } = await openActive()
    journal.isHeld = true
    runtime.submit(place(clock.at))
    await flushed()
    expect(runtime.trading?.counts().live).toBe(1)
    expect(sendsOf(venue)).toEqual([])
    journal.flush()
    expect(sendsOf(venue)).toHaveLength(1)
    const [send] = sendsOf(venue)
    const written = journal.drafts.findIndex(({ body }) => body['sequence'] === send?.needs)
    expect(journal.drafts[written]?.kind).toBe('trading.order-sending')
    journal.flush()
    expect(sendsOf(venue)).toHaveLength(1)
  })

  it('writes down who asked for what before what became of it', async () => {
    const { runtime, journal, clock } = await openActive()
    runtime.submit(place(clock.at))
    const kinds = journal.drafts.map(({ kind }) => kind)
    const from = kinds.lastIndexOf('command.taken')
    expect(journal.drafts[from]).toMatchObject({ correlation: 'key-1', body: { command: 'place-order', commandId: 'c1', order: { instrument: spec.instrument } } })
    expect(kinds.slice(from + 1)).toEqual(['trading.command-taken', 'trading.order-intended', 'trading.order-sending'])
  })

  it('keeps an order that a halt has overtaken while its record was on the way to the disk', async () => {
    const { runtime, venue, journal, clock } = await openActive()
    journal.isHeld = true
    runtime.submit(place(clock.at))
    runtime.submit({ kind: 'halt-trading', at: clock.at, reason: 'a test', actor: 'hand' })
    journal.isHeld = false
    journal.flush()
    await flushed()
    expect(sendsOf(venue)).toEqual([])
    const order = [...(runtime.trading?.orders() ?? [])][0]
    expect(order?.status).toBe('rejected')
    expect(runtime.mode).toBe('halted')
  })

  it('calls an order unknown when the venue is silent, and hears a late answer all the same', async () => {
    const { runtime, venue, clock, events } = await openActive()
    runtime.submit(place(clock.at))
    await flushed()
    const [send] = sendsOf(venue)
    clock.at += 10_000
    await vi.advanceTimersByTimeAsync(250)
    expect(events.some((event) => event.kind === 'order-unknown' && event.why === 'no answer in time')).toBe(true)
    if (send === undefined) throw new Error('nothing was sent')
    venue.say({ kind: 'send-accepted', at: clock.at, account: 'main', order: send.order, venueOrder: 'v1' })
    expect(runtime.trading?.order(send.order)?.status).toBe('working')
  })

  it('calls what is on its way unknown at once when the far side ends', async () => {
    const { runtime, venue, clock } = await openActive()
    runtime.submit(place(clock.at))
    await flushed()
    venue.end('the process of the venue ended')
    const [order] = [...(runtime.trading?.orders() ?? [])]
    expect(order?.status).toBe('unknown')
  })

  it('comes back with the same state from the records, and sends nothing again', async () => {
    const { runtime, venue, journal, clock, events } = await openActive()
    runtime.submit(place(clock.at))
    await flushed()
    const [send] = sendsOf(venue)
    if (send === undefined) throw new Error('nothing was sent')
    venue.say({ kind: 'send-accepted', at: clock.at, account: 'main', order: send.order, venueOrder: 'v1' })
    await flushed()
    const before = canonicalJson(runtime.trading?.snapshot())
    const records: readonly JournalRecord[] = journal.drafts.map((draft, index) => ({ ...draft, sequence: index + 1 }))
    const replayed = records.map(anyEventOfRecord).filter((event) => event !== undefined)
    expect(replayed).toEqual(events)
    const past: Past = { lastSequence: events.length, recentEvents: [], trading: { events: replayed } }
    const later = open(past, createMemoryJournal(), clock.at + 5_000)
    await flushed()
    const start = later.events[0]
    expect(start).toMatchObject({ kind: 'engine-started', sequence: events.length + 1, mode: 'starting' })
    expect(later.runtime.trading?.order(send.order)).toMatchObject({ status: 'working', venueOrder: 'v1' })
    expect(sendsOf(later.venue)).toEqual([])
    expect(later.venue.asked[0]).toMatchObject({ kind: 'fetch-epoch' })
    // But for the start itself, nothing is different.
    const snapshot = JSON.parse(before) as Record<string, unknown>
    const after = JSON.parse(canonicalJson(later.runtime.trading?.snapshot())) as Record<string, unknown>
    expect(after['orders']).toEqual(snapshot['orders'])
  })

  it('comes back with the same state from a snapshot and the records behind it', async () => {
    const { runtime, journal, clock, events, snapshots } = await openActive()
    runtime.submit(place(clock.at))
    runtime.submit(place(clock.at, 'c2'))
    await flushed()
    const kept = snapshots.at(-1)
    if (kept === undefined) throw new Error('no snapshot was kept')
    expect(kept.event).toBeLessThan(events.length)
    const records = journal.drafts.map((draft, index) => ({ ...draft, sequence: index + 1 }))
    expect(records[kept.record - 1]?.body['sequence']).toBe(kept.event)
    const behind = records.slice(kept.record).map(anyEventOfRecord).filter((event) => event !== undefined)
    const snapshot = JSON.parse(kept.body) as EngineSnapshot
    const later = open({ lastSequence: events.length, recentEvents: [], trading: { snapshot, events: behind } }, createMemoryJournal(), clock.at + 5_000)
    const whole = open({ lastSequence: events.length, recentEvents: [], trading: { events } }, createMemoryJournal(), clock.at + 5_000)
    expect(canonicalJson(later.runtime.trading?.snapshot())).toBe(canonicalJson(whole.runtime.trading?.snapshot()))
  })

  it('hands a snapshot over only when the record that it follows is durable', async () => {
    const { runtime, journal, clock, snapshots } = await openActive()
    journal.isHeld = true
    const before = snapshots.length
    for (const id of ['c1', 'c2', 'c3']) runtime.submit(place(clock.at, id))
    expect(snapshots).toHaveLength(before)
    journal.flush()
    expect(snapshots.length).toBeGreaterThan(before)
    expect(snapshots.at(-1)?.event).toBeLessThanOrEqual(runtime.trading?.lastSequence ?? 0)
  })

  it('does not start on books that end otherwise than their replay', () => {
    expect(() => open({ lastSequence: 7, recentEvents: [], trading: { events: [] } })).toThrow('expected the replay to end with the last event of the books')
  })

  it('ends the line and the venue with itself', async () => {
    const { runtime, venue, clock } = await openActive()
    running.splice(0)
    await runtime.dispose()
    expect(venue.isDisposed).toBe(true)
    const before = runtime.trading?.lastSequence
    venue.say({ kind: 'stream-reported', at: clock.at, account: 'main', state: 'up' })
    expect(runtime.trading?.lastSequence).toBe(before)
  })

  const roundsOf = (venue: FakeVenue) => venue.asked.filter((request) => request.kind === 'fetch-epoch')

  it('asks for a round at the start, after a minute, and when the stream came back', async () => {
    const world = await openActive()
    const { venue, clock } = world
    expect(roundsOf(venue)).toHaveLength(1)
    await passing(world, 59_000)
    expect(roundsOf(venue)).toHaveLength(1)
    await passing(world, 1_250)
    expect(roundsOf(venue)).toHaveLength(2)
    answerRound(world)
    await passing(world, 5_000)
    venue.say({ kind: 'stream-reported', at: clock.at, account: 'main', state: 'down' })
    venue.say({ kind: 'stream-reported', at: clock.at, account: 'main', state: 'up' })
    await passing(world, 500)
    expect(roundsOf(venue)).toHaveLength(3)
  })

  it('asks for an order whose fate is not known by its name, and again until there is an answer', async () => {
    const world = await openActive()
    const { runtime, venue, clock } = world
    runtime.submit(place(clock.at))
    await flushed()
    venue.end('the process of the venue ended')
    await passing(world, 20_000)
    const questions = venue.asked.filter((request) => request.kind === 'look-up-order')
    expect(questions.length).toBeGreaterThanOrEqual(2)
    expect(new Set(questions.map(({ order }) => order))).toEqual(new Set(sendsOf(venue).map(({ order }) => order)))
  })

  it('trades again by itself a minute after the clock jumped, once a round was clean', async () => {
    const world = await openActive()
    const { runtime, clock } = world
    clock.wallAhead = 30_000
    await passing(world, 250)
    expect(runtime.state).toMatchObject({ mode: 'reducing', actor: 'engine' })
    for (let second = 0; second < 75; second += 5) {
      await passing(world, 5_000)
      answerRound(world)
    }
    expect(runtime.state).toMatchObject({ mode: 'active', actor: 'engine' })
  })

  it('stays reducing after a jump of the clock when no round is clean', async () => {
    const world = await openActive()
    world.clock.wallAhead = 30_000
    await passing(world, 120_000)
    expect(world.runtime.mode).toBe('reducing')
  })
})
