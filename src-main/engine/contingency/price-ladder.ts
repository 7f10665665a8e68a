import type { OrderId } from '../../domain/index.ts'

/**
 * Prices that are waited for, nearest first, so that a price that reaches none of them is known for it by one comparison.
 * Raw numbers, because this is a column: ticks, or half ticks of a mid price.
 */
export class PriceLadder {
  readonly #direction: 1 | -1
  readonly #prices: number[] = []
  readonly #orders: OrderId[] = []

  /** `above`: reached by a price at or above; `below`: by one at or below. */
  constructor(reachedFrom: 'above' | 'below') {
    this.#direction = reachedFrom === 'above' ? 1 : -1
  }

  add(price: number, order: OrderId): void {
    let low = 0
    let high = this.#prices.length
    // After its equals: of two at one price the older comes first.
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#isReached(this.#prices[middle], price)) low = middle + 1
      else high = middle
    }
    this.#prices.splice(low, 0, price)
    this.#orders.splice(low, 0, order)
  }

  remove(order: OrderId): void {
    const place = this.#orders.indexOf(order)
    if (place < 0) return
    this.#prices.splice(place, 1)
    this.#orders.splice(place, 1)
  }

  isReached(price: number): boolean {
    return this.#isReached(this.#prices[0], price)
  }

  /** Those that this price reaches, nearest first. */
  reachedBy(price: number): readonly OrderId[] {
    let count = 0
    while (count < this.#prices.length && this.#isReached(this.#prices[count], price)) count += 1
    return this.#orders.slice(0, count)
  }

  // No price reaches a place that is not there: a comparison with NaN is false.
  #isReached(waitedFor: number | undefined, price: number): boolean {
    return waitedFor !== undefined && (this.#direction === 1 ? price >= waitedFor : price <= waitedFor)
  }
}
