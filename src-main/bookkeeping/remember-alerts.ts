import { setTimeout as pause } from 'node:timers/promises'
import type { AlertCentre } from '../monitor/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import type { OpenBookkeeping } from './bookkeeper.ts'
import { newestOf } from './journal-past.ts'

/**
 * Gives the alerts their past back when books are open. It must never let an open alert be forgotten, nor a number be given
 * twice: until all of the past is known, the centre holds back what it finds.
 * Invariants: 1 what is remembered is whole: the read model's state and every record after it; 2 where it never will be whole,
 * or not within a minute, numbers go on from the number of records, which no alert's number has reached; 3 nothing is held
 * back for longer than that: what is not written down, a crash takes along.
 */
export interface AlertsRemembered {
  /** Settled when they are remembered, or when the first look showed that this takes longer. */
  readonly atOnce: Promise<void>
  /** What is still held back is told now: nobody waits any more. */
  giveUp(): Promise<void>
}

export interface RememberParts {
  readonly open: Pick<OpenBookkeeping, 'books' | 'feed' | 'found' | 'journal' | 'level' | 'newest'>
  readonly alerts: Pick<AlertCentre, 'remember' | 'isEarly'>
  readonly onAsked?: (tookMs: number) => void
  readonly lookAgainMs?: number
  readonly patienceMs?: number
}

/** Of the alerts that are over, so many records are looked at again. */
const recentMax = 1_000
/** Whoever gives up ends soon: a thread or a disk that does not answer is not waited for. */
const lastAskMs = 1_000
const lastReadMs = 3_000
const readMs = 30_000
/** A read model that is filled anew needs minutes; so long alerts may be lost by a crash, and not longer. */
const patienceMsDefault = 60_000
const atOnceMs = 2_000

export function rememberAlerts({ open, alerts, onAsked, lookAgainMs = 250, patienceMs = patienceMsDefault }: RememberParts): AlertsRemembered {
  const past = { isRemembered: false, isHopeless: false }
  const ask = async () => {
    const asked = performance.now()
    const answer = await open.books.alertPast(recentMax)
    onAsked?.(performance.now() - asked)
    return answer.ok ? answer.value : undefined
  }
  const remember = (facts: readonly JournalRecord[], number: number): void => {
    if (past.isRemembered) return
    past.isRemembered = true
    alerts.remember(facts, number)
  }
  const rememberWhole = async (): Promise<void> => {
    const known = await ask()
    const since = known === undefined ? undefined : recordsAfter(open, known.applied)
    if (known !== undefined && since !== undefined) remember([...known.facts, ...since], known.highestNumber)
  }
  const rememberWhatThereIs = async (readMsMax: number): Promise<void> => {
    const known = await Promise.race([ask(), pause(lastAskMs, undefined, { ref: false })])
    const applied = known?.applied ?? 0
    const newest = applied >= open.found.records ? [] : await newestAtHand(open, readMsMax)
    const since = newest.filter(({ sequence, kind }) => sequence > applied && isAlert(kind)).toReversed()
    remember([...(known?.facts ?? []), ...since], Math.max(open.journal.appended, known?.highestNumber ?? 0))
  }
  const goOn = async (): Promise<void> => {
    void open.level.then((trouble) => (past.isHopeless ||= trouble !== undefined))
    while (!past.isRemembered) {
      await pause(lookAgainMs, undefined, { ref: false })
      if (past.isHopeless || open.feed.state.is === 'diverged') await rememberWhatThereIs(readMs)
      // It may have all that is needed long before it is level, and an ask may have been refused for being one too many.
      else if (isAtHand(open, open.books.applied().sequence)) await rememberWhole()
    }
  }
  open.books.onGone(() => void (past.isHopeless = true))
  const first = rememberWhole()
  void first.then(goOn)
  // A thread whose disk hangs answers no ask at all.
  void pause(patienceMs, undefined, { ref: false }).then(() => (past.isRemembered ? undefined : rememberWhatThereIs(readMs)))
  return {
    // A thread whose disk hangs must not hold up a start: what is found meanwhile is held back anyhow.
    atOnce: Promise.race([first, pause(atOnceMs, undefined, { ref: false })]),
    async giveUp() {
      if (!past.isRemembered) await rememberWhatThereIs(lastReadMs)
    },
  }
}

/** Oldest first; `undefined` when some of them are not at hand. No alert is written down before its past is known. */
function recordsAfter(open: RememberParts['open'], applied: number): readonly JournalRecord[] | undefined {
  if (!isAtHand(open, applied)) return undefined
  return open.newest.filter(({ sequence, kind }) => sequence > applied && isAlert(kind)).toReversed()
}

/** Whether every record is known that the read model has not. */
const isAtHand = ({ found, newest }: RememberParts['open'], applied: number): boolean => found.records - applied <= newest.length

/** Read only when nothing better can be had: where the read model was level at the start, none are held ready. */
async function newestAtHand({ newest, found }: RememberParts['open'], readMsMax: number): Promise<readonly JournalRecord[]> {
  if (newest.length > 0) return newest
  const read = await Promise.race([newestOf(found), pause(readMsMax, undefined, { ref: false })])
  // That the journal cannot be read is told by whoever verifies it.
  return read?.ok === true ? read.value : []
}

const isAlert = (kind: string): boolean => kind.startsWith('alert.')
