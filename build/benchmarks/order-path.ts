import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { contract, createBridge, portPair, type Port } from '../../src-preload/contract/index.ts'
import { createBridgeServer, scheduleTimeout } from '../../src-main/bridge/index.ts'
import { amountFromRaw, ticksFromRaw } from '../../src-main/base/index.ts'
import type { Venue, VenueListener } from '../../src-main/ports/index.ts'
import { boundlessLimits } from '../../src-main/risk/index.ts'
import { Runtime, systemClock } from '../../src-main/runtime/index.ts'
import { openJournal, type OpenedJournal } from '../../src-main/store/journal/index.ts'
import { createTradingHandlers, TradingDesk } from '../../src-main/trading-desk/index.ts'
import { paperTrading } from '../../src-main/trading-setup/index.ts'
import { resultOf, spreadOf, type Result } from './measure.ts'

const orders = 600
const orderGapMs = 30
const quotesPerSecond = 4_000
const quoteGapMs = 2
const bid = 640_000

/** From the bytes of a client's order to its request in the hands of the venue, with the record on a real disk between, while quotes storm. */
export async function orderPathDurable(): Promise<{ readonly orderPathDurable: Result; readonly loopStallWhileTrading: Result }> {
  const home = mkdtempSync(join(tmpdir(), 'ballast-bench-'))
  try {
    return await measure(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function measure(home: string) {
  const key = randomBytes(32)
  const opening = await openJournal({
    folder: join(home, 'journal'), keys: { newestEpoch: 1, keyOf: (epoch) => (epoch === 1 ? key : undefined) }, journalId: 'bench',
    threadEntry: new URL('../../src-main/journal-thread.ts', import.meta.url),
  })
  if (!opening.ok) throw new Error(`the journal was not opened: ${opening.trouble.kind}`)
  const { journal } = opening
  const alone = await recordsAlone(journal)
  const venue = new BenchVenue()
  const runtime = openRuntime(journal, venue)
  const stopQuotes = stormOfQuotes(runtime)
  const stalls = watchStalls()
  const waits = await placeOrders(runtime, venue)
  const stalled = stalls.stop()
  stopQuotes()
  await runtime.dispose()
  const idle = watchStalls()
  await pause(3_000)
  const calm = idle.stop()
  await journal.close()
  return {
    orderPathDurable: resultOf(spreadOf(waits), spreadOf(alone), 'one record of the same journal, appended and durable', { statistic: 'p99', atMost: 1.5 }),
    loopStallWhileTrading: resultOf(spreadOf(stalled), spreadOf(calm), 'the same loop with nothing to do', { statistic: 'p99', atMost: 5 }),
  } as const
}

/** Answers everything at once, so that no order stays; when it was handed over is what counts. */
class BenchVenue implements Venue {
  onSend: (at: number) => void = () => undefined
  #listener: VenueListener | undefined

  perform(request: Parameters<Venue['perform']>[0]): void {
    const told = { at: systemClock.wallMs(), account: request.account }
    const tell = (report: Parameters<VenueListener['report']>[0]): void => void setImmediate(() => this.#listener?.report(report))
    const part = { ok: true, items: [] } as const
    if (request.kind === 'fetch-epoch') {
      const total = amountFromRaw(1e14)
      const balances = { ok: true, items: [{ asset: 'USD', total, free: total }] } as const
      tell({ kind: 'epoch-reported', ...told, epoch: request.epoch, askedAt: told.at, since: request.since, openOrders: part, closedOrders: part, trades: part, positions: part, postings: part, balances })
    }
    if (request.kind === 'send-order') {
      this.onSend(performance.now())
      // Not taken, so the next one meets the same engine.
      tell({ kind: 'send-rejected', ...told, order: request.order, proof: 'a benchmark' })
    }
  }

  listen(listener: VenueListener): () => void {
    this.#listener = listener
    return () => (this.#listener = undefined)
  }

  async dispose(): Promise<void> {
    this.#listener = undefined
  }
}

const { setup } = paperTrading()

function openRuntime(journal: OpenedJournal, venue: Venue): Runtime {
  const runtime = new Runtime({
    clock: systemClock, version: 'bench', onBroken: (error) => { throw error },
    latch: { keep: () => undefined, drop: () => undefined, read: () => undefined, settled: async () => undefined },
    trading: {
      setup: { ...setup, limits: { ...boundlessLimits, priceAgeMaxMs: 5_000 } }, venue, answerPatienceMs: 12_000, pace: { capacity: 10_000, perSecond: 10_000 },
      snapshots: { everyEvents: 5_000, keep: () => undefined },
    },
  })
  runtime.open(journal, { lastSequence: 0, recentEvents: [], trading: { events: [] } })
  return runtime
}

function stormOfQuotes(runtime: Runtime): () => void {
  const began = performance.now()
  let told = 0
  const timer = setInterval(() => {
    for (const due = ((performance.now() - began) * quotesPerSecond) / 1_000; told < due; told++) {
      const { id } = (setup.tradables[told % setup.tradables.length] ?? setup.tradables[0])?.instrument ?? { id: '' }
      runtime.submit({ kind: 'quote-seen', at: runtime.now(), instrument: id, bid: ticksFromRaw(bid + (told % 7)), ask: ticksFromRaw(bid + 12 + (told % 7)) })
    }
  }, quoteGapMs)
  return () => clearInterval(timer)
}

const stallGapMs = 5

/** How much later than asked for a timer of the loop comes. One that spins would take the core from the thread of the journal. */
function watchStalls(): { stop(): readonly number[] } {
  const samples: number[] = []
  let dueAt = performance.now() + stallGapMs
  const timer = setInterval(() => {
    const now = performance.now()
    samples.push(Math.max(0, now - dueAt))
    dueAt = now + stallGapMs
  }, stallGapMs)
  return {
    stop() {
      clearInterval(timer)
      return samples
    },
  }
}

async function placeOrders(runtime: Runtime, venue: BenchVenue): Promise<readonly number[]> {
  while (runtime.mode !== 'active') await pause(20)
  const { place, arrived, isOpen } = client(runtime)
  while (!isOpen()) await pause(5)
  const waits: number[] = []
  for (let order = 0; order < orders + 50; order++) {
    const sent = new Promise<number>((resolve) => (venue.onSend = resolve))
    place(`bench-${order}`)
    const took = (await sent) - arrived()
    if (order >= 50) waits.push(took)
    await pause(orderGapMs)
  }
  return waits
}

/** A client whose frames come to the server as text; the clock runs from there. */
function client(runtime: Runtime): { readonly place: (clientKey: string) => void; readonly arrived: () => number; readonly isOpen: () => boolean } {
  const table = { 'trading.place': contract['trading.place'] } as const
  const desk = new TradingDesk({ runtime, setup })
  const { 'trading.place': place } = createTradingHandlers(desk)
  const server = createBridgeServer({ table, handlers: { 'trading.place': place }, version: 'bench', onBug: (_name, error) => { throw error } })
  let arrivedAt = 0
  const bridge = createBridge({
    table,
    connect: async () => {
      const [mine, theirs] = portPair()
      const timed: Port = {
        ...theirs,
        onMessage: (listener) => theirs.onMessage((text) => {
          arrivedAt = performance.now()
          listener(text)
        }),
      }
      server.serve(timed, { access: 'admin', peer: 'bench' })
      return { ok: true, port: mine }
    },
    schedule: scheduleTimeout,
    newKey: () => randomBytes(12).toString('hex'),
  })
  const order = { account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots: 100 }, limit: bid - 10_000, timeInForce: 'gtc' } as const
  return {
    arrived: () => arrivedAt,
    isOpen: () => bridge.state === 'open',
    place: (clientKey) => void bridge.call('trading.place', { clientKey, actor: 'hand', order }).then((reply) => {
      if (!reply.ok || !reply.value.verdict.ok) throw new Error(`the order was not taken: ${JSON.stringify(reply)}`)
    }),
  }
}

async function recordsAlone(journal: OpenedJournal): Promise<readonly number[]> {
  const waits: number[] = []
  for (let index = 0; index < 300; index++) {
    const from = performance.now()
    const appended = journal.append({ kind: 'bench.record', at: index, body: { text: 'x'.repeat(200) } })
    if (!appended.ok || (await journal.whenDurable(appended.sequence)) !== 'durable') throw new Error('the journal failed')
    waits.push(performance.now() - from)
    await pause(5)
  }
  return waits
}
