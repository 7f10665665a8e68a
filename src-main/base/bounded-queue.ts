import { assert } from './invariant.ts'

/**
 * What a full queue does with one more item.
 * `refuse`: nothing is lost, the producer keeps the item and must wait (orders, events).
 * `dropOldest`: the newest news counts (quotes). `dropNewest`: the first report counts (a burst of the same alarm).
 */
export type OverflowPolicy = 'refuse' | 'dropOldest' | 'dropNewest'

/** What became of an item, so that the caller of `offer` always sees a loss. */
export type OfferOutcome = 'queued' | 'refused' | 'droppedOldest' | 'droppedNewest'

const whenFull = { refuse: 'refused', dropOldest: 'droppedOldest', dropNewest: 'droppedNewest' } as const

/**
 * First in, first out, on a ring that is allocated once: nothing is allocated per item. Every item offered is counted exactly
 * once: offered = taken + dropped + refused + size.
 */
export class BoundedQueue<Item extends NonNullable<unknown>> {
  readonly capacity: number
  readonly policy: OverflowPolicy
  readonly #slots: (Item | undefined)[]
  #head = 0
  #size = 0
  #offered = 0
  #dropped = 0
  #refused = 0

  constructor(capacity: number, policy: OverflowPolicy) {
    assert(Number.isSafeInteger(capacity) && capacity > 0, 'expected a queue to hold at least one item')
    this.capacity = capacity
    this.policy = policy
    this.#slots = Array.from<Item | undefined>({ length: capacity }).fill(undefined)
  }

  get size(): number {
    return this.#size
  }

  /** Items offered since the start, whatever became of them. */
  get offered(): number {
    return this.#offered
  }

  /** Items lost, old or new. */
  get dropped(): number {
    return this.#dropped
  }

  /** Items handed back to the producer. */
  get refused(): number {
    return this.#refused
  }

  get isFull(): boolean {
    return this.#size === this.capacity
  }

  offer(item: Item): OfferOutcome {
    this.#offered += 1
    if (!this.isFull) {
      this.#append(item)
      return 'queued'
    }
    if (this.policy === 'refuse') this.#refused += 1
    else this.#dropped += 1
    if (this.policy === 'dropOldest') {
      this.#removeFirst()
      this.#append(item)
    }
    return whenFull[this.policy]
  }

  peek(): Item | undefined {
    return this.#slots[this.#head]
  }

  take(): Item | undefined {
    return this.#size === 0 ? undefined : this.#removeFirst()
  }

  #append(item: Item): void {
    const end = this.#head + this.#size
    this.#slots[end < this.capacity ? end : end - this.capacity] = item
    this.#size += 1
  }

  #removeFirst(): Item | undefined {
    const item = this.#slots[this.#head]
    // An item that has left must not be kept alive by the ring.
    this.#slots[this.#head] = undefined
    this.#head = this.#head + 1 === this.capacity ? 0 : this.#head + 1
    this.#size -= 1
    return item
  }
}
