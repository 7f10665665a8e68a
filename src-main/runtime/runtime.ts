import { assert, BoundedQueue } from '../base/index.ts'
import type { EngineEvent, EngineMode, ModeState, TradingEvent } from '../domain/index.ts'
import {
  setupWithoutAccounts, snapshotWithoutAccounts, TradingEngine, type AnyEvent, type AnyRequest, type TradingInput,
} from '../engine/index.ts'
import type { Journal } from '../ports/index.ts'
import { createClockWatch, type ClockReading, type ClockWatch } from './clock-watch.ts'
import { isCommand, isEngineEvent, recordOfCommand, recordOfEvent } from './event-record.ts'
import { createJournalScribe, type JournalScribe } from './journal-scribe.ts'
import { lastStopOf, stillerOf } from './left-still.ts'
import type { LoopWatch } from './loop-watch.ts'
import type { Past, RuntimeParts, TradingView } from './runtime-parts.ts'
import { systemTimers, type Timers } from './timers.ts'
import { HealthyRelease, SnapshotKeeper, VenueLine } from './trading/index.ts'

const eventsKept = 1_000
const inputsWaitingMax = 1_024
/** No honest work stops the loop for so long. */
const sleptMs = 5_000
const clockPeriodMs = 250

/**
 * The loop around the engine: inputs in, requests performed, events written down and told to whoever watches.
 * Invariants: 1 the engine sees one input at a time; 2 state is changed before anything is told; 3 a throw in the engine
 * stops trading: the fault is reported once and nothing is processed after it; 4 without books there is no engine: nothing
 * but a halt is taken, and it is not forgotten; 5 every event is handed to the journal before anybody is told of it; 6 a start replays the events of the
 * books before anything else, and whether trading goes on is for the engine to say.
 */
export class Runtime {
  readonly #parts: RuntimeParts
  readonly #clockWatch: ClockWatch
  readonly #timers: Timers
  readonly #loopWatch: LoopWatch
  readonly #events: EngineEvent[] = []
  readonly #eventListeners = new Set<(event: EngineEvent) => void>()
  readonly #tradingListeners = new Set<(event: TradingEvent) => void>()
  readonly #stateListeners = new Set<() => void>()
  readonly #clockListeners = new Set<(reading: ClockReading) => void>()
  readonly #stopTimer: () => void
  readonly #waiting = new BoundedQueue<TradingInput>(inputsWaitingMax, 'refuse')
  /** Until the books are open: what stands on the disk, or what was asked meanwhile. */
  #left: ModeState | undefined
  #before: ModeState
  #engine: TradingEngine | undefined
  #line: VenueLine | undefined
  #snapshots: SnapshotKeeper | undefined
  #release: HealthyRelease | undefined
  #scribe: JournalScribe | undefined
  #isProcessing = false
  #isBroken = false

  constructor(parts: RuntimeParts) {
    this.#parts = parts
    this.#left = parts.latch.read()
    this.#before = this.#left ?? { mode: 'starting', since: parts.clock.wallMs(), reason: 'opening the books', actor: 'engine' }
    this.#clockWatch = createClockWatch(parts.clock)
    this.#timers = parts.timers ?? systemTimers
    this.#loopWatch = this.#timers.watchLoop()
    this.#stopTimer = this.#timers.every(this.#timers.clockPeriodMs ?? clockPeriodMs, () => this.#readClock())
  }

  /** The books are open: from here on there is an engine. */
  open(journal: Journal, past: Past): void {
    this.#scribe = createJournalScribe({
      journal,
      now: () => this.now(),
      tell: (report) => this.submit(report),
      onOverflow: () => this.#break(new Error('more records wait for the journal than honest work could cause')),
      onDurable: () => {
        this.#line?.release()
        this.#snapshots?.durable(this.#scribe?.durableMark ?? 0)
      },
      markBefore: past.lastSequence,
    })
    this.#events.push(...past.recentEvents.slice(-eventsKept))
    this.#engine = this.#recover(past)
    this.#line = this.#openLine(this.#engine)
    this.#snapshots = this.#openSnapshots(this.#engine, past)
    this.#release = this.#openRelease(past)
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
    return this.#engine?.mode ?? this.#before
  }

  get mode(): EngineMode {
    return this.state.mode
  }

  /** The last events, oldest first. */
  get recentEvents(): readonly EngineEvent[] {
    return this.#events
  }

  /** What there is to see of orders and money; nothing before the books are open. */
  get trading(): TradingView | undefined {
    return this.#engine
  }

  readClock(): ClockReading {
    return this.#clockWatch.read(this.#loopWatch.takeMs())
  }

  now(): number {
    return this.#parts.clock.wallMs()
  }

  /** From within a listener the input waits its turn: everybody has heard of the events before it is processed. */
  submit(input: TradingInput): void {
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

  /** What became of orders and money, one event at a time, in their order. */
  onTradingEvent(listener: (event: TradingEvent) => void): () => void {
    this.#tradingListeners.add(listener)
    return () => this.#tradingListeners.delete(listener)
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
    this.#stopTimer()
    this.#loopWatch.dispose()
    this.#line?.dispose()
    this.#scribe?.dispose()
    await this.#parts.trading?.venue.dispose()
    await this.#parts.latch.settled()
  }

  /** Nothing can be written down yet, so nothing is decided; but whoever stops, stops. */
  #takeBeforeOpen(input: TradingInput): void {
    if (input.kind !== 'halt-trading' && input.kind !== 'kill-trading') return
    const mode = input.kind === 'kill-trading' ? 'killed' : 'halted'
    if (this.#before.mode === mode || this.#before.mode === 'killed') return
    this.#before = this.#left = { mode, since: input.at, reason: input.reason, actor: input.actor }
    this.#parts.latch.keep(this.#before)
    this.#tellState()
  }

  /** The engine as its books tell it. */
  #recover({ lastSequence, trading }: Past): TradingEngine {
    const setup = this.#parts.trading?.setup
    if (setup === undefined || trading === undefined) return new TradingEngine(setup ?? setupWithoutAccounts, snapshotWithoutAccounts(lastSequence))
    const { installation = setup.installation } = trading
    const engine = new TradingEngine({ ...setup, installation }, trading.snapshot)
    for (const event of trading.events) engine.replay(event)
    assert(engine.lastSequence === lastSequence, 'expected the replay to end with the last event of the books')
    return engine
  }

  #openLine(engine: TradingEngine): VenueLine | undefined {
    const { trading, clock } = this.#parts
    if (trading === undefined) return undefined
    return new VenueLine({
      venue: trading.venue,
      durable: () => this.#scribe?.durableMark ?? 0,
      sendEpoch: () => engine.sendEpoch,
      now: () => this.now(),
      monotonicMs: () => clock.monotonicMs(),
      later: (afterMs, work) => this.#timers.after(afterMs, work),
      hear: (report) => this.submit(report),
      patienceMs: trading.answerPatienceMs,
      ...(trading.pace === undefined ? {} : { pace: trading.pace }),
    })
  }

  #openSnapshots(engine: TradingEngine, { trading }: Past): SnapshotKeeper | undefined {
    const snapshots = this.#parts.trading?.snapshots
    if (snapshots === undefined) return undefined
    return new SnapshotKeeper({ ...snapshots, take: () => engine.snapshot() }, trading?.snapshot?.lastSequence ?? 0)
  }

  /** What is armed by hand is armed again by hand. */
  #openRelease({ recentEvents }: Past): HealthyRelease | undefined {
    const { trading, clock } = this.#parts
    if (trading?.setup.afterCleanStart !== 'previous') return undefined
    const accounts = trading.setup.accounts.map(({ id }) => id)
    const parts = { accounts, now: () => this.now(), monotonicMs: () => clock.monotonicMs(), submit: (command: TradingInput) => this.submit(command) }
    return new HealthyRelease(parts, recentEvents)
  }

  #process(engine: TradingEngine, input: TradingInput): void {
    if (this.#isBroken) return
    const began = performance.now()
    let outcome
    try {
      outcome = engine.process(input)
    } catch (error) {
      return this.#break(error)
    }
    // First the act, then the record, then the word. What needs a record waits for it on its own.
    for (const request of outcome.requests) this.#perform(request)
    try {
      if (isCommand(input)) this.#scribe?.write(recordOfCommand(input))
      for (const event of outcome.events) this.#scribe?.write(recordOfEvent(event), event.sequence)
      if (outcome.events.length > 0) this.#lookAtSnapshots(engine.lastSequence)
    } catch (error) {
      return this.#break(error)
    }
    if (input.kind === 'machine-slept') this.#release?.disturb()
    this.#parts.observer?.processed(input.kind, performance.now() - began, this.#waiting.size)
    for (const event of outcome.events) this.#publish(event)
    if (outcome.events.some(isEngineEvent)) this.#tellState()
  }

  #lookAtSnapshots(event: number): void {
    const record = this.#scribe?.recordOfLast(event)
    // What the journal has not taken yet has no record to follow.
    if (record !== undefined) this.#snapshots?.written(event, record)
  }

  #perform(request: AnyRequest): void {
    if (request.kind === 'keep-latch') this.#parts.latch.keep(request.state)
    else if (request.kind === 'drop-latch') this.#parts.latch.drop()
    else this.#line?.perform(request)
  }

  #break(error: unknown): void {
    if (this.#isBroken) return
    this.#isBroken = true
    this.#parts.onBroken(error)
  }

  #publish(event: AnyEvent): void {
    this.#release?.note(event)
    if (!isEngineEvent(event)) return this.#tellAll(this.#tradingListeners, event)
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
    this.#line?.look()
    if (this.#line !== undefined) this.submit({ kind: 'time-passed', at: reading.wallMs })
    this.#release?.look(this.mode)
    for (const listener of this.#clockListeners) listener(reading)
  }
}
