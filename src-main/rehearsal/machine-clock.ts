import type { MarketPace, Schedule } from '../venues/paper/index.ts'

export interface MachineClockParts {
  readonly schedule: Schedule
  readonly seed: number
  readonly startAt: number
  /** Updates of each instrument per second. */
  readonly intensity: number
  /** The clock is another: whoever follows it with the market is told how. */
  readonly changed: (pace: MarketPace) => void
}

/** The wall's clock as this machine shows it. Somebody sets it wrong now and then. */
export class MachineClock {
  readonly #parts: MachineClockParts
  #offset = 0
  #isRightForGood = false

  constructor(parts: MachineClockParts) {
    this.#parts = parts
  }

  get offset(): number {
    return this.#offset
  }

  wallMs(): number {
    return Math.floor(this.#parts.schedule.now) + this.#offset
  }

  /** The market's time does not follow a clock that is wrong. */
  pace(): MarketPace {
    const { seed, intensity, startAt } = this.#parts
    return { seed, intensity, anchorWall: startAt + this.#offset, anchorMarket: startAt, speed: 1 }
  }

  /** It is set wrong, and later back by as much. */
  leap(byMs: number, forMs: number): void {
    this.#set(this.#offset + byMs)
    this.#parts.schedule.after(forMs, () => { if (!this.#isRightForGood) this.#set(this.#offset - byMs) })
  }

  setRight(): void {
    this.#isRightForGood = true
    this.#set(0)
  }

  #set(offset: number): void {
    this.#offset = offset
    this.#parts.changed(this.pace())
  }
}
