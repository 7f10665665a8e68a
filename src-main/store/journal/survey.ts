import type { FileHandle } from 'node:fs/promises'
import { ensureDefined } from '../../base/index.ts'
import { fileSource, readAll, type ByteSource } from './byte-source.ts'
import { frameHash, openFrame, readFrameHeader, sealFrameBytes } from './frame.ts'
import { headerBytes, isTooLong, segmentBytesMax } from './journal-limits.ts'
import type { JournalKeys, SegmentKeys } from './journal-keys.ts'
import { damaged, type JournalOpenTrouble, type TailCut } from './journal-trouble.ts'
import { readSeal } from './seal.ts'
import { SegmentCursor, type ChainPosition } from './segment-cursor.ts'
import { codeOf, listSegmentFiles, openSegmentFile, sentenceOf, type SegmentFile } from './segment-files.ts'
import { noHash, readHeader, type SegmentHeader } from './segment-header.ts'
import { judgeTail } from './tail-rule.ts'

/**
 * What a start needs to know, without reading more than the last segment: of a sealed one the seal says where it ends and
 * what its chain is, and the next header has to continue exactly there.
 */
export interface SegmentSummary {
  readonly file: SegmentFile
  readonly header: SegmentHeader
  readonly keys: SegmentKeys
  /** After the last frame, the seal included. */
  readonly end: ChainPosition
  readonly isSealed: boolean
}

export interface ChainEnd {
  readonly nextSequence: number
  readonly hash: Buffer
  readonly recordsHash: Buffer
}

export type Survey =
  | { readonly ok: true; readonly segments: readonly SegmentSummary[]; readonly end: ChainEnd; readonly tailCut?: TailCut }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble }

export const chainStart: ChainEnd = { nextSequence: 1, hash: noHash, recordsHash: noHash }

export interface ExpectedSegment extends ChainEnd {
  readonly number: number
  /** Any of our keys when there is none. */
  readonly journalIdHash: Buffer | undefined
  /** The one before was readable, so the keys are right. */
  readonly isKeyProved: boolean
  /** Reading begins here: what is before it is not looked at. */
  readonly isStart?: boolean
}

type Opened<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly trouble: JournalOpenTrouble }

export async function surveyJournal(folder: string, keys: JournalKeys, journalIdHash: Buffer | undefined): Promise<Survey> {
  try {
    const files = listSegmentFiles(folder)
    const gap = findGap(files)
    if (gap !== undefined) return { ok: false, trouble: gap }
    return await surveyFiles(folder, files, keys, journalIdHash)
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    return { ok: false, trouble: { kind: 'folder-unusable', detail: sentenceOf(error) } }
  }
}

/** Segments are numbered from 1 without a gap, whichever of the two folders they are in. */
export function findGap(files: readonly SegmentFile[]): JournalOpenTrouble | undefined {
  for (const [index, { number }] of files.entries()) {
    if (number < index + 1) return damaged('segment-duplicated', number, 0, 0)
    if (number > index + 1) return damaged('segment-missing', index + 1, 0, 0)
  }
  return undefined
}

async function surveyFiles(folder: string, files: readonly SegmentFile[], keys: JournalKeys, journalIdHash: Buffer | undefined): Promise<Survey> {
  const segments: SegmentSummary[] = []
  let end = chainStart
  let tailCut: TailCut | undefined
  for (const [index, file] of files.entries()) {
    const handle = await openSegmentFile(folder, file.number)
    if (handle === undefined) return { ok: false, trouble: damaged('segment-missing', file.number, 0, end.nextSequence) }
    try {
      const expected = { ...end, number: file.number, journalIdHash, isKeyProved: index > 0 }
      const isLast = index === files.length - 1
      const found = await surveySegment(handle, file, keys, expected, isLast)
      if (!found.ok) return found
      segments.push(found.value.summary)
      end = found.value.summary.end
      tailCut = found.value.tailCut
    } finally {
      await handle.close()
    }
  }
  return { ok: true, segments, end, ...(tailCut === undefined ? {} : { tailCut }) }
}

interface FoundSegment {
  readonly summary: SegmentSummary
  readonly tailCut?: TailCut
}

async function surveySegment(handle: FileHandle, file: SegmentFile, keys: JournalKeys, expected: ExpectedSegment, isLast: boolean): Promise<Opened<FoundSegment>> {
  const source = await fileSource(handle)
  const opened = await openSegment(source, keys, expected)
  if (!opened.ok) return opened
  const { header, keys: segmentKeys } = opened.value
  if (isLast && source.size === header.capacity) return surveyLast(source, file, header, segmentKeys)
  const end = source.size <= header.capacity ? await readSealed(source, header, segmentKeys) : undefined
  if (end === undefined) {
    return { ok: false, trouble: damaged(isLast ? 'cut-short' : 'seal', header.number, Math.max(headerBytes, source.size - sealFrameBytes), header.firstSequence) }
  }
  return { ok: true, value: { summary: { file, header, keys: segmentKeys, end, isSealed: true } } }
}

/** The header, if it is authentic and continues exactly what is before it. */
export async function openSegment(source: ByteSource, keys: JournalKeys, expected: ExpectedSegment): Promise<Opened<{ readonly header: SegmentHeader; readonly keys: SegmentKeys }>> {
  const at = (reason: 'segment-header' | 'segment-misplaced' | 'cut-short') => damaged(reason, expected.number, 0, expected.nextSequence)
  if (isTooLong(source.size)) return { ok: false, trouble: at('segment-header') }
  if (source.size < headerBytes) return { ok: false, trouble: at('cut-short') }
  const reading = readHeader(await readAll(source, 0, headerBytes), keys)
  if (!reading.ok) {
    const { trouble } = reading
    if (trouble.kind === 'damaged' || (trouble.kind === 'wrong-key' && expected.isKeyProved)) return { ok: false, trouble: at('segment-header') }
    return { ok: false, trouble }
  }
  const { header } = reading
  if (header.capacity > segmentBytesMax) return { ok: false, trouble: at('segment-header') }
  if (expected.journalIdHash !== undefined && !header.journalIdHash.equals(expected.journalIdHash)) return { ok: false, trouble: { kind: 'not-ours' } }
  if (expected.isStart === true) return header.number === expected.number ? { ok: true, value: reading } : { ok: false, trouble: at('segment-misplaced') }
  const isNext = header.number === expected.number && header.firstSequence === expected.nextSequence
  const continues = header.chainBefore.equals(expected.hash) && header.recordsHashBefore.equals(expected.recordsHash)
  return isNext && continues ? { ok: true, value: reading } : { ok: false, trouble: at('segment-misplaced') }
}

/** Where a sealed segment ends, from its last bytes alone. */
export async function readSealed(source: ByteSource, header: SegmentHeader, keys: SegmentKeys): Promise<ChainPosition | undefined> {
  const size = await source.sizeNow()
  const offset = size - sealFrameBytes
  if (offset < headerBytes) return undefined
  const bytes = await readAll(source, offset, sealFrameBytes)
  const frame = bytes.length === sealFrameBytes ? readFrameHeader(bytes, 0) : undefined
  if (frame?.kind !== 'seal') return undefined
  const plain = openFrame(keys.frames, bytes, 0, frame.length)
  if (plain === undefined) return undefined
  const seal = readSeal(plain)
  const nextSequence = header.firstSequence + seal.records
  if (seal.offset !== offset || seal.lastSequence !== nextSequence - 1 || frame.firstSequence !== nextSequence) return undefined
  return { offset: size, nextSequence, hash: frameHash(bytes, 0, frame.length), recordsHash: seal.recordsHash }
}

/** The one that was written last, frame by frame. It may have been sealed without being shortened any more. */
async function surveyLast(source: ByteSource, file: SegmentFile, header: SegmentHeader, keys: SegmentKeys): Promise<Opened<FoundSegment>> {
  const cursor = new SegmentCursor(source, keys.frames, header)
  let step = await cursor.next()
  while (step.kind === 'records') step = await cursor.next()
  const isSealed = step.kind === 'seal'
  const { offset, nextSequence } = cursor.position
  const tail = await judgeTail(source, keys.frames, offset)
  const summary: SegmentSummary = { file, header, keys, end: cursor.position, isSealed }
  if (tail.kind === 'clean') return { ok: true, value: { summary } }
  if (isSealed) return { ok: false, trouble: damaged('bytes-after-seal', header.number, offset, nextSequence) }
  if (tail.kind === 'torn') {
    return { ok: true, value: { summary, tailCut: { segment: header.number, offset, bytes: tail.bytes, afterSequence: nextSequence - 1 } } }
  }
  const reason = step.kind === 'bad' && step.reason !== 'frame' && step.reason !== 'cut-short' ? step.reason : 'frame-lost'
  return { ok: false, trouble: damaged(reason, header.number, offset, nextSequence) }
}

/** The hash that a head for this sequence is made of; `undefined` when no frame ends there. */
export async function recordsHashAt(folder: string, segments: readonly SegmentSummary[], sequence: number): Promise<Buffer | undefined> {
  if (sequence === 0) return noHash
  const segment = segments.find(({ end }) => end.nextSequence > sequence)
  if (segment === undefined) return undefined
  if (segment.end.nextSequence - 1 === sequence) return segment.end.recordsHash
  const handle = ensureDefined(await openSegmentFile(folder, segment.header.number), 'a segment that was just there')
  try {
    const cursor = new SegmentCursor(await fileSource(handle), segment.keys.frames, segment.header)
    while (cursor.position.nextSequence <= sequence && (await cursor.next()).kind === 'records') continue
    return cursor.position.nextSequence - 1 === sequence ? cursor.position.recordsHash : undefined
  } finally {
    await handle.close()
  }
}
