import type { VenueRequest } from '../../../src-main/domain/index.ts'
import type { Schedule } from '../../../src-main/venues/paper/index.ts'

/**
 * Where requests wait for their record and for their turn. Nothing may leave before the record it needs is durable; what a halt has
 * overtaken stays; a cancel goes before everything else.
 */
interface Waiting {
  readonly request: VenueRequest
  readonly readyAt: number
}

export interface OutboxSetup {
  readonly schedule: Schedule
  readonly durableSequence: () => number
  readonly sendEpoch: () => number
  readonly leave: (request: VenueRequest, waitedMs: number) => void
  readonly stay: (request: Extract<VenueRequest, { kind: 'send-order' | 'send-amend' }>) => void
}

/** Between two requests, so that a burst stays below what the venue allows. */
const gapMs = 18
const ranks: Readonly<Record<VenueRequest['kind'], number>> = {
  'cancel-everything': 0, 'send-cancel': 0, 'send-order': 1, 'send-amend': 1, 'look-up-order': 2, 'fetch-epoch': 3,
}

export class Outbox {
  readonly #setup: OutboxSetup
  #gated: VenueRequest[] = []
  readonly #ready: Waiting[] = []
  #freeAt = 0
  #isClosed = false
  #isPacing = false

  constructor(setup: OutboxSetup) {
    this.#setup = setup
  }

  get size(): number {
    return this.#gated.length + this.#ready.length
  }

  close(): void {
    this.#isClosed = true
  }

  take(request: VenueRequest): void {
    this.#gated.push(request)
    this.release()
  }

  /** More has become durable, or something was taken. */
  release(): void {
    if (this.#isClosed) return
    const durable = this.#setup.durableSequence()
    const free = this.#gated.filter(({ needs }) => needs <= durable)
    if (free.length === 0) return
    this.#gated = this.#gated.filter(({ needs }) => needs > durable)
    for (const request of free) this.#ready.push({ request, readyAt: this.#setup.schedule.now })
    this.#pace()
  }

  #pace(): void {
    if (this.#isClosed || this.#ready.length === 0) return
    const { schedule } = this.#setup
    // A cancel goes past those that wait for their turn, also while that is under way.
    const isUrgent = this.#ready.some(({ request }) => ranks[request.kind] === 0)
    if (this.#isPacing && !isUrgent) return
    if (schedule.now < this.#freeAt && !isUrgent) {
      this.#isPacing = true
      schedule.at(this.#freeAt, () => {
        this.#isPacing = false
        this.#pace()
      })
      return
    }
    const next = this.#takeNext()
    if (next !== undefined) this.#go(next)
    this.#pace()
  }

  #takeNext(): Waiting | undefined {
    let best = 0
    this.#ready.forEach(({ request }, index) => {
      if (ranks[request.kind] < ranks[this.#ready[best]?.request.kind ?? request.kind]) best = index
    })
    return this.#ready.splice(best, 1)[0]
  }

  #go({ request, readyAt }: Waiting): void {
    const { schedule, sendEpoch, leave, stay } = this.#setup
    // An epoch is six questions and more.
    this.#freeAt = Math.max(this.#freeAt, schedule.now) + (request.kind === 'fetch-epoch' ? gapMs * 7 : gapMs)
    if ((request.kind === 'send-order' || request.kind === 'send-amend') && request.sendEpoch < sendEpoch()) return stay(request)
    leave(request, schedule.now - readyAt)
  }
}
