type Outcome = 'durable' | 'failed' | 'closed'

interface Wait {
  readonly sequence: number
  readonly resolve: (outcome: Outcome) => void
}

/** Who waits for which record, in the order of the records. */
export class DurableWaits {
  #waits: Wait[] = []
  #first = 0

  wait(sequence: number): Promise<Outcome> {
    return new Promise((resolve) => {
      // Nearly always asked for in order, so the place is nearly always the end.
      let at = this.#waits.length
      while (at > this.#first && (this.#waits[at - 1]?.sequence ?? 0) > sequence) at--
      this.#waits.splice(at, 0, { sequence, resolve })
    })
  }

  reached(durable: number): void {
    for (;;) {
      const wait = this.#waits[this.#first]
      if (wait === undefined || wait.sequence > durable) break
      this.#first++
      wait.resolve('durable')
    }
    // Moving the rest for each one that is resolved would cost more than the gap at the front.
    if (this.#first < this.#waits.length / 2) return
    this.#waits.splice(0, this.#first)
    this.#first = 0
  }

  end(outcome: Exclude<Outcome, 'durable'>): void {
    const left = this.#waits.slice(this.#first)
    this.#waits = []
    this.#first = 0
    for (const { resolve } of left) resolve(outcome)
  }
}
