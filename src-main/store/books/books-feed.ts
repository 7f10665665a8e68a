import type { JournalRecord } from '../../ports/index.ts'
import type { Answered, Books, CatchingUp } from './books.ts'
import type { BooksTrouble } from './books-trouble.ts'
import type { Anchor, Applied } from './repositories/applied-head.ts'

/**
 * Keeps the books level with the journal: gives them what became durable, and where something is missing reads it from the
 * journal again. What it cannot give now it gives later.
 */
export interface BooksFeed {
  readonly state: FeedState
  /** Records that became durable, in order. Never waits. */
  offer(records: readonly JournalRecord[], anchor?: Anchor): void
  onState(listener: (state: FeedState) => void): () => void
  /** When the books are level, or cannot be for now. */
  settled(): Promise<void>
  dispose(): void
}

export type FeedState =
  | { readonly is: 'level' }
  | { readonly is: 'catching-up'; readonly applied: number }
  /** Tried again after a while. */
  | { readonly is: 'behind'; readonly trouble: BooksTrouble }
  /** What the books have is not what the journal says: nothing is given to them any more until they begin anew. */
  | { readonly is: 'diverged' }

export interface BooksFeedOptions {
  readonly books: Books
  /** Gives the books the journal's durable records after a sequence, oldest first. */
  readonly catchUp: (after: number, options: CatchingUp) => Answered<Applied>
  /** Calls once, some seconds later; gives back how to call it off. */
  readonly later: (work: () => void) => () => void
}

/** So many times `later` is waited at most: a damaged journal does not mend within seconds, and each try reads much of it. */
const turnsMax = 12

export function createBooksFeed(options: BooksFeedOptions): BooksFeed {
  return new Feed(options)
}

class Feed implements BooksFeed {
  readonly #options: BooksFeedOptions
  readonly #listeners = new Set<(state: FeedState) => void>()
  readonly #stop = new AbortController()
  readonly #offAnew: () => void
  #state: FeedState = { is: 'level' }
  /** The newest whose records were offered. */
  #anchor: Anchor | undefined
  /** The first and the newest of those whose records are still to come: a newer one must not push out the one that is due next. */
  #anchorsAhead: readonly Anchor[] = []
  /** The highest sequence that was offered: the books are level when they have it. */
  #offered = 0
  #timesAnew = 0
  /** How long the next try waits, in calls of `later`, and how far the books were at the last one. */
  #turns = 1
  #appliedAtTry = -1
  #work: Promise<void> | undefined
  #callOff: (() => void) | undefined

  constructor(options: BooksFeedOptions) {
    this.#options = options
    this.#offAnew = options.books.onAnew(() => {
      this.#timesAnew += 1
      this.#startCatchUp()
    })
    this.#startCatchUp()
  }

  get state(): FeedState {
    return this.#state
  }

  offer(records: readonly JournalRecord[], anchor?: Anchor): void {
    this.#offered = records.at(-1)?.sequence ?? this.#offered
    if (anchor !== undefined) this.#anchorsAhead = [...this.#anchorsAhead.slice(0, 1), anchor]
    // While it is behind, these are read from the journal when their turn comes.
    if (this.#state.is !== 'level' || this.#stop.signal.aborted) return
    void this.#options.books.apply(records, this.#anchorAt(this.#offered)).then((result) => {
      if (!result.ok && result.error.kind === 'diverged') this.#move({ is: 'diverged' })
      else if (!result.ok && this.#state.is !== 'diverged') this.#startCatchUp()
    })
  }

  onState(listener: (state: FeedState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work
  }

  dispose(): void {
    this.#stop.abort()
    this.#callOff?.()
    this.#offAnew()
  }

  #startCatchUp(): void {
    if (this.#work !== undefined || this.#stop.signal.aborted) return
    this.#callOff?.()
    this.#work = this.#catchUp().finally(() => {
      this.#work = undefined
      this.#takeOver()
    })
  }

  async #catchUp(): Promise<void> {
    const { books, catchUp } = this.#options
    const timesAnew = this.#timesAnew
    let isSecondTry = false
    let before = -1
    // More becomes durable while the books catch up; each round has less of it.
    while (books.applied().sequence < this.#offered || before === -1) {
      before = books.applied().sequence
      this.#move({ is: 'catching-up', applied: before })
      const onProgress = ({ sequence }: Applied): void => this.#move({ is: 'catching-up', applied: sequence })
      // The last one that was applied comes again: that shows whether these are the books of this journal.
      const result = await catchUp(Math.max(0, before - 1), { onProgress, signal: this.#stop.signal })
      // The books began anew on the way: again at once, from the first record. If it happens again the disk is ill: later.
      if (!result.ok && this.#timesAnew > timesAnew && !isSecondTry) {
        isSecondTry = true
        before = -1
        continue
      }
      if (!result.ok || (result.value.sequence === before && before < this.#offered)) {
        const behind: BooksTrouble = result.ok ? { kind: 'gap', detail: 'the journal gave no more records' } : result.error
        this.#move(behind.kind === 'diverged' ? { is: 'diverged' } : { is: 'behind', trouble: behind })
        return
      }
    }
    this.#offered = Math.max(this.#offered, books.applied().sequence)
    const anchor = this.#anchorAt(this.#offered)
    if (anchor !== undefined) await books.apply([], anchor)
    this.#turns = 1
    this.#move({ is: 'level' })
  }

  #anchorAt(sequence: number): Anchor | undefined {
    this.#anchor = this.#anchorsAhead.findLast((anchor) => anchor.sequence <= sequence) ?? this.#anchor
    this.#anchorsAhead = this.#anchorsAhead.filter((anchor) => anchor.sequence > sequence)
    return this.#anchor
  }

  /** Between the last look and this moment more may have become durable. */
  #takeOver(): void {
    if (this.#stop.signal.aborted) return
    if (this.#state.is === 'diverged') return
    const applied = this.#options.books.applied().sequence
    if (this.#state.is !== 'behind') {
      if (applied < this.#offered) this.#startCatchUp()
      return
    }
    // What gets on is not backed off from.
    this.#turns = applied > this.#appliedAtTry ? 1 : Math.min(this.#turns * 2, turnsMax)
    this.#appliedAtTry = applied
    this.#tryIn(this.#turns)
  }

  #tryIn(turns: number): void {
    this.#callOff = this.#options.later(() => (turns > 1 ? this.#tryIn(turns - 1) : this.#startCatchUp()))
  }

  #move(state: FeedState): void {
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }
}
