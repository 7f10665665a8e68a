import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import type { OrderView, QuoteView } from '../../src-preload/contract/index.ts'
import { createRandom, rawOf } from '../../src-main/base/index.ts'
import { journalFolder } from '../../src-main/bookkeeping/index.ts'
import type { TradingEvent } from '../../src-main/domain/index.ts'
import { anyEventOfRecord, systemClock } from '../../src-main/runtime/index.ts'
import { openEphemeralVault, readJournal } from '../../src-main/store/index.ts'
import type { createRestartPolicy } from '../../src-main/supervisor/restart-policy.ts'
import { paperAccounts } from '../../src-main/trading-setup/index.ts'
import { journalKeysOf, openTruth, venueKeysOf } from '../../src-main/venue-host/index.ts'
import { PaperVenue, Schedule } from '../../src-main/venues/paper/index.ts'
import { startBallast, type LivingBallast } from '../fixtures/living-ballast.ts'

/** How often the engine is killed, at any moment of its start or its work. */
const kills = Number(process.env['BALLAST_STORM_KILLS'] ?? (process.env['BALLAST_DEEP'] === undefined ? 3 : 60))
const workingWanted = 50
const seed = Number(process.env['BALLAST_STORM_SEED'] ?? 1)
/** Of the clean round behind a start; a machine that is busy with other things says nothing about that. */
const firstRoundMsMax = 5_000
const settledWithinMs = 5_000 + 30_000
/** So long a doubt may take to be proven on a bad line; where it outlives that, the next kill comes all the same. An instrument in doubt takes no new order. */
const doubtMsMax = kills > 3 ? 30_000 : 1_000
const patience = { timeout: 60_000, interval: 50 }

vi.mock('../../src-main/supervisor/restart-policy.ts', () => ({
  // The storm has more crashes than the policy forgives.
  createRestartPolicy: (): ReturnType<typeof createRestartPolicy> => ({ afterCrash: () => 50, forgive: () => undefined }),
}))

const sizes: Readonly<Record<string, number>> = { 'BTC/USD': 100, 'ETH/USD': 300, 'SOL/USD': 60, 'XRP/USD': 80, 'BTC/USD:PERP': 1, 'ETH/USD:PERP': 3 }
const instruments = Object.keys(sizes)

/** A hand that keeps some fifty orders working, and cancels, amends and trades among them, whatever the engine says. */
class Hand {
  readonly #ballast: LivingBallast
  readonly #random = createRandom(seed).split('hand')
  readonly orders = new Map<string, OrderView>()
  readonly quotes = new Map<string, QuoteView>()
  /** What became of orders that were asked for: taken, or the rule or fault that stood against it. */
  readonly answers: Record<string, number> = {}
  #keys = 0
  #isBusy = true

  constructor(ballast: LivingBallast) {
    this.#ballast = ballast
    const { bridge } = ballast
    const takeOrders = ({ orders }: { readonly orders: readonly OrderView[] }): void => orders.forEach((order) => this.orders.set(order.id, order))
    bridge.watch('trading.orders', {}, {
      snapshot: (told) => {
        this.orders.clear()
        takeOrders(told)
      },
      delta: takeOrders,
    })
    const takeQuotes = ({ quotes }: { readonly quotes: readonly QuoteView[] }): void => quotes.forEach((quote) => this.quotes.set(quote.instrument, quote))
    bridge.watch('market.quotes', {}, { snapshot: takeQuotes, delta: takeQuotes })
  }

  get live(): readonly OrderView[] {
    return [...this.orders.values()].filter(({ endedAt }) => endedAt === null)
  }

  /** Neither resting nor ended, for all that is known. */
  get doubtful(): readonly OrderView[] {
    return this.live.filter(({ status }) => status !== 'working' && status !== 'partial' && status !== 'held')
  }

  async work(): Promise<void> {
    while (this.#isBusy) {
      const { live } = this
      const draw = this.#random.nextFloat53()
      if (live.length < workingWanted || draw < 0.2) await this.#place(draw < 0.15)
      else if (draw < 0.7) await this.#change(live, draw < 0.45)
      await pause(60)
    }
  }

  rest(): void {
    this.#isBusy = false
  }

  async #place(isForNow: boolean): Promise<void> {
    const instrument = instruments[this.#random.nextInt(instruments.length)] ?? 'BTC/USD'
    const { bid, ask, state } = this.quotes.get(instrument) ?? { bid: null, ask: null, state: 'down' }
    if (bid === null || ask === null || state !== 'live') return
    const isBuy = !instrument.endsWith('PERP') || this.#random.nextFloat53() < 0.5
    const away = 0.0002 + this.#random.nextFloat53() * 0.08
    const limit = isForNow ? Math.round(isBuy ? ask * 1.001 : bid * 0.999) : Math.round(isBuy ? bid * (1 - away) : ask * (1 + away))
    const order = {
      account: 'paper', instrument, side: isBuy ? 'buy' : 'sell', type: 'limit', size: { by: 'quantity', lots: sizes[instrument] ?? 1 }, limit,
      timeInForce: isForNow ? 'ioc' : 'gtc',
    } as const
    const reply = await this.#ballast.bridge.call('trading.place', { clientKey: `storm-${++this.#keys}`, actor: 'hand', order })
    this.#count(reply.ok ? (reply.value.verdict.ok ? 'taken' : reply.value.verdict.refusal.rule) : reply.error.code)
  }

  #count(answer: string): void {
    this.answers[answer] = (this.answers[answer] ?? 0) + 1
  }

  async #change(live: readonly OrderView[], isCancel: boolean): Promise<void> {
    const order = live[this.#random.nextInt(Math.max(1, live.length))]
    if (order === undefined || order.limit === null) return
    const asked = { clientKey: `storm-${++this.#keys}`, actor: 'hand', order: order.id } as const
    if (isCancel) await this.#ballast.bridge.call('trading.cancel', asked)
    else await this.#ballast.bridge.call('trading.amend', { ...asked, limit: Math.round(order.limit * 0.999) })
  }
}

const isUp = (ballast: LivingBallast, restarts: number): Promise<void> =>
  vi.waitFor(async () => {
    const reply = await ballast.bridge.call('engine.status', {}, { timeoutMs: 2_000 })
    expect(reply).toMatchObject({ ok: true, value: { mode: 'active' } })
    // A busy machine may have ended one more, that did not get to say a word for ten seconds.
    expect(reply.ok ? reply.value.restarts : 0).toBeGreaterThanOrEqual(restarts)
  }, patience)

it(`an engine that trades in bad weather and is killed ${kills} times loses nothing and doubles nothing`, async () => {
  const home = mkdtempSync(join(tmpdir(), 'ballast-storm-'))
  const folder = join(home, 'demo')
  const root = createHash('sha256').update('storm').digest()
  const random = createRandom(seed).split('kills')
  const ballast = startBallast(folder, root)
  await isUp(ballast, 0)
  expect(await ballast.bridge.call('paper.set-weather', { preset: 'flaky-wifi' })).toMatchObject({ ok: true })
  const hand = new Hand(ballast)
  const working = hand.work()
  await vi.waitFor(() => expect(hand.live.length).toBeGreaterThanOrEqual(workingWanted), patience)
  for (let kill = 1; kill <= kills; kill++) {
    await pause(random.nextInt(kill % 3 === 0 ? 400 : 2_500))
    process.kill(ballast.supervisor.engineProcessId ?? 0, 'SIGKILL')
    // Every third one is killed again while it still starts; the others have time to learn what became of their orders, and trade on.
    if (kill % 3 !== 2) {
      await isUp(ballast, kill)
      await vi.waitFor(() => expect(hand.doubtful).toEqual([]), { timeout: doubtMsMax, interval: 100 }).catch(() => undefined)
    } else await vi.waitFor(() => expect(ballast.supervisor.state.kind === 'running' ? ballast.supervisor.state.restarts : 0).toBeGreaterThanOrEqual(kill), patience)
  }
  await isUp(ballast, kills)
  hand.rest()
  await working
  const struck = await ballast.bridge.call('paper.weather', {})
  expect(await ballast.bridge.call('paper.set-weather', { preset: 'calm' })).toMatchObject({ ok: true })
  const healedAt = Date.now()
  await vi.waitFor(() => expect(hand.doubtful).toEqual([]), { timeout: settledWithinMs, interval: 100 })
  const settledMs = Date.now() - healedAt
  await ballast.bridge.call('trading.cancel-all', { clientKey: 'at-the-end', actor: 'hand' })
  await vi.waitFor(() => expect(hand.live).toEqual([]), patience)
  const told = await endOf(ballast)
  cpSync(folder, join(home, 'copy'), { recursive: true })
  await ballast.stop()

  const events = await eventsOf(join(home, 'copy'), root)
  const truth = await truthOf(join(home, 'copy'), root)
  const rounds = firstRoundsOf(events)
  const breaks = events.flatMap((event) => (event.kind === 'break-seen' ? [`${event.what} ${event.instrument ?? ''}: ${event.detail}`] : []))
  console.info(JSON.stringify({ kills, breaks, answers: hand.answers, struck: struck.ok ? struck.value.struck : [], orders: truth.orders.length, trades: truth.trades.length, settledMs, firstRoundMs: rounds.toSorted((a, b) => a - b) }))
  // Some are killed before they come to it, and some before there is an engine.
  expect(rounds.length).toBeGreaterThanOrEqual(Math.ceil((kills * 2) / 3))
  expect(rounds.filter((ms) => ms > firstRoundMsMax)).toEqual([])
  // Each order of the exchange once, and known here; each that was sent for sure is there or was proven never to have been.
  const ours = new Set(events.flatMap((event) => (event.kind === 'order-sending' ? [event.order as string] : [])))
  const theirs = truth.orders.map(({ clientId }) => clientId)
  expect(new Set(theirs).size).toBe(theirs.length)
  expect(theirs.filter((id) => !ours.has(id))).toEqual([])
  expect(events.filter((event) => event.kind === 'external-adopted' || event.kind === 'trade-conflicted' || event.kind === 'overfill-seen')).toEqual([])
  expect(fillsOf(events)).toEqual(truth.trades)
  expect(truth.open).toEqual([])
  expect(told.balances).toEqual(truth.balances)
  expect(told.positions).toEqual(truth.positions)
  rmSync(home, { recursive: true, force: true })
}, 120_000 + kills * 40_000)

type AnyPastEvent = NonNullable<ReturnType<typeof anyEventOfRecord>>

async function eventsOf(folder: string, root: Buffer): Promise<readonly AnyPastEvent[]> {
  const vault = openEphemeralVault(root)
  const events: AnyPastEvent[] = []
  for await (const record of readJournal({ folder: journalFolder(folder), keys: vault.journalKeys(), journalId: vault.vaultId })) {
    const event = anyEventOfRecord(record)
    if (event !== undefined) events.push(event)
  }
  return events
}

/** From each start to its first clean round. */
function firstRoundsOf(events: readonly AnyPastEvent[]): readonly number[] {
  const rounds: number[] = []
  let startedAt: number | undefined
  for (const event of events) {
    if (event.kind === 'engine-started') startedAt = event.at
    if (event.kind !== 'epoch-closed' || event.outcome !== 'clean' || startedAt === undefined) continue
    rounds.push(event.at - startedAt)
    startedAt = undefined
  }
  return rounds
}

/** By trade, with those that were taken back left out. */
function fillsOf(events: readonly (AnyPastEvent | TradingEvent)[]): readonly string[] {
  const fills: string[] = []
  for (const event of events) {
    if (event.kind === 'order-filled') fills.push(wordsFor(event.order, event.trade))
    if (event.kind === 'fill-superseded') fills.splice(fills.indexOf(wordsFor(event.order, event.trade)), 1)
  }
  return fills.sort()
}

const wordsFor = (order: string, trade: Extract<TradingEvent, { kind: 'order-filled' }>['trade']): string =>
  `${order} ${trade.instrument} ${trade.trade} ${trade.side} ${rawOf(trade.lots)} at ${rawOf(trade.price)} fee ${rawOf(trade.fee)} ${trade.feeAsset}`

async function truthOf(folder: string, root: Buffer) {
  const vault = openEphemeralVault(root)
  const opening = await openTruth({
    folder: join(folder, 'venue'), keys: journalKeysOf(venueKeysOf(vault.journalKeys())), areOldBooksKept: true,
    journalThread: new URL('../../src-main/journal-thread.ts', import.meta.url), now: () => systemClock.wallMs(), failed: (detail) => { throw new Error(detail) },
  })
  if (!opening.ok || opening.kept === undefined) throw new Error('the exchange left no books')
  const { kept, log } = opening
  const at = kept.books.counts?.at ?? 0
  const venue = new PaperVenue({
    timeline: new Schedule(at, () => 0), accounts: paperAccounts, installation: '000000000000', kept, pace: { seed: 7, anchorWall: at, anchorMarket: at, speed: 0 },
  })
  const { balances, positions } = venue.truth('paper')
  const orders = [...kept.books.orders.values()]
  const clientIds = new Map(orders.map(({ number, clientId }) => [String(number), clientId]))
  await venue.dispose()
  await log.close(1_000)
  return {
    orders,
    open: orders.filter(({ status }) => status === 'open'),
    trades: kept.books.trades.map(({ trade }) => wordsFor(clientIds.get(trade.venueOrder) ?? '', trade)).sort(),
    balances: balances.flatMap(({ asset, total }) => (rawOf(total) === 0 ? [] : [`${asset} ${rawOf(total)}`])).sort(),
    positions: positions.flatMap(({ instrument, lots }) => (rawOf(lots) === 0 ? [] : [`${instrument} ${rawOf(lots)}`])).sort(),
  }
}

/** What the engine says at the end of what the account holds; coins on spot are balances there. */
async function endOf({ bridge }: LivingBallast): Promise<{ readonly balances: readonly string[]; readonly positions: readonly string[] }> {
  const { promise: balances, resolve: tellBalances } = Promise.withResolvers<readonly string[]>()
  const { promise: positions, resolve: tellPositions } = Promise.withResolvers<readonly string[]>()
  bridge.watch('trading.balances', {}, {
    snapshot: (told) => tellBalances(told.balances.flatMap(({ asset, total }) => (total === 0 ? [] : [`${asset} ${total}`])).sort()),
    delta: () => undefined,
  })
  bridge.watch('trading.positions', {}, {
    snapshot: (told) => tellPositions(told.positions.flatMap(({ instrument, lots }) => (lots === 0 || !instrument.endsWith(':PERP') ? [] : [`${instrument} ${lots}`])).sort()),
    delta: () => undefined,
  })
  return { balances: await balances, positions: await positions }
}
