const windowMs = 1_000

/** How many events come in a second, by this machine's clock, over the last whole second. */
export class EventRate {
  readonly #monotonicMs: () => number
  #began: number
  #count = 0
  #rate = 0

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
    this.#began = monotonicMs()
  }

  count(events: number): void {
    this.#roll()
    this.#count += events
  }

  perSecond(): number {
    this.#roll()
    return this.#rate
  }

  #roll(): void {
    const now = this.#monotonicMs()
    const passed = now - this.#began
    if (passed < windowMs) return
    this.#rate = Math.round((this.#count * 1_000) / passed)
    this.#count = 0
    this.#began = now
  }
}
