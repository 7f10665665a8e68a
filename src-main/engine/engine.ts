import type { EngineCommand, EngineEvent, EngineMode, EngineReport, JournalInTrouble, JournalTroubleKind, ModeState, ProgramStarted } from '../domain/index.ts'
import { mayChange } from './mode-transitions.ts'

/**
 * The engine: one input in, events and requests out. It must never wait, read a clock, or draw chance.
 * Invariants: 1 it begins in `starting`, or as still as it was left: halted or killed; 2 a halt or kill is never refused, and asked again changes nothing;
 * 3 nothing but a resume leads to `active`; 4 event numbers have no gap; 5 a request follows from the state that the events describe;
 * 6 what cannot be written down stops new risk: a slow journal reduces, a failed one halts.
 */
export type EngineInput = EngineCommand | EngineReport

/** What the engine wants done in the world. */
export type EngineRequest =
  /** Leave word on the disk that trading is stopped, in case this process dies. */
  | { readonly kind: 'keep-latch'; readonly state: ModeState }
  | { readonly kind: 'drop-latch' }

export interface Outcome {
  readonly events: readonly EngineEvent[]
  readonly requests: readonly EngineRequest[]
}

const nothing: Outcome = { events: [], requests: [] }

/** An event without what every event has. */
type Decision<Event extends EngineEvent = EngineEvent> = Event extends EngineEvent ? Omit<Event, 'sequence' | 'at' | 'correlation'> : never

export class Engine {
  #state: ModeState = { mode: 'starting', since: 0, reason: 'starting', actor: 'engine' }
  #sequence: number
  #journalTrouble: JournalTroubleKind | undefined

  /** The numbers go on where the books of this engine end. */
  constructor(lastSequence: number) {
    this.#sequence = lastSequence
  }

  get state(): ModeState {
    return this.#state
  }

  process(input: EngineInput): Outcome {
    switch (input.kind) {
      case 'program-started':
        return this.#begin(input)
      case 'halt-trading':
        return this.#stop('halted', input)
      case 'kill-trading':
        return this.#stop('killed', input)
      case 'resume-trading':
        return this.#resume(input)
      case 'clock-jumped':
        return this.#degraded(this.#decide(input, { kind: 'clock-jumped', byMs: input.byMs }), `the clock jumped by ${input.byMs} ms`)
      case 'machine-slept':
        return this.#degrade(input.at, 'the machine slept')
      case 'journal-in-trouble':
        return this.#distrustJournal(input)
      case 'journal-well':
        this.#journalTrouble = undefined
        return { events: [this.#decide(input, { kind: 'journal-recovered' })], requests: [] }
    }
  }

  /** What was stopped before is stopped still: a start releases nothing. */
  #begin(input: ProgramStarted): Outcome {
    const { at, left, version } = input
    this.#state = left ?? { mode: 'starting', since: at, reason: 'started', actor: 'engine' }
    const { mode, reason } = this.#state
    return { events: [this.#decide(input, { kind: 'engine-started', mode, reason, version })], requests: [] }
  }

  #stop(to: 'halted' | 'killed', by: Pick<EngineCommand, 'at' | 'reason' | 'actor' | 'correlation'>): Outcome {
    // Already as still, or stiller: a halt must not soften a kill.
    if (this.#state.mode === to || this.#state.mode === 'killed') return nothing
    const events = [this.#change(to, by)]
    return { events, requests: [{ kind: 'keep-latch', state: this.#state }] }
  }

  #resume(input: Extract<EngineCommand, { kind: 'resume-trading' }>): Outcome {
    const { mode } = this.#state
    if (mode === input.to) return nothing
    if (!mayChange(mode, input.to) || !this.#mayWrite(input.to)) {
      return { events: [this.#decide(input, { kind: 'mode-refused', mode, wanted: input.to, actor: input.actor })], requests: [] }
    }
    return { events: [this.#change(input.to, input)], requests: [{ kind: 'drop-latch' }] }
  }

  /** New risk needs a journal that is well; lowering risk needs one that is not lost. */
  #mayWrite(to: 'active' | 'reducing'): boolean {
    return this.#journalTrouble === undefined || (to === 'reducing' && this.#journalTrouble !== 'failed')
  }

  #distrustJournal(input: JournalInTrouble): Outcome {
    const { at, trouble, detail } = input
    this.#journalTrouble = trouble
    const seen = this.#decide(input, { kind: 'journal-troubled', trouble, detail })
    if (trouble !== 'failed') return this.#degraded(seen, `the journal is ${trouble}: ${detail}`)
    const stopped = this.#stop('halted', { at, reason: `the journal failed: ${detail}`, actor: 'engine' })
    return { events: [seen, ...stopped.events], requests: stopped.requests }
  }

  #degraded(seen: EngineEvent, reason: string): Outcome {
    const { events, requests } = this.#degrade(seen.at, reason)
    return { events: [seen, ...events], requests }
  }

  /** Fails closed: what was active may only reduce. */
  #degrade(at: number, reason: string): Outcome {
    if (this.#state.mode !== 'active') return nothing
    return { events: [this.#change('reducing', { at, reason, actor: 'engine' })], requests: [] }
  }

  #change(to: EngineMode, by: Pick<EngineCommand, 'at' | 'reason' | 'actor' | 'correlation'>): EngineEvent {
    const { at, actor } = by
    const from = this.#state.mode
    const reason = by.reason.slice(0, reasonMax)
    this.#state = { mode: to, since: at, reason, actor }
    return this.#decide(by, { kind: 'mode-changed', from, to, reason, actor })
  }

  #decide(by: { readonly at: number; readonly correlation?: string }, decision: Decision): EngineEvent {
    const cause = by.correlation === undefined ? {} : { correlation: by.correlation }
    return { ...decision, sequence: ++this.#sequence, at: by.at, ...cause }
  }
}

/** What a disk says of itself may be long, and a reason has to fit a line. */
const reasonMax = 400
