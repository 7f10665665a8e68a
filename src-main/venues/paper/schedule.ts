/**
 * What will happen, in the order in which it will: by virtual time, then by a tie-break that the seed draws, then by number. The
 * tie-break makes simultaneous things happen in each order over the seeds, and in the same order for the same seed.
 */
interface Entry {
  readonly at: number
  readonly tie: number
  readonly number: number
  readonly run: () => void
}

const isBefore = (a: Entry, b: Entry): boolean => {
  if (a.at !== b.at) return a.at < b.at
  return a.tie === b.tie ? a.number < b.number : a.tie < b.tie
}

export class Schedule {
  readonly #heap: Entry[] = []
  readonly #drawTie: () => number
  #number = 0
  #now: number

  constructor(start: number, drawTie: () => number) {
    this.#now = start
    this.#drawTie = drawTie
  }

  get now(): number {
    return this.#now
  }

  get size(): number {
    return this.#heap.length
  }

  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY
  }

  /** Nothing happens in the past: what is asked for earlier happens now. */
  at(at: number, run: () => void): void {
    const entry = { at: Math.max(at, this.#now), tie: this.#drawTie(), number: this.#number++, run }
    this.#heap.push(entry)
    this.#rise(this.#heap.length - 1)
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.#now + delayMs, run)
  }

  /** One thing happens; `false` when nothing is left before `until`. */
  step(until: number): boolean {
    const first = this.#heap[0]
    if (first === undefined || first.at > until) return false
    const last = this.#heap.pop()
    if (last !== undefined && last !== first) {
      this.#heap[0] = last
      this.#sink(0)
    }
    this.#now = first.at
    first.run()
    return true
  }

  /** Time passes without an event. */
  passTo(at: number): void {
    this.#now = Math.max(this.#now, at)
  }

  #rise(from: number): void {
    const heap = this.#heap
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1
      const [child, above] = [heap[index], heap[parent]]
      if (child === undefined || above === undefined || !isBefore(child, above)) return
      heap[index] = above
      heap[parent] = child
      index = parent
    }
  }

  #sink(from: number): void {
    const heap = this.#heap
    for (let index = from; ;) {
      const left = heap[2 * index + 1]
      if (left === undefined) return
      const right = heap[2 * index + 2]
      const smaller = right !== undefined && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1
      const [below, here] = [heap[smaller], heap[index]]
      if (below === undefined || here === undefined || !isBefore(below, here)) return
      heap[index] = below
      heap[smaller] = here
      index = smaller
    }
  }
}
