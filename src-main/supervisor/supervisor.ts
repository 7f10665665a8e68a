import type { ModeState } from '../../src-preload/contract/index.ts'
import type { EngineStart, FromEngine, RefusedStart, ToEngine } from './link-messages.ts'
import { createRestartPolicy } from './restart-policy.ts'
import { VenueKeeper, type VenueProcess, type VenueProcessEvents } from './venue-keeper.ts'

/**
 * Keeps one engine process alive, and stays out of its way.
 * Invariants: 1 there is never more than one engine process; 2 a crashed engine comes back in `starting`, so nothing is
 * traded on its return; 3 after three crashes in ten minutes it stays down; 4 an engine that is silent for ten beats is
 * treated as crashed; 5 an engine that refused to start is not tried again; 6 a halt that was asked for here is asked for
 * again, of this engine or the next, until one of them says that it is halted; 7 the venue's process outlives the engine's, and
 * goes when this one stops.
 */
export interface EngineProcess {
  readonly processId?: number | undefined
  send(message: ToEngine): void
  kill(): void
}

export interface EngineProcessEvents {
  onMessage(message: FromEngine): void
  /** Called once; `detail` is the exit code or signal, for people. */
  onExit(detail: string): void
}

type HaltMessage = Extract<ToEngine, { kind: 'halt' }>

export type Supervised =
  | { readonly kind: 'starting'; readonly restarts: number }
  | { readonly kind: 'running'; readonly restarts: number; readonly state: ModeState }
  | { readonly kind: 'restarting'; readonly restarts: number; readonly detail: string; readonly inMs: number }
  | { readonly kind: 'down'; readonly restarts: number; readonly detail: string }
  | { readonly kind: 'refused'; readonly reason: RefusedStart; readonly detail: string }
  | { readonly kind: 'stopped' }

export interface SupervisorParts {
  readonly launch: (events: EngineProcessEvents) => EngineProcess
  readonly start: Omit<EngineStart, 'restarts'>
  /** Absent where no venue has a process of its own. */
  readonly launchVenue?: (events: VenueProcessEvents) => VenueProcess
  readonly nowMs: () => number
}

const beatCheckMs = 1_000
/** Counted in checks, not in time: after a sleep of the machine no beat is overdue. */
const silentChecksMax = 10
const stopDeadlineMs = 5_000

export class Supervisor {
  state: Supervised = { kind: 'starting', restarts: 0 }
  readonly #parts: SupervisorParts
  readonly #policy = createRestartPolicy()
  readonly #stateListeners = new Set<(state: Supervised) => void>()
  readonly #messageListeners = new Set<(message: FromEngine) => void>()
  readonly #venue: VenueKeeper | undefined
  #engine: EngineProcess | undefined
  #restarts = 0
  #silentChecks = 0
  #beatTimer: NodeJS.Timeout | undefined
  #restartTimer: NodeJS.Timeout | undefined
  #whenStopped: (() => void) | undefined
  #stopped: Promise<void> | undefined
  #wishedHalt: HaltMessage | undefined
  #isStopping = false
  #newSecret: string | undefined
  /** Set while an engine is asked to make room for the next: when it is ended although it will not go. */
  #replaceDeadline: NodeJS.Timeout | undefined

  constructor(parts: SupervisorParts) {
    this.#parts = parts
    const { launchVenue, nowMs } = parts
    if (launchVenue !== undefined) this.#venue = new VenueKeeper({ launch: launchVenue, nowMs, tell: (news) => void this.send({ kind: 'venue', news }) })
  }

  begin(): void {
    this.#launch()
    this.#beatTimer = setInterval(() => this.#checkBeat(), beatCheckMs)
  }

  get engineProcessId(): number | undefined {
    return this.#engine?.processId
  }

  get venueProcessId(): number | undefined {
    return this.#venue?.processId
  }

  /** Needs no client and no line. A message to a process may be lost with it, so it counts only when it shows. */
  halt(reason: string, actor: HaltMessage['actor']): void {
    this.#wishedHalt = { kind: 'halt', reason, actor }
    this.send(this.#wishedHalt)
  }

  /** False when there is no engine to hear it. */
  send(message: ToEngine): boolean {
    if (this.#engine === undefined) return false
    this.#engine.send(message)
    return true
  }

  onState(listener: (state: Supervised) => void): void {
    this.#stateListeners.add(listener)
  }

  onMessage(listener: (message: FromEngine) => void): void {
    this.#messageListeners.add(listener)
  }

  /** After three crashes, a person may ask for another try. */
  tryAgain(): void {
    if (this.state.kind !== 'down') return
    this.#policy.forgive()
    this.#launch()
  }

  /** Ends the engine and starts the next as soon as it is gone; for new sources, so it is not counted as a crash. */
  restart(): void {
    if (this.#isStopping || this.#replaceDeadline !== undefined || this.state.kind === 'refused') return
    const engine = this.#engine
    if (engine === undefined) {
      clearTimeout(this.#restartTimer)
      this.#policy.forgive()
      return this.#launch()
    }
    engine.send({ kind: 'stop' })
    this.#replaceDeadline = setTimeout(() => engine.kill(), stopDeadlineMs)
  }

  /** Asks the engine to end, and ends it when it does not. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#beatTimer)
    clearTimeout(this.#restartTimer)
    clearTimeout(this.#replaceDeadline)
    const engine = this.#engine
    if (engine !== undefined) {
      const stopped = new Promise<void>((resolve) => (this.#whenStopped = resolve))
      engine.send({ kind: 'stop' })
      const deadline = setTimeout(() => engine.kill(), stopDeadlineMs)
      await stopped
      clearTimeout(deadline)
    }
    await this.#venue?.stop()
    this.#become({ kind: 'stopped' })
  }

  #launch(): void {
    this.#silentChecks = 0
    this.#become({ kind: 'starting', restarts: this.#restarts })
    const engine = this.#parts.launch({
      onMessage: (message) => {
        if (this.#engine === engine) this.#take(message)
      },
      onExit: (detail) => {
        if (this.#engine === engine) this.#exited(detail)
      },
    })
    this.#engine = engine
    const { keys } = this.#parts.start
    // Only what was given at the start is given again: a screen that was asked is asked again.
    const secret = keys.secret === undefined || this.#newSecret === undefined ? keys : { ...keys, secret: this.#newSecret }
    engine.send({ kind: 'start', start: { ...this.#parts.start, keys: secret, restarts: this.#restarts } })
  }

  #take(message: FromEngine): void {
    this.#silentChecks = 0
    if (message.kind === 'refused') this.#become({ kind: 'refused', reason: message.reason, detail: message.detail })
    if (message.kind === 'ready' || message.kind === 'beat') {
      this.#pursueHalt(message.state)
      this.#become({ kind: 'running', restarts: this.#restarts, state: message.state })
    }
    if (message.kind === 'new-secret') {
      this.#newSecret = message.secret
      return
    }
    if (message.kind === 'venue-wanted') return this.#venue?.want()
    if (message.kind === 'to-venue') return this.#venue?.pass(message.life, message.body)
    for (const listener of this.#messageListeners) listener(message)
  }

  #pursueHalt({ mode }: ModeState): void {
    if (this.#wishedHalt === undefined) return
    if (mode === 'halted' || mode === 'killing' || mode === 'killed') this.#wishedHalt = undefined
    else this.send(this.#wishedHalt)
  }

  #exited(detail: string): void {
    this.#engine = undefined
    if (this.#isStopping) return this.#whenStopped?.()
    if (this.state.kind === 'refused') return
    if (this.#replaceDeadline !== undefined) {
      clearTimeout(this.#replaceDeadline)
      this.#replaceDeadline = undefined
      return this.#launch()
    }
    const inMs = this.#policy.afterCrash(this.#parts.nowMs())
    if (inMs === undefined) return this.#become({ kind: 'down', restarts: this.#restarts, detail })
    this.#restarts++
    this.#become({ kind: 'restarting', restarts: this.#restarts, detail, inMs })
    this.#restartTimer = setTimeout(() => this.#launch(), inMs)
  }

  #checkBeat(): void {
    if (this.#engine === undefined || ++this.#silentChecks <= silentChecksMax) return
    this.#silentChecks = 0
    this.#engine.kill()
  }

  #become(state: Supervised): void {
    this.state = state
    for (const listener of this.#stateListeners) listener(state)
  }
}
