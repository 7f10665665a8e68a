import type { OrderId } from '../../domain/index.ts'

/** When orders end by themselves. Looked at only once the earliest of them is due. */
export class Deadlines {
  readonly #byOrder = new Map<OrderId, number>()
  #nextAt = Infinity

  get nextAt(): number {
    return this.#nextAt
  }

  set(order: OrderId, at: number | undefined): void {
    if (at === undefined) {
      this.#byOrder.delete(order)
      return
    }
    this.#byOrder.set(order, at)
    if (at < this.#nextAt) this.#nextAt = at
  }

  /** Those that are due; they stay until they are taken out, but are named once. */
  due(at: number): readonly OrderId[] {
    const due: OrderId[] = []
    let nextAt = Infinity
    for (const [order, deadline] of this.#byOrder) {
      if (deadline <= at) due.push(order)
      else if (deadline < nextAt) nextAt = deadline
    }
    for (const order of due) this.#byOrder.delete(order)
    this.#nextAt = nextAt
    return due
  }
}
