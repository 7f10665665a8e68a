import type { Appended, Journal, JournalDraft, JournalRecord } from '../ports/index.ts'

/**
 * Lets the read model follow the journal: each record is remembered when it is appended, and handed on when it is on the
 * disk, never before. Invariants: 1 what is handed on is durable; 2 it is handed on once, in order, without a gap.
 */
export interface DurableFeed {
  /** Writes down a fact. What the journal cannot take just now is given again; what is lost for good is told. */
  write(draft: JournalDraft): void
  /** What everybody appends to. */
  readonly journal: Journal
  dispose(): void
}

export interface FeedParts {
  readonly journal: Journal
  readonly onDurable: (records: readonly JournalRecord[]) => void
  /** From handing over to durable, for those who measure. */
  readonly onTimed: (tookMs: number, correlation: string | undefined) => void
  readonly nowMs: () => number
  readonly onLost: (draft: JournalDraft, reason: string) => void
}

/** Facts of the books are few: so many wait only for a disk that will not come back. */
const heldMax = 1_000
const retryMs = 1_000

interface Waiting {
  readonly record: JournalRecord
  readonly since: number
}

export function createDurableFeed({ journal, onDurable, onTimed, nowMs, onLost }: FeedParts): DurableFeed {
  const held: JournalDraft[] = []
  let waiting: Waiting[] = []
  const handOn = (durable: number): void => {
    const ready = waiting.filter(({ record }) => record.sequence <= durable)
    if (ready.length === 0) return
    waiting = waiting.slice(ready.length)
    const now = nowMs()
    for (const { since, record } of ready) onTimed(now - since, record.correlation)
    onDurable(ready.map(({ record }) => record))
  }
  const stop = journal.onDurable(handOn)
  const append = (draft: JournalDraft): Appended => {
    const appended = journal.append(draft)
    if (appended.ok) waiting.push({ record: { ...draft, sequence: appended.sequence }, since: nowMs() })
    return appended
  }
  const giveAgain = (): void => {
    for (let first = held[0]; first !== undefined; first = held[0]) {
      const appended = append(first)
      if (!appended.ok && appended.reason === 'full') return
      held.shift()
      if (!appended.ok) onLost(first, appended.reason)
    }
  }
  const timer = setInterval(giveAgain, retryMs)
  timer.unref()
  return {
    write(draft) {
      held.push(draft)
      giveAgain()
      if (held.length > heldMax) onLost(held.shift() ?? draft, 'full')
    },
    journal: {
      append,
      get durable() {
        return journal.durable
      },
      get appended() {
        return journal.appended
      },
      waitingMs: () => journal.waitingMs(),
      onDurable: (listener) => journal.onDurable(listener),
      onTrouble: (listener) => journal.onTrouble(listener),
    },
    dispose() {
      clearInterval(timer)
      stop()
    },
  }
}
