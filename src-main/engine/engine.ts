import type { EngineEvent, ModeState } from '../domain/index.ts'
import { ModeMachine } from './mode-machine.ts'
import type { EngineInput, EngineRequest, ModeDecision } from './mode-machine.ts'
import { Numbering } from './numbering.ts'

/**
 * The engine without orders: one input in, events and requests out. It must never wait, read a clock, or draw chance.
 * Invariants: 1 it begins in `starting`, or as still as it was left: halted or killed; 2 a halt or kill is never refused, and asked again changes nothing;
 * 3 nothing but a resume leads to `active`; 4 event numbers have no gap; 5 a request follows from the state that the events describe;
 * 6 what cannot be written down stops new risk: a slow journal reduces, a failed one halts.
 */
export interface Outcome {
  readonly events: readonly EngineEvent[]
  readonly requests: readonly EngineRequest[]
}

export class Engine {
  readonly #modes = new ModeMachine()
  readonly #numbering: Numbering
  #state: ModeState = { mode: 'starting', since: 0, reason: 'starting', actor: 'engine' }

  /** The numbers go on where the books of this engine end. */
  constructor(lastSequence: number) {
    this.#numbering = new Numbering(lastSequence)
  }

  get state(): ModeState {
    return this.#state
  }

  process(input: EngineInput): Outcome {
    if (input.kind === 'program-started') this.#state = input.left ?? { mode: 'starting', since: input.at, reason: 'started', actor: 'engine' }
    const { decisions, requests } = this.#modes.judge(this.#state, input)
    const correlation = 'correlation' in input ? input.correlation : undefined
    return { events: decisions.map((decision) => this.#decide(input.at, correlation, decision)), requests }
  }

  #decide(at: number, correlation: string | undefined, decision: ModeDecision): EngineEvent {
    if (decision.kind === 'mode-changed') this.#state = { mode: decision.to, since: at, reason: decision.reason, actor: decision.actor }
    const cause = correlation === undefined ? {} : { correlation }
    return { ...decision, sequence: this.#numbering.next(), at, ...cause }
  }
}
