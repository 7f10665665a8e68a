import type { ByteSource } from './byte-source.ts'
import { carriesHash, frameHash, openFrame, readFrameHeader } from './frame.ts'
import { aligned, frameBytesMax, frameHeaderBytes, headerBytes } from './journal-limits.ts'
import type { DamageReason } from './journal-trouble.ts'
import { readSeal, type Seal } from './seal.ts'
import type { SegmentHeader } from './segment-header.ts'

/** Where in the chain a reader is. */
export interface ChainPosition {
  /** The next frame begins here. */
  readonly offset: number
  readonly nextSequence: number
  /** The chain's hash so far. */
  readonly hash: Buffer
  readonly recordsHash: Buffer
}

export interface RecordsFrame {
  readonly kind: 'records'
  readonly offset: number
  readonly end: number
  readonly firstSequence: number
  readonly count: number
  readonly hash: Buffer
  readonly plain: Buffer
}

export type FrameStep =
  | RecordsFrame
  | { readonly kind: 'seal'; readonly offset: number; readonly end: number; readonly seal: Seal; readonly hash: Buffer }
  /** No frame here; whether really nothing follows is the caller's question. */
  | { readonly kind: 'end'; readonly offset: number }
  /** What is here is not the next frame. `frame` may have been left by a crash, the others never are. */
  | { readonly kind: 'bad'; readonly offset: number; readonly reason: Extract<DamageReason, 'frame' | 'frame-misplaced' | 'padding' | 'seal' | 'cut-short'> }

const readAtOnce = 64 * 1024

export const startOf = (header: SegmentHeader): ChainPosition => ({
  offset: headerBytes,
  nextSequence: header.firstSequence,
  hash: header.hash,
  recordsHash: header.recordsHashBefore,
})

/** Goes through the frames of one segment and lets none pass that is not authentic, in its place and in the chain. */
export class SegmentCursor {
  readonly #source: ByteSource
  readonly #key: Buffer
  /** Only what was read into it is ever looked at. */
  readonly #window = Buffer.allocUnsafeSlow(frameBytesMax + readAtOnce)
  readonly #firstSequence: number
  #windowStart: number
  #windowBytes = 0
  position: ChainPosition

  constructor(source: ByteSource, key: Buffer, header: SegmentHeader) {
    this.#source = source
    this.#key = key
    this.#firstSequence = header.firstSequence
    this.position = startOf(header)
    this.#windowStart = this.position.offset
  }

  /** Goes on after every frame; at an end or a bad frame it stays, and looks again at the disk when it is called again. */
  async next(): Promise<FrameStep> {
    const { offset } = this.position
    if (!(await this.#have(frameHeaderBytes))) return this.#stop(offset < this.#source.size ? 'cut-short' : undefined)
    const start = offset - this.#windowStart
    const length = this.#window.readUInt32LE(start)
    if (length === 0) return this.#stop(undefined)
    const header = readFrameHeader(this.#window, start)
    if (header === undefined) return this.#stop('frame')
    if (!(await this.#have(aligned(header.length)))) return this.#stop('cut-short')
    return this.#take(header, offset - this.#windowStart)
  }

  #take({ kind, length, count, firstSequence }: NonNullable<ReturnType<typeof readFrameHeader>>, at: number): FrameStep {
    const { offset, nextSequence, hash: before, recordsHash } = this.position
    const plain = openFrame(this.#key, this.#window, at, length)
    if (plain === undefined) return this.#stop('frame')
    if (firstSequence !== nextSequence || !carriesHash(this.#window, at, before)) return this.#stop('frame-misplaced')
    const end = offset + aligned(length)
    for (let index = at + length; index < at + aligned(length); index++) if (this.#window[index] !== 0) return this.#stop('padding')
    const hash = frameHash(this.#window, at, length)
    if (kind === 'seal') {
      const seal = readSeal(plain)
      if (!this.#fits(seal)) return this.#stop('seal')
      this.position = { offset: end, nextSequence, hash, recordsHash }
      return { kind, offset, end, seal, hash }
    }
    this.position = { offset: end, nextSequence: nextSequence + count, hash, recordsHash: hash }
    return { kind, offset, end, firstSequence, count, hash, plain }
  }

  #fits(seal: Seal): boolean {
    const { offset, nextSequence, recordsHash } = this.position
    if (seal.offset !== offset || seal.lastSequence !== nextSequence - 1) return false
    return seal.records === nextSequence - this.#firstSequence && seal.recordsHash.equals(recordsHash)
  }

  #stop(reason: Extract<FrameStep, { kind: 'bad' }>['reason'] | undefined): FrameStep {
    const { offset } = this.position
    this.#windowStart = offset
    this.#windowBytes = 0
    return reason === undefined ? { kind: 'end', offset } : { kind: 'bad', offset, reason }
  }

  /** Whether so many bytes from the position on are in the window now. */
  async #have(bytes: number): Promise<boolean> {
    const { offset } = this.position
    const end = this.#windowStart + this.#windowBytes
    if (end - offset >= bytes) return true
    this.#window.copyWithin(0, offset - this.#windowStart, this.#windowBytes)
    this.#windowBytes = end - offset
    this.#windowStart = offset
    const wanted = Math.max(bytes - this.#windowBytes, readAtOnce)
    const into = this.#window.subarray(this.#windowBytes, this.#windowBytes + wanted)
    this.#windowBytes += await this.#source.readAt(into, offset + this.#windowBytes)
    return this.#windowBytes >= bytes
  }
}
