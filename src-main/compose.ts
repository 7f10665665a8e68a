import { contract } from '../src-preload/contract/index.ts'
import {
  acceptChannels, createBridgeServer, createEngineHandlers, type BridgeServer, type Pipe, type PipeMessage,
} from './bridge/index.ts'
import { Runtime, systemClock } from './runtime/index.ts'
import { createHaltLatchFile, lockFolder } from './store/index.ts'
import {
  brokenExitCode, portOfProcess, refusedExitCode, type EngineStart, type ParentLink, type ProcessPort, type ToEngine,
} from './supervisor/index.ts'
import { version } from './version.ts'

/** Puts the engine's process together from its parts, once its parent has said for which folder. */
export function composeEngine(link: ParentLink): void {
  let engine: RunningEngine | undefined
  link.onMessage((message, ports) => {
    if (message.kind === 'start') {
      engine ??= startEngine(link, message.start)
      if (isHaltWanted) haltBySignal()
    } else if (engine !== undefined) tell(engine, message, ports)
  })
  // Without a supervisor nobody could restart or reach this engine: it ends, and what it holds is let go.
  link.onGone(() => (engine === undefined ? process.exit(0) : void engine.end(0)))
  // The terminal tells the whole group; the supervisor is the one who acts on it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  let isHaltWanted = false
  const haltBySignal = (): void => {
    if (engine === undefined) isHaltWanted = true
    else halt(engine.runtime, 'signal SIGUSR2', 'signal')
  }
  if (process.platform !== 'win32') process.on('SIGUSR2', haltBySignal)
}

interface RunningEngine {
  readonly runtime: Runtime
  readonly server: BridgeServer
  readonly fromPipe: (message: PipeMessage) => void
  end(exitCode: number): Promise<void>
}

const beatPeriodMs = 1_000
const endDeadlineMs = 2_000

function startEngine(link: ParentLink, start: EngineStart): RunningEngine | undefined {
  const lock = lockFolder(start.folder)
  if (!lock.ok) {
    link.send({ kind: 'refused', reason: lock.reason, detail: lock.detail })
    // The message has to leave first.
    setTimeout(() => process.exit(refusedExitCode), 50)
    return undefined
  }
  const complain = (what: string) => (error: unknown) => console.error(`ballast engine: ${what}:`, error)
  const latch = createHaltLatchFile(start.folder, complain('the halt latch could not be written'))
  const runtime = new Runtime({
    clock: systemClock,
    latch,
    onBroken: (error) => {
      complain('a bug; trading is stopped and the engine starts again')(error)
      process.exit(brokenExitCode)
    },
  })
  const facts = { profile: start.profile, profileKind: start.profileKind, restarts: start.restarts, version }
  const server: BridgeServer = createBridgeServer({
    table: contract,
    handlers: createEngineHandlers(runtime, facts, () => server),
    version,
    onBug: (name, error) => complain(`a bug in ${name}`)(error),
  })
  const pipe = linkPipe(link)
  acceptChannels(pipe, (port, caller) => server.serve(port, caller))
  const beat = setInterval(() => link.send({ kind: 'beat', state: runtime.state }), beatPeriodMs)
  runtime.onEvent(() => link.send({ kind: 'beat', state: runtime.state }))
  link.send({ kind: 'ready', state: runtime.state })
  return {
    runtime,
    server,
    fromPipe: pipe.take,
    async end(exitCode) {
      clearInterval(beat)
      // A disk that hangs must not keep an engine alive that nobody can reach any more.
      setTimeout(() => process.exit(exitCode), endDeadlineMs)
      server.close('engine-stopped')
      await runtime.dispose()
      lock.release()
      process.exit(exitCode)
    },
  }
}

function tell(engine: RunningEngine, message: Exclude<ToEngine, { kind: 'start' }>, ports: readonly ProcessPort[]): void {
  const [port] = ports
  switch (message.kind) {
    case 'stop':
      return void engine.end(0)
    case 'halt':
      return halt(engine.runtime, message.reason, message.actor)
    case 'machine-slept':
      return void engine.runtime.submit({ kind: 'machine-slept', at: engine.runtime.now() })
    case 'channel':
      return engine.fromPipe(message.message)
    case 'client':
      if (port !== undefined) engine.server.serve(portOfProcess(port), { access: message.access, peer: message.peer })
      return
    case 'pipe':
      if (port !== undefined) servePipe(engine, port)
  }
}

function servePipe(engine: RunningEngine, port: ProcessPort): void {
  const endAll = acceptChannels(portPipe(port), (line, caller) => engine.server.serve(line, caller))
  port.on('close', () => endAll('lost'))
}

function halt(runtime: Runtime, reason: string, actor: 'tray' | 'hotkey' | 'signal'): void {
  runtime.submit({ kind: 'halt-trading', at: runtime.now(), reason, actor })
}

/** The pipe to a browser host that is the supervising process itself. */
function linkPipe(link: ParentLink): Pipe & { readonly take: (message: PipeMessage) => void } {
  const listeners: ((message: PipeMessage) => void)[] = []
  return {
    send: (message) => link.send({ kind: 'channel', message }),
    onMessage: (listener) => void listeners.push(listener),
    take: (message) => listeners.forEach((listener) => listener(message)),
  }
}

/** The pipe to a browser host in a process of its own. */
export function portPipe(port: ProcessPort): Pipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      // The other end is our own browser host.
      port.on('message', ({ data }) => listener(data as PipeMessage))
      port.start()
    },
  }
}
