import type { EngineEvent, ResumeTrading } from '../../domain/index.ts'
import type { AnyEvent } from '../../engine/index.ts'

/**
 * Takes back what the engine itself made of an active mode, once what made it so has been well for a while. It must never undo what a person or a
 * failure stopped.
 * Invariants: 1 only a fall from active to reducing that the engine decided is taken back, and only while nobody else has chosen a mode since; 2 it is taken back
 * after a whole minute without another trouble, and with a clean round of every account asked after the last one; 3 a restart begins the minute anew.
 */
export interface ReleaseParts {
  readonly accounts: readonly string[]
  readonly now: () => number
  readonly monotonicMs: () => number
  readonly submit: (command: ResumeTrading) => void
  readonly healthyMs?: number
}

const usualHealthyMs = 60_000
/** Of what a person would know better, the next try is not at once. */
const retryMs = 10_000

export class HealthyRelease {
  readonly #parts: ReleaseParts
  /** The newest round of each account that was asked since the last trouble, and which of them was clean. */
  readonly #asked = new Map<string, number>()
  readonly #cleanSince = new Set<string>()
  #fall: string | undefined
  #isJournalWell = true
  #healthyFrom: number

  /** `before`: what the engines before this one decided, as far as it is known. */
  constructor(parts: ReleaseParts, before: readonly EngineEvent[]) {
    this.#parts = parts
    this.#healthyFrom = parts.monotonicMs()
    for (const event of before) if (event.kind === 'mode-changed') this.#noteMode(event)
  }

  get isWaiting(): boolean {
    return this.#fall !== undefined
  }

  note(event: AnyEvent): void {
    switch (event.kind) {
      case 'mode-changed': {
        this.#noteMode(event)
        if (event.from === 'active') this.disturb()
        return
      }
      case 'clock-jumped': return this.disturb()
      case 'journal-troubled': {
        this.#isJournalWell = false
        return this.disturb()
      }
      case 'journal-recovered': {
        this.#isJournalWell = true
        return this.disturb()
      }
      case 'epoch-asked': {
        this.#asked.set(event.account, event.epoch)
        return
      }
      case 'epoch-closed': {
        if (event.outcome === 'clean' && this.#asked.get(event.account) === event.epoch) this.#cleanSince.add(event.account)
        else this.#cleanSince.delete(event.account)
        return
      }
      default: return
    }
  }

  /** Something is wrong again: what was well until now proves nothing. */
  disturb(): void {
    this.#healthyFrom = this.#parts.monotonicMs()
    this.#asked.clear()
    this.#cleanSince.clear()
  }

  look(mode: string): void {
    const { accounts, monotonicMs, now, submit, healthyMs = usualHealthyMs } = this.#parts
    if (this.#fall === undefined || mode !== 'reducing' || !this.#isJournalWell) return
    if (monotonicMs() - this.#healthyFrom < healthyMs || !accounts.every((account) => this.#cleanSince.has(account))) return
    this.#healthyFrom = monotonicMs() - healthyMs + retryMs
    submit({ kind: 'resume-trading', at: now(), to: 'active', actor: 'engine', reason: `well for ${Math.round(healthyMs / 1_000)} s since: ${this.#fall}` })
  }

  #noteMode({ from, to, actor, reason }: Extract<EngineEvent, { readonly kind: 'mode-changed' }>): void {
    // A start that returns to the mode before it chooses nothing.
    if (from === 'starting' && actor === 'engine') return
    this.#fall = from === 'active' && to === 'reducing' && actor === 'engine' ? reason : undefined
  }
}
