import { closeSync, constants, fsyncSync, openSync } from 'node:fs'
import { bytesFreeIn, dropPrepared, durableFlag, flushFolder, noRoom, preparedPath, type JournalDisk } from './segment-files.ts'

/** Small enough that a group of records which comes meanwhile does not wait long behind one. */
export const quickStepBytes = 128 * 1024
export const largeStepBytes = 1024 * 1024

/** Stays free beside a new segment: trying again and again must not take the last room from everything else. */
const reserveBytes = (segmentBytes: number): number => Math.min(8 * 1024 * 1024, segmentBytes / 2)

/**
 * A segment that is taken from the disk before it is needed: filled with real zeros, so that no later write has to find
 * room, and flushed with its name. Step by step, so that records can be written in between.
 */
export class SegmentPreparation {
  readonly #folder: string
  readonly #bytes: number
  readonly #disk: JournalDisk
  #file: number | undefined
  #filled = 0
  isReady = false

  constructor(folder: string, bytes: number, disk: JournalDisk) {
    this.#folder = folder
    this.#bytes = bytes
    this.#disk = disk
  }

  /** Throws what the disk says; then nothing is left of it, for a full disk needs its room, and it begins anew. */
  step(stepBytes: number): void {
    if (this.isReady) return
    try {
      if (this.#file === undefined) this.#expectRoom()
      this.#file ??= openSync(preparedPath(this.#folder), constants.O_CREAT | constants.O_TRUNC | constants.O_RDWR | durableFlag, 0o600)
      if (this.#filled < this.#bytes) {
        const bytes = Math.min(stepBytes, this.#bytes - this.#filled)
        this.#disk.writeDurably(this.#file, Buffer.alloc(bytes), this.#filled)
        this.#filled += bytes
      }
      if (this.#filled < this.#bytes) return
      fsyncSync(this.#file)
      flushFolder(this.#folder)
      this.isReady = true
    } catch (error) {
      this.drop()
      throw error
    }
  }

  #expectRoom(): void {
    // What an earlier life left of one would count as taken.
    dropPrepared(this.#folder)
    const bytesNeeded = this.#bytes + reserveBytes(this.#bytes)
    const bytesFree = (this.#disk.bytesFree ?? bytesFreeIn)(this.#folder)
    if (bytesFree !== undefined && bytesFree < bytesNeeded) throw noRoom(bytesNeeded, bytesFree)
  }

  finish(): void {
    while (!this.isReady) this.step(largeStepBytes)
  }

  /** Hands the file over; the caller gives it its header and its name. */
  take(): number {
    const file = this.#file
    if (file === undefined || !this.isReady) throw new Error('the next segment was not prepared')
    this.#file = undefined
    return file
  }

  drop(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
    this.#filled = 0
    this.isReady = false
    dropPrepared(this.#folder)
  }
}
