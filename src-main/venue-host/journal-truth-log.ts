import type { JournalDraft } from '../ports/index.ts'
import type { OpenedJournal } from '../store/journal/index.ts'
import type { TruthLine, TruthLog } from '../venues/paper/index.ts'
import { recordsOfBatch } from './truth-records.ts'

/** One journal after the other holds the truth. */
export interface Generation {
  readonly number: number
  readonly journal: OpenedJournal
}

export interface JournalTruthLogParts {
  readonly now: () => number
  /** The journal that was opened for this life, with nothing in it. */
  readonly first: Generation
  /** Opens the next one, empty; undefined when it cannot be opened now. */
  readonly openNext: () => Promise<Generation | undefined>
  /** The state is on the disk in this journal: it counts from now on, and the ones before it are of no use any more. */
  readonly whole: (generation: number) => void
  /** Nothing can be written any more. Whoever holds the exchange has to stop, for what it does from now on would be forgotten. */
  readonly failed: (detail: string) => void
  /** So many bytes lead to a new beginning, or four times what the last one took. */
  readonly longBytes?: number
}

const usualLongBytes = 16 * 1024 * 1024
/** A disk that hangs: what is not durable waits here, and nothing of it was told. */
const waitingMost = 64 * 1024 * 1024
const retryNextMs = 60_000

/**
 * The truth in a journal of the house's own kind: encrypted, chained, and a disk's flush before anything counts as durable.
 * Invariants: 1 a batch counts as durable when its last record is; 2 batches are written in their order, and what does not fit now waits before what
 * comes after it; 3 an older journal goes only when the newer one has the whole state on the disk.
 */
export class JournalTruthLog implements TruthLog {
  readonly #parts: JournalTruthLogParts
  readonly #listeners: (() => void)[] = []
  #newest: Generation
  #waiting: { readonly draft: JournalDraft; readonly batch: number; readonly isLast: boolean; readonly bytes: number }[] = []
  #waitingBytes = 0
  /** Handed to the journal and not yet durable. */
  #under: { readonly batch: number; readonly sequence: number }[] = []
  #appended = 0
  #durable = 0
  #bytes = 0
  #stateBytes = 0
  #stateBatch = 1
  #state: (() => readonly TruthLine[]) | undefined
  #isOpening = false
  #isOver = false
  #nextTryAt = 0

  constructor(parts: JournalTruthLogParts) {
    this.#parts = parts
    this.#newest = parts.first
    this.#watch(parts.first.journal)
  }

  get durable(): number {
    return this.#durable
  }

  append(batch: readonly TruthLine[]): number {
    this.#appended += 1
    const drafts = recordsOfBatch(batch, this.#parts.now())
    drafts.forEach((draft, index) => {
      const bytes = JSON.stringify(draft.body).length
      this.#waiting.push({ draft, batch: this.#appended, isLast: index === drafts.length - 1, bytes })
      this.#waitingBytes += bytes
      this.#bytes += bytes
    })
    if (this.#appended === this.#stateBatch) this.#stateBytes = this.#bytes
    this.#hand()
    if (this.#waitingBytes > waitingMost) this.#fail('the disk does not answer')
    if (this.#bytes > Math.max(this.#parts.longBytes ?? usualLongBytes, 4 * this.#stateBytes)) void this.#beginAnew()
    return this.#appended
  }

  onDurable(listener: () => void): void {
    this.#listeners.push(listener)
  }

  onLong(state: () => readonly TruthLine[]): void {
    this.#state = state
  }

  /** Waits until everything is on the disk, for as long as that is reasonable. */
  async close(waitMsMax: number): Promise<void> {
    this.#isOver = true
    await this.#newest.journal.close({ waitMsMax })
  }

  #watch(journal: OpenedJournal): void {
    journal.onDurable(() => {
      if (journal !== this.#newest.journal) return
      this.#reached(journal.durable)
      this.#hand()
    })
    journal.onTrouble((trouble) => {
      if (trouble.kind === 'failed' && journal === this.#newest.journal) this.#fail(trouble.detail)
    })
  }

  #hand(): void {
    while (this.#waiting[0] !== undefined) {
      const { draft, batch, isLast, bytes } = this.#waiting[0]
      const appended = this.#newest.journal.append(draft)
      if (!appended.ok && appended.reason === 'full') return
      if (!appended.ok) return this.#fail(appended.reason)
      this.#waiting.shift()
      this.#waitingBytes -= bytes
      if (isLast) this.#under.push({ batch, sequence: appended.sequence })
    }
  }

  #reached(sequence: number): void {
    const before = this.#durable
    while (this.#under[0] !== undefined && this.#under[0].sequence <= sequence) this.#durable = this.#under.shift()?.batch ?? this.#durable
    if (this.#durable === before) return
    if (before < this.#stateBatch && this.#durable >= this.#stateBatch) this.#parts.whole(this.#newest.number)
    for (const listener of this.#listeners) listener()
  }

  /** The state into a new journal, as one batch: whatever was said of the old one's batches is in it. */
  async #beginAnew(): Promise<void> {
    if (this.#isOpening || this.#state === undefined || this.#parts.now() < this.#nextTryAt) return
    this.#isOpening = true
    const next = await this.#parts.openNext()
    this.#isOpening = false
    if (next === undefined || this.#isOver) {
      this.#nextTryAt = this.#parts.now() + retryNextMs
      void next?.journal.close({ waitMsMax: 0 })
      return
    }
    const old = this.#newest.journal
    this.#newest = next
    // What was not durable in the old journal is so as soon as the state, which holds it, is in the new one.
    this.#waiting = []
    this.#under = []
    this.#waitingBytes = 0
    this.#bytes = 0
    this.#stateBatch = this.#appended + 1
    this.#watch(next.journal)
    this.append(this.#state())
    void old.close({ waitMsMax: 5_000 })
  }

  #fail(detail: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#parts.failed(detail)
  }
}
