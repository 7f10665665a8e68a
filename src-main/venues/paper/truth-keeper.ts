import type { ExchangeOutput, SimExchange } from '../sim/index.ts'
import type { KeptTruth, ResetNote, TruthLine, TruthLog } from './truth-log.ts'

export interface TruthKeeperParts {
  readonly exchange: Pick<SimExchange, 'takeChanges' | 'bookLines'>
  readonly log: TruthLog | undefined
  readonly kept: KeptTruth | undefined
  readonly market: () => { readonly seed: number; readonly at: number }
  readonly deliver: (output: ExchangeOutput) => void
}

const resetsKept = 100

/**
 * Between what the exchange does and what anybody hears of it.
 * Invariants: 1 what the exchange did is handed to the log before anything it says then is let out, and that waits until it is durable;
 * 2 what waits is let out in its order.
 */
export class TruthKeeper {
  readonly #parts: TruthKeeperParts
  readonly #lives: number
  #resets: readonly ResetNote[]
  #notes: TruthLine[] = []
  #waiting: { readonly needs: number; readonly outputs: readonly ExchangeOutput[] }[] = []
  #last = 0

  constructor(parts: TruthKeeperParts) {
    this.#parts = parts
    this.#lives = (parts.kept?.lives ?? 0) + 1
    this.#resets = parts.kept?.resets ?? []
    const { log } = parts
    log?.onDurable(() => this.#letOut())
    log?.onLong(() => this.#state())
  }

  get resets(): readonly ResetNote[] {
    return this.#resets
  }

  /** The whole of it first: whatever follows is a change to this. */
  begin(): void {
    this.#parts.exchange.takeChanges()
    this.#last = this.#parts.log?.append(this.#state()) ?? 0
  }

  noteReset(reset: ResetNote): void {
    this.#resets = [...this.#resets, reset].slice(-resetsKept)
    this.#notes.push({ kind: 'reset', reset })
  }

  take(outputs: readonly ExchangeOutput[]): void {
    const { exchange, log } = this.#parts
    const changes = exchange.takeChanges()
    if (changes.length > 0 || this.#notes.length > 0) {
      this.#last = log?.append([...changes, ...this.#notes, this.#venueLine()]) ?? 0
      this.#notes = []
    }
    if (outputs.length > 0) this.#waiting.push({ needs: this.#last, outputs })
    this.#letOut()
  }

  #letOut(): void {
    const durable = this.#parts.log?.durable ?? Infinity
    while (this.#waiting[0] !== undefined && this.#waiting[0].needs <= durable) {
      for (const output of this.#waiting.shift()?.outputs ?? []) this.#parts.deliver(output)
    }
  }

  #state(): readonly TruthLine[] {
    return [...this.#parts.exchange.bookLines(), ...this.#resets.map((reset): TruthLine => ({ kind: 'reset', reset })), this.#venueLine()]
  }

  #venueLine(): TruthLine {
    return { kind: 'venue', lives: this.#lives, market: this.#parts.market() }
  }
}
