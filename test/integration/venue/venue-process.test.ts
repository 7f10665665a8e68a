import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { amountFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { FetchEpoch, OrderId, VenueOrderSpec, VenueReport } from '../../../src-main/domain/index.ts'
import { forkVenue, Supervisor, type EngineProcessEvents, type ToEngine } from '../../../src-main/supervisor/index.ts'
import { RemoteVenue, type OpenPaper, type RemoteStatus, type VenueNews, type VenueWire } from '../../../src-main/venues/remote/index.ts'
import { installation, limitOf, marketOf, orderIdOf, paperAccount } from '../../unit/venues/paper/paper-house.ts'

/** The real supervisor and the real process of the venue; the engine is this test. */
let home: string
let supervisor: Supervisor
let engineEvents: EngineProcessEvents
let newsListener: (news: VenueNews) => void
let remote: RemoteVenue
let heard: VenueReport[]
let goneFor: string[]
let statuses: RemoteStatus[]
let engines = 0
const entry = join(import.meta.dirname, '../../../src-main/venue-child.ts')
const patience = { timeout: 20_000, interval: 10 }

const open = (): OpenPaper => ({
  folder: join(home, 'venue'), keys: [new Uint8Array(32).fill(3)], areOldBooksKept: true, installation, accounts: [paperAccount], weather: 'calm',
  pace: { seed: 7, anchorWall: Date.now(), anchorMarket: Date.now(), speed: 1 },
})

/** Another life of the engine: whatever the one before had is forgotten. */
function startEngine(): void {
  engines += 1
  heard = []
  goneFor = []
  statuses = []
  const wire: VenueWire = {
    want: () => engineEvents.onMessage({ kind: 'venue-wanted' }),
    send: (life, body) => engineEvents.onMessage({ kind: 'to-venue', life, body }),
    onNews: (listener) => { newsListener = listener },
  }
  remote = new RemoteVenue({ wire, open, now: () => Date.now(), engine: `engine ${engines}`, onStatus: (status) => statuses.push(status) })
  remote.listen({ report: (report) => heard.push(report), gone: (why) => goneFor.push(why) })
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ballast-venue-process-'))
  supervisor = new Supervisor({
    launch: (events) => {
      engineEvents = events
      return {
        processId: process.pid,
        send: (message: ToEngine) => {
          if (message.kind === 'venue') newsListener(message.news)
          if (message.kind === 'stop') events.onExit('0')
        },
        kill: () => undefined,
      }
    },
    launchVenue: (events) => forkVenue(entry, events),
    start: { folder: home, profile: 'paper', profileKind: 'paper', keys: {} },
    nowMs: () => performance.now(),
  })
  supervisor.begin()
  startEngine()
  await isOpen()
})
afterEach(async () => {
  await remote.dispose()
  await supervisor.stop()
  rmSync(home, { recursive: true, force: true })
})

const isOpen = (): Promise<void> => vi.waitFor(() => expect(statuses.at(-1)?.kind).toBe('open'), patience)
const of = <Kind extends VenueReport['kind']>(kind: Kind) => heard.filter((report): report is Extract<VenueReport, { kind: Kind }> => report.kind === kind)
const send = (number: number, spec: VenueOrderSpec): OrderId => {
  const order = orderIdOf(number)
  remote.perform({ kind: 'send-order', account: 'paper', order, needs: 0, sendEpoch: 0, validUntil: Date.now() + 5_000, spec })
  return order
}
const far = (): VenueOrderSpec => limitOf(1_000, 600_000)
const epoch = (number: number): FetchEpoch => ({ kind: 'fetch-epoch', account: 'paper', epoch: number, needs: 0, since: Date.now() - 3_600_000 })
const placed = async (number: number, spec: VenueOrderSpec): Promise<string> => {
  const order = send(number, spec)
  await vi.waitFor(() => expect([...of('send-accepted'), ...of('send-rejected')].some((told) => told.order === order)).toBe(true), patience)
  return of('send-accepted').find((told) => told.order === order)?.venueOrder ?? 'rejected'
}
const kill = (): void => void process.kill(supervisor.venueProcessId ?? 0, 'SIGKILL')

/** A limit that is within the band and will not be met soon, by what the market of now is. */
async function restingLimit(): Promise<VenueOrderSpec> {
  await placed(1, marketOf(100))
  await vi.waitFor(() => expect(of('trade-reported').length).toBeGreaterThan(0), patience)
  const last = rawOf(of('trade-reported')[0]?.trade.price ?? ticksFromRaw(0))
  return { ...far(), limit: ticksFromRaw(Math.round(last * 0.9)) }
}

// Each starts a process more than once, on a machine that has others to do.
describe('the venue in a process of its own', { timeout: 90_000 }, () => {
  it('takes orders, and after a kill -9 still has them, with their trades and the money', async () => {
    const spec = await restingLimit()
    const venueOrder = await placed(2, spec)
    const trades = of('trade-reported').map(({ trade }) => trade.trade)
    const killed = supervisor.venueProcessId
    kill()
    await vi.waitFor(() => expect(goneFor).toEqual(['SIGKILL']), patience)
    await isOpen()
    expect(supervisor.venueProcessId).not.toBe(killed)
    remote.perform(epoch(1))
    await vi.waitFor(() => expect(of('epoch-reported')).toHaveLength(1), patience)
    const [round] = of('epoch-reported')
    expect(round?.openOrders).toMatchObject({ ok: true, items: [{ venueOrder, order: orderIdOf(2), status: 'open', limit: spec.limit }] })
    expect(round?.trades.ok === true && round.trades.items.map(({ trade }) => trade).toSorted()).toEqual(trades.toSorted())
    expect(round?.balances.ok === true && round.balances.items.map(({ asset }) => asset).toSorted()).toEqual(['BTC', 'USD'])
    // And takes the next under a number of its own.
    expect(await placed(3, spec)).toBe(String(Number(venueOrder) + 1))
  })

  it('tells a request that nobody could carry as not sent, and never carries it later', async () => {
    const spec = await restingLimit()
    kill()
    await vi.waitFor(() => expect(goneFor).toHaveLength(1), patience)
    const order = send(2, spec)
    await vi.waitFor(() => expect(of('send-not-sent').map((told) => told.order)).toEqual([order]), patience)
    await isOpen()
    remote.perform(epoch(1))
    await vi.waitFor(() => expect(of('epoch-reported')).toHaveLength(1), patience)
    expect(of('epoch-reported')[0]?.openOrders).toEqual({ ok: true, items: [] })
  })

  it('outlives the engine, whose next life gets a line of its own', async () => {
    const spec = await restingLimit()
    await placed(2, spec)
    const { venueProcessId } = supervisor
    await remote.dispose()
    startEngine()
    await isOpen()
    expect(supervisor.venueProcessId).toBe(venueProcessId)
    remote.perform(epoch(1))
    await vi.waitFor(() => expect(of('epoch-reported')).toHaveLength(1), patience)
    expect(of('epoch-reported')[0]?.openOrders).toMatchObject({ ok: true, items: [{ order: orderIdOf(2) }] })
  })

  it('changes its weather and resets an account when it is told to', async () => {
    remote.become('half-open-socket')
    const outcome = await remote.reset({ account: 'paper', reason: 'a new start', balances: [{ asset: 'USD', amount: amountFromRaw(5_000_000) }] })
    expect(outcome).toEqual({ ok: true })
    await vi.waitFor(() => expect(of('posting-reported').map(({ posting }) => rawOf(posting.amount))).toEqual([5_000_000 - rawOf(paperAccount.balances[0]?.amount ?? amountFromRaw(0))]), patience)
    kill()
    await vi.waitFor(() => expect(goneFor).toHaveLength(1), patience)
    await isOpen()
    const last = statuses.at(-1)
    expect(last?.kind === 'open' && last.accounts[0]?.balances).toEqual([{ asset: 'USD', amount: amountFromRaw(5_000_000) }])
  })

  it('loses and doubles nothing that it told when it is killed in bad weather, with orders on their way', async () => {
    await restingLimit()
    remote.become('flaky-wifi')
    let given = 10
    const accepted = new Map<OrderId, string>()
    const trades = new Map<string, string>()
    const note = (): void => {
      for (const told of of('send-accepted')) accepted.set(told.order, told.venueOrder)
      for (const { trade } of of('trade-reported')) {
        const text = JSON.stringify({ ...trade, order: undefined })
        expect(trades.get(`${trade.instrument} ${trade.trade}`) ?? text).toBe(text)
        trades.set(`${trade.instrument} ${trade.trade}`, text)
      }
    }
    for (let round = 0; round < 2; round += 1) {
      const until = Date.now() + 1_500 + 700 * round
      while (Date.now() < until) {
        given += 1
        send(given, marketOf(100 + given, given % 2 === 0 ? 'buy' : 'sell'))
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
      kill()
      await vi.waitFor(() => expect(goneFor).toHaveLength(round + 1), patience)
      await isOpen()
    }
    note()
    remote.become('calm')
    heard = []
    remote.perform(epoch(9))
    await vi.waitFor(() => expect(of('epoch-reported')).toHaveLength(1), patience)
    const [round] = of('epoch-reported')
    if (round?.closedOrders.ok !== true || round.trades.ok !== true) throw new Error('expected a whole round')
    const orders = round.closedOrders.items
    const made = new Map(round.trades.items.map((trade) => [`${trade.instrument} ${trade.trade}`, JSON.stringify({ ...trade, order: undefined })]))
    expect(accepted.size).toBeGreaterThan(20)
    expect(trades.size).toBeGreaterThan(20)
    for (const [order, venueOrder] of accepted) expect(orders.filter((view) => view.order === order).map((view) => view.venueOrder)).toEqual([venueOrder])
    for (const [name, text] of trades) expect(made.get(name)).toBe(text)
    expect(new Set(orders.map((view) => view.clientId)).size).toBe(orders.length)
    expect(made.size).toBe(round.trades.items.length)
  })

  it('ends with the supervisor', async () => {
    const { venueProcessId } = supervisor
    await supervisor.stop()
    expect(() => process.kill(venueProcessId ?? 0, 0)).toThrow()
  })
})
