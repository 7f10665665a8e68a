import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contract, createBridge, type BookView, type Bridge, type Contract, type ProfileKind, type QuoteView } from '../../../src-preload/contract/index.ts'
import { scheduleTimeout } from '../../../src-main/bridge/index.ts'
import { composeEngine } from '../../../src-main/compose.ts'
import { systemClock } from '../../../src-main/runtime/index.ts'
import { venueInProcess } from '../../fixtures/venue-in-process.ts'
import { portOfProcess, type FromEngine, type ProcessPort, type ToEngine } from '../../../src-main/supervisor/index.ts'
import { asProcessPort } from '../../fixtures/as-process-port.ts'

/** The whole engine inside this process, in the demo market's own time. */
let home: string
let tell: (message: ToEngine, ports?: readonly ProcessPort[]) => void
let exits: number
let bridge: Bridge<Contract> | undefined
/** Busy machines run this too: how long something takes is not what is looked at here. */
const patienceMs = 30_000

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-market-'))
  exits = 0
  vi.spyOn(process, 'exit').mockImplementation(() => {
    exits++
    // A real exit does not come back; the tests go on.
    return undefined as never
  })
})
afterEach(async () => {
  bridge?.dispose()
  bridge = undefined
  tell({ kind: 'stop' })
  await vi.waitFor(() => expect(exits).toBeGreaterThan(0), patienceMs)
  for (const signal of ['SIGUSR2', 'SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(home, { recursive: true, force: true })
}, 2 * patienceMs)

const source = (name: string): URL => new URL(`../../../src-main/${name}.ts`, import.meta.url)

async function startEngine(profileKind: ProfileKind): Promise<Bridge<Contract>> {
  const said: FromEngine[] = []
  const events = new EventEmitter()
  tell = (message, ports = []) => void events.emit('message', message, ports)
  composeEngine(
    { send: (message) => void said.push(message), onMessage: (listener) => void events.on('message', listener), onGone: () => undefined },
    { journal: source('journal-thread'), books: source('books-thread') },
    venueInProcess(systemClock),
  )
  tell({ kind: 'start', start: { folder: join(home, 'one'), profile: 'one', profileKind, restarts: 0, keys: { ephemeralRoot: new Uint8Array(32).fill(7) } } })
  await vi.waitFor(() => expect(said).toContainEqual({ kind: 'books', news: { state: 'open' } }), patienceMs)
  bridge = createBridge({
    table: contract,
    connect: async () => {
      const { port1, port2 } = new MessageChannel()
      tell({ kind: 'client', access: 'admin', peer: 'window' }, [asProcessPort(port1)])
      return { ok: true, port: portOfProcess(asProcessPort(port2)) }
    },
    schedule: scheduleTimeout,
    newKey: () => `key ${Math.random()}`,
  })
  return bridge
}

describe('the engine', () => {
  it('tells a client of a living market, and halts in the middle of its storm', async () => {
    vi.stubEnv('BALLAST_DEMO_INTENSITY', '500')
    const engine = await startEngine('demo')
    const books: BookView[] = []
    const quotes: QuoteView[] = []
    engine.watch('market.book', { instrument: 'BTC/USD', depth: 20 }, { snapshot: (book) => books.push(book), delta: (book) => books.push(book) })
    engine.watch('market.quotes', {}, { snapshot: (told) => quotes.push(...told.quotes), delta: (told) => quotes.push(...told.quotes) })
    await vi.waitFor(() => expect(books.filter(({ state }) => state === 'live').length).toBeGreaterThan(5), patienceMs)
    const reply = await engine.call('trading.halt', { reason: 'a test', actor: 'hand' })
    expect(reply.ok).toBe(true)
    expect(await engine.call('engine.status', {})).toMatchObject({ ok: true, value: { mode: 'halted' } })
    const live = books.filter(({ state }) => state === 'live')
    expect(live.every(({ bids, asks }) => (bids[0]?.[0] ?? 0) < (asks[0]?.[0] ?? 0))).toBe(true)
    expect(new Set(quotes.map(({ instrument }) => instrument)).size).toBe(8)
  }, 3 * patienceMs)

  it('of a live profile has no market yet, and says so instead of showing one', async () => {
    const engine = await startEngine('live')
    expect(await engine.call('market.instruments', {})).toEqual({ ok: true, value: { instruments: [] } })
    expect(await engine.call('market.candles', { instrument: 'BTC/USD', timeframe: '1h', limit: 5 })).toMatchObject({ error: { code: 'market.no-source' } })
  }, 3 * patienceMs)
})
