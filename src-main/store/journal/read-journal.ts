import type { JournalRecord } from '../../ports/index.ts'
import { folderSegments, segmentOf } from './folder-segments.ts'
import type { JournalAccess } from './journal-face.ts'
import { anchorKey, headOf } from './journal-keys.ts'
import { damaged, JournalUnreadable, type JournalHead } from './journal-trouble.ts'
import { walkJournal, type WalkedFrame } from './journal-walk.ts'
import { readRecord, splitRecords } from './record-content.ts'
import { codeOf, sentenceOf } from './segment-files.ts'
import { journalIdHashOf } from './segment-header.ts'

export interface ReadJournalOptions extends JournalAccess {
  /** The first sequence; 1 without it. */
  readonly from?: number
  /** The last sequence; without it, up to the end. A journal that ends before is no trouble here. */
  readonly to?: number
}

/** Records that became durable together, and the journal's head after them: what a read model keeps beside its own state. */
export interface JournalGroup {
  readonly records: readonly JournalRecord[]
  readonly head: JournalHead
}

/** All records in order, also while a writer appends. Throws `JournalUnreadable`, and nothing else that is expected. */
export async function* readJournal(options: ReadJournalOptions): AsyncGenerator<JournalRecord, void> {
  const { from = 1, to = Infinity } = options
  for await (const { records } of readJournalGroups(options)) {
    for (const record of records) if (record.sequence >= from && record.sequence <= to) yield record
  }
}

/** The same by groups as they were written; the first and the last one may reach beyond what was asked for. */
export async function* readJournalGroups({ folder, keys, journalId, from = 1, to = Infinity }: ReadJournalOptions): AsyncGenerator<JournalGroup, void> {
  try {
    const key = anchorKey(keys)
    const first = from <= 1 ? 1 : await segmentOf(folder, keys, from)
    const walk = walkJournal(folderSegments(folder, first), {
      keys, journalIdHash: journalIdHashOf(journalId), isTornEndAllowed: true, isUnsealedPadded: true, isPart: first > 1,
    })
    for await (const event of walk) {
      if (event.kind !== 'frame') continue
      const { frame } = event
      const last = frame.firstSequence + frame.count - 1
      if (last >= from) yield { records: recordsIn(frame), head: headOf(key, last, frame.hash) }
      if (last >= to) return
    }
  } catch (error) {
    throw asUnreadable(error)
  }
}

/** What the disk answers is expected, and told in the same way. */
export const asUnreadable = (error: unknown): unknown =>
  error instanceof JournalUnreadable || codeOf(error) === undefined
    ? error
    : new JournalUnreadable({ kind: 'folder-unusable', detail: sentenceOf(error) })

export function recordsIn({ plain, count, firstSequence, segment, offset }: WalkedFrame): readonly JournalRecord[] {
  const records = splitRecords(plain, count)?.map((bytes, index) => readRecord(bytes, firstSequence + index))
  if (records === undefined || records.includes(undefined)) throw new JournalUnreadable(damaged('content', segment, offset, firstSequence))
  return records as readonly JournalRecord[]
}
