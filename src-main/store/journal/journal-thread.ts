import { parentPort, workerData } from 'node:worker_threads'
import type { JournalTrouble } from '../../ports/index.ts'
import { ensureDefined } from '../../base/index.ts'
import { keysFromList } from './journal-keys.ts'
import type { JournalLimits } from './journal-limits.ts'
import { runJournalLoop } from './journal-thread-loop.ts'
import type { JournalHead, JournalOpenTrouble } from './journal-trouble.ts'
import { RingReader, type RingMemory } from './record-ring.ts'
import type { JournalDisk } from './segment-files.ts'
import { startWriter, type JournalState } from './start-writer.ts'

/** What the thread is started with. */
export interface JournalThreadData {
  readonly folder: string
  readonly keys: readonly (Uint8Array | undefined)[]
  readonly journalId: string
  readonly limits: JournalLimits
  readonly knownDurable: readonly JournalHead[]
  readonly ring: RingMemory
}

export type FromJournalThread =
  | { readonly kind: 'opened'; readonly state: JournalState }
  | { readonly kind: 'refused'; readonly trouble: JournalOpenTrouble }
  | { readonly kind: 'trouble'; readonly trouble: JournalTrouble }
  | { readonly kind: 'closed' }

/** The whole of the entry file of the journal's thread. A test may hand in a disk that is slow or refuses. */
export async function runJournalThread(disk?: JournalDisk): Promise<void> {
  const port = ensureDefined(parentPort, 'a thread to run in')
  const tell = (message: FromJournalThread): void => port.postMessage(message)
  const { keys, ring: memory, limits, ...rest } = workerData as JournalThreadData
  const ring = new RingReader(memory)
  const started = await startWriter({ ...rest, keys: keysFromList(keys), ...(disk === undefined ? {} : { disk }) }, limits, Date.now())
  if (!started.ok) return tell({ kind: 'refused', trouble: started.trouble })
  // First: whoever hears that it is open may ask for the head at once.
  ring.publishHead(started.writer.durable, started.writer.recordsHash)
  tell({ kind: 'opened', state: started.state })
  const end = runJournalLoop(ring, started.writer, limits, (trouble) => tell({ kind: 'trouble', trouble }))
  ring.state = end.kind
  ring.wake()
  tell(end.kind === 'closed' ? end : { kind: 'trouble', trouble: end })
}
