import { BoundedQueue } from '../base/index.ts'
import type { EngineCommand, EngineEvent, EngineMode, ModeState } from '../domain/index.ts'
import { Engine, type EngineInput } from '../engine/index.ts'
import type { Clock, HaltLatch, Journal } from '../ports/index.ts'
import { createClockWatch, type ClockReading, type ClockWatch } from './clock-watch.ts'
import { recordOfCommand, recordOfEvent } from './event-record.ts'
import { createJournalScribe, type JournalScribe } from './journal-scribe.ts'
import { watchLoop } from './loop-watch.ts'

/**
 * The loop around the engine: inputs in, requests performed, events written down and told to whoever watches.
 * Invariants: 1 the engine sees one input at a time; 2 state is changed before anything is told; 3 a throw in the engine
 * stops trading: the fault is reported once and nothing is processed after it; 4 without books there is no engine: nothing
 * but a halt is taken, and it is not forgotten; 5 every event is handed to the journal before anybody is told of it.
 */
export interface RuntimeParts {
  readonly clock: Clock
  readonly latch: HaltLatch
  readonly version: string
  /** A bug in the engine: the process has to go and come back by way of recovery. */
  readonly onBroken: (error: unknown) => void
  readonly observer?: RuntimeObserver
}

/** For those who measure: told after the fact, and must not throw. */
export interface RuntimeObserver {
  processed(kind: EngineInput['kind'], tookMs: number, waiting: number): void
  stalled(stallMs: number): void
}

/** What the books of this profile hold of the engines before. */
export interface Past {
  readonly lastSequence: number
  /** The last events, oldest first. */
  readonly recentEvents: readonly EngineEvent[]
}

const eventsKept = 1_000
const inputsWaitingMax = 1_024
/** No honest work stops the loop for so long. */
const sleptMs = 5_000
const clockPeriodMs = 250

export class Runtime {
  readonly #parts: RuntimeParts
  readonly #clockWatch: ClockWatch
  readonly #loopWatch = watchLoop()
  readonly #events: EngineEvent[] = []
  readonly #eventListeners = new Set<(event: EngineEvent) => void>()
  readonly #stateListeners = new Set<() => void>()
  readonly #clockListeners = new Set<(reading: ClockReading) => void>()
  readonly #timer: NodeJS.Timeout
  readonly #waiting = new BoundedQueue<EngineInput>(inputsWaitingMax, 'refuse')
  /** Until the books are open: what stands on the disk, or what was asked meanwhile. */
  #left: ModeState | undefined
  #before: ModeState
  #engine: Engine | undefined
  #scribe: JournalScribe | undefined
  #isProcessing = false
  #isBroken = false

  constructor(parts: RuntimeParts) {
    this.#parts = parts
    this.#left = parts.latch.read()
    this.#before = this.#left ?? { mode: 'starting', since: parts.clock.wallMs(), reason: 'opening the books', actor: 'engine' }
    this.#clockWatch = createClockWatch(parts.clock)
    this.#timer = setInterval(() => this.#readClock(), clockPeriodMs)
  }

  /** The books are open: from here on there is an engine. */
  open(journal: Journal, past: Past): void {
    this.#scribe = createJournalScribe({
      journal,
      now: () => this.now(),
      tell: (report) => this.submit(report),
      onOverflow: () => this.#break(new Error('more records wait for the journal than honest work could cause')),
    })
    this.#events.push(...past.recentEvents.slice(-eventsKept))
    this.#engine = new Engine(past.lastSequence)
    // The latch may not have reached the disk, or the journal not: whichever of the two says that it was stopped is believed.
    const stopped = stillerOf(this.#left, lastStopOf(past.recentEvents))
    const left = stopped === undefined ? {} : { left: stopped }
    this.submit({ kind: 'program-started', at: this.now(), version: this.#parts.version, ...left })
  }

  /** Whether there is an engine now, or within so long: books that are just being opened are worth a moment. */
  async whenOpen(limitMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, limitMs)
    const stop = this.onState(() => (this.isOpen ? resolve() : undefined))
    if (!this.isOpen) await promise
    clearTimeout(timer)
    stop()
    return this.isOpen
  }

  get isOpen(): boolean {
    return this.#engine !== undefined
  }

  get state(): ModeState {
    return this.#engine?.state ?? this.#before
  }

  get mode(): EngineMode {
    return this.state.mode
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
    if (this.#engine === undefined) return this.#takeBeforeOpen(input)
    if (this.#waiting.offer(input) === 'refused') return this.#break(new Error('more inputs wait than listeners could honestly cause'))
    if (this.#isProcessing) return
    this.#isProcessing = true
    try {
      for (let next = this.#waiting.take(); next !== undefined; next = this.#waiting.take()) this.#process(this.#engine, next)
    } finally {
      this.#isProcessing = false
    }
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  /** Told whenever the state may be another one, with or without an event. */
  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  onClock(listener: (reading: ClockReading) => void): () => void {
    this.#clockListeners.add(listener)
    return () => this.#clockListeners.delete(listener)
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer)
    this.#loopWatch.dispose()
    this.#scribe?.dispose()
    await this.#parts.latch.settled()
  }

  /** Nothing can be written down yet, so nothing is decided; but whoever stops, stops. */
  #takeBeforeOpen(input: EngineInput): void {
    if (input.kind !== 'halt-trading' && input.kind !== 'kill-trading') return
    const mode = input.kind === 'kill-trading' ? 'killed' : 'halted'
    if (this.#before.mode === mode || this.#before.mode === 'killed') return
    this.#before = this.#left = { mode, since: input.at, reason: input.reason, actor: input.actor }
    this.#parts.latch.keep(this.#before)
    this.#tellState()
  }

  #process(engine: Engine, input: EngineInput): void {
    if (this.#isBroken) return
    const began = performance.now()
    let outcome
    try {
      outcome = engine.process(input)
    } catch (error) {
      return this.#break(error)
    }
    // First the act, then the record, then the word.
    for (const request of outcome.requests) {
      if (request.kind === 'keep-latch') this.#parts.latch.keep(request.state)
      else this.#parts.latch.drop()
    }
    try {
      if (isCommand(input)) this.#scribe?.write(recordOfCommand(input))
      for (const event of outcome.events) this.#scribe?.write(recordOfEvent(event))
    } catch (error) {
      return this.#break(error)
    }
    this.#parts.observer?.processed(input.kind, performance.now() - began, this.#waiting.size)
    for (const event of outcome.events) this.#publish(event)
    if (outcome.events.length > 0) this.#tellState()
  }

  #break(error: unknown): void {
    if (this.#isBroken) return
    this.#isBroken = true
    this.#parts.onBroken(error)
  }

  #publish(event: EngineEvent): void {
    this.#events.push(event)
    if (this.#events.length > eventsKept) this.#events.shift()
    this.#tellAll(this.#eventListeners, event)
  }

  #tellState(): void {
    this.#tellAll(this.#stateListeners, undefined)
  }

  #tellAll<News>(listeners: ReadonlySet<(news: News) => void>, news: News): void {
    for (const listener of listeners) {
      try {
        listener(news)
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
    this.#parts.observer?.stalled(reading.stallMs)
    this.#scribe?.look()
    for (const listener of this.#clockListeners) listener(reading)
  }
}

/** How the engine before this one stood at last, if it was stopped. */
function lastStopOf(events: readonly EngineEvent[]): ModeState | undefined {
  const last = events.findLast(({ kind }) => kind === 'mode-changed' || kind === 'engine-started')
  if (last?.kind === 'mode-changed') return isStill(last.to) ? { mode: last.to, since: last.at, reason: last.reason, actor: last.actor } : undefined
  if (last?.kind !== 'engine-started' || !isStill(last.mode)) return undefined
  return { mode: last.mode, since: last.at, reason: last.reason, actor: 'engine' }
}

const isStill = (mode: EngineMode): boolean => mode === 'halted' || mode === 'killed'

const stillerOf = (left: ModeState | undefined, right: ModeState | undefined): ModeState | undefined =>
  left === undefined || (right?.mode === 'killed' && left.mode !== 'killed') ? right : left

const isCommand = (input: EngineInput): input is EngineCommand =>
  input.kind === 'halt-trading' || input.kind === 'resume-trading' || input.kind === 'kill-trading'
