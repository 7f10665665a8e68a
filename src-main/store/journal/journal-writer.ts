import { closeSync, constants, fchmodSync, fsyncSync, ftruncateSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { assert, ensureDefined } from '../../base/index.ts'
import { frameBytesFor, plainBytesMax, sealFrameBytes } from './frame.ts'
import { groupRecordsMax, headerBytes, type JournalLimits } from './journal-limits.ts'
import { headOf, type JournalKeys } from './journal-keys.ts'
import type { JournalHead } from './journal-trouble.ts'
import { OpenSegment } from './open-segment.ts'
import { startOf } from './segment-cursor.ts'
import { durableFlag, flushFolder, preparedPath, realDisk, segmentName, type JournalDisk } from './segment-files.ts'
import { writeHeader } from './segment-header.ts'
import { SegmentPreparation, quickStepBytes } from './segment-preparation.ts'
import type { ChainEnd, SegmentSummary, Survey } from './survey.ts'

/**
 * The only thing that writes into a journal's folder. It must never tell that a record is durable before it is, never
 * change a byte that was told durable, and never leave a record out.
 *
 * Invariants:
 * 1. `commit` returns only when the whole group is on the disk; a group that was refused stays, and is the next one.
 * 2. A new segment is begun only when the one before is sealed, shortened and flushed.
 * 3. Before the next segment is taken from the disk, nothing of the old one is touched.
 * 4. A frame that was sealed once is never sealed again with other content: a retry writes the same bytes.
 */
export interface WriterParts {
  readonly folder: string
  readonly keys: JournalKeys
  readonly journalIdHash: Buffer
  readonly anchorKey: Buffer
  readonly limits: JournalLimits
  readonly disk?: JournalDisk
}

export class JournalWriter {
  readonly #parts: WriterParts
  readonly #disk: JournalDisk
  readonly #plain: Buffer
  #plainBytes = 0
  #count = 0
  #segment: OpenSegment | undefined
  #next: SegmentPreparation | undefined
  #end: ChainEnd
  #number: number
  #isClosed = false

  /** Takes a new segment from the disk first, so that a full disk changes nothing; only then is a torn tail cut. */
  constructor(parts: WriterParts, survey: Extract<Survey, { ok: true }>) {
    this.#parts = parts
    this.#disk = parts.disk ?? realDisk
    this.#plain = Buffer.alloc(Math.min(plainBytesMax, parts.limits.segmentBytes - headerBytes - sealFrameBytes - frameBytesFor(0)))
    this.#number = survey.segments.length
    this.#end = survey.end
    this.#next = new SegmentPreparation(parts.folder, parts.limits.segmentBytes, this.#disk)
    this.#next.finish()
    const last = survey.segments.at(-1)
    if (last !== undefined) this.#end = finishLast(parts.folder, last, survey.tailCut?.bytes ?? 0, this.#disk)
    this.#begin()
  }

  /** The highest sequence on the disk. */
  get durable(): number {
    return this.#end.nextSequence - 1
  }

  get recordsHash(): Buffer {
    return this.#end.recordsHash
  }

  head(): JournalHead {
    return headOf(this.#parts.anchorKey, this.durable, this.#end.recordsHash)
  }

  get bytesLeft(): number {
    return this.#segment?.bytesLeft ?? 0
  }

  get staged(): number {
    return this.#count
  }

  /** Whether `commit` needs nothing new from the disk. */
  get hasRoomForGroup(): boolean {
    return this.#segment?.hasPending === false && frameBytesFor(this.#plainBytes) <= this.bytesLeft
  }

  /** Puts one record into the group, if it still takes one. */
  stage(text: Buffer): boolean {
    const bytes = 4 + text.length
    if (this.#count === groupRecordsMax || this.#plainBytes + bytes > this.#plain.length || this.#segment?.hasPending === true) return false
    this.#plain.writeUInt32LE(text.length, this.#plainBytes)
    this.#plain.set(text, this.#plainBytes + 4)
    this.#plainBytes += bytes
    this.#count++
    return true
  }

  /** Throws what the disk says. Called again, it goes on where it was. Gives how many records became durable. */
  commit(): number {
    assert(!this.#isClosed, 'expected a journal that is open')
    if (this.#count === 0) return 0
    if (this.#segment?.hasPending !== true) {
      if (frameBytesFor(this.#plainBytes) > this.bytesLeft) this.#roll()
      ensureDefined(this.#segment, 'a segment to write to').write(this.#count, this.#plain.subarray(0, this.#plainBytes))
    } else {
      this.#segment.retry()
    }
    const written = this.#count
    this.#count = 0
    this.#plainBytes = 0
    this.#end = ensureDefined(this.#segment, 'the segment that was written').position
    return written
  }

  /** Whether it is time to take the next segment from the disk. */
  get needsPreparation(): boolean {
    if (this.#next?.isReady === true || this.#segment === undefined) return false
    const { segmentBytes, prepareAtShare } = this.#parts.limits
    return this.#segment.position.offset >= segmentBytes * prepareAtShare
  }

  /** A small step; throws what the disk says. */
  prepare(): void {
    this.#next ??= new SegmentPreparation(this.#parts.folder, this.#parts.limits.segmentBytes, this.#disk)
    this.#next.step(quickStepBytes)
  }

  #roll(): void {
    this.#next ??= new SegmentPreparation(this.#parts.folder, this.#parts.limits.segmentBytes, this.#disk)
    this.#next.finish()
    this.#finishSegment()
    this.#begin()
  }

  #finishSegment(): void {
    if (this.#segment === undefined) return
    this.#segment.finish()
    this.#end = this.#segment.position
    this.#segment = undefined
  }

  #begin(): void {
    const { folder, keys, journalIdHash, limits } = this.#parts
    const next = ensureDefined(this.#next, 'a prepared segment')
    const epoch = keys.newestEpoch
    const dataKey = ensureDefined(keys.keyOf(epoch), 'the newest data key')
    const number = this.#number + 1
    const { nextSequence: firstSequence, hash: chainBefore, recordsHash: recordsHashBefore } = this.#end
    const { bytes, header, keys: segmentKeys } = writeHeader(
      { number, epoch, capacity: limits.segmentBytes, firstSequence, journalIdHash, chainBefore, recordsHashBefore }, dataKey,
    )
    const file = next.take()
    this.#next = undefined
    try {
      this.#disk.writeDurably(file, bytes, 0)
      renameSync(preparedPath(folder), join(folder, segmentName(number)))
      flushFolder(folder)
    } catch (error) {
      closeSync(file)
      throw error
    }
    this.#number = number
    this.#segment = new OpenSegment({
      number, file, capacity: limits.segmentBytes, firstSequence, key: segmentKeys.frames, position: startOf(header), disk: this.#disk,
    })
    this.#end = { nextSequence: firstSequence, hash: header.hash, recordsHash: recordsHashBefore }
  }

  get segment(): number {
    return this.#number
  }

  /** Seals what was written. Staged records that were not committed are the caller's bug. */
  close(): void {
    if (this.#isClosed) return
    assert(this.#count === 0, 'expected everything to be written before the journal is closed')
    this.#next?.drop()
    this.#next = undefined
    this.#finishSegment()
    this.#isClosed = true
  }

  /** When the disk refuses: the next start finds what a crash leaves. */
  abandon(): void {
    this.#isClosed = true
    this.#segment?.abandon()
  }
}

/** Ends what the last life left: cuts a torn tail, seals if there is no seal, shortens if a seal was all that happened. */
function finishLast(folder: string, last: SegmentSummary, tornBytes: number, disk: JournalDisk): ChainEnd {
  const { file: { bytes, path }, header, keys, end, isSealed } = last
  if (isSealed && bytes === end.offset) return end
  const file = openSync(path, constants.O_RDWR | durableFlag)
  if (isSealed) {
    ftruncateSync(file, end.offset)
    fchmodSync(file, 0o400)
    fsyncSync(file)
    closeSync(file)
    return end
  }
  if (tornBytes > 0) disk.writeDurably(file, Buffer.alloc(tornBytes), end.offset)
  const segment = new OpenSegment({
    number: header.number, file, capacity: header.capacity, firstSequence: header.firstSequence, key: keys.frames, position: end, disk,
  })
  segment.finish()
  flushFolder(folder)
  return segment.position
}
