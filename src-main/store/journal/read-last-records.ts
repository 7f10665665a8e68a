import { setImmediate as nextTurn } from 'node:timers/promises'
import type { JournalRecord } from '../../ports/index.ts'
import { folderSegments } from './folder-segments.ts'
import { groupRecordsMax } from './journal-limits.ts'
import type { JournalAccess } from './journal-face.ts'
import { walkJournal, type WalkedFrame } from './journal-walk.ts'
import { asUnreadable, recordsIn } from './read-journal.ts'
import { listSegmentFiles } from './segment-files.ts'
import { journalIdHashOf } from './segment-header.ts'

export interface ReadLastOptions extends JournalAccess {
  readonly count: number
  /** The newest sequence that is wanted; without it, the newest there is. */
  readonly to?: number
}

/** The newest records, newest first. Reads whole segments from the newest back, and no more of them than it needs. */
export async function readLastRecords({ folder, keys, journalId, count, to = Infinity }: ReadLastOptions): Promise<readonly JournalRecord[]> {
  const found: JournalRecord[] = []
  try {
    const options = { keys, journalIdHash: journalIdHashOf(journalId), isTornEndAllowed: true, isUnsealedPadded: true, isPart: true }
    for (const { number } of listSegmentFiles(folder).toReversed()) {
      if (found.length >= count) break
      for (const frame of (await lastFramesOf(folder, number, count - found.length, to, options)).toReversed()) {
        const records = recordsIn(frame).filter(({ sequence }) => sequence <= to)
        found.push(...records.toReversed().slice(0, count - found.length))
        // Whoever asks has a loop to keep going: one group of records is a turn of it.
        await nextTurn()
      }
    }
  } catch (error) {
    throw asUnreadable(error)
  }
  return found
}

/** As many frames from the end as hold so many records. */
async function lastFramesOf(
  folder: string, number: number, count: number, to: number, options: Parameters<typeof walkJournal>[1],
): Promise<readonly WalkedFrame[]> {
  const frames: WalkedFrame[] = []
  let records = 0
  for await (const event of walkJournal(only(folderSegments(folder, number)), options)) {
    if (event.kind !== 'frame' || event.frame.firstSequence > to) continue
    frames.push(event.frame)
    records += event.frame.count
    // The newest frame may reach beyond `to` by less than one group.
    while (frames.length > 1 && records - (frames[0]?.count ?? 0) >= count + groupRecordsMax) records -= frames.shift()?.count ?? 0
  }
  return frames
}

async function* only<Value>(values: AsyncGenerator<Value>): AsyncGenerator<Value> {
  for await (const value of values) {
    yield value
    return
  }
}
