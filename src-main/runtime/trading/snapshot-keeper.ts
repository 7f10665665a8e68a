import { canonicalJson, snapshotForm, type EngineSnapshot } from '../../engine/index.ts'

/** The engine's state after one of its events, as it is kept for the next start. */
export interface KeptSnapshot {
  readonly event: number
  /** Its record in the journal: what comes after it is replayed. */
  readonly record: number
  readonly form: number
  readonly body: string
}

export interface SnapshotKeeperParts {
  readonly everyEvents: number
  readonly take: () => EngineSnapshot
  readonly keep: (snapshot: KeptSnapshot) => void
}

/**
 * Now and then, the state as a whole, so that a start need not replay years.
 * Invariants: 1 a snapshot is handed over only when the record of its event is durable: it is never ahead of the books; 2 it names the exact record
 * that it follows.
 */
export class SnapshotKeeper {
  readonly #parts: SnapshotKeeperParts
  #takenAt: number
  #waiting: KeptSnapshot | undefined

  /** `since`: the event of the snapshot that the start had, or 0. */
  constructor(parts: SnapshotKeeperParts, since: number) {
    this.#parts = parts
    this.#takenAt = since
  }

  /** All of the engine's events up to this one have been written, the last as this record. */
  written(event: number, record: number): void {
    if (event - this.#takenAt >= this.#parts.everyEvents) this.#take(event, record)
  }

  durable(event: number): void {
    if (this.#waiting === undefined || this.#waiting.event > event) return
    this.#parts.keep(this.#waiting)
    this.#waiting = undefined
  }

  /** Whole, because it is written once and read in the next start. */
  #take(event: number, record: number): void {
    this.#takenAt = event
    this.#waiting = { event, record, form: snapshotForm, body: canonicalJson(this.#parts.take()) }
  }
}
