import { BoundedQueue } from '../base/index.ts'
import type { JournalInTrouble, JournalWell } from '../domain/index.ts'
import type { Journal, JournalDraft, JournalTrouble } from '../ports/index.ts'
import { DurableMarks } from './durable-marks.ts'

/**
 * Writes down what was decided, and tells when that does not go as it should. It must never wait and never lose a record
 * silently. Invariants: 1 records reach the journal in the order in which they were given; 2 a record that the journal
 * cannot take is kept and given again; 3 a trouble is told once until it is well again.
 */
export interface JournalScribe {
  /** The mark is the number by which others wait for this record; 0 for one that nobody waits for. */
  write(draft: JournalDraft, mark?: number): void
  /** The highest mark up to which everything is known to be on the disk. */
  readonly durableMark: number
  /** The record of this mark, if it is the newest one that the journal took. */
  recordOfLast(mark: number): number | undefined
  /** Looks how the disk does; called with each reading of the clock. */
  look(): void
  dispose(): void
}

export interface ScribeParts {
  readonly journal: Journal
  readonly now: () => number
  readonly tell: (report: JournalInTrouble | JournalWell) => void
  /** More is kept waiting than honest work could cause. */
  readonly onOverflow: () => void
  /** More marks have become durable. */
  readonly onDurable?: () => void
  /** The highest mark of the books as they were opened. */
  readonly markBefore?: number
}

/** An honest disk answers within milliseconds. */
const stalledMs = 2_000
const keptMax = 10_000

interface Kept {
  readonly draft: JournalDraft
  readonly mark: number
}

export function createJournalScribe({ journal, now, tell, onOverflow, onDurable, markBefore }: ScribeParts): JournalScribe {
  const kept = new BoundedQueue<Kept>(keptMax, 'refuse')
  const marks = new DurableMarks(markBefore ?? 0)
  let told: JournalInTrouble['trouble'] | undefined
  const report = (trouble: JournalInTrouble['trouble'], detail: string): void => {
    // A failure is worse than a stall, and says more.
    if (told === trouble || (told === 'failed' && trouble !== 'failed')) return
    told = trouble
    tell({ kind: 'journal-in-trouble', at: now(), trouble, detail })
  }
  const recover = (): void => {
    if (told === undefined) return
    told = undefined
    tell({ kind: 'journal-well', at: now() })
  }
  const take = ({ draft, mark }: Kept): boolean => {
    const appended = journal.append(draft)
    if (appended.ok && mark > 0) marks.wait(mark, appended.sequence)
    // A record that can never fit must not hold up all others for good.
    if (!appended.ok && appended.reason === 'too-large') throw new Error(`a record ${draft.kind} is larger than the journal takes`)
    return appended.ok
  }
  const stopDurable = journal.onDurable((durable) => {
    if (marks.reach(durable)) onDurable?.()
  })
  const stopTrouble = journal.onTrouble((trouble: JournalTrouble) => {
    if (trouble.kind === 'failed') report('failed', trouble.detail)
    else if (trouble.kind === 'no-room-ahead') report('short', trouble.detail)
    else recover()
  })
  return {
    get durableMark() {
      return marks.durable
    },
    recordOfLast: (mark) => marks.recordOfLast(mark),
    write(draft, mark = 0) {
      const record = { draft, mark }
      if (kept.size === 0 && take(record)) return
      if (kept.offer(record) === 'refused') onOverflow()
    },
    look() {
      for (let first = kept.peek(); first !== undefined && take(first); first = kept.peek()) kept.take()
      const waitingMs = journal.waitingMs()
      if (waitingMs >= stalledMs) report('stalled', `the disk has not answered for ${Math.round(waitingMs / 1_000)} s`)
      else if (told === 'stalled' && waitingMs === 0 && kept.size === 0) recover()
    },
    dispose() {
      stopDurable()
      stopTrouble()
    },
  }
}
