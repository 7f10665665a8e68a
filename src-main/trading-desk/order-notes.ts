import { rawOf } from '../base/index.ts'
import type { OrderId, Refusal, TradingEvent } from '../domain/index.ts'

/** What events say of an order that its state does not keep: why it was refused, doubted, canceled, flagged. */
export interface OrderNote {
  readonly refusal?: Refusal
  readonly why?: string
  readonly flag?: { readonly what: 'naked' | 'denied-exit' | 'overfill'; readonly lots: number; readonly detail: string }
}

const notesMax = 20_000
const none: OrderNote = {}

/** Since this start. What was before it, the history of the books knows. */
export class OrderNotes {
  readonly #notes = new Map<OrderId, OrderNote>()

  of(order: OrderId): OrderNote {
    return this.#notes.get(order) ?? none
  }

  hear(event: TradingEvent): void {
    const note = noteOf(event)
    if (note === undefined || !('order' in event)) return
    const before = this.#notes.get(event.order)
    this.#notes.delete(event.order)
    this.#notes.set(event.order, { ...before, ...note })
    if (this.#notes.size <= notesMax) return
    const [oldest] = this.#notes.keys()
    if (oldest !== undefined) this.#notes.delete(oldest)
  }
}

function noteOf(event: TradingEvent): OrderNote | undefined {
  switch (event.kind) {
    case 'order-denied': return { refusal: event.refusal, why: event.refusal.detail }
    case 'order-rejected': case 'order-absent': return { why: event.proof }
    case 'order-unknown': case 'order-stuck': case 'order-canceled': case 'order-resized': case 'order-revised': case 'order-corrected':
      return { why: event.why }
    case 'order-expired': return { why: 'its time was over' }
    case 'cancel-changed': case 'amend-changed': return { why: event.detail }
    case 'order-flagged': return { flag: { what: event.what, lots: rawOf(event.lots), detail: event.detail } }
    case 'overfill-seen': return { flag: { what: 'overfill', lots: rawOf(event.excess), detail: 'more was filled than was asked for' } }
    default: return undefined
  }
}
