import type { OrderId, VenueReport, VenueRequest } from '../../../domain/index.ts'
import { judgeChange, judgeLookup, judgeSend } from '../../outcome/index.ts'
import type { Acceptance, ReadAnswer } from '../../outcome/index.ts'
import type { ExchangeAnswer, ExchangeBody, ExchangeCall, SimExchange } from '../../sim/index.ts'
import type { FaultDice } from '../weather/fault-dice.ts'
import type { Timeline } from '../timeline.ts'
import { fetchEpoch } from './fetch-epoch.ts'
import { exchangeProofs, rawCallOf, readAnswerOf } from './judge.ts'
import { answerFaults, damaged, wayFaults, wayThere } from './reply-faults.ts'
import { readReply, withOwnId } from './wire.ts'
import type { RawReply, ReadReply } from './wire.ts'

/**
 * Carries requests of the engine to the exchange and brings back what can be told of them, through everything that goes wrong in
 * between. It sends each request once and never again, and calls `unknown` whatever is not proven.
 */
export interface TransportSetup {
  readonly exchange: Pick<SimExchange, 'receive'>
  readonly schedule: Timeline
  readonly swarm: FaultDice
  readonly installation: string
  readonly secret: string
  /** This machine's clock minus the true one. */
  readonly clockOffset: () => number
  /** What the adapter last measured of that; wrong for a while after the clock jumped. */
  readonly knownOffset: () => number
  readonly deliver: (report: VenueReport) => void
  /** Told of what came back, before it is judged. */
  readonly heard: (call: ExchangeCall, raw: RawReply) => void
  /** What stands before the venue at this moment, if anything does. */
  readonly gate: (call: ExchangeCall) => RawReply | undefined
  readonly isDown: () => boolean
  /** How often a question of a round is asked before its part counts as failed, and how long each time is waited for; once, as long as for anything, without it. */
  readonly questions?: { readonly tries: number; readonly deadlineMs: number }
}

export interface CallOptions {
  /** The faults that may strike, on the way there and on the way back. */
  readonly there: readonly string[]
  readonly back: readonly string[]
  readonly clockErrorMs?: number
  /** Less than the usual one. */
  readonly deadlineMs?: number
}

export const deadlineMs = 3_000

export class Transport {
  readonly setup: TransportSetup
  readonly #answers = new Map<number, (answer: ExchangeAnswer) => void>()
  #lastAnswer: ExchangeAnswer | undefined
  #isClosed = false

  constructor(setup: TransportSetup) {
    this.setup = setup
  }

  /** The process is gone: what still comes back finds nobody. */
  close(): void {
    this.#isClosed = true
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** An answer of the exchange reached this machine. */
  answered(ticket: number, answer: ExchangeAnswer): void {
    const waiting = this.#answers.get(ticket)
    this.#answers.delete(ticket)
    waiting?.(answer)
    // An error names no order, so an exchanged one could not be told from a true one: only answers that name their order are mixed up.
    if (answer.body?.kind === 'order') this.#lastAnswer = answer
  }

  send(request: VenueRequest): void {
    switch (request.kind) {
      case 'send-order': return this.#sendOrder(request)
      case 'send-cancel': return this.#change(request, { ...this.#naming(request), kind: 'cancel' }, 'cancel-reported')
      case 'send-amend': {
        const { lots, limit, trigger } = request
        const wanted = { lots, ...(limit === undefined ? {} : { limit }), ...(trigger === undefined ? {} : { trigger }) }
        return this.#change(request, { ...this.#naming(request), kind: 'amend', ...wanted }, 'amend-reported')
      }
      case 'cancel-everything': {
        const { account, instrument } = request
        const call: ExchangeCall = { kind: 'cancel-all', account, timestamp: this.#stamp(), ...(instrument === undefined ? {} : { instrument }) }
        return this.call(call, changeFaults, () => undefined)
      }
      case 'look-up-order': return this.#lookUp(request)
      case 'fetch-epoch': return fetchEpoch(this, request)
    }
  }

  now(): number {
    return Math.floor(this.setup.schedule.now) + this.setup.clockOffset()
  }

  /** A time of this machine's clock, by the clock of the exchange as far as it is known. */
  toVenueTime(local: number): number {
    return local - this.setup.knownOffset()
  }

  tell(report: VenueReport): void {
    if (!this.#isClosed) this.setup.deliver(report)
  }

  /** One call, one outcome: an answer as it was read, or nothing that could be read before the deadline. */
  call(call: ExchangeCall, options: CallOptions, done: (read: ReadReply | undefined, raw: RawReply) => void): void {
    const { schedule, swarm, secret, gate, isDown } = this.setup
    let isDone = false
    const finish = (raw: RawReply): void => {
      if (isDone || this.#isClosed) return
      isDone = true
      // The adapter knows its own key: no text leaves it with the key inside.
      const clean = raw.kind === 'reply' ? { ...raw, text: raw.text.replaceAll(secret, '(key)') } : raw
      this.setup.heard(call, clean)
      done(readReply(clean), clean)
    }
    const thereFault = swarm.firstOf(options.there)
    const backFault = swarm.firstOf(options.back)
    const way = wayThere(thereFault, swarm, secret)
    const refused = isDown() ? ({ kind: 'broken', error: 'reset' } as const) : gate(call)
    schedule.after(options.deadlineMs ?? deadlineMs, () => finish({ kind: 'broken', error: 'timeout' }))
    if (refused !== undefined) return schedule.after(60, () => finish(refused))
    if (thereFault !== undefined) swarm.struck(thereFault)
    if (way.kind === 'turned-away') return schedule.after(way.afterMs, () => finish(way.reply))
    const timestamp = call.timestamp + way.clockErrorMs
    schedule.after(way.delayMs, () => {
      const ticket = this.setup.exchange.receive({ ...call, timestamp }, schedule.now)
      this.#answers.set(ticket, (answer) => {
        if (isDone || this.#isClosed) return
        if (backFault !== undefined) swarm.struck(backFault)
        const raw = damaged(backFault, answer, secret, this.#lastAnswer)
        if (raw.kind === 'broken' && raw.error !== 'reset') return
        const dripMs = backFault === 'slow-drip' ? 4_000 * swarm.shape(backFault) : 0
        schedule.after(dripMs, () => finish(raw))
        // The second one finds the first already taken.
        if (backFault === 'duplicate-reply') schedule.after(dripMs + 1, () => finish(raw))
      })
    })
  }

  stamp(): number {
    return this.#stamp()
  }

  #stamp(): number {
    return this.toVenueTime(this.now())
  }

  #naming({ account, order, venueOrder, instrument }: { account: string; order: OrderId; venueOrder?: string; instrument: string }) {
    return { account, timestamp: this.#stamp(), instrument, clientId: order as string, ...(venueOrder === undefined ? {} : { venueOrder }) }
  }

  #sendOrder({ account, order, spec, validUntil }: Extract<VenueRequest, { kind: 'send-order' }>): void {
    const call: ExchangeCall = { kind: 'place', account, timestamp: this.#stamp(), clientId: order, validUntil: this.toVenueTime(validUntil), spec }
    this.call(call, changeFaults, (read, raw) => {
      const told = { at: this.now(), account, order }
      const judged = judgeSend(rawCallOf(raw), acceptanceOf(readAnswerOf(read)), order, exchangeProofs)
      switch (judged.kind) {
        case 'accepted': return this.tell({ kind: 'send-accepted', ...told, venueOrder: judged.venueOrder })
        case 'rejected': return this.tell({ kind: 'send-rejected', ...told, proof: judged.proof })
        case 'not-sent': return this.tell({ kind: 'send-not-sent', ...told, proof: judged.proof })
        case 'unknown': return this.tell({ kind: 'send-unknown', ...told, why: judged.why })
      }
    })
  }

  #change(request: Extract<VenueRequest, { kind: 'send-cancel' | 'send-amend' }>, call: ExchangeCall, kind: 'cancel-reported' | 'amend-reported'): void {
    this.call(call, changeFaults, (read, raw) => {
      const { account, order } = request
      const ours = { clientId: order, venueOrder: request.venueOrder }
      const { outcome, detail } = judgeChange(rawCallOf(raw), acceptanceOf(readAnswerOf(read)), ours, exchangeProofs)
      const told = { at: this.now(), account, order, outcome, detail }
      this.tell(kind === 'cancel-reported' ? { kind, ...told } : { kind, ...told, amendment: 'amendment' in request ? request.amendment : 0 })
    })
  }

  #lookUp(request: Extract<VenueRequest, { kind: 'look-up-order' }>): void {
    const { account, order, instrument } = request
    const askedAt = this.now()
    const call: ExchangeCall = { kind: 'lookup', account, timestamp: this.#stamp(), instrument, clientId: order }
    this.call(call, questionFaults, (read, raw) => {
      const told = { kind: 'lookup-reported', at: this.now(), account, order, askedAt } as const
      const judged = judgeLookup(rawCallOf(raw), readAnswerOf(read), exchangeProofs, (body) => body.kind === 'order' && body.view.clientId === order)
      if (judged.kind !== 'found') return this.tell({ ...told, answer: judged })
      if (judged.value.kind !== 'order') return
      const view = withOwnId(judged.value.view, this.setup.installation)
      this.tell({ ...told, answer: { kind: 'found', view, trades: judged.value.trades.map((trade) => ({ ...trade, order })) } })
    })
  }
}

const acceptanceOf = (answer: ReadAnswer<ExchangeBody>): ReadAnswer<Acceptance> => {
  if (answer.kind !== 'value') return answer
  if (answer.value.kind !== 'order') return { kind: 'unreadable' }
  const { venueOrder, clientId } = answer.value.view
  return { kind: 'value', value: { venueOrder, clientId: clientId ?? '' } }
}

export const changeFaults: CallOptions = { there: wayFaults, back: answerFaults }
export const questionFaults: CallOptions = { there: ['question-times-out', 'question-reset', 'question-429'], back: ['question-5xx', 'question-truncated', 'question-empty-body', 'question-html'] }
