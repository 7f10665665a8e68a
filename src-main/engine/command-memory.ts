import type { OrderId, Refusal } from '../domain/index.ts'

/**
 * What commands of the last 24 hours led to, so that a command asked again is answered and not obeyed twice. Bounded: a wheel of hours
 * drops what is older than a day, and past `capacity` the oldest give way. While an order of a command is open it is never forgotten, however old
 * the command is or however far the clock leapt: asked again, it would double the order.
 */
export interface CommandAnswer {
  readonly commandId: string
  readonly command: string
  readonly at: number
  readonly orders: readonly OrderId[]
  readonly refusal?: Refusal
}

const hourMs = 3_600_000
const hoursKept = 24

export class CommandMemory {
  readonly #capacity: number
  readonly #answers = new Map<string, CommandAnswer>()
  /** Which commands fell into which hour. */
  readonly #wheel = new Map<number, string[]>()
  /** Older than a day, and kept for the sake of an order that was open when they were looked at last. */
  readonly #overdue = new Set<string>()
  readonly #isOpen: (order: OrderId) => boolean
  #hour = 0

  constructor(capacity: number, isOpen: (order: OrderId) => boolean) {
    this.#capacity = capacity
    this.#isOpen = isOpen
  }

  get size(): number {
    return this.#answers.size
  }

  answerTo(commandId: string): CommandAnswer | undefined {
    return this.#answers.get(commandId)
  }

  keep(answer: CommandAnswer): void {
    if (this.#answers.has(answer.commandId)) return
    // A clock that went back must not make an answer short-lived.
    this.turnTo(answer.at)
    this.#note(answer)
    if (this.#answers.size > this.#capacity) this.#dropOldest()
  }

  /** Of a snapshot: nothing is judged anew, so that it leads to what was there. */
  restore(answers: readonly CommandAnswer[]): void {
    for (const answer of answers) {
      this.#hour = Math.max(this.#hour, Math.floor(answer.at / hourMs))
      this.#note(answer)
    }
    this.#findOverdue()
  }

  /** What it was said to lead to never came to be. */
  lose(commandId: string, refusal: Refusal): void {
    const known = this.#answers.get(commandId)
    if (known !== undefined) this.#answers.set(commandId, { ...known, orders: [], refusal })
  }

  answers(): IterableIterator<CommandAnswer> {
    return this.#answers.values()
  }

  /** Time only goes forward here. */
  turnTo(at: number): void {
    const hour = Math.floor(at / hourMs)
    if (hour <= this.#hour) return
    this.#hour = hour
    this.#findOverdue()
    for (const command of this.#overdue) {
      if (this.#isNeeded(command)) continue
      this.#overdue.delete(command)
      this.#answers.delete(command)
    }
  }

  snapshot(): readonly CommandAnswer[] {
    return [...this.#answers.values()]
  }

  #note(answer: CommandAnswer): void {
    this.#answers.set(answer.commandId, answer)
    const hour = this.#wheel.get(this.#hour)
    if (hour === undefined) this.#wheel.set(this.#hour, [answer.commandId])
    else hour.push(answer.commandId)
  }

  #findOverdue(): void {
    for (const [kept, commands] of this.#wheel) {
      if (kept >= this.#hour - hoursKept) break
      for (const command of commands) this.#overdue.add(command)
      this.#wheel.delete(kept)
    }
  }

  #isNeeded(command: string): boolean {
    return this.#answers.get(command)?.orders.some(this.#isOpen) === true
  }

  #dropOldest(): void {
    for (const command of this.#answers.keys()) {
      if (this.#isNeeded(command)) continue
      this.#answers.delete(command)
      this.#overdue.delete(command)
      return
    }
  }
}
