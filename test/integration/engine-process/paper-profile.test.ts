import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contract, createBridge, type Bridge, type Contract, type FillView, type OrderView, type PositionView, type QuoteView } from '../../../src-preload/contract/index.ts'
import { scheduleTimeout } from '../../../src-main/bridge/index.ts'
import { composeEngine } from '../../../src-main/compose.ts'
import { systemClock } from '../../../src-main/runtime/index.ts'
import { portOfProcess, type FromEngine, type ProcessPort, type ToEngine } from '../../../src-main/supervisor/index.ts'
import { asProcessPort } from '../../fixtures/as-process-port.ts'
import { venueInProcess } from '../../fixtures/venue-in-process.ts'

/** A whole profile inside this process: books, engine, market and exchange, and a client that trades. */
let home: string
let tell: (message: ToEngine, ports?: readonly ProcessPort[]) => void
let exits: number
let bridge: Bridge<Contract>
const patience = { timeout: 30_000, interval: 20 }
let keys = 0

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ballast-profile-'))
  exits = 0
  vi.spyOn(process, 'exit').mockImplementation(() => {
    exits++
    // A real exit does not come back; the tests go on.
    return undefined as never
  })
  const said: FromEngine[] = []
  const events = new EventEmitter()
  tell = (message, ports = []) => void events.emit('message', message, ports)
  composeEngine(
    { send: (message) => void said.push(message), onMessage: (listener) => void events.on('message', listener), onGone: () => undefined },
    { journal: new URL('../../../src-main/journal-thread.ts', import.meta.url), books: new URL('../../../src-main/books-thread.ts', import.meta.url) },
    venueInProcess(systemClock),
  )
  tell({ kind: 'start', start: { folder: join(home, 'one'), profile: 'demo', profileKind: 'demo', restarts: 0, keys: { ephemeralRoot: new Uint8Array(32).fill(7) } } })
  await vi.waitFor(() => expect(said.findLast(({ kind }) => kind === 'beat')).toMatchObject({ state: { mode: 'active' } }), patience)
  bridge = createBridge({
    table: contract,
    connect: async () => {
      const { port1, port2 } = new MessageChannel()
      tell({ kind: 'client', access: 'admin', peer: 'window' }, [asProcessPort(port1)])
      return { ok: true, port: portOfProcess(asProcessPort(port2)) }
    },
    schedule: scheduleTimeout,
    newKey: randomUUID,
  })
  await vi.waitFor(() => expect(bridge.state).toBe('open'), patience)
}, 60_000)
afterEach(async () => {
  bridge.dispose()
  tell({ kind: 'stop' })
  await vi.waitFor(() => expect(exits).toBeGreaterThan(0), patience)
  for (const signal of ['SIGUSR2', 'SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
  vi.restoreAllMocks()
  rmSync(home, { recursive: true, force: true })
}, 60_000)

const liveQuote = async (instrument: string): Promise<{ readonly bid: number; readonly ask: number }> => {
  let quote: QuoteView | undefined
  const stop = bridge.watch('market.quotes', { instruments: [instrument] }, { snapshot: ({ quotes }) => (quote = quotes[0]), delta: ({ quotes }) => (quote = quotes[0]) })
  await vi.waitFor(() => expect(quote?.state).toBe('live'), patience)
  stop()
  return { bid: quote?.bid ?? 0, ask: quote?.ask ?? 0 }
}
const buy = (limit: number, lots = 100) => ({
  clientKey: `profile-${++keys}`, actor: 'hand',
  order: { account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots }, limit, timeInForce: 'gtc' },
} as const)
const placed = async (limit: number): Promise<OrderView> => {
  const reply = await bridge.call('trading.place', buy(limit))
  if (!reply.ok || !reply.value.verdict.ok || reply.value.orders[0] === undefined) throw new Error(`not taken: ${JSON.stringify(reply)}`)
  return reply.value.orders[0]
}
const orderNow = async (order: string): Promise<OrderView> => {
  const reply = await bridge.call('trading.order', { order })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.order
}

describe('a profile that trades', () => {
  it('fills at the price that the market shows, and shows the position and its worth', async () => {
    const fills: FillView[] = []
    const positions: PositionView[] = []
    bridge.watch('trading.fills', {}, { snapshot: (told) => fills.push(...told.fills), delta: (told) => fills.push(...told.fills) })
    bridge.watch('trading.positions', {}, { snapshot: (told) => positions.push(...told.positions), delta: (told) => positions.push(...told.positions) })
    const { ask } = await liveQuote('BTC/USD')
    const order = await placed(Math.round(ask * 1.01))
    await vi.waitFor(async () => expect((await orderNow(order.id)).status).toBe('filled'), patience)
    const sum = (): number => fills.filter((fill) => fill.order === order.id).reduce((lots, fill) => lots + fill.lots, 0)
    await vi.waitFor(() => expect(sum()).toBe(100), patience)
    expect(fills.every(({ price }) => Math.abs(price / ask - 1) < 0.01)).toBe(true)
    await vi.waitFor(() => expect(positions.findLast(({ instrument }) => instrument === 'BTC/USD')).toMatchObject({ lots: 100, unrealised: expect.any(Number) as number }), patience)
  })

  it('lets an order rest, and cancels it', async () => {
    const { bid } = await liveQuote('BTC/USD')
    const order = await placed(Math.round(bid * 0.9))
    await vi.waitFor(async () => expect((await orderNow(order.id)).status).toBe('working'), patience)
    expect(await bridge.call('trading.cancel', { clientKey: 'cancel', actor: 'hand', order: order.id })).toMatchObject({ ok: true })
    await vi.waitFor(async () => expect((await orderNow(order.id)).status).toBe('canceled'), patience)
  })

  it('takes no new order while the market stands still, and says why', async () => {
    const { bid } = await liveQuote('BTC/USD')
    expect(await bridge.call('market.setSpeed', { speed: 0 })).toMatchObject({ ok: true })
    await vi.waitFor(async () => {
      const reply = await bridge.call('trading.place', buy(Math.round(bid * 0.95)))
      expect(reply).toMatchObject({ ok: true, value: { verdict: { ok: false, refusal: { rule: 'risk.stale-price' } } } })
    }, patience)
    expect(await bridge.call('market.setSpeed', { speed: 1 })).toMatchObject({ ok: true })
    await vi.waitFor(async () => expect(await bridge.call('trading.place', buy(Math.round(bid * 0.95)))).toMatchObject({ value: { verdict: { ok: true } } }), patience)
  })

  it('halts at once with an order that rests, and cancels it', async () => {
    const { bid } = await liveQuote('BTC/USD')
    const order = await placed(Math.round(bid * 0.9))
    await vi.waitFor(async () => expect((await orderNow(order.id)).status).toBe('working'), patience)
    expect(await bridge.call('trading.halt', { reason: 'a test', actor: 'hand' })).toMatchObject({ ok: true, value: { mode: 'halted' } })
    await vi.waitFor(async () => expect((await orderNow(order.id)).status).toBe('canceled'), patience)
  })
})
