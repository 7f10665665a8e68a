import type { ByteSource } from './byte-source.ts'
import { folderSegments } from './folder-segments.ts'
import type { JournalKeys } from './journal-keys.ts'
import { headerBytes } from './journal-limits.ts'
import { damaged, JournalUnreadable } from './journal-trouble.ts'
import { walkJournal, type WalkedSegment } from './journal-walk.ts'
import type { SegmentHeader } from './segment-header.ts'
import { chainStart, openSegment, readSealed, type ChainEnd } from './survey.ts'

export interface CopyableSegment {
  readonly header: SegmentHeader
  readonly source: ByteSource
  /** So many of its bytes belong to the copy: all of a sealed one, of the last up to a whole frame. */
  readonly length: number
  readonly isSealed: boolean
  readonly end: ChainEnd
}

/** What a copy consists of that ends with the record `upTo`; a writer may go on meanwhile. */
export async function* copyableSegments(folder: string, keys: JournalKeys, journalIdHash: Buffer, upTo: number): AsyncGenerator<CopyableSegment> {
  let end: ChainEnd = chainStart
  for await (const segment of folderSegments(folder, 1)) {
    const { number, source } = segment
    const opened = await openSegment(source, keys, { ...end, number, journalIdHash, isKeyProved: number > 1 })
    if (!opened.ok) throw new JournalUnreadable(opened.trouble)
    const { header, keys: segmentKeys } = opened.value
    const sealed = segment.isLast() ? undefined : await readSealed(source, header, segmentKeys)
    const isWhole = sealed !== undefined && sealed.nextSequence - 1 <= upTo
    const found = isWhole ? { ...sealed, isSealed: true } : await endWithin(segment, header, keys, journalIdHash, upTo)
    end = found
    yield { header, source, length: found.offset, isSealed: found.isSealed, end }
    if (end.nextSequence > upTo || !found.isSealed) return
  }
}

async function endWithin(segment: WalkedSegment, header: SegmentHeader, keys: JournalKeys, journalIdHash: Buffer, upTo: number) {
  const walk = walkJournal(justThis(segment), { keys, journalIdHash, isTornEndAllowed: true, isUnsealedPadded: true, isPart: true })
  let end = { offset: headerBytes, nextSequence: header.firstSequence, hash: header.hash, recordsHash: header.recordsHashBefore, isSealed: false }
  for (;;) {
    const step = await walk.next()
    if (step.done === true) {
      if (!segment.isLast() && !step.value.isSealed) throw new JournalUnreadable(damaged('seal', header.number, end.offset, end.nextSequence))
      return step.value
    }
    if (step.value.kind === 'segment') continue
    const { end: offset, firstSequence, count, hash } = step.value.frame
    if (firstSequence + count - 1 > upTo) return end
    end = { offset, nextSequence: firstSequence + count, hash, recordsHash: hash, isSealed: false }
    if (end.nextSequence > upTo) return end
  }
}

async function* justThis(segment: WalkedSegment): AsyncGenerator<WalkedSegment> {
  yield segment
}
