/** One piece of work in each turn of the loop, however many want theirs done: whoever came first is served first. */
export class LoopTurns {
  readonly #waiting: (() => void)[] = []

  /** Settled when it is this one's turn; what it then does without waiting belongs to that turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (this.#waiting.length === 1) setImmediate(() => this.#give())
    })
  }

  #give(): void {
    this.#waiting.shift()?.()
    if (this.#waiting.length > 0) setImmediate(() => this.#give())
  }
}
