/** When orders were sent, over the last minute at most: a ring of times, so that counting them needs no walk. */
export class SendTimes {
  readonly #times: Float64Array
  #first = 0
  #size = 0

  constructor(capacity: number) {
    this.#times = new Float64Array(capacity)
  }

  count(at: number): void {
    this.#comeBack(at)
    const capacity = this.#times.length
    this.#times[(this.#first + this.#size) % capacity] = at
    if (this.#size === capacity) this.#first = (this.#first + 1) % capacity
    else this.#size += 1
  }

  /** The times never fall, so the first one after a moment is found by halving. */
  after(moment: number): number {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#at(middle) > moment) high = middle
      else low = middle + 1
    }
    return this.#size - low
  }

  /** A clock that was set back must not make room: what lies ahead of it counts as sent just now. */
  #comeBack(at: number): void {
    for (let index = this.#size - 1; index >= 0 && this.#at(index) > at; index -= 1) {
      this.#times[(this.#first + index) % this.#times.length] = at
    }
  }

  #at(index: number): number {
    return this.#times[(this.#first + index) % this.#times.length] ?? 0
  }
}
