import { EventEmitter } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contract, createBridge, type Bridge, type Contract } from '../../../src-preload/contract/index.ts'
import { openChannels, scheduleTimeout } from '../../../src-main/bridge/index.ts'
import { asProcessPort } from '../../fixtures/as-process-port.ts'
import { composeEngine, portPipe } from '../../../src-main/compose.ts'
import { systemClock } from '../../../src-main/runtime/index.ts'
import { venueInProcess } from '../../fixtures/venue-in-process.ts'
import { TradingEngine } from '../../../src-main/engine/index.ts'
import { lockFolder } from '../../../src-main/store/index.ts'
import { portOfProcess, type FromEngine, type ParentLink, type ProcessPort, type ToEngine } from '../../../src-main/supervisor/index.ts'

/** The engine's process put together inside this one, with a parent that is led by hand. */
let home: string
let folder: string
let said: FromEngine[]
let tell: (message: ToEngine, ports?: readonly ProcessPort[]) => void
let parentGoes: () => void
let exits: (number | undefined)[]
const bridges: Bridge<Contract>[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-compose-'))
  folder = join(home, 'demo')
  said = []
  exits = []
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    exits.push(Number(code))
    // A real exit does not come back; the tests look at the code and go on.
    return undefined as never
  })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(async () => {
  for (const bridge of bridges.splice(0)) bridge.dispose()
  if (exits.length === 0) tell({ kind: 'stop' })
  await vi.waitFor(() => expect(exits).not.toEqual([]))
  process.removeAllListeners('SIGUSR2')
  process.removeAllListeners('SIGINT')
  process.removeAllListeners('SIGTERM')
  process.removeAllListeners('SIGHUP')
  vi.restoreAllMocks()
  rmSync(home, { recursive: true, force: true })
})

const source = (name: string): URL => new URL(`../../../src-main/${name}.ts`, import.meta.url)
const threads = { journal: source('journal-thread'), books: source('books-thread') }

function compose(): void {
  const events = new EventEmitter()
  const link: ParentLink = {
    send: (message) => void said.push(message),
    onMessage: (listener) => void events.on('message', listener),
    onGone: (listener) => void events.on('gone', listener),
  }
  tell = (message, ports = []) => void events.emit('message', message, ports)
  parentGoes = () => void events.emit('gone')
  composeEngine(link, threads, venueInProcess(systemClock))
}

/** Until its books are open. */
async function startEngine(): Promise<void> {
  beginEngine()
  await vi.waitFor(() => expect(said).toContainEqual({ kind: 'books', news: { state: 'open' } }), 10_000)
}

function beginEngine(): void {
  compose()
  tell({ kind: 'start', start: { folder, profile: 'demo', profileKind: 'demo', restarts: 2, keys: { ephemeralRoot: new Uint8Array(32).fill(7) } } })
}

function connect(connectOnce: () => ReturnType<typeof portOfProcess>): Bridge<Contract> {
  const bridge = createBridge({
    table: contract,
    connect: async () => ({ ok: true, port: connectOnce() }),
    schedule: scheduleTimeout,
    newKey: () => `key ${Math.random()}`,
  })
  bridges.push(bridge)
  return bridge
}

async function byWindowPort(): Promise<Bridge<Contract>> {
  const bridge = connect(() => {
    const { port1, port2 } = new MessageChannel()
    tell({ kind: 'client', access: 'admin', peer: 'window' }, [asProcessPort(port1)])
    return portOfProcess(asProcessPort(port2))
  })
  await vi.waitFor(() => expect(bridge.state).toBe('open'))
  return bridge
}

describe('the engine’s process', () => {
  it('does nothing until it is told for which folder', () => {
    compose()
    tell({ kind: 'halt', reason: 'too early', actor: 'tray' })
    expect(said).toEqual([])
    expect(existsSync(folder)).toBe(false)
    parentGoes()
    expect(exits).toEqual([0])
  })

  it('says that it is ready in starting, goes to active by itself once its venue has answered, and beats', async () => {
    await startEngine()
    expect(said.filter(({ kind }) => kind === 'ready')).toMatchObject([{ state: { mode: 'starting' } }])
    await vi.waitFor(() => expect(said.findLast(({ kind }) => kind === 'beat')).toMatchObject({ state: { mode: 'active', reason: 'the start was clean', actor: 'engine' } }), 5_000)
  })

  it('serves a window over its port', async () => {
    await startEngine()
    const bridge = await byWindowPort()
    await bridge.call('trading.halt', { reason: 'a test', actor: 'hand' })
    const reply = await bridge.call('engine.status', {})
    expect(reply).toMatchObject({ ok: true, value: { mode: 'halted', profile: 'demo', profileKind: 'demo', restarts: 2, clients: 1 } })
  })

  it('serves a browser host in the supervising process', async () => {
    await startEngine()
    const channels = openChannels({
      send: (message) => tell({ kind: 'channel', message }),
      onMessage: (listener) => {
        const handed = new Set<FromEngine>()
        const timer = setInterval(() => {
          for (const message of said) {
            if (message.kind !== 'channel' || handed.has(message)) continue
            handed.add(message)
            listener(message.message)
          }
        }, 1)
        timer.unref()
      },
    })
    const reply = await connect(() => channels.open({ access: 'read', peer: 'websocket' })).call('engine.ping', { sent: 7 })
    expect(reply).toMatchObject({ ok: true, value: { sent: 7 } })
  })

  it('serves a browser host in a process of its own', async () => {
    await startEngine()
    const { port1, port2 } = new MessageChannel()
    tell({ kind: 'pipe' }, [asProcessPort(port1)])
    const channels = openChannels(portPipe(asProcessPort(port2)))
    const reply = await connect(() => channels.open({ access: 'read', peer: 'websocket' })).call('engine.ping', { sent: 7 })
    expect(reply).toMatchObject({ ok: true, value: { sent: 7 } })
  })

  it('lets the clients of a browser host go when that is gone', async () => {
    await startEngine()
    const { port1, port2 } = new MessageChannel()
    tell({ kind: 'pipe' }, [asProcessPort(port1)])
    const channels = openChannels(portPipe(asProcessPort(port2)))
    await connect(() => channels.open({ access: 'read', peer: 'websocket' })).call('engine.ping', { sent: 7 })
    const window = await byWindowPort()
    expect(await window.call('engine.status', {})).toMatchObject({ value: { clients: 2 } })
    port2.close()
    await vi.waitFor(async () => expect(await window.call('engine.status', {})).toMatchObject({ value: { clients: 1 } }))
  })

  it('tells a stream each change, and the clock', async () => {
    await startEngine()
    const bridge = await byWindowPort()
    const seen: string[] = []
    bridge.watch('engine.watch', {}, { snapshot: ({ mode }) => seen.push(mode), delta: ({ mode }) => seen.push(mode) })
    bridge.watch('engine.events', {}, { snapshot: () => undefined, delta: ({ kind }) => seen.push(kind) })
    bridge.watch('clock.watch', {}, { snapshot: () => seen.push('clock'), delta: () => seen.push('tick') })
    await vi.waitFor(() => expect(seen).toEqual(expect.arrayContaining(['active', 'clock', 'tick'])))
    await bridge.call('trading.resume', { to: 'reducing', reason: 'a test', actor: 'hand' })
    await vi.waitFor(() => expect(seen).toEqual(expect.arrayContaining(['mode-changed', 'reducing'])))
  })

  it.each([
    ['its parent', () => tell({ kind: 'halt', reason: 'from the tray', actor: 'tray' }), 'from the tray'],
    ['a signal', () => process.emit('SIGUSR2'), 'signal SIGUSR2'],
  ])('is halted by %s without any client, and leaves word on the disk', async (_who, halt, reason) => {
    await startEngine()
    halt()
    expect(said.findLast(({ kind }) => kind === 'beat')).toMatchObject({ state: { mode: 'halted', reason } })
    await vi.waitFor(() => expect(existsSync(join(folder, 'halt.latch'))).toBe(true))
  })

  it('only reduces after the machine slept', async () => {
    await startEngine()
    await (await byWindowPort()).call('trading.resume', { to: 'active', reason: 'a test', actor: 'hand' })
    tell({ kind: 'machine-slept' })
    expect(said.findLast(({ kind }) => kind === 'beat')).toMatchObject({ state: { mode: 'reducing', reason: 'the machine slept' } })
  })

  it('refuses a resume from killed and says from which mode', async () => {
    await startEngine()
    const bridge = await byWindowPort()
    vi.spyOn(TradingEngine.prototype, 'mode', 'get').mockReturnValue({ mode: 'killed', since: 1, reason: 'x', actor: 'hand' })
    const reply = await bridge.call('trading.resume', { to: 'active', reason: 'a test', actor: 'hand' })
    expect(reply).toMatchObject({ ok: false, error: { code: 'engine.mode-refused', details: { mode: 'killed', wanted: 'active' } } })
  })

  it('refuses a folder that another engine holds, and says which trouble it is', async () => {
    const lock = lockFolder(folder)
    beginEngine()
    await vi.waitFor(() => expect(said).toMatchObject([{ kind: 'refused', reason: 'folder-in-use' }]))
    await vi.waitFor(() => expect(exits).toEqual([3]))
    if (lock.ok) lock.release()
  })

  it('refuses a folder that cannot be one', async () => {
    writeFileSync(folder, '')
    beginEngine()
    await vi.waitFor(() => expect(said).toMatchObject([{ kind: 'refused', reason: 'folder-unusable' }]))
  })

  it('goes with the code for a bug when the engine throws', async () => {
    await startEngine()
    vi.spyOn(TradingEngine.prototype, 'process').mockImplementation(() => {
      throw new Error('a bug')
    })
    tell({ kind: 'halt', reason: 'x', actor: 'tray' })
    await vi.waitFor(() => expect(exits).toEqual([70]))
    tell({ kind: 'stop' })
    await vi.waitFor(() => expect(exits).toEqual([70, 0]))
  })

  it('lets everything go when it is told to stop', async () => {
    await startEngine()
    const bridge = await byWindowPort()
    await bridge.call('engine.status', {})
    tell({ kind: 'stop' })
    await vi.waitFor(() => expect(exits).toEqual([0]))
    const lock = lockFolder(folder)
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.release()
    await vi.waitFor(() => expect(bridge.state).not.toBe('open'), { timeout: 5_000 })
  })

  it('ends when its parent is gone', async () => {
    await startEngine()
    parentGoes()
    await vi.waitFor(() => expect(exits).toEqual([0]))
  })
})

