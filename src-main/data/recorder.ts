/**
 * Writes down what the market says. It must never make anything else wait, throw or grow:
 * 1. `record` is done when it returns: it waits for no disk, and what finds no room in memory is counted as lost, in the file too.
 * 2. A disk that refuses ends the recording with its reason; what was written before stays readable.
 * 3. No earlier recording is ever written to.
 */
import { ensureDefined } from '../base/index.ts'
import type { MarketEvent } from '../domain/index.ts'
import { diskTrouble, type DataTrouble } from './data-trouble.ts'
import { EventTracks, isEventWritable, writeEvent } from './event-codec.ts'
import { appendBlock, dayOf, openRecording, type OpenRecording } from './recording-file.ts'
import { VarintWriter } from './varint.ts'

export interface RecorderParts {
  /** Made when it is not there. */
  readonly folder: string
  /** Decides to which UTC day's file an event goes. */
  now(): number
  /** All of them when it is left out. */
  readonly instruments?: readonly string[]
  /** How much may wait for the disk. */
  readonly waitingBytesMax?: number
}

export interface RecorderFacts {
  readonly since: number
  /** Given to the disk or waiting for it. */
  readonly events: number
  readonly bytes: number
  /** Came while the disk was too slow. */
  readonly lost: number
  /** Had a number that has no place in the form. */
  readonly skipped: number
  readonly instruments: readonly string[]
  /** The newest file; none before the first block. */
  readonly file: string | undefined
  /** Why nothing is recorded any more. */
  readonly trouble: DataTrouble | undefined
}

export interface Recorder {
  record(events: readonly MarketEvent[]): void
  facts(): RecorderFacts
  /** When all that was taken is on the disk, or the disk has refused. */
  stop(): Promise<void>
}

const blockBytes = 64 * 1_024
const blockAgeMs = 1_000
const namesMax = 1_000

export const createRecorder = (parts: RecorderParts): Recorder => new FileRecorder(parts)

/** A block as it waits for the disk. */
interface WaitingBlock {
  readonly day: number
  readonly payload: Uint8Array
  readonly events: number
  readonly lostBefore: number
  readonly firstAt: number
  readonly lastAt: number
}

class FileRecorder implements Recorder {
  readonly #parts: RecorderParts
  readonly #wanted: ReadonlySet<string> | undefined
  readonly #seen = new Set<string>()
  readonly #since: number
  readonly #writer = new VarintWriter(2 * blockBytes)
  readonly #tracks = new EventTracks()
  #inBlock = 0
  #firstAt = 0
  #day = Number.NaN
  #lostBefore = 0
  #waitingBytes = 0
  #work: Promise<void> = Promise.resolve()
  #recording: OpenRecording | undefined
  #file: string | undefined
  #timer: NodeJS.Timeout | undefined
  #totals = { events: 0, bytes: 0, lost: 0, skipped: 0 }
  #trouble: DataTrouble | undefined
  #isStopped = false

  constructor(parts: RecorderParts) {
    this.#parts = parts
    this.#wanted = parts.instruments === undefined ? undefined : new Set(parts.instruments)
    this.#since = parts.now()
  }

  record(events: readonly MarketEvent[]): void {
    if (this.#isStopped || this.#trouble !== undefined) return
    const day = dayOf(this.#parts.now())
    if (day !== this.#day) this.#seal()
    this.#day = day
    for (const event of events) {
      if (this.#wanted === undefined || this.#wanted.has(event.instrument)) this.#take(event)
    }
    this.#timer ??= setTimeout(() => this.#seal(), blockAgeMs).unref()
  }

  facts(): RecorderFacts {
    const instruments = this.#parts.instruments ?? [...this.#seen]
    return { since: this.#since, ...this.#totals, instruments, file: this.#file, trouble: this.#trouble }
  }

  async stop(): Promise<void> {
    this.#seal()
    this.#isStopped = true
    await this.#work
    await this.#closeRecording()
  }

  #take(event: MarketEvent): void {
    if (!isEventWritable(event)) return void this.#totals.skipped++
    if (this.#waitingBytes >= (this.#parts.waitingBytesMax ?? 8 * 2 ** 20)) {
      this.#totals.lost++
      this.#lostBefore++
      return
    }
    if (this.#inBlock === 0) this.#firstAt = event.at
    writeEvent(this.#writer, this.#tracks, event)
    this.#inBlock++
    this.#totals.events++
    // Bounded, as everything that another's words could fill.
    if (this.#seen.size < namesMax) this.#seen.add(event.instrument)
    if (this.#writer.length >= blockBytes) this.#seal()
  }

  /** What was gathered becomes a block and waits for the disk. */
  #seal(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // A block without events still says what was lost.
    if ((this.#inBlock === 0 && this.#lostBefore === 0) || this.#trouble !== undefined) return
    const payload = this.#writer.taken()
    const block: WaitingBlock = {
      day: this.#day, payload, events: this.#inBlock, lostBefore: this.#lostBefore, firstAt: this.#firstAt, lastAt: this.#tracks.at,
    }
    this.#writer.clear()
    this.#tracks.clear()
    this.#inBlock = 0
    this.#lostBefore = 0
    this.#waitingBytes += payload.length
    this.#work = this.#work.then(() => this.#write(block))
  }

  async #write(block: WaitingBlock): Promise<void> {
    try {
      if (this.#trouble !== undefined) return
      const { day, payload, ...facts } = block
      if (this.#recording?.day !== day) await this.#turnTo(day)
      const recording = ensureDefined(this.#recording, 'an open recording')
      const written = await appendBlock(recording, facts, payload)
      this.#recording = written
      this.#totals.bytes += written.bytes - recording.bytes
    } catch (error) {
      this.#trouble = diskTrouble(error, this.#file ?? this.#parts.folder)
      await this.#closeRecording()
    } finally {
      this.#waitingBytes -= block.payload.length
    }
  }

  async #turnTo(day: number): Promise<void> {
    await this.#closeRecording()
    const recording = await openRecording(this.#parts.folder, day, this.#parts.now())
    this.#recording = recording
    this.#file = recording.file
    this.#totals.bytes += recording.bytes
  }

  async #closeRecording(): Promise<void> {
    const recording = this.#recording
    this.#recording = undefined
    if (recording === undefined) return
    try {
      // What of a block a full disk took is no part of the recording.
      if (this.#trouble !== undefined) await recording.handle.truncate(recording.bytes)
      await recording.handle.datasync()
    } catch (error) {
      this.#trouble ??= diskTrouble(error, recording.file)
    }
    try {
      await recording.handle.close()
    } catch (error) {
      this.#trouble ??= diskTrouble(error, recording.file)
    }
  }
}
