import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  contract, createBridge, portPair, protocolVersion, type Bridge, type ClientMessage, type Connected, type Contract, type Port, type ServerMessage,
} from '../../../src-preload/contract/index.ts'

/** A server that is led by hand, one line after the other. */
interface HandLedLine {
  readonly port: Port
  readonly got: ClientMessage[]
  send(...messages: unknown[]): void
}

let lines: HandLedLine[]
let next: () => Connected | Promise<Connected>
let bridge: Bridge<Contract>

const welcome = (boot = 'boot-1'): ServerMessage => ({ kind: 'welcome', protocol: protocolVersion, version: '0.1.0', boot, access: 'admin' })
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

function newLine(): Connected {
  const [client, port] = portPair()
  const got: ClientMessage[] = []
  let frame = 0
  port.onMessage((text) => got.push(JSON.parse(text) as ClientMessage))
  lines.push({ port, got, send: (...messages) => port.post(JSON.stringify({ frame: ++frame, messages })) })
  return { ok: true, port: client }
}

beforeEach(() => {
  vi.useFakeTimers()
  lines = []
  next = newLine
  let keys = 0
  bridge = createBridge({
    table: contract,
    connect: async () => next(),
    schedule: (action, delayMs) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    newKey: () => `key-number-${++keys}`,
  })
})
afterEach(() => {
  bridge.dispose()
  vi.useRealTimers()
})

const line = (): HandLedLine => {
  const current = lines.at(-1)
  if (current === undefined) throw new Error('no line')
  return current
}
async function open(boot?: string): Promise<void> {
  await settle()
  line().send(welcome(boot))
  await settle()
}
async function loseLine(delayMs = 100): Promise<void> {
  line().port.close('lost')
  await settle()
  await vi.advanceTimersByTimeAsync(delayMs)
}
const calls = (): readonly ClientMessage[] => line().got.filter(({ kind }) => kind === 'call')
const halt = { reason: 'a test', actor: 'hand' } as const
const halted = { mode: 'halted', since: 1, reason: 'a test', actor: 'hand' } as const

describe('a bridge', () => {
  it('is open once it was welcomed, and tells its states in order', async () => {
    const states: string[] = []
    bridge.onState((state) => states.push(state))
    await open()
    expect(bridge.access).toBe('admin')
    await loseLine()
    await open()
    expect(states).toEqual(['connecting', 'open', 'lost', 'open'])
  })

  it('waits longer from one failed attempt to the next, but never long', async () => {
    const attempts: number[] = []
    next = () => {
      attempts.push(Date.now())
      return { ok: false, cause: 'lost' }
    }
    await settle()
    await open()
    await loseLine(0)
    await vi.advanceTimersByTimeAsync(10_000)
    const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0))
    expect(gaps.slice(0, 5)).toEqual([200, 400, 800, 1_500, 1_500])
  })

  it.each([
    ['engine-restarting', 'restarting'],
    ['engine-stopped', 'stopped'],
    ['token-refused', 'refused'],
    ['incompatible', 'incompatible'],
    ['rate-limited', 'lost'],
  ] as const)('calls a line that went for %s %s', async (cause, state) => {
    await open()
    line().port.close(cause)
    await settle()
    expect(bridge.state).toBe(state)
  })

  it('does not try again with a refused token', async () => {
    await open()
    line().port.close('token-refused')
    await settle()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(lines).toHaveLength(1)
  })

  it('refuses a server that speaks another version', async () => {
    await settle()
    line().send({ ...welcome(), protocol: protocolVersion + 1 })
    await settle()
    expect(bridge.state).toBe('incompatible')
  })

  it('gives up a line that carries nonsense', async () => {
    await open()
    line().port.post('nonsense')
    await settle()
    expect(bridge.state).toBe('lost')
    await vi.advanceTimersByTimeAsync(200)
    await settle()
    line().send({ kind: 'surprise' })
    await settle()
    expect(bridge.state).toBe('lost')
  })

  it('answers a malformed input itself', async () => {
    await open()
    expect(await bridge.call('trading.halt', { reason: '', actor: 'hand' })).toMatchObject({ ok: false, error: { code: 'bridge.malformed-input' } })
    expect(await bridge.call('no.such' as 'engine.status', {})).toMatchObject({ ok: false, error: { code: 'bridge.unknown-name' } })
    expect(calls()).toEqual([])
  })

  it('does not believe an answer that its schema forbids', async () => {
    await open()
    const reply = bridge.call('trading.halt', halt)
    line().send({ kind: 'done', id: 1, output: { ...halted, mode: 'fine' } })
    expect(await reply).toMatchObject({ ok: false, error: { code: 'bridge.malformed-output', kind: 'bug' } })
    const failed = bridge.call('trading.halt', halt)
    line().send({ kind: 'failed', id: 2, error: 'no' })
    expect(await failed).toMatchObject({ ok: false, error: { code: 'bridge.malformed-output' } })
  })

  it('asks the same engine what became of a command, and does not send it again', async () => {
    await open()
    const reply = bridge.call('trading.resume', { ...halt, to: 'active' })
    await settle()
    await loseLine()
    await open()
    expect(calls()).toEqual([])
    expect(line().got).toEqual([{ kind: 'recall', id: 1, name: 'trading.resume', key: 'key-number-1' }])
    line().send({ kind: 'done', id: 1, output: { ...halted, mode: 'active' } })
    expect(await reply).toMatchObject({ ok: true })
  })

  it('calls a command’s outcome unknown when its engine is gone, and sends nothing', async () => {
    await open('boot-1')
    const reply = bridge.call('trading.resume', { ...halt, to: 'active' })
    await settle()
    await loseLine()
    await open('boot-2')
    expect(await reply).toMatchObject({ ok: false, error: { code: 'bridge.outcome-unknown', retry: 'after-reconcile' } })
    expect(calls()).toEqual([])
  })

  it('sends a halt again to the next engine, which may have forgotten it', async () => {
    await open('boot-1')
    void bridge.call('trading.halt', halt)
    await settle()
    await loseLine()
    await open('boot-2')
    expect(calls()).toHaveLength(1)
  })

  it('keeps a query over a lost line and a resume not at all', async () => {
    await open()
    await loseLine(0)
    const query = bridge.call('engine.ping', { sent: 1 })
    expect(await bridge.call('trading.resume', { ...halt, to: 'active' })).toMatchObject({ error: { code: 'bridge.disconnected' } })
    await vi.advanceTimersByTimeAsync(100)
    await open()
    expect(calls()).toHaveLength(1)
    line().send({ kind: 'done', id: 1, output: { sent: 1, wallMs: 2 } })
    expect(await query).toEqual({ ok: true, value: { sent: 1, wallMs: 2 } })
  })

  it('says at the time limit whether a command may have happened', async () => {
    await open()
    const sent = bridge.call('trading.resume', { ...halt, to: 'active' }, { timeoutMs: 1_000 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await sent).toMatchObject({ error: { code: 'bridge.timed-out' } })
    await loseLine(0)
    next = () => new Promise<Connected>(() => undefined)
    const unsent = bridge.call('trading.halt', halt, { timeoutMs: 1_000 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await unsent).toMatchObject({ error: { code: 'bridge.disconnected' } })
  })

  it('closes a line on whose news a listener throws, and tells of the bug', async () => {
    bridge.dispose()
    const bugs: unknown[] = []
    bridge = createBridge({
      table: contract,
      connect: async () => next(),
      schedule: () => () => undefined,
      newKey: () => 'key-number-x',
      onBug: (error) => bugs.push(error),
    })
    bridge.watch('engine.events', {}, { snapshot: () => { throw new Error('a bug') }, delta: () => undefined })
    await open()
    const opened = line().got.find(({ kind }) => kind === 'open')
    line().send({ kind: 'snapshot', id: opened?.kind === 'open' ? opened.id : 0, seq: 0, value: [] })
    await settle()
    expect(bugs.map(String)).toEqual(['Error: a bug'])
    expect(bridge.state).toBe('lost')
  })

  it('takes a carrier that fails for a lost line', async () => {
    bridge.dispose()
    bridge = createBridge({
      table: contract,
      connect: () => Promise.reject(new Error('no such port')),
      schedule: () => () => undefined,
      newKey: () => 'key-number-x',
    })
    await settle()
    expect(bridge.state).toBe('lost')
  })

  it('ignores an answer that comes too late or twice', async () => {
    await open()
    const reply = bridge.call('engine.ping', { sent: 1 })
    line().send({ kind: 'done', id: 1, output: { sent: 1, wallMs: 2 } }, { kind: 'done', id: 1, output: { sent: 1, wallMs: 3 } })
    expect(await reply).toMatchObject({ value: { wallMs: 2 } })
  })

  it('answers what waits when it is disposed, and does not guess what became of a command', async () => {
    await open()
    const query = bridge.call('engine.status', {})
    const command = bridge.call('trading.resume', { ...halt, to: 'active' })
    bridge.dispose()
    expect(await query).toMatchObject({ error: { code: 'bridge.disconnected' } })
    expect(await command).toMatchObject({ error: { code: 'bridge.outcome-unknown' } })
  })
})

describe('a watched stream', () => {
  const event = (sequence: number) => ({ kind: 'clock-jumped', sequence, at: 1, byMs: 5 })
  let seen: string[]
  const listener = {
    snapshot: (value: readonly unknown[]) => void seen.push(`snapshot ${value.length}`),
    delta: (value: { readonly sequence: number }) => void seen.push(`delta ${value.sequence}`),
    gap: () => void seen.push('gap'),
    ended: (error: { readonly code: string }) => void seen.push(`ended ${error.code}`),
  }
  const opens = (): readonly ClientMessage[] => line().got.filter(({ kind }) => kind === 'open')
  const lastId = (): number => {
    const last = opens().at(-1)
    return last?.kind === 'open' ? last.id : 0
  }

  beforeEach(() => {
    seen = []
  })

  it('is opened when the bridge is, and acknowledged', async () => {
    bridge.watch('engine.events', {}, listener)
    await open()
    const id = lastId()
    line().send({ kind: 'snapshot', id, seq: 0, value: [] }, { kind: 'delta', id, seq: 1, value: event(1) })
    await settle()
    expect(seen).toEqual(['snapshot 0', 'delta 1'])
    expect(line().got.at(-1)).toEqual({ kind: 'ack', frame: 2 })
  })

  it('begins anew after a number is missing, before any wrong delta is told', async () => {
    bridge.watch('engine.events', {}, listener)
    await open()
    const id = lastId()
    line().send({ kind: 'snapshot', id, seq: 0, value: [] }, { kind: 'delta', id, seq: 2, value: event(2) })
    await settle()
    expect(seen).toEqual(['snapshot 0', 'gap'])
    expect(opens()).toHaveLength(2)
    line().send({ kind: 'delta', id, seq: 3, value: event(3) })
    await settle()
    expect(seen).toEqual(['snapshot 0', 'gap'])
  })

  it('ends when it is refused, and is not opened again', async () => {
    bridge.watch('engine.events', {}, listener)
    await open()
    line().send({ kind: 'ended', id: lastId(), error: { kind: 'refused', code: 'bridge.access-denied', retry: 'never', details: {} } })
    await settle()
    await loseLine()
    await open()
    expect(seen).toEqual(['ended bridge.access-denied'])
    expect(opens()).toEqual([])
  })

  it('ends on a value that its schema forbids', async () => {
    bridge.watch('engine.events', {}, listener)
    await open()
    line().send({ kind: 'snapshot', id: lastId(), seq: 0, value: [{ kind: 'surprise' }] })
    await settle()
    expect(seen).toEqual(['ended bridge.malformed-output'])
  })

  it('does not go back in a latest-stream', async () => {
    const readings: number[] = []
    const reading = (wallMs: number) => ({ wallMs, monotonicMs: 1, driftMs: 0, stallMs: 0 })
    bridge.watch('clock.watch', {}, { snapshot: (value) => readings.push(value.wallMs), delta: (value) => readings.push(value.wallMs) })
    await open()
    const id = lastId()
    line().send({ kind: 'snapshot', id, seq: 0, value: reading(10) }, { kind: 'delta', id, seq: 5, value: reading(15) }, { kind: 'delta', id, seq: 4, value: reading(14) })
    await settle()
    expect(readings).toEqual([10, 15])
    expect(opens()).toHaveLength(2)
  })

  it('is closed when nobody listens any more', async () => {
    const stop = bridge.watch('engine.events', {}, listener)
    await open()
    stop()
    stop()
    await settle()
    expect(line().got.filter(({ kind }) => kind === 'close')).toHaveLength(1)
  })

  it('must be one of the contract', () => {
    expect(() => bridge.watch('engine.status' as 'engine.watch', {}, { snapshot: () => undefined, delta: () => undefined })).toThrow('no stream')
  })
})
