import type * as Electron from 'electron'
import { type ChildProcess, fork, type StdioOptions } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { app } from './app.ts'
import type { UtilityProcessEvents } from './events.ts'
import { departing, type MessagePortMain } from './message-port.ts'
import { PortExchange } from './port-exchange.ts'
import { createPreventableEvent } from './preventable-event.ts'
import { ensureReady } from './readiness.ts'
import type { SameArguments } from '../same-arguments.ts'
import type { FrameFromUtility, FrameToUtility } from '../utility-process/utility-frames.ts'

type ForkOptions = Pick<Electron.ForkOptions, 'env' | 'execArgv' | 'cwd' | 'stdio' | 'serviceName'>
type Copied = Pick<Electron.UtilityProcess, 'pid' | 'kill' | 'stdout' | 'stderr'>

/** How long a process has to follow kill() before it is ended; Chromium's own patience. */
const killPatienceMs = 2_000

/** Electron's UtilityProcess: a Node process with Electron's `process.parentPort`. */
class UtilityProcess extends EventEmitter<UtilityProcessEvents> implements Copied {
  readonly stdout: NodeJS.ReadableStream | null
  readonly stderr: NodeJS.ReadableStream | null
  pid: number | undefined
  readonly #child: ChildProcess
  readonly #serviceName: string
  readonly #ports: PortExchange
  #wasKilled = false

  constructor(path: string, args: readonly string[], options: ForkOptions) {
    super()
    ensureReady('utilityProcess cannot be created')
    this.#serviceName = options.serviceName ?? 'Node Utility Process'
    this.#child = forkUtility(path, args, options)
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#ports = new PortExchange('main', {
      port: (id, data, ports) => this.#send(['port', id, data, ports]),
      portClosed: (id) => this.#send(['port-closed', id]),
    })
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid
      this.emit('spawn')
    })
    this.#child.on('message', (frame) => this.#receive(frame as FrameFromUtility))
    this.#child.once('error', (error) => console.error(`the utility process does not start: ${error.message}`))
    this.#child.once('exit', (code, signal) => {
      // What it said last may still be on its way.
      if (this.#child.connected) this.#child.once('disconnect', () => this.#exited(code, signal))
      else this.#exited(code, signal)
    })
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#send(['message', structuredClone(message), departing(transfer).map((half) => this.#ports.depart(half))])
  }

  kill(): boolean {
    if (this.pid === undefined) return false
    this.#wasKilled = this.#child.kill('SIGTERM')
    setTimeout(() => this.#child.kill('SIGKILL'), killPatienceMs).unref()
    return this.#wasKilled
  }

  #send(frame: FrameToUtility): void {
    // A process that is gone hears nothing, and Electron does not complain either; its 'exit' follows.
    if (this.#child.connected) this.#child.send(frame, () => undefined)
  }

  #receive(frame: FrameFromUtility): void {
    if (frame[0] === 'message') this.emit('message', frame[1])
    else if (frame[0] === 'port') this.#ports.deliver(frame[1], frame[2], frame[3])
    else this.#ports.closeOne(frame[1])
  }

  #exited(code: number | null, signal: NodeJS.Signals | null): void {
    this.pid = undefined
    this.#ports.closeAll()
    const ended = signal === null ? (code ?? 0) : constants.signals[signal]
    // Electron counts a process that kill() ended as one that ended well.
    const exitCode = this.#wasKilled && (signal === 'SIGTERM' || signal === 'SIGKILL') ? 0 : ended
    if (exitCode !== 0) this.#reportGone(signal, exitCode)
    this.emit('exit', exitCode)
  }

  #reportGone(signal: NodeJS.Signals | null, exitCode: number): void {
    const isKill = signal === 'SIGKILL' || signal === 'SIGTERM'
    app.emit('child-process-gone', createPreventableEvent({}), {
      type: 'Utility',
      reason: signal === null ? 'abnormal-exit' : isKill ? 'killed' : 'crashed',
      exitCode,
      serviceName: 'node.mojom.NodeService',
      name: this.#serviceName,
    })
  }
}

function forkUtility(path: string, args: readonly string[], { env, execArgv = [], cwd, stdio }: ForkOptions): ChildProcess {
  const dress = new URL('../utility-process/start-utility.ts', import.meta.url).href
  return fork(path, args, {
    serialization: 'advanced',
    // Electron declares an environment without saying that its values are strings.
    env: (env as NodeJS.ProcessEnv | undefined) ?? process.env,
    // Not our own flags: with them came --inspect.
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', dress, ...execArgv],
    stdio: toStdio(stdio),
    ...(cwd === undefined ? {} : { cwd }),
  })
}

function toStdio(stdio: ForkOptions['stdio'] = 'inherit'): StdioOptions {
  const [, output = 'inherit', errors = 'inherit'] = typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio
  // Electron's three words mean the same to Node.
  return ['ignore', output, errors, 'ipc'] as StdioOptions
}

export const utilityProcess = {
  fork: (path: string, args: readonly string[] = [], options: ForkOptions = {}) => new UtilityProcess(path, args, options),
} satisfies SameArguments<typeof Electron.utilityProcess, 'fork'>
