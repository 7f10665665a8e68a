import type { OrderId, Refusal } from '../domain/index.ts'

/**
 * What commands of the last 24 hours led to, so that a command asked again is answered and not obeyed twice. Bounded: a wheel of hours
 * drops what is older than a day, and past `capacity` the oldest give way.
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
  #hour = 0

  constructor(capacity: number) {
    this.#capacity = capacity
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
    this.#answers.set(answer.commandId, answer)
    const hour = this.#wheel.get(this.#hour)
    if (hour === undefined) this.#wheel.set(this.#hour, [answer.commandId])
    else hour.push(answer.commandId)
    if (this.#answers.size > this.#capacity) this.#dropOldest()
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
    for (const [kept, commands] of this.#wheel) {
      if (kept >= hour - hoursKept) break
      for (const command of commands) this.#answers.delete(command)
      this.#wheel.delete(kept)
    }
  }

  snapshot(): readonly CommandAnswer[] {
    return [...this.#answers.values()]
  }

  #dropOldest(): void {
    const [oldest] = this.#answers.keys()
    if (oldest !== undefined) this.#answers.delete(oldest)
  }
}
