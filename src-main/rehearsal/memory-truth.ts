import { readTruth, type KeptTruth, type Schedule, type TruthLine, type TruthLog } from '../venues/paper/index.ts'

/** A group is on the disk after so long. */
const flushMs = 2
/** Then the state takes the place of all that led to it. */
const batchesMost = 4_000

/** The venue's own disk: what of its truth is there when its process ends. */
export class MemoryTruth implements TruthLog {
  readonly #schedule: Schedule
  #batches: (readonly TruthLine[])[] = []
  /** Batches that the state has taken the place of. */
  #replaced = 0
  #durable = 0
  #listener: () => void = () => undefined
  #state: (() => readonly TruthLine[]) | undefined
  #isClosed = false

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  get durable(): number {
    return this.#durable
  }

  append(batch: readonly TruthLine[]): number {
    this.#batches.push(batch)
    const number = this.#replaced + this.#batches.length
    this.#schedule.after(flushMs, () => {
      if (this.#isClosed) return
      this.#durable = number
      if (this.#batches.length > batchesMost) this.#beginAnew()
      this.#listener()
    })
    return number
  }

  onDurable(listener: () => void): void {
    this.#listener = listener
  }

  onLong(state: () => readonly TruthLine[]): void {
    this.#state = state
  }

  /** The venue's process ends: what was not durable is gone. */
  breakOff(): KeptTruth {
    this.#isClosed = true
    return readTruth(this.#batches.slice(0, this.#durable - this.#replaced).flat())
  }

  #beginAnew(): void {
    const { length } = this.#batches
    // The state holds what waits to become durable too: only while nothing does, it is what is on the disk.
    if (this.#state === undefined || this.#replaced + length !== this.#durable) return
    this.#batches = [this.#state()]
    this.#replaced += length - 1
  }
}
