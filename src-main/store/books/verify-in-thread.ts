import { setTimeout as rest } from 'node:timers/promises'
import { verifyJournal, type JournalHead, type JournalVerification } from '../journal/index.ts'

/** The whole journal read and verified where the engine does not feel it, and with pauses in which questions are answered. */
export interface VerifyInThread {
  readonly path: string
  /** Copies of the journal's data keys, oldest first: they are wiped here. */
  readonly keys: readonly Uint8Array[]
  readonly journalId: string
  readonly anchor?: JournalHead
}

/** One part of work and nine of rest: nothing waits for it, and the disk and the cores belong to others. */
const workMs = 5
const restMs = 45

export async function verifyInThread({ path, keys, journalId, anchor }: VerifyInThread, signal: AbortSignal): Promise<JournalVerification> {
  const held = keys.map((key) => Buffer.from(key.buffer, key.byteOffset, key.byteLength))
  let since = performance.now()
  try {
    return await verifyJournal({
      path, journalId, signal,
      keys: { newestEpoch: held.length, keyOf: (epoch) => held[epoch - 1] },
      ...(anchor === undefined ? {} : { anchor }),
      pace: async () => {
        if (performance.now() - since < workMs) return
        await rest(restMs)
        since = performance.now()
      },
    })
  } finally {
    for (const key of held) key.fill(0)
  }
}
