import type { JournalTrouble } from '../../ports/index.ts'
import type { JournalLimits } from './journal-limits.ts'
import type { JournalWriter } from './journal-writer.ts'
import type { RingReader } from './record-ring.ts'
import { codeOf, isFull, sentenceOf } from './segment-files.ts'

/**
 * The thread's life: takes what is in the ring, makes it one group, writes it, tells it. It has the thread for itself, so
 * it sleeps on the ring and never returns to an event loop.
 *
 * Invariants:
 * 1. A record leaves the ring only after its group is on the disk.
 * 2. A full disk is waited for, any other refusal ends the journal; what was not durable then is never told durable.
 */
export type LoopEnd = { readonly kind: 'closed' } | { readonly kind: 'failed'; readonly detail: string }

const sleepMs = 500

export function runJournalLoop(ring: RingReader, writer: JournalWriter, limits: JournalLimits, tell: (trouble: JournalTrouble) => void): LoopEnd {
  const room = new RoomWatch(limits.retryMs, tell)
  let hasTriedToClose = false
  for (;;) {
    try {
      const wasBusy = work(ring, writer, room)
      if (wasBusy) continue
      if (ring.isStopped && ring.isEmpty && writer.staged === 0 && (room.mayTry || !hasTriedToClose)) {
        // The seal's place was kept free, so at first this waits for no room.
        hasTriedToClose = true
        writer.close()
        return { kind: 'closed' }
      }
    } catch (error) {
      // Without a code it is no answer of the disk but a bug of ours, which must be seen as one.
      if (codeOf(error) === undefined) throw error
      if (!isFull(error)) {
        writer.abandon()
        return { kind: 'failed', detail: sentenceOf(error) }
      }
      room.isShort(sentenceOf(error), writer.bytesLeft)
    }
    // What is in the ring, or its being stopped, changes nothing until there is room.
    if (!room.mayTry && (writer.staged > 0 || hasTriedToClose)) ring.pause(room.retryInMs)
    else if (!spin(ring, limits.spinUs, writer.staged > 0)) ring.wait(room.isWaiting ? Math.min(sleepMs, limits.retryMs) : sleepMs)
  }
}

/** One group and one step of preparing: neither keeps the other waiting for long. */
function work(ring: RingReader, writer: JournalWriter, room: RoomWatch): boolean {
  fillGroup(ring, writer)
  let wasBusy = false
  if (writer.staged > 0 && (writer.hasRoomForGroup || room.mayTry)) {
    const records = writer.commit()
    ring.release(records, writer.durable, writer.recordsHash)
    wasBusy = true
  }
  // A journal that is being closed needs no next segment, unless a group finds no place: `commit` takes one then.
  if (writer.needsPreparation && room.mayTry && !ring.isStopped) {
    writer.prepare()
    wasBusy = true
  }
  // What was missing may be here since: the group is written, and the next segment is ready or not needed yet.
  if (room.isWaiting && writer.staged === 0 && !writer.needsPreparation) room.isWell()
  return wasBusy
}

function fillGroup(ring: RingReader, writer: JournalWriter): void {
  for (;;) {
    const record = ring.peek()
    if (record === undefined || !writer.stage(record)) return
    ring.take(record)
  }
}

/** Sleeping costs the next record some 30 us, so the ring is watched for a moment first. Whether something came. */
function spin(ring: RingReader, spinUs: number, isBlocked: boolean): boolean {
  if (spinUs === 0 || isBlocked || ring.isStopped) return false
  const until = performance.now() + spinUs / 1_000
  do {
    if (!ring.isEmpty) return true
  } while (performance.now() < until)
  return false
}

/** When a full disk is tried again, and what is told about it. */
class RoomWatch {
  readonly #retryMs: number
  readonly #tell: (trouble: JournalTrouble) => void
  #retryAt: number | undefined
  #toldBytesLeft: number | undefined

  constructor(retryMs: number, tell: (trouble: JournalTrouble) => void) {
    this.#retryMs = retryMs
    this.#tell = tell
  }

  get isWaiting(): boolean {
    return this.#retryAt !== undefined
  }

  get mayTry(): boolean {
    return this.#retryAt === undefined || performance.now() >= this.#retryAt
  }

  get retryInMs(): number {
    return this.#retryAt === undefined ? 0 : Math.max(0, this.#retryAt - performance.now())
  }

  isShort(detail: string, bytesLeft: number): void {
    this.#retryAt = performance.now() + this.#retryMs
    if (this.#toldBytesLeft === bytesLeft) return
    this.#toldBytesLeft = bytesLeft
    this.#tell({ kind: 'no-room-ahead', detail, bytesLeft })
  }

  isWell(): void {
    this.#retryAt = undefined
    this.#toldBytesLeft = undefined
    this.#tell({ kind: 'recovered' })
  }
}
