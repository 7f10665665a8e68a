import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  command, createBridge, portPair, query, stream, succeed, type Bridge, type ConnectionState,
} from '../../../src-preload/contract/index.ts'
import { createBridgeServer, scheduleTimeout, type Handlers } from '../../../src-main/bridge/index.ts'
import { ScreenLock } from '../../../src-main/bookkeeping/screen-lock.ts'

const nothing = z.strictObject({})
const entry = { summary: 'a test', access: 'read', input: nothing } as const
const table = {
  'test.stop': command({ ...entry, output: nothing, whileLocked: true }),
  'test.trade': command({ ...entry, output: nothing }),
  'test.look': query({ ...entry, output: nothing }),
  'test.secret': stream({ ...entry, delivery: 'every', snapshot: z.number(), delta: z.number() }),
  'test.mode': stream({ ...entry, delivery: 'latest', snapshot: z.number(), delta: z.number(), whileLocked: true }),
} as const

interface Desk {
  readonly bridge: Bridge<typeof table>
  readonly lock: ScreenLock
  readonly done: string[]
  /** How many open streams the handlers know of. */
  readonly open: { secret: number }
  tell(value: number): void
}

async function createDesk(): Promise<Desk> {
  const lock = new ScreenLock()
  const done: string[] = []
  const open = { secret: 0 }
  const sinks = new Set<(value: number) => void>()
  const handlers: Handlers<typeof table> = {
    'test.stop': () => (done.push('stop'), succeed({})),
    'test.trade': () => (done.push('trade'), succeed({})),
    'test.look': () => (done.push('look'), succeed({})),
    'test.secret': (_input, sink) => {
      sink.snapshot(1)
      open.secret += 1
      const tell = (value: number): void => sink.delta(value)
      sinks.add(tell)
      return () => {
        open.secret -= 1
        sinks.delete(tell)
      }
    },
    'test.mode': (_input, sink) => {
      sink.snapshot(7)
      return () => undefined
    },
  }
  const server = createBridgeServer({ table, handlers, version: '0', gate: lock, onBug: (_name, error) => done.push(String(error)) })
  const bridge = createBridge({
    table,
    connect: async () => {
      const [client, engine] = portPair()
      server.serve(engine, { access: 'admin', peer: 'test' })
      return { ok: true, port: client }
    },
    schedule: scheduleTimeout,
    newKey: () => `key-${Math.random()}`,
  })
  await new Promise<void>((resolve) => bridge.onState((state: ConnectionState) => (state === 'open' ? resolve() : undefined)))
  return { bridge, lock, done, open, tell: (value) => sinks.forEach((sink) => sink(value)) }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60))

describe('while the screens are locked', () => {
  it('serves only what is marked for it, and does nothing of the rest', async () => {
    const { bridge, lock, done } = await createDesk()
    lock.lock(1_000)
    for (const name of ['test.trade', 'test.look'] as const) {
      expect(await bridge.call(name, {})).toMatchObject({ ok: false, error: { code: 'screen.locked' } })
    }
    expect(await bridge.call('test.stop', {})).toMatchObject({ ok: true })
    expect(done).toEqual(['stop'])
    lock.unlock()
    expect(await bridge.call('test.trade', {})).toMatchObject({ ok: true })
    bridge.dispose()
  })

  it('silences a stream that was open, and begins it anew when they are unlocked', async () => {
    const { bridge, lock, open, tell } = await createDesk()
    const heard: string[] = []
    bridge.watch('test.secret', {}, { snapshot: (value) => heard.push(`snapshot ${value}`), delta: (value) => heard.push(`delta ${value}`) })
    await settle()
    lock.lock(1_000)
    expect(open.secret).toBe(0)
    tell(2)
    await settle()
    expect(heard).toEqual(['snapshot 1'])
    lock.unlock()
    tell(3)
    await settle()
    expect(heard).toEqual(['snapshot 1', 'snapshot 1', 'delta 3'])
    bridge.dispose()
  })

  it('lets a stream that is asked for wait, and forgets it when it is no longer wanted', async () => {
    const { bridge, lock, open } = await createDesk()
    lock.lock(1_000)
    const heard: number[] = []
    bridge.watch('test.mode', {}, { snapshot: (value) => heard.push(value), delta: () => undefined })
    const stop = bridge.watch('test.secret', {}, { snapshot: (value) => heard.push(value), delta: () => undefined })
    await settle()
    expect(heard).toEqual([7])
    stop()
    await settle()
    lock.unlock()
    await settle()
    expect(heard).toEqual([7])
    expect(open.secret).toBe(0)
    bridge.dispose()
  })

  it('keeps the moment of the first lock, and tells of each change once', () => {
    const lock = new ScreenLock()
    const told: (number | undefined)[] = []
    lock.onChange(() => told.push(lock.lockedAt))
    lock.lock(5)
    lock.lock(9)
    lock.unlock()
    lock.unlock()
    expect(told).toEqual([5, undefined])
  })
})
