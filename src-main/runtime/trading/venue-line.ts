import type { SendAmend, SendOrder, VenueReport, VenueRequest } from '../../domain/index.ts'
import type { Venue } from '../../ports/index.ts'
import { AnswerDeadlines } from './answer-deadlines.ts'
import { Outbox, type OutboxPace } from './outbox.ts'

/** Between the engine and its venue: what may leave does, and whatever comes or does not come back is heard as a report. */
export interface VenueLineParts {
  readonly venue: Venue
  readonly durable: () => number
  readonly sendEpoch: () => number
  readonly now: () => number
  readonly monotonicMs: () => number
  readonly later: (afterMs: number, work: () => void) => () => void
  readonly hear: (report: VenueReport) => void
  readonly patienceMs: number
  readonly pace?: OutboxPace
}

export class VenueLine {
  readonly #outbox: Outbox
  readonly #deadlines: AnswerDeadlines
  readonly #parts: VenueLineParts
  readonly #stopListening: () => void

  constructor(parts: VenueLineParts) {
    this.#parts = parts
    this.#deadlines = new AnswerDeadlines({ now: parts.now, tell: parts.hear, patienceMs: parts.patienceMs })
    this.#outbox = new Outbox({
      durable: parts.durable, sendEpoch: parts.sendEpoch, now: parts.now, monotonicMs: parts.monotonicMs, later: parts.later,
      leave: (request) => {
        this.#deadlines.left(request)
        parts.venue.perform(request)
      },
      stay: (request, why) => this.#stayed(request, why),
      ...(parts.pace === undefined ? {} : { pace: parts.pace }),
    })
    this.#stopListening = parts.venue.listen({
      report: (report) => {
        this.#deadlines.heard(report)
        parts.hear(report)
      },
      gone: (why) => this.#deadlines.giveUp(why),
    })
  }

  get waiting(): number {
    return this.#outbox.size
  }

  get owed(): number {
    return this.#deadlines.size
  }

  perform(request: VenueRequest): void {
    this.#outbox.take(request)
  }

  release(): void {
    this.#outbox.release()
  }

  look(): void {
    this.#deadlines.look()
  }

  dispose(): void {
    this.#outbox.close()
    this.#stopListening()
  }

  #stayed(request: SendOrder | SendAmend, why: string): void {
    const told = { at: this.#parts.now(), account: request.account, order: request.order }
    if (request.kind === 'send-order') this.#parts.hear({ kind: 'send-not-sent', ...told, proof: why })
    else this.#parts.hear({ kind: 'amend-reported', ...told, amendment: request.amendment, outcome: 'not-sent', detail: why })
  }
}
