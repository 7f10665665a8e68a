/**
 * Which of the numbers that others wait for are on the disk: those of events, whose records have numbers of their own in the journal.
 * Invariants: 1 a mark counts as durable only when its record, and that of every mark before it, is.
 */
export class DurableMarks {
  /** In the order in which they were written, which is that of both numbers. */
  readonly #waiting: { readonly mark: number; readonly sequence: number }[] = []
  #first = 0
  #durable: number
  #lastMark = 0
  #lastSequence = 0

  constructor(durable: number) {
    this.#durable = durable
  }

  get durable(): number {
    return this.#durable
  }

  wait(mark: number, sequence: number): void {
    this.#waiting.push({ mark, sequence })
    this.#lastMark = mark
    this.#lastSequence = sequence
  }

  /** The record of this mark, if it is the last one that was written. */
  recordOfLast(mark: number): number | undefined {
    return mark === this.#lastMark ? this.#lastSequence : undefined
  }

  /** The journal is durable up to this; true when that brought marks with it. */
  reach(sequence: number): boolean {
    const before = this.#durable
    for (let next = this.#waiting[this.#first]; next !== undefined && next.sequence <= sequence; next = this.#waiting[this.#first]) {
      this.#durable = next.mark
      this.#first += 1
    }
    this.#forget()
    return this.#durable > before
  }

  /** What was reached is cut off now and then, not each time. */
  #forget(): void {
    if (this.#first < 1_024 && this.#first < this.#waiting.length) return
    this.#waiting.splice(0, this.#first)
    this.#first = 0
  }
}
