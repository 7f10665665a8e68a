import { fail, ok, type Result } from '../../base/index.ts'
import type { JournalRecord } from '../../ports/index.ts'
import { JournalUnreadable } from '../journal/index.ts'
import type { Answered } from './books.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'
import type { Anchor, Applied } from './repositories/applied-head.ts'

export type RecordSource = Iterable<JournalRecord> | AsyncIterable<JournalRecord>

export interface CatchUpOptions {
  /** The journal's head at the last of the records. */
  readonly anchor?: Anchor
  readonly batch?: number
  readonly onProgress?: (applied: Applied) => void
  readonly signal?: AbortSignal
}

const batchDefault = 1_000

export type Apply = (records: readonly JournalRecord[], anchor?: Anchor) => Answered<Applied>

/** Gives batch after batch; the next is gathered while one is being written. */
export async function catchUpWith(
  apply: Apply, before: Applied, records: RecordSource, options: CatchUpOptions = {},
): Answered<Applied> {
  const { anchor, batch: batchRecords = batchDefault, onProgress, signal } = options
  let last: Result<Applied, BooksTrouble> = ok(before)
  let underWay: Answered<Applied> | undefined
  const finish = async (): Promise<boolean> => {
    if (underWay === undefined) return true
    last = await underWay
    underWay = undefined
    if (last.ok) onProgress?.(last.value)
    return last.ok
  }
  for await (const batch of batches(records, batchRecords)) {
    if (signal?.aborted === true) {
      await finish()
      return fail(trouble('closed', 'the catching up was stopped'))
    }
    if (!(await finish())) return last
    if (!batch.ok) return batch
    underWay = apply(batch.value)
  }
  if (!(await finish())) return last
  if (anchor === undefined) return last
  underWay = apply([], anchor)
  await finish()
  return last
}

async function* batches(records: RecordSource, size: number): AsyncGenerator<Result<readonly JournalRecord[], BooksTrouble>> {
  let batch: JournalRecord[] = []
  try {
    for await (const record of records) {
      batch.push(record)
      if (batch.length < size) continue
      yield ok(batch)
      batch = []
    }
  } catch (error) {
    // The journal says by a throw that it cannot be read on. What it gave before is applied.
    if (batch.length > 0) yield ok(batch)
    const reason = trouble('failed', `the journal could not be read: ${error instanceof Error ? error.message : 'unknown'}`)
    yield fail(error instanceof JournalUnreadable ? { ...reason, journal: error.trouble } : reason)
    return
  }
  if (batch.length > 0) yield ok(batch)
}
