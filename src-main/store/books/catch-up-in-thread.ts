import { setImmediate as nextTurn } from 'node:timers/promises'
import { fail, type Result } from '../../base/index.ts'
import { readJournal } from '../journal/index.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'
import { catchUpWith, type Apply } from './catch-up.ts'
import type { Applied } from './repositories/applied-head.ts'

/** The journal opened, read and taken over where the engine does not feel it. */
export interface CatchUpInThread {
  /** The folder of the journal. */
  readonly path: string
  /** Copies of the journal's data keys, oldest first: they are wiped here. */
  readonly keys: readonly Uint8Array[]
  readonly journalId: string
  /** The first record and the last that are read; those that were applied may be among them. */
  readonly from: number
  readonly to: number
}

export interface CatchUpParts {
  readonly before: Applied
  readonly apply: Apply
  readonly onProgress: (applied: Applied) => void
  readonly signal: AbortSignal
}

export async function catchUpInThread(question: CatchUpInThread, { before, apply, onProgress, signal }: CatchUpParts): Promise<Result<Applied, BooksTrouble>> {
  const { path, keys, journalId, from, to } = question
  const held = keys.map((key) => Buffer.from(key.buffer, key.byteOffset, key.byteLength))
  const records = readJournal({ folder: path, journalId, from, to, keys: { newestEpoch: held.length, keyOf: (epoch) => held[epoch - 1] } })
  try {
    return await catchUpWith(
      async (batch, anchor) => {
        const applied = await apply(batch, anchor)
        // Between two batches whoever asks something is answered.
        await nextTurn()
        return applied
      },
      before, records, { onProgress, signal },
    )
  } catch (error) {
    return fail(trouble('failed', error instanceof Error ? error.name : 'unknown'))
  } finally {
    await records.return()
    for (const key of held) key.fill(0)
  }
}
