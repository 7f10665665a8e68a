import { assert } from '../../base/index.ts'
import { recordBytesMax } from './journal-limits.ts'

/**
 * How records get to the thread: one writes, one reads, and nobody locks.
 *
 * Invariants:
 * 1. The place of a record is given back only after it is durable, so what was accepted is never overwritten.
 * 2. A record becomes visible only when it is whole.
 *
 * A record is `length u32 | zero u32 | time f64 | text`, from a multiple of 8 on and never over the ring's end: a length of
 * 0xffffffff says that it goes on at the start. Positions count bytes and wrap at 2^32, which the ring's size divides.
 */
const word = { written: 0, released: 1, durable: 2, state: 3, stop: 4, sleeping: 5, headVersion: 6, nobody: 7 } as const
const wordCount = 16
const recordHeaderBytes = 16
const goesOnAtStart = 0xffff_ffff
/** Two of them, so that the newest whole one can be read while the other is written. */
const headBytes = 40

export interface RingMemory {
  readonly control: SharedArrayBuffer
  readonly heads: SharedArrayBuffer
  readonly records: SharedArrayBuffer
}

export const allocateRing = (bytes: number): RingMemory => ({
  control: new SharedArrayBuffer(wordCount * 4),
  heads: new SharedArrayBuffer(2 * headBytes),
  records: new SharedArrayBuffer(bytes),
})

export type RingState = 'running' | 'failed' | 'closed'
const states: readonly RingState[] = ['running', 'failed', 'closed']

const space = (bytes: number): number => recordHeaderBytes + Math.ceil(bytes / 8) * 8

class Ring {
  protected readonly control: Int32Array
  protected readonly bytes: Buffer
  protected readonly times: Float64Array
  protected readonly size: number
  protected readonly heads: Buffer
  protected readonly headSequences: Float64Array

  constructor({ control, heads, records }: RingMemory) {
    this.control = new Int32Array(control)
    this.heads = Buffer.from(heads)
    this.headSequences = new Float64Array(heads)
    this.bytes = Buffer.from(records)
    this.times = new Float64Array(records)
    this.size = records.byteLength
  }

  get state(): RingState {
    return states[Atomics.load(this.control, word.state)] ?? 'failed'
  }

  set state(state: RingState) {
    Atomics.store(this.control, word.state, states.indexOf(state))
  }

  /** Wakes whoever waits for something to become durable that never will. */
  wake(): void {
    Atomics.notify(this.control, word.durable)
  }

  protected at(position: number): number {
    return (position >>> 0) & (this.size - 1)
  }
}

/** The engine's end. */
export class RingWriter extends Ring {
  #written = 0
  #durableSeen = 0
  #durableCount = 0

  put(text: string, timeMs: number): 'put' | 'full' | 'too-large' {
    // Three bytes for each unit is the most that UTF-8 takes; most texts take one, so only what may not fit is measured.
    const mostBytes = text.length * 3
    const bytesNeeded = mostBytes <= recordBytesMax ? mostBytes : Buffer.byteLength(text)
    if (bytesNeeded > recordBytesMax) return 'too-large'
    const free = this.size - ((this.#written - Atomics.load(this.control, word.released)) >>> 0)
    const start = this.at(this.#written)
    const untilEnd = this.size - start
    const skipped = untilEnd < space(bytesNeeded) ? untilEnd : 0
    if (free < skipped + space(bytesNeeded)) return 'full'
    if (skipped > 0) this.bytes.writeUInt32LE(goesOnAtStart, start)
    const at = skipped > 0 ? 0 : start
    const length = this.bytes.write(text, at + recordHeaderBytes, bytesNeeded, 'utf8')
    this.bytes.writeUInt32LE(length, at)
    this.times[(at + 8) / 8] = timeMs
    this.#written = (this.#written + skipped + space(length)) | 0
    Atomics.store(this.control, word.written, this.#written)
    if (Atomics.load(this.control, word.sleeping) === 1) Atomics.notify(this.control, word.written)
    return 'put'
  }

  /** Records that became durable since the ring was made. */
  get durableCount(): number {
    const now = Atomics.load(this.control, word.durable)
    this.#durableCount += (now - this.#durableSeen) >>> 0
    this.#durableSeen = now
    return this.#durableCount
  }

  /** Resolves when `durableCount` is no longer what it was when it was last asked for; `undefined` when it is not already. */
  durableChanged(): Promise<unknown> | undefined {
    const waiting = Atomics.waitAsync(this.control, word.durable, this.#durableSeen)
    return waiting.async ? waiting.value : undefined
  }

  /** When the oldest record that is not durable was put; `undefined` when all are. */
  oldestTime(): number | undefined {
    const released = Atomics.load(this.control, word.released)
    if (released === this.#written) return undefined
    const at = this.at(released)
    return this.times[((this.bytes.readUInt32LE(at) === goesOnAtStart ? 0 : at) + 8) / 8]
  }

  readHead(): { readonly sequence: number; readonly hash: Buffer } {
    for (;;) {
      const version = Atomics.load(this.control, word.headVersion)
      const slot = version & 1
      const sequence = this.headSequences[(slot * headBytes) / 8] ?? 0
      const hash = Buffer.from(this.heads.subarray(slot * headBytes + 8, (slot + 1) * headBytes))
      // The writer fills the other slot first, so this one was whole unless the version moved. Compared by an exchange, for
      // a mere load would let the reads above happen after it.
      if (Atomics.compareExchange(this.control, word.headVersion, version, version) === version) return { sequence, hash }
    }
  }

  stop(): void {
    Atomics.store(this.control, word.stop, 1)
    Atomics.notify(this.control, word.written)
  }
}


/** The thread's end. Records are taken one after the other and given back together. */
export class RingReader extends Ring {
  #taken = 0
  #durable = 0

  /** The next record's text, in the ring's own memory until `release`. Looking again without `take` gives it again. */
  peek(): Buffer | undefined {
    if (this.#taken === Atomics.load(this.control, word.written)) return undefined
    let at = this.at(this.#taken)
    if (this.bytes.readUInt32LE(at) === goesOnAtStart) {
      this.#taken = (this.#taken + this.size - at) | 0
      at = 0
    }
    const length = this.bytes.readUInt32LE(at)
    return this.bytes.subarray(at + recordHeaderBytes, at + recordHeaderBytes + length)
  }

  take(record: Buffer): void {
    this.#taken = (this.#taken + space(record.length)) | 0
  }

  /** Everything that was taken is durable now. The head first: whoever sees the count must find a head that is not older. */
  release(records: number, sequence: number, hash: Buffer): void {
    assert(records > 0, 'expected records to release')
    this.publishHead(sequence, hash)
    this.#durable = (this.#durable + records) | 0
    Atomics.store(this.control, word.released, this.#taken)
    Atomics.store(this.control, word.durable, this.#durable)
    Atomics.notify(this.control, word.durable)
  }

  publishHead(sequence: number, hash: Buffer): void {
    const version = Atomics.load(this.control, word.headVersion) + 1
    const slot = version & 1
    this.headSequences[(slot * headBytes) / 8] = sequence
    hash.copy(this.heads, slot * headBytes + 8, 0, 32)
    Atomics.store(this.control, word.headVersion, version)
  }

  get isStopped(): boolean {
    return Atomics.load(this.control, word.stop) === 1
  }

  get isEmpty(): boolean {
    return this.#taken === Atomics.load(this.control, word.written)
  }

  /** Until there is something, the ring is stopped or the time is over. */
  wait(timeoutMs: number): void {
    Atomics.store(this.control, word.sleeping, 1)
    if (this.isEmpty && !this.isStopped) Atomics.wait(this.control, word.written, this.#taken, timeoutMs)
    Atomics.store(this.control, word.sleeping, 0)
  }

  /** Whatever comes meanwhile: nobody wakes who waits here. */
  pause(forMs: number): void {
    Atomics.wait(this.control, word.nobody, 0, forMs)
  }
}
