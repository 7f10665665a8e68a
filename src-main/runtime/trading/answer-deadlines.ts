import type { VenueReport, VenueRequest } from '../../domain/index.ts'

/**
 * What a venue's side owes an answer to. A venue that is silent must not leave an order between two states for good.
 * Invariants: 1 a request that was not answered in time is told as unknown, never as failed; 2 an answer that comes after that is still told.
 */
export interface DeadlineParts {
  readonly now: () => number
  readonly tell: (report: VenueReport) => void
  readonly patienceMs: number
}

type Owed = Exclude<VenueRequest, { readonly kind: 'cancel-everything' }>

interface Waiting {
  readonly request: Owed
  readonly until: number
}

/** Lookups and rounds are asked again by the engine itself; what it cannot know is the fate of a change. */
export class AnswerDeadlines {
  readonly #parts: DeadlineParts
  readonly #waiting = new Map<string, Waiting>()

  constructor(parts: DeadlineParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#waiting.size
  }

  left(request: VenueRequest): void {
    const key = keyOfRequest(request)
    if (key !== undefined && request.kind !== 'cancel-everything') this.#waiting.set(key, { request, until: this.#parts.now() + this.#parts.patienceMs })
  }

  heard(report: VenueReport): void {
    const key = keyOfReport(report)
    if (key !== undefined) this.#waiting.delete(key)
  }

  /** The side of the venue is gone: nothing that is owed will come. */
  giveUp(why: string): void {
    const owed = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { request } of owed) this.#tellUnknown(request, why)
  }

  look(): void {
    const now = this.#parts.now()
    for (const [key, { request, until }] of this.#waiting) {
      if (until > now) continue
      this.#waiting.delete(key)
      this.#tellUnknown(request, 'no answer in time')
    }
  }

  #tellUnknown(request: Owed, why: string): void {
    const { account } = request
    const told = { at: this.#parts.now(), account }
    switch (request.kind) {
      case 'send-order': return this.#parts.tell({ kind: 'send-unknown', ...told, order: request.order, why })
      case 'send-cancel': return this.#parts.tell({ kind: 'cancel-reported', ...told, order: request.order, outcome: 'unknown', detail: why })
      case 'send-amend': return this.#parts.tell({ kind: 'amend-reported', ...told, order: request.order, amendment: request.amendment, outcome: 'unknown', detail: why })
      case 'look-up-order':
        return this.#parts.tell({ kind: 'lookup-reported', ...told, order: request.order, askedAt: told.at, answer: { kind: 'failed', why } })
      case 'fetch-epoch': {
        const failed = { ok: false, why } as const
        return this.#parts.tell({
          kind: 'epoch-reported', ...told, epoch: request.epoch, askedAt: told.at, since: request.since,
          openOrders: failed, closedOrders: failed, trades: failed, positions: failed, balances: failed, postings: failed,
        })
      }
    }
  }
}

function keyOfRequest(request: VenueRequest): string | undefined {
  switch (request.kind) {
    case 'send-order': return `send ${request.order}`
    case 'send-cancel': return `cancel ${request.order}`
    case 'send-amend': return `amend ${request.order} ${request.amendment}`
    case 'look-up-order': return `look-up ${request.order}`
    case 'fetch-epoch': return `epoch ${request.account} ${request.epoch}`
    case 'cancel-everything': return undefined
  }
}

function keyOfReport(report: VenueReport): string | undefined {
  switch (report.kind) {
    case 'send-accepted': case 'send-rejected': case 'send-not-sent': case 'send-unknown': return `send ${report.order}`
    case 'cancel-reported': return `cancel ${report.order}`
    case 'amend-reported': return `amend ${report.order} ${report.amendment}`
    case 'lookup-reported': return `look-up ${report.order}`
    case 'epoch-reported': return `epoch ${report.account} ${report.epoch}`
    default: return undefined
  }
}
