import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron'
import { randomBytes } from 'node:crypto'
import type { CloseCause } from '../../src-preload/contract/index.ts'
import { removeEngineAddress, writeEngineAddress, type Profile, type Supervised } from '../supervisor/index.ts'
import { downCause, type EngineProcesses } from './engine-lines.ts'

/** What is said to the process of the browser host. One end of the pipe to the engine comes with `engine-up`. */
export type ToHost =
  | { readonly kind: 'listen'; readonly port: number; readonly pageRoot: string; readonly master: string }
  | { readonly kind: 'engine-up' }
  | { readonly kind: 'engine-down'; readonly cause: CloseCause }

export type FromHost =
  | { readonly kind: 'listening'; readonly port: number; readonly token: string }
  | { readonly kind: 'port-taken'; readonly detail: string }

interface HostParts {
  readonly entry: string
  readonly pageRoot: string
  readonly profile: Profile
  readonly version: string
}

/**
 * Keeps the browser host, which is what the command line talks to, in a process of its own. It comes back however often it
 * crashes, only ever more slowly: it holds nothing, so there is nothing that its return could damage.
 */
export class HostKeeper {
  readonly #parts: HostParts
  readonly #engine: EngineProcesses
  readonly #master = randomBytes(32).toString('base64url')
  #engineKind: Supervised['kind'] = 'starting'
  #child: UtilityProcess | undefined
  #crashes = 0
  #restart: NodeJS.Timeout | undefined
  #hasBegun = false
  #token: string | undefined

  constructor(parts: HostParts, engine: EngineProcesses) {
    this.#parts = parts
    this.#engine = engine
  }

  follow(state: Supervised): void {
    if (state.kind === this.#engineKind) return
    this.#engineKind = state.kind
    const cause = downCause(state)
    if (cause !== undefined) this.#tell({ kind: 'engine-down', cause })
    // Not before an engine runs: until then the folder, and the address in it, may be another Ballast's.
    else if (state.kind === 'running' && !this.#hasBegun) this.#launch()
    else if (state.kind === 'running') this.#joinEngine()
  }

  stop(): void {
    clearTimeout(this.#restart)
    this.#child?.removeAllListeners('exit')
    this.#child?.kill()
    this.#child = undefined
    if (this.#token !== undefined) removeEngineAddress(this.#parts.profile.folder, this.#token)
  }

  #launch(): void {
    this.#hasBegun = true
    this.#child = utilityProcess.fork(this.#parts.entry, [], { serviceName: 'Ballast browser host', stdio: 'inherit' })
    this.#child.on('message', (message: FromHost) => this.#take(message))
    this.#child.once('exit', () => {
      this.#child = undefined
      this.#restart = setTimeout(() => this.#launch(), Math.min(60_000, 250 * 4 ** this.#crashes++))
    })
    this.#listen(this.#parts.profile.port)
    if (this.#engineKind === 'running') this.#joinEngine()
  }

  #take(message: FromHost): void {
    const { profile, version } = this.#parts
    if (message.kind === 'listening') {
      this.#token = message.token
      this.#crashes = 0
      return writeEngineAddress(profile.folder, { port: message.port, token: message.token, processId: process.pid, version })
    }
    // Somebody else's port stays somebody else's. The command line reads ours from the address; only a browser misses it.
    console.error(`ballast: ${message.detail}; the browser host takes another port`)
    this.#listen(0)
  }

  /** A new pipe for each new engine: the old one led to the process that is gone. */
  #joinEngine(): void {
    const { port1, port2 } = new MessageChannelMain()
    this.#engine.hand({ kind: 'pipe' }, port1)
    this.#child?.postMessage({ kind: 'engine-up' } satisfies ToHost, [port2])
  }

  #listen(port: number): void {
    this.#tell({ kind: 'listen', port, pageRoot: this.#parts.pageRoot, master: this.#master })
  }

  #tell(message: ToHost): void {
    this.#child?.postMessage(message)
  }
}
