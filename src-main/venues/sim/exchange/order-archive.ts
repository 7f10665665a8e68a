import { KeptList } from './kept-list.ts'
import type { VenueOrder } from './venue-order.ts'

/**
 * The orders that an account's exchange still knows: those that are open, and those that ended not too long ago. Like a venue in
 * the field it forgets what ended before that, with its client id.
 */
export class OrderArchive {
  readonly open = new Map<number, VenueOrder>()
  readonly closed: KeptList<VenueOrder>
  readonly #byNumber = new Map<number, VenueOrder>()
  readonly #byClientId = new Map<string, VenueOrder[]>()

  constructor(isOld: (order: VenueOrder) => boolean) {
    this.closed = new KeptList(isOld, (order) => this.#forget(order))
  }

  /** In the order in which they were accepted. */
  all(): readonly VenueOrder[] {
    return [...this.#byNumber.values()]
  }

  add(order: VenueOrder): void {
    this.open.set(order.number, order)
    this.#byNumber.set(order.number, order)
    const named = this.#byClientId.get(order.clientId)
    if (named === undefined) this.#byClientId.set(order.clientId, [order])
    else named.push(order)
  }

  /** As it was kept: ended ones have to come in the order in which they ended. */
  restore(order: VenueOrder): void {
    this.add(order)
    if (order.status !== 'open') this.end(order)
  }

  end(order: VenueOrder): void {
    this.open.delete(order.number)
    this.closed.push(order)
  }

  numbered(number: number): VenueOrder | undefined {
    return this.#byNumber.get(number)
  }

  /** All that have or had this client id, oldest first. */
  named(clientId: string): readonly VenueOrder[] {
    return this.#byClientId.get(clientId) ?? []
  }

  /** Open now, or ended after this time. */
  openAfter(time: number): readonly VenueOrder[] {
    const ended = this.closed.page(undefined, Infinity, ({ endedAt }) => endedAt <= time, () => true)
    return [...this.open.values(), ...ended.items].toSorted((a, b) => a.number - b.number)
  }

  #forget(order: VenueOrder): void {
    this.#byNumber.delete(order.number)
    const left = this.named(order.clientId).filter((other) => other !== order)
    if (left.length === 0) this.#byClientId.delete(order.clientId)
    else this.#byClientId.set(order.clientId, left)
  }
}
