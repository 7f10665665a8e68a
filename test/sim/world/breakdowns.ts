import type { Swarm } from '../../../src-main/venues/paper/index.ts'
import { crashMoments } from './run-options.ts'
import type { CrashMoment, CrashPoint } from './run-options.ts'

/** When the program is broken off: after its trader's n-th action, with the m-th batch of records from then on, at a moment of that batch. */
export class Breakdowns {
  readonly #waiting: CrashPoint[]
  readonly #swarm: Swarm
  readonly #breakOff: (point: CrashPoint) => void
  readonly #passed: CrashMoment[] = []
  #armed: CrashPoint | undefined
  #appendsLeft = 0
  #appends = 0

  constructor(points: readonly CrashPoint[], swarm: Swarm, breakOff: (point: CrashPoint) => void) {
    this.#waiting = [...points].sort((a, b) => a.afterAction - b.afterAction)
    this.#swarm = swarm
    this.#breakOff = breakOff
  }

  /** None is to come any more. */
  get isOver(): boolean {
    return this.#waiting.length === 0 && this.#armed === undefined
  }

  /** Each moment at which it could have been broken off, once for each batch of records. */
  get passed(): readonly CrashMoment[] {
    return this.#passed
  }

  arm(action: number): void {
    const next = this.#waiting[0]
    if (next === undefined || next.afterAction > action || this.#armed !== undefined) return
    this.#armed = this.#waiting.shift()
    this.#appendsLeft = next.appends
  }

  /** The end is looked at by runs that are broken off within it; all others come to rest. */
  disarm(): void {
    if (this.#armed?.isToTheEnd !== true) this.#armed = undefined
  }

  written(): void {
    this.#appends += 1
    if (this.#armed !== undefined) this.#appendsLeft -= 1
    this.passes('written')
  }

  passes(moment: CrashPoint['moment']): void {
    this.#note(moment)
    const armed = this.#armed
    if (armed === undefined || armed.moment !== moment || this.#appendsLeft > 0) return
    if (this.#swarm.isHealed && armed.isToTheEnd !== true) return
    this.#armed = undefined
    this.#swarm.struck('crash')
    this.#swarm.struck(`tail-${armed.tail}`)
    this.#breakOff(armed)
  }

  #note(moment: CrashPoint['moment']): void {
    const isKnown = this.#passed.slice(-crashMoments.length).some((known) => known.appends === this.#appends && known.moment === moment)
    if (!isKnown) this.#passed.push({ appends: this.#appends, moment })
  }
}
