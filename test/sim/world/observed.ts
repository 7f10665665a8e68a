import type { OrderId } from '../../../src-main/domain/index.ts'
import type { Swarm } from '../../../src-main/venues/paper/index.ts'
import type { SimEvent, SimInput, Witness } from '../checkers/index.ts'

/** Counts what no dice decides, but comes of latencies and of what struck elsewhere. */
export class Observed {
  readonly #swarm: Swarm
  readonly #witness: Witness
  /** Left, and not answered yet. */
  readonly #inFlight = new Set<OrderId>()

  constructor(swarm: Swarm, witness: Witness) {
    this.#swarm = swarm
    this.#witness = witness
  }

  left(order: OrderId): void {
    this.#inFlight.add(order)
  }

  /** Who waited for the answers is gone. */
  forget(): void {
    this.#inFlight.clear()
  }

  /** Before the events of the step are read. */
  step(input: SimInput, events: readonly SimEvent[]): void {
    const orders = this.#witness.orders
    switch (input.kind) {
      case 'send-accepted': case 'send-unknown':
        this.#inFlight.delete(input.order)
        return
      case 'batch': {
        const isMixed = events.some(({ kind }) => kind === 'order-sending') && events.some(({ kind }) => kind === 'command-refused' || kind === 'order-denied')
        if (isMixed) this.#swarm.struck('partial-batch')
        return
      }
      case 'trade-reported':
        if (input.via === 'stream' && input.trade.order !== undefined && this.#inFlight.has(input.trade.order)) this.#swarm.struck('fill-before-ack')
        return
      case 'order-reported':
        if (input.via === 'stream' && input.view.order !== undefined && orders.get(input.view.order)?.status === 'unknown') this.#swarm.struck('ack-though-answer-failed')
        return
      case 'cancel-reported':
        if (orders.get(input.order)?.status === 'filled') this.#swarm.struck('cancel-ack-after-fill')
        return
      default:
    }
  }
}

/** What the venue did by itself shows in its postings. */
export const countPostings = (postings: readonly { readonly reason: string }[]): Readonly<Record<string, number>> => ({
  'funding': postings.filter(({ reason }) => reason === 'funding').length,
  'liquidation': postings.filter(({ reason }) => reason === 'liquidation-fee').length,
})
