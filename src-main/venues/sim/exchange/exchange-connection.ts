import { orderIdShape } from '../../../domain/index.ts'
import type {
  EpochPart, EpochReported, FetchEpoch, LookUpOrder, MarketReport, OrderId, SendAmend, SendCancel, SendOrder, VenueBalance, VenueOrderView,
  VenuePosition, VenuePosting, VenueReport, VenueRequest, VenueTrade,
} from '../../../domain/index.ts'
import type { ExchangeAnswer, ExchangeCall, ExchangeOutput } from './exchange-call.ts'
import type { SimExchange } from './sim-exchange.ts'
import { venueCodes } from './venue-codes.ts'
import type { VenueCodeName } from './venue-codes.ts'

/** What one request still waits for. */
type Pending =
  | { readonly kind: 'send'; readonly request: SendOrder }
  | { readonly kind: 'cancel'; readonly request: SendCancel }
  | { readonly kind: 'amend'; readonly request: SendAmend }
  | { readonly kind: 'cancel-all' }
  | { readonly kind: 'lookup'; readonly request: LookUpOrder; readonly askedAt: number }
  | { readonly kind: 'part'; readonly part: PartName; readonly epoch: EpochUnderWay }

type PartName = 'openOrders' | 'closedOrders' | 'trades' | 'positions' | 'balances' | 'postings'
type Item = VenueOrderView | VenueTrade | VenuePosition | VenueBalance | VenuePosting

interface EpochUnderWay {
  readonly request: FetchEpoch
  readonly askedAt: number
  readonly items: Record<PartName, Item[]>
  readonly why: Partial<Record<PartName, string>>
  left: number
}

/** Questions reach back a little further than asked, because the clocks of the two sides differ. */
const overlapMs = 1_000
/** Names of orders that are kept to put on their trades; the oldest are forgotten first. */
const learntMost = 10_000
/**
 * Answers that prove that a new order did not get in. Two of the exchange's answers share a code, and a duplicate id proves the
 * opposite: there is such an order. So an answer is known by its code and its words.
 */
const proofsOfRejection: ReadonlySet<string> = new Set((Object.keys(venueCodes) as VenueCodeName[]).flatMap((name) =>
  name === 'duplicate' || venueCodes[name].status !== 400 ? [] : [signOf(venueCodes[name])]))
const proofsOfNotSent: ReadonlySet<string> = new Set([venueCodes.tooManyRequests, venueCodes.banned, venueCodes.maintenance].map(signOf))

/**
 * A faultless transport between an engine and the simulated exchange, for paper trading and backtests: it sends each request once and
 * turns what comes back into reports. It must never make up an outcome: what an answer does not prove is unknown.
 */
export class ExchangeConnection {
  readonly #exchange: SimExchange
  readonly #pending = new Map<number, Pending>()
  readonly #learnt = new Map<string, OrderId>()
  readonly #isOurs: (clientId: string) => boolean

  constructor(exchange: SimExchange, isOurs: (clientId: string) => boolean = () => true) {
    this.#exchange = exchange
    this.#isOurs = isOurs
  }

  send(request: VenueRequest, at: number): void {
    const { account } = request
    const named = { account, timestamp: at }
    switch (request.kind) {
      case 'send-order':
        return this.#ask({ ...named, kind: 'place', clientId: request.order, validUntil: request.validUntil, spec: request.spec }, { kind: 'send', request }, at)
      case 'send-cancel': return this.#ask({ ...named, kind: 'cancel', ...nameOf(request) }, { kind: 'cancel', request }, at)
      case 'send-amend': {
        const { lots, limit, trigger } = request
        const wanted = { lots, ...(limit === undefined ? {} : { limit }), ...(trigger === undefined ? {} : { trigger }) }
        return this.#ask({ ...named, kind: 'amend', ...nameOf(request), ...wanted }, { kind: 'amend', request }, at)
      }
      case 'cancel-everything': {
        const { instrument } = request
        return this.#ask({ ...named, kind: 'cancel-all', ...(instrument === undefined ? {} : { instrument }) }, { kind: 'cancel-all' }, at)
      }
      case 'look-up-order':
        return this.#ask({ ...named, kind: 'lookup', instrument: request.instrument, clientId: request.order }, { kind: 'lookup', request, askedAt: at }, at)
      default: return this.#askEpoch(request, at)
    }
  }

  /** All that reaches the engine up to and with this time, in its order. */
  advance(to: number): readonly (VenueReport | MarketReport)[] {
    const reports: (VenueReport | MarketReport)[] = []
    // An answer may lead to the question for the next page, whose answer may be due as well.
    for (let next = this.#exchange.nextAt(); next <= to; next = this.#exchange.nextAt()) {
      for (const output of this.#exchange.advance(Math.max(next, this.#exchange.now()))) this.#take(output, reports)
    }
    for (const output of this.#exchange.advance(to)) this.#take(output, reports)
    return reports
  }

  #ask(call: ExchangeCall, pending: Pending, at: number): void {
    this.#pending.set(this.#exchange.receive(call, at), pending)
  }

  #askEpoch(request: FetchEpoch, at: number): void {
    const { account } = request
    const since = request.since - overlapMs
    const epoch: EpochUnderWay = {
      request, askedAt: at, why: {}, left: 6,
      items: { openOrders: [], closedOrders: [], trades: [], positions: [], balances: [], postings: [] },
    }
    const named = { account, timestamp: at }
    this.#ask({ ...named, kind: 'open-orders' }, { kind: 'part', part: 'openOrders', epoch }, at)
    this.#ask({ ...named, kind: 'closed-orders', since }, { kind: 'part', part: 'closedOrders', epoch }, at)
    this.#ask({ ...named, kind: 'trades', since }, { kind: 'part', part: 'trades', epoch }, at)
    this.#ask({ ...named, kind: 'positions' }, { kind: 'part', part: 'positions', epoch }, at)
    this.#ask({ ...named, kind: 'balances' }, { kind: 'part', part: 'balances', epoch }, at)
    this.#ask({ ...named, kind: 'postings', since }, { kind: 'part', part: 'postings', epoch }, at)
  }

  #take(output: ExchangeOutput, into: (VenueReport | MarketReport)[]): void {
    if (output.kind === 'market') into.push(output.report)
    else if (output.kind === 'stream') {
      const { at, account, body } = output
      if (body.kind === 'order') into.push({ kind: 'order-reported', via: 'stream', at, account, view: this.#named(body.view) })
      else if (body.kind === 'trade') into.push({ kind: 'trade-reported', via: 'stream', at, account, trade: this.#tradeNamed(body.trade) })
      else into.push({ kind: 'posting-reported', at, account, posting: body.posting })
    } else this.#takeAnswer(output, into)
  }

  #takeAnswer({ ticket, at, call, answer }: Extract<ExchangeOutput, { kind: 'answer' }>, into: (VenueReport | MarketReport)[]): void {
    const pending = this.#pending.get(ticket)
    if (pending === undefined) return
    this.#pending.delete(ticket)
    const { account } = call
    if (answer.status === 429 || answer.status === 418) {
      const state = answer.status === 429 ? 'limited' : 'banned'
      into.push({ kind: 'venue-health-reported', at, account, state, until: at + (answer.retryAfterMs ?? 0), detail: proofOf(answer) })
    }
    const report = this.#outcome(pending, call, answer, { at, account })
    if (report !== undefined) into.push(report)
  }

  #outcome(pending: Pending, call: ExchangeCall, answer: ExchangeAnswer, told: { readonly at: number; readonly account: string }): VenueReport | undefined {
    const detail = proofOf(answer)
    const outcome = answer.status === 200 ? 'accepted' : proofsOfNotSent.has(signOf(answer)) ? 'not-sent' : 'refused'
    switch (pending.kind) {
      case 'send': return sendOutcome(pending.request.order, answer, told)
      case 'cancel': return { ...told, kind: 'cancel-reported', order: pending.request.order, outcome, detail }
      case 'amend': {
        const { order, amendment } = pending.request
        return { ...told, kind: 'amend-reported', order, amendment, outcome, detail }
      }
      case 'lookup': return { ...told, kind: 'lookup-reported', order: pending.request.order, askedAt: pending.askedAt, answer: this.#lookupAnswer(answer) }
      case 'part': return this.#takePart(pending, call, answer, told)
      default: return undefined
    }
  }

  #lookupAnswer(answer: ExchangeAnswer): Extract<VenueReport, { kind: 'lookup-reported' }>['answer'] {
    if (answer.body?.kind === 'order') {
      return { kind: 'found', view: this.#named(answer.body.view), trades: answer.body.trades.map((trade) => this.#tradeNamed(trade)) }
    }
    return signOf(answer) === signOf(venueCodes.notFound) ? { kind: 'not-found' } : { kind: 'failed', why: proofOf(answer) }
  }

  #takePart({ part, epoch }: Extract<Pending, { kind: 'part' }>, call: ExchangeCall, answer: ExchangeAnswer, told: { readonly at: number; readonly account: string }): EpochReported | undefined {
    const { body } = answer
    if (body === undefined || body.kind === 'order' || body.kind === 'canceled') epoch.why[part] = proofOf(answer)
    else {
      const page = 'page' in body ? body.page : { items: body.items }
      for (const item of page.items) epoch.items[part].push(item)
      if ('next' in page && page.next !== undefined && (call.kind === 'closed-orders' || call.kind === 'trades' || call.kind === 'postings')) {
        this.#ask({ ...call, timestamp: told.at, cursor: page.next }, { kind: 'part', part, epoch }, told.at)
        return undefined
      }
    }
    epoch.left -= 1
    return epoch.left === 0 ? this.#epochReport(epoch, told) : undefined
  }

  #epochReport({ request, askedAt, items, why }: EpochUnderWay, told: { readonly at: number; readonly account: string }): EpochReported {
    const part = <Kind extends Item>(name: PartName, named: (item: Kind) => Kind = (item) => item): EpochPart<Kind> => {
      const failure = why[name]
      // Each part holds what its own question brought, and nothing else is put in there.
      return failure === undefined ? { ok: true, items: (items[name] as Kind[]).map(named) } : { ok: false, why: failure }
    }
    return {
      ...told, kind: 'epoch-reported', epoch: request.epoch, askedAt, since: request.since,
      openOrders: part<VenueOrderView>('openOrders', (view) => this.#named(view)),
      closedOrders: part<VenueOrderView>('closedOrders', (view) => this.#named(view)),
      trades: part<VenueTrade>('trades', (trade) => this.#tradeNamed(trade)),
      positions: part<VenuePosition>('positions'), balances: part<VenueBalance>('balances'), postings: part<VenuePosting>('postings'),
    }
  }

  #named(view: VenueOrderView): VenueOrderView {
    const order = this.#orderOf(view.clientId)
    if (order === undefined) return view
    this.#learnt.set(view.venueOrder, order)
    if (this.#learnt.size > learntMost) this.#learnt.delete(this.#learnt.keys().next().value as string)
    return { ...view, order }
  }

  /** A trade carries only the venue's name of its order; ours is known from the views that came before. */
  #tradeNamed(trade: VenueTrade): VenueTrade {
    const order = this.#learnt.get(trade.venueOrder)
    return order === undefined ? trade : { ...trade, order }
  }

  #orderOf(clientId: string | undefined): OrderId | undefined {
    if (clientId === undefined) return undefined
    const parsed = orderIdShape.parse(clientId)
    return parsed.ok && this.#isOurs(clientId) ? parsed.value : undefined
  }
}

const nameOf = ({ order, venueOrder, instrument }: SendCancel | SendAmend) =>
  ({ instrument, clientId: order, ...(venueOrder === undefined ? {} : { venueOrder }) })

function signOf({ code, message }: { readonly code: number; readonly message: string }): string {
  return `${code} ${message}`
}

const proofOf = ({ status, code, message }: ExchangeAnswer): string => `${status} ${code} ${message}`

function sendOutcome(order: OrderId, answer: ExchangeAnswer, told: { readonly at: number; readonly account: string }): VenueReport {
  const proof = proofOf(answer)
  if (answer.body?.kind === 'order') return { ...told, kind: 'send-accepted', order, venueOrder: answer.body.view.venueOrder }
  if (proofsOfNotSent.has(signOf(answer))) return { ...told, kind: 'send-not-sent', order, proof }
  if (proofsOfRejection.has(signOf(answer))) return { ...told, kind: 'send-rejected', order, proof }
  return { ...told, kind: 'send-unknown', order, why: proof }
}
