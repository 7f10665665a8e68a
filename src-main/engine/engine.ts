import type { EngineCommand, EngineEvent, EngineMode, EngineReport, ModeState } from '../domain/index.ts'
import { mayChange } from './mode-transitions.ts'

/**
 * The engine: one input in, events and requests out. It must never wait, read a clock, or draw chance.
 * Invariants: 1 it begins in `starting`, or in `killed` if it was killed before; 2 a halt or kill is never refused, and asked again changes nothing; 3 nothing but
 * a resume leads to `active`; 4 event numbers have no gap; 5 a request follows from the state that the events describe.
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

export class Engine {
  #state: ModeState
  #sequence = 0

  /** What was killed before is killed still: a start releases nothing. */
  constructor(start: { readonly at: number; readonly reason: string; readonly mode: 'starting' | 'killed' }) {
    this.#state = { mode: start.mode, since: start.at, reason: start.reason, actor: 'engine' }
  }

  get state(): ModeState {
    return this.#state
  }

  process(input: EngineInput): Outcome {
    switch (input.kind) {
      case 'halt-trading':
        return this.#stop('halted', input)
      case 'kill-trading':
        return this.#stop('killed', input)
      case 'resume-trading':
        return this.#resume(input)
      case 'clock-jumped': {
        const seen: EngineEvent = { kind: 'clock-jumped', sequence: ++this.#sequence, at: input.at, byMs: input.byMs }
        const degraded = this.#degrade(input.at, `the clock jumped by ${input.byMs} ms`)
        return { events: [seen, ...degraded.events], requests: degraded.requests }
      }
      case 'machine-slept':
        return this.#degrade(input.at, 'the machine slept')
    }
  }

  #stop(to: 'halted' | 'killed', by: Pick<ModeState, 'reason' | 'actor'> & { readonly at: number }): Outcome {
    // Already as still, or stiller: a halt must not soften a kill.
    if (this.#state.mode === to || this.#state.mode === 'killed') return nothing
    const events = [this.#change(to, by)]
    return { events, requests: [{ kind: 'keep-latch', state: this.#state }] }
  }

  #resume(input: Extract<EngineCommand, { kind: 'resume-trading' }>): Outcome {
    if (this.#state.mode === input.to) return nothing
    if (!mayChange(this.#state.mode, input.to)) {
      const { at, to: wanted, actor } = input
      return { events: [{ kind: 'mode-refused', sequence: ++this.#sequence, at, mode: this.#state.mode, wanted, actor }], requests: [] }
    }
    return { events: [this.#change(input.to, input)], requests: [{ kind: 'drop-latch' }] }
  }

  /** Fails closed: what was active may only reduce. */
  #degrade(at: number, reason: string): Outcome {
    if (this.#state.mode !== 'active') return nothing
    return { events: [this.#change('reducing', { at, reason, actor: 'engine' })], requests: [] }
  }

  #change(to: EngineMode, by: Pick<ModeState, 'reason' | 'actor'> & { readonly at: number }): EngineEvent {
    const from = this.#state.mode
    this.#state = { mode: to, since: by.at, reason: by.reason, actor: by.actor }
    return { kind: 'mode-changed', sequence: ++this.#sequence, at: by.at, from, to, reason: by.reason, actor: by.actor }
  }
}
