import type { SendAmend, SendOrder, VenueRequest } from '../../domain/index.ts'

/**
 * Where requests wait for their record and for their turn.
 * Invariants: 1 nothing leaves before the record that it needs is durable; 2 what a halt has overtaken, or what is older than the venue would take, stays,
 * and that is told; 3 a request leaves at most once, cancels first, and what has the same rank in the order in which it came.
 */
export interface OutboxParts {
  /** The highest event number that is known to be on the disk. */
  readonly durable: () => number
  readonly sendEpoch: () => number
  /** Milliseconds UTC, as the engine's inputs have them. */
  readonly now: () => number
  /** A clock that nobody sets, for the pace. */
  readonly monotonicMs: () => number
  readonly later: (afterMs: number, work: () => void) => () => void
  readonly leave: (request: VenueRequest) => void
  readonly stay: (request: SendOrder | SendAmend, why: string) => void
  readonly pace?: OutboxPace
}

/** A bucket of tokens, below what the venue allows: its own refusals are the last resort, not the brake. */
export interface OutboxPace {
  readonly capacity: number
  readonly perSecond: number
}

const usualPace: OutboxPace = { capacity: 50, perSecond: 40 }

const ranks: Readonly<Record<VenueRequest['kind'], number>> = {
  'cancel-everything': 0, 'send-cancel': 0, 'look-up-order': 1, 'send-order': 2, 'send-amend': 2, 'fetch-epoch': 3,
}
const rankCount = 4
/** A round is six questions and more. */
const costOf = ({ kind }: VenueRequest): number => (kind === 'fetch-epoch' ? 7 : 1)

export class Outbox {
  readonly #parts: OutboxParts
  readonly #pace: OutboxPace
  readonly #ready: VenueRequest[][] = Array.from({ length: rankCount }, () => [])
  #gated: VenueRequest[] = []
  #tokens: number
  #filledAt: number
  #stopWaiting: (() => void) | undefined
  #isLeaving = false
  #isClosed = false

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#pace = parts.pace ?? usualPace
    this.#tokens = this.#pace.capacity
    this.#filledAt = parts.monotonicMs()
  }

  get size(): number {
    return this.#ready.reduce((sum, { length }) => sum + length, this.#gated.length)
  }

  take(request: VenueRequest): void {
    if (this.#isClosed) return
    if (request.needs <= this.#parts.durable()) this.#ready[ranks[request.kind]]?.push(request)
    else this.#gated.push(request)
    this.#letLeave()
  }

  /** More has become durable. */
  release(): void {
    if (this.#gated.length === 0 || this.#isClosed) return
    const durable = this.#parts.durable()
    const waiting: VenueRequest[] = []
    for (const request of this.#gated) {
      if (request.needs <= durable) this.#ready[ranks[request.kind]]?.push(request)
      else waiting.push(request)
    }
    this.#gated = waiting
    this.#letLeave()
  }

  /** Whatever waits does not leave any more; the engine of the next start knows of it from its records. */
  close(): void {
    this.#isClosed = true
    this.#stopWaiting?.()
  }

  #letLeave(): void {
    // A venue that answers at once makes the engine ask for more from within.
    if (this.#isLeaving) return
    this.#isLeaving = true
    try {
      for (let next = this.#next(); next !== undefined && !this.#isClosed; next = this.#next()) this.#letGo(next)
    } finally {
      this.#isLeaving = false
    }
  }

  #next(): VenueRequest | undefined {
    const queue = this.#ready.find(({ length }) => length > 0)
    const first = queue?.[0]
    if (queue === undefined || first === undefined) return undefined
    this.#fill()
    // A cancel is never held back for the pace: the venue's own limit is the worst that it can meet.
    const needed = Math.min(costOf(first), this.#pace.capacity)
    if (ranks[first.kind] > 0 && this.#tokens < needed) {
      this.#wait()
      return undefined
    }
    return queue.shift()
  }

  #letGo(request: VenueRequest): void {
    if (request.kind === 'send-order' || request.kind === 'send-amend') {
      if (request.sendEpoch < this.#parts.sendEpoch()) return this.#parts.stay(request, 'overtaken by a halt')
      if (request.kind === 'send-order' && this.#parts.now() > request.validUntil) return this.#parts.stay(request, 'older than the venue would take')
    }
    // What costs more than the bucket holds leaves it in debt.
    this.#tokens -= costOf(request)
    this.#parts.leave(request)
  }

  #fill(): void {
    const now = this.#parts.monotonicMs()
    this.#tokens = Math.min(this.#pace.capacity, this.#tokens + ((now - this.#filledAt) * this.#pace.perSecond) / 1_000)
    this.#filledAt = now
  }

  /** For one token more: what comes meanwhile may need less than what waits now. */
  #wait(): void {
    if (this.#stopWaiting !== undefined) return
    const missing = Math.floor(this.#tokens) + 1 - this.#tokens
    this.#stopWaiting = this.#parts.later(Math.ceil((missing * 1_000) / this.#pace.perSecond), () => {
      this.#stopWaiting = undefined
      this.#letLeave()
    })
  }
}
