import type { OrderId } from '../../domain/index.ts'

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/**
 * Keeps a refused change from being asked for again at once, and again. It is not journaled: a restart asks once more, which
 * does no harm, because what is asked for is safe to ask twice.
 */
export class Patience {
  readonly #asked = new Map<OrderId, { state: string; nextAt: number; waitMs: number }>()
  #wakeAt = Infinity
  #isRestless = false

  /** When something that was put off wants to be looked at again. */
  get wakeAt(): number {
    return this.#wakeAt
  }

  /** Whether the same was asked before and changed nothing. */
  wasInVain(order: OrderId, state: string): boolean {
    return this.#asked.get(order)?.state === state
  }

  /** Says yes once for each state that the order is in, and again after a wait that doubles each time. */
  mayAsk(order: OrderId, state: string, at: number): boolean {
    const known = this.#asked.get(order)
    const before = known?.state === state ? known : undefined
    if (before !== undefined && at < before.nextAt) {
      this.wakeNotAfter(before.nextAt)
      return false
    }
    const waitMs = before === undefined ? firstWaitMs : Math.min(before.waitMs * 2, longestWaitMs)
    this.#asked.set(order, { state, nextAt: at + waitMs, waitMs })
    this.wakeNotAfter(at + waitMs)
    return true
  }

  wakeNotAfter(at: number): void {
    this.#isRestless = true
    if (at < this.#wakeAt) this.#wakeAt = at
  }

  /** Whether something was put off since this was last asked. */
  takeRestless(): boolean {
    const wasRestless = this.#isRestless
    this.#isRestless = false
    return wasRestless
  }

  woke(): void {
    this.#wakeAt = Infinity
  }

  forget(order: OrderId): void {
    this.#asked.delete(order)
  }
}

/** How long after its `failures`th failure in a row something is tried anew. */
export const backoffMs = (failures: number): number => Math.min(500 * 2 ** Math.max(0, failures - 1), longestWaitMs)
