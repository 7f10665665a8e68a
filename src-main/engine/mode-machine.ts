import type { EngineCommand, EngineEvent, EngineMode, EngineReport, JournalInTrouble, JournalTroubleKind, ModeState, ProgramStarted } from '../domain/index.ts'
import { isKill, mayChange } from './mode-transitions.ts'

/**
 * The modes: what one input makes of the mode that is. It must never release what was stopped by anything but a resume. It keeps nothing but what the
 * journal was last said to be.
 * Invariants: 1 a start is in `starting`, or as still as it was left: halted or killed; 2 a halt or kill is never refused, and asked again changes nothing;
 * 3 nothing but a resume leads to `active`; 4 a request follows from the state that the events describe; 5 what cannot be written down stops new risk: a slow
 * journal reduces, a failed one halts.
 */
export type EngineInput = EngineCommand | EngineReport

/** What the engine wants done in the world. */
export type EngineRequest =
  /** Leave word on the disk that trading is stopped, in case this process dies. */
  | { readonly kind: 'keep-latch'; readonly state: ModeState }
  | { readonly kind: 'drop-latch' }

type Undecided<Event extends EngineEvent> = Event extends EngineEvent ? Omit<Event, 'sequence' | 'at' | 'correlation'> : never
export type ModeDecision = Undecided<EngineEvent>

export interface ModeJudgement {
  readonly decisions: readonly ModeDecision[]
  readonly requests: readonly EngineRequest[]
}

type Cause = Pick<EngineCommand, 'at' | 'reason' | 'actor'>

const nothing: ModeJudgement = { decisions: [], requests: [] }

export class ModeMachine {
  readonly #killsInto: 'killing' | 'killed'
  #journalTrouble: JournalTroubleKind | undefined

  /** Where nothing can be live, a kill has nothing to prove. */
  constructor(killsInto: 'killing' | 'killed' = 'killed') {
    this.#killsInto = killsInto
  }

  judge(state: ModeState, input: EngineInput): ModeJudgement {
    switch (input.kind) {
      case 'program-started':
        return begin(input)
      case 'halt-trading':
        return stop(state, 'halted', input)
      case 'kill-trading':
        return stop(state, this.#killsInto, input)
      case 'resume-trading':
        return this.#resume(state, input)
      case 'clock-jumped':
        return degrade(state, [{ kind: 'clock-jumped', byMs: input.byMs }], `the clock jumped by ${input.byMs} ms`)
      case 'machine-slept':
        return degrade(state, [], 'the machine slept')
      case 'journal-in-trouble':
        return this.#distrustJournal(state, input)
      case 'journal-well':
        this.#journalTrouble = undefined
        return { decisions: [{ kind: 'journal-recovered' }], requests: [] }
    }
  }

  #resume(state: ModeState, input: Extract<EngineCommand, { kind: 'resume-trading' }>): ModeJudgement {
    const { mode } = state
    if (mode === input.to) return nothing
    if (!this.mayResume(state, input.to)) return { decisions: [{ kind: 'mode-refused', mode, wanted: input.to, actor: input.actor }], requests: [] }
    return { decisions: [changeOf(state, input.to, input)], requests: [{ kind: 'drop-latch' }] }
  }

  /** New risk needs a journal that is well; lowering risk needs one that is not lost. */
  mayResume({ mode }: ModeState, to: 'active' | 'reducing'): boolean {
    const canWrite = this.#journalTrouble === undefined || (to === 'reducing' && this.#journalTrouble !== 'failed')
    return mayChange(mode, to) && canWrite
  }

  #distrustJournal(state: ModeState, input: JournalInTrouble): ModeJudgement {
    const { at, trouble, detail } = input
    this.#journalTrouble = trouble
    const seen: ModeDecision = { kind: 'journal-troubled', trouble, detail }
    if (trouble !== 'failed') return degrade(state, [seen], `the journal is ${trouble}: ${detail}`)
    const stopped = stop(state, 'halted', { at, reason: `the journal failed: ${detail}`, actor: 'engine' })
    return { decisions: [seen, ...stopped.decisions], requests: stopped.requests }
  }
}

/** What was stopped before is stopped still: a start releases nothing. */
function begin({ left, version }: ProgramStarted): ModeJudgement {
  if (left === undefined) return { decisions: [{ kind: 'engine-started', mode: 'starting', reason: 'started', version }], requests: [] }
  const { mode, reason, since, actor } = left
  return { decisions: [{ kind: 'engine-started', mode, reason, version, left: { since, actor } }], requests: [] }
}

function stop(state: ModeState, to: 'halted' | 'killing' | 'killed', by: Cause): ModeJudgement {
  // Already as still, or stiller: a halt must not soften a kill.
  if (state.mode === to || isKill(state.mode)) return nothing
  const change = changeOf(state, to, by)
  // The latch says what was asked for; whether it is proven, it cannot know.
  const mode = isKill(to) ? 'killed' : 'halted'
  return { decisions: [change], requests: [{ kind: 'keep-latch', state: { mode, since: by.at, reason: change.reason, actor: by.actor } }] }
}

/** Fails closed: what was active may only reduce. */
function degrade(state: ModeState, seen: readonly ModeDecision[], reason: string): ModeJudgement {
  if (state.mode !== 'active') return { decisions: seen, requests: [] }
  return { decisions: [...seen, changeOf(state, 'reducing', { at: 0, reason, actor: 'engine' })], requests: [] }
}

const changeOf = (state: ModeState, to: EngineMode, { reason, actor }: Cause): Extract<ModeDecision, { kind: 'mode-changed' }> =>
  ({ kind: 'mode-changed', from: state.mode, to, reason: reason.slice(0, reasonMax), actor })

/** What a disk says of itself may be long, and a reason has to fit a line. */
const reasonMax = 400
