import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Supervisor, type EngineProcessEvents, type FromEngine, type ToEngine } from '../../../src-main/supervisor/index.ts'
import { createRestartPolicy } from '../../../src-main/supervisor/restart-policy.ts'

const state = { mode: 'starting', since: 1, reason: 'started', actor: 'engine' } as const
const ready: FromEngine = { kind: 'ready', state }

/** One engine process, led by hand. */
interface Launched {
  readonly events: EngineProcessEvents
  readonly heard: ToEngine[]
  killed: boolean
}

let launched: Launched[]
let nowMs: number
let supervisor: Supervisor
let states: string[]

beforeEach(() => {
  vi.useFakeTimers()
  launched = []
  states = []
  nowMs = 0
  supervisor = new Supervisor({
    launch: (events) => {
      const engine: Launched = { events, heard: [], killed: false }
      launched.push(engine)
      return {
        processId: launched.length,
        send: (message) => void engine.heard.push(message),
        kill: () => {
          engine.killed = true
          events.onExit('SIGKILL')
        },
      }
    },
    start: { folder: '/data', profile: 'demo', profileKind: 'demo', keys: {} },
    nowMs: () => nowMs,
  })
  supervisor.onState(({ kind }) => states.push(kind))
  supervisor.begin()
})
afterEach(async () => {
  launched.at(-1)?.events.onExit('0')
  await supervisor.stop()
  vi.useRealTimers()
})

const last = (): Launched => {
  const engine = launched.at(-1)
  if (engine === undefined) throw new Error('no engine was launched')
  return engine
}
const advance = (ms: number): void => {
  nowMs += ms
  vi.advanceTimersByTime(ms)
}

describe('the supervisor', () => {
  it('tells the engine what to run and knows when it does', () => {
    expect(last().heard).toEqual([{ kind: 'start', start: { folder: '/data', profile: 'demo', profileKind: 'demo', keys: {}, restarts: 0 } }])
    last().events.onMessage(ready)
    expect(supervisor.state).toEqual({ kind: 'running', restarts: 0, state })
  })

  it('starts a crashed engine again, at once at first and then later', () => {
    last().events.onMessage(ready)
    last().events.onExit('SIGKILL')
    expect(supervisor.state).toMatchObject({ kind: 'restarting', restarts: 1, detail: 'SIGKILL', inMs: 250 })
    advance(250)
    expect(launched).toHaveLength(2)
    expect(last().heard).toMatchObject([{ kind: 'start', start: { restarts: 1 } }])
    last().events.onExit('exit code 1')
    advance(250)
    expect(launched).toHaveLength(2)
    advance(750)
    expect(launched).toHaveLength(3)
  })

  it('leaves the engine down after the third crash in ten minutes, until a person asks', () => {
    for (let crash = 0; crash < 3; crash++) {
      last().events.onExit('SIGSEGV')
      advance(1_000)
    }
    expect(supervisor.state).toEqual({ kind: 'down', restarts: 2, detail: 'SIGSEGV' })
    advance(3_600_000)
    expect(launched).toHaveLength(3)
    expect(supervisor.send({ kind: 'stop' })).toBe(false)
    supervisor.tryAgain()
    expect(launched).toHaveLength(4)
  })

  it('does not start a second engine because a person asks while one runs', () => {
    last().events.onMessage(ready)
    supervisor.tryAgain()
    expect(launched).toHaveLength(1)
  })

  it('does not try again an engine that refused', () => {
    last().events.onMessage({ kind: 'refused', reason: 'folder-in-use', detail: 'locked' })
    last().events.onExit('exit code 3')
    advance(60_000)
    expect(launched).toHaveLength(1)
    expect(supervisor.state).toEqual({ kind: 'refused', reason: 'folder-in-use', detail: 'locked' })
  })

  it('ends an engine that is silent for ten beats and starts it again', () => {
    const first = last()
    first.events.onMessage(ready)
    for (let beat = 0; beat < 20; beat++) {
      advance(1_000)
      first.events.onMessage({ kind: 'beat', state })
    }
    expect(first.killed).toBe(false)
    advance(11_000)
    expect(first.killed).toBe(true)
    advance(250)
    expect(launched).toHaveLength(2)
  })

  it('hears nothing more from an engine that is gone', () => {
    const first = last()
    first.events.onExit('SIGKILL')
    advance(250)
    first.events.onMessage(ready)
    first.events.onExit('again')
    expect(supervisor.state).toEqual({ kind: 'starting', restarts: 1 })
    expect(launched).toHaveLength(2)
  })

  it('hands on what the engine says', () => {
    const heard: string[] = []
    supervisor.onMessage(({ kind }) => heard.push(kind))
    last().events.onMessage(ready)
    last().events.onMessage({ kind: 'channel', message: { channel: 1, text: 'x' } })
    expect(heard).toEqual(['ready', 'channel'])
  })

  it('asks for a halt again until an engine says that it is halted, the next one too', () => {
    const halts = (engine: Launched): number => engine.heard.filter(({ kind }) => kind === 'halt').length
    const first = last()
    first.events.onMessage(ready)
    supervisor.halt('a signal', 'signal')
    expect(halts(first)).toBe(1)
    first.events.onMessage({ kind: 'beat', state })
    expect(halts(first)).toBe(2)
    first.events.onExit('SIGKILL')
    advance(250)
    last().events.onMessage(ready)
    expect(halts(last())).toBe(1)
    last().events.onMessage({ kind: 'beat', state: { ...state, mode: 'halted' } })
    last().events.onMessage({ kind: 'beat', state: { ...state, mode: 'active' } })
    expect(halts(last())).toBe(1)
  })

  it('is stopped once, however often it is asked', async () => {
    const stops = [supervisor.stop(), supervisor.stop()]
    last().events.onExit('exit code 0')
    await Promise.all(stops)
    expect(last().heard.filter(({ kind }) => kind === 'stop')).toHaveLength(1)
  })

  it('asks the engine to end and waits for it', async () => {
    last().events.onMessage(ready)
    const stopped = supervisor.stop()
    expect(last().heard.at(-1)).toEqual({ kind: 'stop' })
    last().events.onExit('exit code 0')
    await stopped
    expect(supervisor.state).toEqual({ kind: 'stopped' })
    advance(60_000)
    expect(launched).toHaveLength(1)
  })

  it('ends an engine that does not end by itself', async () => {
    const stopped = supervisor.stop()
    advance(5_000)
    await stopped
    expect(last().killed).toBe(true)
  })

  it('does not come back from a pause before a restart once it was stopped', async () => {
    last().events.onExit('SIGKILL')
    await supervisor.stop()
    advance(60_000)
    expect(launched).toHaveLength(1)
  })
})

describe('the restart policy', () => {
  it('forgets crashes that are older than ten minutes', () => {
    const policy = createRestartPolicy()
    expect(policy.afterCrash(0)).toBe(250)
    expect(policy.afterCrash(1_000)).toBe(1_000)
    expect(policy.afterCrash(600_000)).toBe(1_000)
    expect(policy.afterCrash(600_500)).toBeUndefined()
  })
})
