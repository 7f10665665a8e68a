import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Supervisor, type EngineProcessEvents, type FromEngine, type ToEngine } from '../../../src-main/supervisor/index.ts'

const ready: FromEngine = { kind: 'ready', state: { mode: 'starting', since: 1, reason: 'started', actor: 'engine' } }

interface Launched {
  readonly events: EngineProcessEvents
  readonly heard: ToEngine['kind'][]
  killed: boolean
}

let launched: Launched[]
let supervisor: Supervisor
const last = (): Launched => {
  const engine = launched.at(-1)
  if (engine === undefined) throw new Error('no engine was launched')
  return engine
}

beforeEach(() => {
  vi.useFakeTimers()
  launched = []
  supervisor = new Supervisor({
    launch: (events) => {
      const engine: Launched = { events, heard: [], killed: false }
      launched.push(engine)
      return {
        send: ({ kind }) => void engine.heard.push(kind),
        kill: () => {
          engine.killed = true
          events.onExit('SIGKILL')
        },
      }
    },
    start: { folder: '/data', profile: 'demo', profileKind: 'demo', keys: {} },
    nowMs: () => 0,
  })
  supervisor.begin()
  last().events.onMessage(ready)
})
afterEach(() => vi.useRealTimers())

describe('a restart for new sources', () => {
  it('starts the next engine only when the one before is gone', () => {
    supervisor.restart()
    supervisor.restart()
    expect(launched).toHaveLength(1)
    expect(last().heard).toEqual(['start', 'stop'])
    last().events.onExit('exit code 0')
    expect(launched).toHaveLength(2)
    expect(supervisor.state).toEqual({ kind: 'starting', restarts: 0 })
  })

  it('is not counted as a crash, however often', () => {
    for (let round = 0; round < 10; round++) {
      supervisor.restart()
      last().events.onExit('exit code 0')
      last().events.onMessage(ready)
    }
    expect(supervisor.state).toMatchObject({ kind: 'running', restarts: 0 })
    last().events.onExit('SIGSEGV')
    expect(supervisor.state).toMatchObject({ kind: 'restarting', restarts: 1, inMs: 250 })
  })

  it('ends an engine that will not go', () => {
    supervisor.restart()
    vi.advanceTimersByTime(5_000)
    expect(launched[0]?.killed).toBe(true)
    expect(launched).toHaveLength(2)
    vi.advanceTimersByTime(60_000)
    expect(launched[1]?.heard).not.toContain('stop')
  })

  it('does not wait for a start that was planned, and never makes two', () => {
    last().events.onExit('exit code 1')
    supervisor.restart()
    expect(launched).toHaveLength(2)
    vi.advanceTimersByTime(5_000)
    expect(launched).toHaveLength(2)
  })

  it('brings back an engine that was left down', () => {
    for (let crash = 0; crash < 3; crash++) {
      last().events.onExit('exit code 1')
      vi.advanceTimersByTime(1_000)
    }
    expect(supervisor.state.kind).toBe('down')
    supervisor.restart()
    expect(supervisor.state.kind).toBe('starting')
    last().events.onExit('exit code 1')
    expect(supervisor.state.kind).toBe('restarting')
  })

  it('is not done while stopping, nor for an engine that refused', async () => {
    last().events.onMessage({ kind: 'refused', reason: 'folder-in-use', detail: 'locked' })
    supervisor.restart()
    expect(last().heard).toEqual(['start'])
    const stopped = supervisor.stop()
    supervisor.restart()
    last().events.onExit('exit code 3')
    await stopped
    expect(launched).toHaveLength(1)
    expect(supervisor.state.kind).toBe('stopped')
  })
})
