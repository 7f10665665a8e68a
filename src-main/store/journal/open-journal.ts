import { Worker } from 'node:worker_threads'
import { InvariantError } from '../../base/index.ts'
import type { JournalFound, JournalOpening, OpenJournalOptions } from './journal-face.ts'
import { anchorKey, keysAsList } from './journal-keys.ts'
import { completeLimits } from './journal-limits.ts'
import type { FromJournalThread, JournalThreadData } from './journal-thread.ts'
import { readLastRecords } from './read-last-records.ts'
import { allocateRing, RingWriter } from './record-ring.ts'
import type { JournalState } from './start-writer.ts'
import { ThreadedJournal } from './threaded-journal.ts'

/** Opens or begins a journal, in a thread of its own from the first byte on: not even the start waits for a disk. */
export async function openJournal(options: OpenJournalOptions): Promise<JournalOpening> {
  const completed = completeLimits(options.limits)
  if (!completed.ok) throw new InvariantError(`expected a sensible ${completed.limit} of the journal`)
  const { folder, keys, journalId, knownDurable = [] } = options
  // The thread looks at this too, but nothing can be derived here from a key that is not there.
  if (keys.keyOf(1) === undefined) return { ok: false, trouble: { kind: 'key-missing', epoch: 1 } }
  const { limits } = completed
  const ring = allocateRing(limits.ringBytes)
  const workerData: JournalThreadData = { folder, keys: keysAsList(keys), journalId, limits, knownDurable, ring }
  const worker = new Worker(options.threadEntry, { workerData, name: 'journal' })
  return new Promise((resolve, reject) => {
    // A thread that dies before it said anything is a bug, or an entry file that is not there.
    const died = (error: unknown): void =>
      reject(error instanceof Error ? error : new InvariantError('expected the journal’s thread to say something before it ended'))
    worker.once('error', died)
    worker.once('exit', died)
    worker.once('message', (first: FromJournalThread) => {
      worker.off('error', died)
      worker.off('exit', died)
      if (first.kind === 'refused') worker.once('exit', () => resolve({ ok: false, trouble: first.trouble }))
      else if (first.kind !== 'opened') died(first)
      else {
        // Here and not later: the thread's next message may be the next event.
        const journal = new ThreadedJournal(worker, new RingWriter(ring), first.state.records, anchorKey(keys))
        resolve({ ok: true, journal, found: foundIn(options, first.state) })
      }
    })
  })
}

function foundIn({ folder, keys, journalId }: OpenJournalOptions, state: JournalState): JournalFound {
  const { records } = state
  return { ...state, lastRecords: (count) => readLastRecords({ folder, keys, journalId, count, to: records }) }
}
