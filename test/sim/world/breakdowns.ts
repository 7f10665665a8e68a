import type { Swarm } from '../../../src-main/venues/paper/index.ts'
import type { CrashPoint } from './run-options.ts'

/** When the program is broken off: after its trader's n-th action, with the m-th batch of records from then on, at a moment of that batch. */
export class Breakdowns {
  readonly #waiting: CrashPoint[]
  readonly #swarm: Swarm
  readonly #breakOff: (point: CrashPoint) => void
  #armed: CrashPoint | undefined
  #appendsLeft = 0

  constructor(points: readonly CrashPoint[], swarm: Swarm, breakOff: (point: CrashPoint) => void) {
    this.#waiting = [...points].sort((a, b) => a.afterAction - b.afterAction)
    this.#swarm = swarm
    this.#breakOff = breakOff
  }

  /** None is to come any more. */
  get isOver(): boolean {
    return this.#waiting.length === 0 && this.#armed === undefined
  }

  arm(action: number): void {
    const next = this.#waiting[0]
    if (next === undefined || next.afterAction > action || this.#armed !== undefined) return
    this.#armed = this.#waiting.shift()
    this.#appendsLeft = next.appends
  }

  disarm(): void {
    this.#armed = undefined
  }

  written(): void {
    if (this.#armed !== undefined) this.#appendsLeft -= 1
    this.passes('written')
  }

  passes(moment: CrashPoint['moment']): void {
    const armed = this.#armed
    if (armed === undefined || armed.moment !== moment || this.#appendsLeft > 0 || this.#swarm.isHealed) return
    this.#armed = undefined
    this.#swarm.struck('crash')
    this.#swarm.struck(`tail-${armed.tail}`)
    this.#breakOff(armed)
  }
}
