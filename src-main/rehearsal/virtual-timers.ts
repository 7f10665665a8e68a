import type { Timers } from '../runtime/index.ts'
import type { Schedule } from '../venues/paper/index.ts'

/** The timers of one run of the program in virtual time. They stand still while the process does, and end with it. */
export class VirtualTimers implements Timers {
  /** A look a second is enough for whatever the runtime watches, and four times as many cost as much as all prices. */
  readonly clockPeriodMs = 1_000
  readonly #schedule: Schedule
  #isEnded = false
  #stillUntil = 0
  #stallMs = 0

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  /** The process stands still: what is due meanwhile comes after it, as one stall of the loop. */
  stall(forMs: number, seenMs = forMs): void {
    this.#stillUntil = Math.max(this.#stillUntil, this.#schedule.now + forMs)
    this.#stallMs = Math.max(this.#stallMs, seenMs)
  }

  end(): void {
    this.#isEnded = true
  }

  every(periodMs: number, work: () => void): () => void {
    let isOver = false
    const again = (): void => this.#schedule.after(this.#delay(periodMs), () => {
      if (isOver || this.#isEnded) return
      // Stalled since it was set: it is late.
      if (this.#schedule.now >= this.#stillUntil) work()
      again()
    })
    again()
    return () => { isOver = true }
  }

  after(delayMs: number, work: () => void): () => void {
    let isOver = false
    const late = (afterMs: number): void => this.#schedule.after(afterMs, () => {
      if (isOver || this.#isEnded) return
      if (this.#schedule.now < this.#stillUntil) late(this.#stillUntil - this.#schedule.now)
      else work()
    })
    late(delayMs)
    return () => { isOver = true }
  }

  watchLoop(): { takeMs(): number; dispose(): void } {
    return {
      takeMs: () => {
        const taken = this.#stallMs
        this.#stallMs = 0
        return taken
      },
      dispose: () => undefined,
    }
  }

  /** An interval that was missed runs once as soon as the loop goes on. */
  #delay(periodMs: number): number {
    const stillFor = this.#stillUntil - this.#schedule.now
    return stillFor > 0 ? stillFor : periodMs
  }
}
