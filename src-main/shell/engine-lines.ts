import { ipcMain, MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import { shellChannels, type CloseCause } from '../../src-preload/contract/index.ts'
import type { EngineProcess, EngineProcessEvents, FromEngine, Supervised, Supervisor, ToEngine } from '../supervisor/index.ts'
import { isPage } from './page-fence.ts'
import type { Windows } from './windows.ts'

/** The engine as utility processes, one after the other: the supervisor decides when. */
export class EngineProcesses {
  readonly #entry: string
  #current: UtilityProcess | undefined

  constructor(entry: string) {
    this.#entry = entry
  }

  launch(events: EngineProcessEvents): EngineProcess {
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Ballast engine', stdio: 'inherit' })
    this.#current = child
    // The child is our own program: what it sends is a FromEngine.
    child.on('message', (message) => events.onMessage(message as FromEngine))
    child.once('exit', (code) => {
      this.#current = undefined
      events.onExit(`exit code ${code}`)
    })
    // `kill` asks, and ends it two seconds later: also an engine that hangs goes.
    return { send: (message) => child.postMessage(message), kill: () => void child.kill() }
  }

  /** Gives the engine of now one end of a line: the supervisor's own messages carry no ports. */
  hand(message: Extract<ToEngine, { kind: 'client' | 'pipe' }>, port: MessagePortMain): void {
    this.#current?.postMessage(message, [port])
  }
}

/** Why there is no engine to talk to. One that is just starting takes lines already, and serves them when it is ready. */
export function downCause({ kind }: Supervised): CloseCause | undefined {
  if (kind === 'running' || kind === 'starting') return undefined
  return kind === 'restarting' ? 'engine-restarting' : 'engine-stopped'
}

/** Gives each page that asks one end of a line, and the engine the other: what they say does not pass through this process. */
export function handOutLines(supervisor: Supervisor, engine: EngineProcesses, windows: Windows): void {
  ipcMain.on(shellChannels.connect, ({ senderFrame: page }, attempt: unknown) => {
    if (!isPage(page)) return
    const cause = downCause(supervisor.state)
    if (cause !== undefined) return page.send(shellChannels.down, cause, attempt)
    const { port1, port2 } = new MessageChannelMain()
    engine.hand({ kind: 'client', access: 'admin', peer: 'window' }, port1)
    page.postMessage(shellChannels.line, attempt, [port2])
  })
  supervisor.onState((state) => {
    const cause = downCause(state)
    if (cause !== undefined) windows.send(shellChannels.down, cause)
  })
}
