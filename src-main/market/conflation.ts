/**
 * What readers are told, and how often at the most: a reader gets the state as it is at its turn, so that what changed ten
 * times meanwhile is told once, and an older state can never come after a newer one. Turns follow the market: a reader that is
 * due is told as soon as something was heard, so that nothing grows old while it waits for a clock of its own.
 */
export interface ConflatorParts {
  readonly monotonicMs: () => number
  readonly every: (action: () => void, periodMs: number) => () => void
  /** A bug in telling; that reader is told no more. */
  readonly onBroken: (error: unknown) => void
}

/** Whether there was anything to tell: who was told nothing has not had his turn, and is told of the next change at once. */
export type Tells = () => boolean

interface Reader {
  readonly periodMs: number
  readonly tell: Tells
  dueAt: number
}

const turnMs = 16
/** Timers are not that exact: a turn this early is taken for the right one. */
const slackMs = 6
/** The market's own turns come first; without them, when it is silent, this much later. */
const silenceMs = turnMs

export class Conflator {
  readonly #parts: ConflatorParts
  readonly #readers = new Set<Reader>()
  #stopTimer: (() => void) | undefined

  constructor(parts: ConflatorParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#readers.size
  }

  /** Tells again and again, never more often than each period on the average. The answer ends it. */
  add(periodMs: number, tell: Tells): () => void {
    const reader: Reader = { periodMs, tell, dueAt: this.#parts.monotonicMs() + periodMs }
    this.#readers.add(reader)
    this.#stopTimer ??= this.#parts.every(() => this.#turn(silenceMs), turnMs)
    return () => this.#remove(reader)
  }

  /** Something was heard: whoever is due is told now. */
  turn(): void {
    this.#turn(-slackMs)
  }

  dispose(): void {
    this.#readers.clear()
    this.#rest()
  }

  #turn(afterDueMs: number): void {
    const now = this.#parts.monotonicMs()
    for (const reader of this.#readers) {
      if (now < reader.dueAt + afterDueMs) continue
      try {
        if (!reader.tell()) continue
      } catch (error) {
        this.#remove(reader)
        this.#parts.onBroken(error)
      }
      // On its own beat, unless it has fallen behind it.
      reader.dueAt = now > reader.dueAt + reader.periodMs ? now + reader.periodMs : reader.dueAt + reader.periodMs
    }
  }

  #remove(reader: Reader): void {
    this.#readers.delete(reader)
    if (this.#readers.size === 0) this.#rest()
  }

  #rest(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
  }
}
