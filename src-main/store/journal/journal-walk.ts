import { setTimeout as pause } from 'node:timers/promises'
import type { ByteSource } from './byte-source.ts'
import type { JournalKeys, SegmentKeys } from './journal-keys.ts'
import { damaged, JournalUnreadable, type DamageReason, type JournalOpenTrouble } from './journal-trouble.ts'
import { SegmentCursor, type FrameStep, type RecordsFrame } from './segment-cursor.ts'
import type { SegmentHeader } from './segment-header.ts'
import { chainStart, openSegment, type ChainEnd } from './survey.ts'
import { judgeTail, usedBytesFrom } from './tail-rule.ts'

/** A segment as a walk meets it. */
export interface WalkedSegment {
  readonly number: number
  readonly source: ByteSource
  /** Where its first byte is in the file that holds it: 0 unless it is in a copy. */
  readonly base: number
  /** Asked only when this one is not sealed. */
  readonly isLast: () => boolean
  /**
   * So far it was written when the walk began, and behind it was nothing. Only there for the newest of a folder: a walk
   * that went on for as long as somebody writes might never end.
   */
  readonly goal?: number
}

export interface WalkedFrame extends RecordsFrame {
  readonly segment: number
}

export type WalkEvent =
  | { readonly kind: 'segment'; readonly header: SegmentHeader }
  | { readonly kind: 'frame'; readonly frame: WalkedFrame }

export interface WalkEnd extends ChainEnd {
  /** In the last segment: after the last frame. */
  readonly offset: number
  readonly isSealed: boolean
}

export interface WalkOptions {
  readonly keys: JournalKeys
  readonly journalIdHash: Buffer | undefined
  /** Whether a torn frame at the end is an end: a writer may just be writing it. */
  readonly isTornEndAllowed: boolean
  /** How the source of a segment ends when it is not sealed: exactly at its last frame, as in a copy, or in zeros. */
  readonly isUnsealedPadded: boolean
  /** The first segment of the walk is not the first of the journal: its header is believed. */
  readonly isPart?: boolean
}

/** How often a frame that is not good is looked at again before it is called bad: a writer may be in the middle of it. */
const looksAgain = 6
const lookAgainMs = 10

/**
 * Every frame of every segment, each checked against the chain. Ends where the journal ends; throws `JournalUnreadable`
 * at whatever is not as it was written.
 */
export async function* walkJournal(segments: AsyncIterable<WalkedSegment>, options: WalkOptions): AsyncGenerator<WalkEvent, WalkEnd> {
  let end: WalkEnd = { ...chainStart, offset: 0, isSealed: true }
  let isKeyProved = false
  for await (const segment of segments) {
    const { number, source } = segment
    const isStart = options.isPart === true && !isKeyProved
    const opened = await openSegment(source, options.keys, { ...end, number, journalIdHash: options.journalIdHash, isKeyProved, isStart })
    if (!opened.ok) throw new JournalUnreadable(placed(opened.trouble, segment.base))
    isKeyProved = true
    yield { kind: 'segment', header: opened.value.header }
    end = yield* walkSegment(segment, opened.value.header, opened.value.keys, options)
  }
  return end
}

/** A place in the file that somebody looks at, not in the segment. */
export const placed = (trouble: JournalOpenTrouble, base: number): JournalOpenTrouble =>
  trouble.kind === 'damaged' ? { ...trouble, offset: trouble.offset + base } : trouble

async function* walkSegment(segment: WalkedSegment, header: SegmentHeader, keys: SegmentKeys, options: WalkOptions): AsyncGenerator<WalkEvent, WalkEnd> {
  const cursor = new SegmentCursor(segment.source, keys.frames, header)
  let doubt = noDoubt
  for (;;) {
    if (await hasReachedGoal(segment, cursor, header)) return { ...cursor.position, isSealed: false }
    const step = await cursor.next()
    if (step.kind === 'seal') break
    if (step.kind === 'records') {
      doubt = noDoubt
      yield { kind: 'frame', frame: { ...step, segment: header.number } }
      continue
    }
    if (step.kind === 'end' && segment.isLast() && (await isCleanEnd(segment, cursor, header, options))) return { ...cursor.position, isSealed: false }
    if (doubt.verdict !== undefined) {
      if (doubt.verdict === 'torn') return { ...cursor.position, isSealed: false }
      throw unreadable(doubt.verdict, segment, cursor, header)
    }
    doubt = await doubtMore(doubt, step, segment, cursor, header, keys, options)
  }
  if (!(await isEndedBySeal(segment, cursor.position.offset, header, options))) throw unreadable('bytes-after-seal', segment, cursor, header)
  return { ...cursor.position, isSealed: true }
}

/**
 * A writer may be in the middle of what is not good, or seal the segment just now. So it is looked at again, and nothing
 * counts that was seen before the file was settled, or after which the next look finds it good.
 */
interface Doubt {
  readonly looks: number
  readonly isSettled: boolean
  /** Holds if the next look finds the same. */
  readonly verdict?: DamageReason | 'torn'
}

const noDoubt: Doubt = { looks: 0, isSettled: false }

async function doubtMore(
  doubt: Doubt, step: BadStep, segment: WalkedSegment, cursor: SegmentCursor, header: SegmentHeader, keys: SegmentKeys, options: WalkOptions,
): Promise<Doubt> {
  const { looks } = doubt
  // Only the newest of a folder is written, and only while it has its whole size: all others stay as they are.
  const isSettled = segment.goal === undefined || (await segment.source.sizeNow()) !== header.capacity
  if (isSettled && !doubt.isSettled) return { looks, isSettled }
  if (isSettled || looks === looksAgain) return { looks, isSettled, verdict: await judge(step, segment, cursor, header, keys, options) }
  // At once the first time: mostly the writer has finished it meanwhile.
  if (looks > 0) await pause(lookAgainMs * looks)
  return { looks: looks + 1, isSettled }
}

/** One that was sealed and shortened meanwhile is read up to its seal. */
async function hasReachedGoal({ goal, source }: WalkedSegment, { position }: SegmentCursor, header: SegmentHeader): Promise<boolean> {
  return goal !== undefined && position.offset >= goal && (await source.sizeNow()) === header.capacity
}

/** Sealed and not yet shortened is only the last one: a crash came between, or it is being done right now. */
async function isEndedBySeal(segment: WalkedSegment, offset: number, header: SegmentHeader, { isUnsealedPadded }: WalkOptions): Promise<boolean> {
  // In this order: when the next one is there, this one has been shortened.
  const mayBeLonger = isUnsealedPadded && segment.isLast()
  const size = await segment.source.sizeNow()
  return size === offset || (mayBeLonger && size === header.capacity && (await usedBytesFrom(segment.source, offset)) === 0)
}

async function isCleanEnd({ source }: WalkedSegment, { position: { offset } }: SegmentCursor, header: SegmentHeader, { isUnsealedPadded }: WalkOptions): Promise<boolean> {
  if (!isUnsealedPadded) return offset === source.size
  return (await source.sizeNow()) === header.capacity && (await usedBytesFrom(source, offset)) === 0
}

type BadStep = Exclude<FrameStep, { kind: 'records' | 'seal' }>

/** `torn` for what may be the end of a good journal. */
async function judge(
  step: BadStep, segment: WalkedSegment, cursor: SegmentCursor, header: SegmentHeader, keys: SegmentKeys, options: WalkOptions,
): Promise<DamageReason | 'torn'> {
  const { source } = segment
  // An earlier one that ends without a seal, or with something where its seal should be.
  const reason = step.kind === 'bad' ? step.reason : segment.isLast() ? 'frame' : 'seal'
  const isTornPossible = reason === 'frame' || reason === 'cut-short'
  if (!segment.isLast() || !isTornPossible) return reason
  if (options.isUnsealedPadded && (await source.sizeNow()) !== header.capacity) return step.kind === 'end' ? 'cut-short' : reason
  const tail = await judgeTail(source, keys.frames, cursor.position.offset)
  if (tail.kind === 'damage') return 'frame-lost'
  return options.isTornEndAllowed ? 'torn' : 'unfinished-tail'
}

const unreadable = (reason: DamageReason, { base }: WalkedSegment, cursor: SegmentCursor, header: SegmentHeader): JournalUnreadable =>
  new JournalUnreadable(damaged(reason, header.number, base + cursor.position.offset, cursor.position.nextSequence))
