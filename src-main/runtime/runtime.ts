import { BoundedQueue } from '../base/index.ts'
import type { EngineEvent, EngineMode, ModeState } from '../domain/index.ts'
import { Engine, type EngineInput } from '../engine/index.ts'
import type { Clock, HaltLatch } from '../ports/index.ts'
import { createClockWatch, type ClockReading, type ClockWatch } from './clock-watch.ts'
import { watchLoop } from './loop-watch.ts'

/**
 * The loop around the engine: inputs in, requests performed, events told to whoever watches.
 * Invariants: 1 the engine sees one input at a time; 2 state is changed before anything is told; 3 a throw in the engine
 * stops trading: the fault is reported once and nothing is processed after it.
 */
export interface RuntimeParts {
  readonly clock: Clock
  readonly latch: HaltLatch
  /** A bug in the engine: the process has to go and come back by way of recovery. */
  readonly onBroken: (error: unknown) => void
}

const eventsKept = 1_000
const inputsWaitingMax = 1_024
/** No honest work stops the loop for so long. */
const sleptMs = 5_000
const clockPeriodMs = 250

export class Runtime {
  readonly #parts: RuntimeParts
  readonly #engine: Engine
  readonly #clockWatch: ClockWatch
  readonly #loopWatch = watchLoop()
  readonly #events: EngineEvent[] = []
  readonly #eventListeners = new Set<(event: EngineEvent) => void>()
  readonly #clockListeners = new Set<(reading: ClockReading) => void>()
  readonly #timer: NodeJS.Timeout
  readonly #waiting = new BoundedQueue<EngineInput>(inputsWaitingMax, 'refuse')
  #isProcessing = false
  #isBroken = false

  constructor(parts: RuntimeParts) {
    this.#parts = parts
    const left = parts.latch.read()
    const at = parts.clock.wallMs()
    const reason = left === undefined ? 'started' : `started; was ${left.mode}: ${left.reason}`
    this.#engine = new Engine({ at, reason, mode: left?.mode === 'killed' ? 'killed' : 'starting' })
    this.#clockWatch = createClockWatch(parts.clock)
    this.#timer = setInterval(() => this.#readClock(), clockPeriodMs)
  }

  get state(): ModeState {
    return this.#engine.state
  }

  get mode(): EngineMode {
    return this.#engine.state.mode
  }

  /** The last events, oldest first. */
  get recentEvents(): readonly EngineEvent[] {
    return this.#events
  }

  readClock(): ClockReading {
    return this.#clockWatch.read(this.#loopWatch.takeMs())
  }

  now(): number {
    return this.#parts.clock.wallMs()
  }

  /** From within a listener the input waits its turn: everybody has heard of the events before it is processed. */
  submit(input: EngineInput): void {
    if (this.#waiting.offer(input) === 'refused') return this.#break(new Error('more inputs wait than listeners could honestly cause'))
    if (this.#isProcessing) return
    this.#isProcessing = true
    try {
      for (let next = this.#waiting.take(); next !== undefined; next = this.#waiting.take()) this.#process(next)
    } finally {
      this.#isProcessing = false
    }
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  onClock(listener: (reading: ClockReading) => void): () => void {
    this.#clockListeners.add(listener)
    return () => this.#clockListeners.delete(listener)
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer)
    this.#loopWatch.dispose()
    await this.#parts.latch.settled()
  }

  #process(input: EngineInput): void {
    if (this.#isBroken) return
    let outcome
    try {
      outcome = this.#engine.process(input)
    } catch (error) {
      return this.#break(error)
    }
    for (const request of outcome.requests) {
      if (request.kind === 'keep-latch') this.#parts.latch.keep(request.state)
      else this.#parts.latch.drop()
    }
    for (const event of outcome.events) this.#publish(event)
  }

  #break(error: unknown): void {
    if (this.#isBroken) return
    this.#isBroken = true
    this.#parts.onBroken(error)
  }

  #publish(event: EngineEvent): void {
    this.#events.push(event)
    if (this.#events.length > eventsKept) this.#events.shift()
    for (const listener of this.#eventListeners) {
      try {
        listener(event)
      } catch (error) {
        // The others still have to hear of it; and a listener that throws is a bug of ours.
        this.#break(error)
      }
    }
  }

  #readClock(): void {
    const reading = this.readClock()
    const byMs = this.#clockWatch.jumpOf(reading)
    if (byMs !== 0) this.submit({ kind: 'clock-jumped', at: reading.wallMs, byMs })
    // On some systems the monotonic clock goes on in sleep, and only the silence of the loop tells.
    if (reading.stallMs >= sleptMs) this.submit({ kind: 'machine-slept', at: reading.wallMs })
    for (const listener of this.#clockListeners) listener(reading)
  }
}
