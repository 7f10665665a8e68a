import type { EngineStarted, HeldEngine, Program, StopSignal, Surroundings } from '../../../src-main/cli/index.ts'

/** A world without a process: what is written is kept, and signals come when the test sends them. */
export interface FakeSurroundings extends Surroundings {
  readonly written: { stdout: string; stderr: string }
  sendStop(signal: StopSignal): void
  sendHalt(): void
}

export function fakeSurroundings(argv: readonly string[], env: NodeJS.ProcessEnv, isTTY = false): FakeSurroundings {
  const written = { stdout: '', stderr: '' }
  const stops: ((signal: StopSignal) => void)[] = []
  const halts: (() => void)[] = []
  return {
    argv,
    env,
    platform: 'linux',
    workingFolder: '/',
    stdout: { isTTY, write: (text) => (written.stdout += text) },
    stderr: { isTTY, write: (text) => (written.stderr += text) },
    signals: { onStop: (listener) => void stops.push(listener), onHalt: (listener) => void halts.push(listener) },
    written,
    sendStop: (signal) => stops.forEach((listener) => listener(signal)),
    sendHalt: () => halts.forEach((listener) => listener()),
  }
}

type States = Parameters<HeldEngine['supervisor']['onState']>[0]

/** An engine that is held by nothing: its supervisor says what the test says. */
export interface FakeEngine {
  readonly started: EngineStarted
  readonly heard: unknown[]
  readonly stops: number
  become(state: HeldEngine['supervisor']['state']): void
  /** From now on it does not end when it is asked to. */
  hangOnStop(): void
}

const running = { kind: 'running', restarts: 0, state: { mode: 'starting', since: 1, reason: 'started', actor: 'engine' } } as const

export function fakeEngine(port = 4711): FakeEngine {
  const heard: unknown[] = []
  const listeners: States[] = []
  let state: HeldEngine['supervisor']['state'] = running
  let stops = 0
  let hangs = false
  const headless: HeldEngine = {
    host: { port, origin: `http://localhost:${port}` },
    supervisor: {
      get state() {
        return state
      },
      halt: (reason, actor) => void heard.push({ reason, actor }),
      onState: (listener) => void listeners.push(listener),
    },
    urlFor: (access) => `http://localhost:${port}/#t=${access}.secret`,
    stop: () => {
      stops++
      return hangs ? new Promise(() => undefined) : Promise.resolve()
    },
  }
  return {
    started: { ok: true, headless },
    heard,
    get stops() {
      return stops
    },
    hangOnStop() {
      hangs = true
    },
    become(next) {
      state = next
      listeners.forEach((listener) => listener(next))
    },
  }
}

export const runningState = running

export const fakeProgram = (startEngine: Program['startEngine']): Program => ({
  version: '1.2.3',
  startEngine,
  engineEntry: '/nowhere/engine-child.ts',
  pageRoot: '/nowhere/page',
  electronFolder: '/nowhere/electron',
})
