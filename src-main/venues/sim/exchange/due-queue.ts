/** What is due when: earliest first, and of the same time what was put in first. A binary heap. */
export class DueQueue<Item> {
  readonly #heap: { readonly at: number; readonly order: number; readonly item: Item }[] = []
  #given = 0

  get size(): number {
    return this.#heap.length
  }

  /** Infinity when nothing is. */
  nextAt(): number {
    return this.#heap[0]?.at ?? Infinity
  }

  add(at: number, item: Item): void {
    const heap = this.#heap
    const entry = { at, order: this.#given, item }
    this.#given += 1
    let child = heap.length
    heap.push(entry)
    while (child > 0) {
      const parent = (child - 1) >> 1
      const above = heap[parent] as (typeof heap)[number]
      if (!isBefore(entry, above)) break
      heap[child] = above
      child = parent
    }
    heap[child] = entry
  }

  take(): Item | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first?.item
    let hole = 0
    for (;;) {
      const left = 2 * hole + 1
      if (left >= heap.length) break
      const right = left + 1
      const nearer = right < heap.length && isBefore(heap[right] as typeof last, heap[left] as typeof last) ? right : left
      const below = heap[nearer] as typeof last
      if (!isBefore(below, last)) break
      heap[hole] = below
      hole = nearer
    }
    heap[hole] = last
    return first.item
  }
}

interface Place {
  readonly at: number
  readonly order: number
}

const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
