import { closeSync, fchmodSync, fsyncSync, ftruncateSync } from 'node:fs'
import { FrameSealer, sealFrameBytes } from './frame.ts'
import { frameBytesMax } from './journal-limits.ts'
import { writeSeal } from './seal.ts'
import type { ChainPosition } from './segment-cursor.ts'
import type { JournalDisk } from './segment-files.ts'

/**
 * The segment that is being written. Every step can be tried again after the disk refused it, and writes the same bytes
 * to the same place: what was sealed once is never encrypted again.
 */
export class OpenSegment {
  readonly number: number
  readonly #file: number
  readonly #capacity: number
  readonly #firstSequence: number
  readonly #sealer: FrameSealer
  readonly #disk: JournalDisk
  readonly #out = Buffer.alloc(frameBytesMax)
  /** Bytes in `#out` that are not yet on the disk, and what the position is when they are. */
  #pending: { readonly bytes: number; readonly after: ChainPosition } | undefined
  #isSealed = false
  #isClosed = false
  position: ChainPosition

  constructor(parts: {
    readonly number: number
    readonly file: number
    readonly capacity: number
    readonly firstSequence: number
    readonly key: Buffer
    readonly position: ChainPosition
    readonly disk: JournalDisk
  }) {
    this.number = parts.number
    this.#file = parts.file
    this.#capacity = parts.capacity
    this.#firstSequence = parts.firstSequence
    this.#sealer = new FrameSealer(parts.key, parts.position.hash)
    this.#disk = parts.disk
    this.position = parts.position
  }

  /** What frames can still take; the seal's own place is kept free. */
  get bytesLeft(): number {
    return this.#capacity - this.position.offset - sealFrameBytes
  }

  get hasPending(): boolean {
    return this.#pending !== undefined
  }

  /** Returns when the group is on the disk. After a throw only `retry` may follow. */
  write(count: number, plain: Buffer): void {
    const { offset, nextSequence } = this.position
    const bytes = this.#sealer.seal('records', nextSequence, count, plain, this.#out)
    const { hash } = this.#sealer
    this.#pending = { bytes, after: { offset: offset + bytes, nextSequence: nextSequence + count, hash, recordsHash: hash } }
    this.retry()
  }

  retry(): void {
    if (this.#pending === undefined) return
    this.#disk.writeDurably(this.#file, this.#out.subarray(0, this.#pending.bytes), this.position.offset)
    this.position = this.#pending.after
    this.#pending = undefined
  }

  /** Seals, shortens and closes; from then on not a byte of the file changes. */
  finish(): void {
    this.retry()
    if (!this.#isSealed) this.#seal()
    if (this.#isClosed) return
    ftruncateSync(this.#file, this.position.offset)
    fchmodSync(this.#file, 0o400)
    fsyncSync(this.#file)
    closeSync(this.#file)
    this.#isClosed = true
  }

  #seal(): void {
    const { offset, nextSequence, recordsHash } = this.position
    this.#isSealed = true
    const plain = writeSeal({ records: nextSequence - this.#firstSequence, lastSequence: nextSequence - 1, offset, recordsHash })
    const bytes = this.#sealer.seal('seal', nextSequence, 0, plain, this.#out)
    this.#pending = { bytes, after: { offset: offset + bytes, nextSequence, hash: this.#sealer.hash, recordsHash } }
    this.retry()
  }

  /** Without a seal, as a crash would leave it: when the disk refuses. */
  abandon(): void {
    if (!this.#isClosed) closeSync(this.#file)
    this.#isClosed = true
  }
}
