import { createRestartPolicy } from './restart-policy.ts'

/** What is said to the venue's process, and by it. What passes between it and an engine is not looked into here. */
export type ToVenueChild = { readonly kind: 'said'; readonly body: unknown } | { readonly kind: 'stop' }
export type FromVenueChild = { readonly kind: 'said'; readonly body: unknown } | { readonly kind: 'beat' }

/** How the venue's process does. Each process is a life of its own, counted from one. */
export type VenueNews =
  | { readonly kind: 'up'; readonly life: number }
  | { readonly kind: 'gone'; readonly life: number; readonly why: string; readonly again: 'soon' | 'slowly' | 'never' }
  | { readonly kind: 'said'; readonly life: number; readonly body: unknown }

export interface VenueProcess {
  readonly processId?: number | undefined
  send(message: ToVenueChild): void
  kill(): void
}

export interface VenueProcessEvents {
  onMessage(message: FromVenueChild): void
  /** Called once; `detail` is the exit code or signal, for people. */
  onExit(detail: string): void
}

export interface VenueKeeperParts {
  readonly launch: (events: VenueProcessEvents) => VenueProcess
  readonly tell: (news: VenueNews) => void
  readonly nowMs: () => number
}

const beatCheckMs = 1_000
/** Counted in checks, not in time: after a sleep of the machine no beat is overdue. */
const silentChecksMax = 10
const stopDeadlineMs = 3_000
/** After crashes that are no bad luck any more. It risks nothing: whatever it was asked is known to be unknown. */
const slowMs = 30_000

/**
 * Keeps the venue's process beside the engine's, and passes on what the two say to each other.
 * Invariants: 1 a message goes to the life that it was meant for or to nobody; 2 the end of each life is told; 3 however often it crashes or
 * hangs, it is only started again, ever more slowly.
 */
export class VenueKeeper {
  readonly #parts: VenueKeeperParts
  readonly #policy = createRestartPolicy()
  #process: VenueProcess | undefined
  #life = 0
  #silentChecks = 0
  #beatTimer: NodeJS.Timeout | undefined
  #restartTimer: NodeJS.Timeout | undefined
  #whenStopped: (() => void) | undefined
  #isStopping = false

  constructor(parts: VenueKeeperParts) {
    this.#parts = parts
  }

  get processId(): number | undefined {
    return this.#process?.processId
  }

  /** An engine is there that wants one: it hears of the one that lives, or of the next. */
  want(): void {
    if (this.#isStopping) return
    if (this.#process !== undefined) return this.#parts.tell({ kind: 'up', life: this.#life })
    if (this.#restartTimer === undefined) this.#launch()
  }

  pass(life: number, body: unknown): void {
    if (life === this.#life) this.#process?.send({ kind: 'said', body })
  }

  /** Asks it to end, and ends it when it does not. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#restartTimer)
    const child = this.#process
    if (child !== undefined) {
      const stopped = new Promise<void>((resolve) => (this.#whenStopped = resolve))
      child.send({ kind: 'stop' })
      const deadline = setTimeout(() => child.kill(), stopDeadlineMs)
      await stopped
      clearTimeout(deadline)
    }
    clearInterval(this.#beatTimer)
  }

  #launch(): void {
    this.#restartTimer = undefined
    this.#silentChecks = 0
    this.#life += 1
    const life = this.#life
    this.#beatTimer ??= setInterval(() => this.#checkBeat(), beatCheckMs)
    this.#process = this.#parts.launch({
      onMessage: (message) => {
        if (life !== this.#life) return
        this.#silentChecks = 0
        if (message.kind === 'said') this.#parts.tell({ kind: 'said', life, body: message.body })
      },
      onExit: (detail) => {
        if (life === this.#life) this.#exited(detail)
      },
    })
    this.#parts.tell({ kind: 'up', life })
  }

  #exited(why: string): void {
    this.#process = undefined
    if (this.#isStopping) {
      this.#parts.tell({ kind: 'gone', life: this.#life, why, again: 'never' })
      return this.#whenStopped?.()
    }
    const inMs = this.#policy.afterCrash(this.#parts.nowMs())
    this.#parts.tell({ kind: 'gone', life: this.#life, why, again: inMs === undefined ? 'slowly' : 'soon' })
    this.#restartTimer = setTimeout(() => this.#launch(), inMs ?? slowMs)
  }

  #checkBeat(): void {
    if (this.#process === undefined || ++this.#silentChecks <= silentChecksMax) return
    this.#silentChecks = 0
    this.#process.kill()
  }
}
