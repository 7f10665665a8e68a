import fc from 'fast-check'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import type { AnyEvent, AnyRequest } from '../../../src-main/engine/index.ts'
import { lots, perpetual, Rig, spot, ticks, venueOrderOf } from '../../unit/engine/trading-rig.ts'
import type { RigOptions } from '../../unit/engine/trading-rig.ts'

/** What can happen to an engine: by its user, its venue, its time and its process, sensible or not. */
export type Action =
  | { readonly does: 'place'; readonly type: OrderSpec['type']; readonly buys: boolean; readonly price: number; readonly size: number; readonly inSpot: boolean; readonly reduces: boolean }
  | { readonly does: 'bracket'; readonly buys: boolean; readonly size: number }
  | { readonly does: 'again'; readonly which: number }
  | { readonly does: 'outcome'; readonly which: number; readonly outcome: 'accepted' | 'rejected' | 'unknown' | 'not-sent' }
  | { readonly does: 'trade'; readonly which: number; readonly size: number; readonly repeats: boolean }
  | { readonly does: 'view'; readonly which: number; readonly status: 'open' | 'filled' | 'canceled' | 'expired' | 'rejected'; readonly extra: number; readonly byQuery: boolean }
  | { readonly does: 'look-up'; readonly which: number; readonly answer: 'found' | 'not-found' | 'failed' }
  | { readonly does: 'cancel'; readonly which: number }
  | { readonly does: 'cancel-outcome'; readonly which: number; readonly outcome: 'accepted' | 'refused' | 'unknown' | 'not-sent' }
  | { readonly does: 'amend'; readonly which: number; readonly size: number; readonly price: number }
  | { readonly does: 'amend-outcome'; readonly which: number; readonly outcome: 'accepted' | 'refused' | 'unknown' }
  | { readonly does: 'cancel-all' | 'close' | 'reverse' | 'halt' | 'resume' | 'stream-up' | 'degraded' | 'well' }
  | { readonly does: 'epoch'; readonly fails: boolean }
  | { readonly does: 'quote'; readonly price: number }
  | { readonly does: 'pass'; readonly ms: number }
  | { readonly does: 'restart'; readonly lost: number }

const which = fc.nat({ max: 7 })
const size = fc.integer({ min: 1, max: 12 })
const price = fc.integer({ min: 9_850, max: 10_150 })
const types = ['limit', 'limit', 'limit', 'market', 'stop', 'take-profit'] as const

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('place' as const), type: fc.constantFrom(...types), buys: fc.boolean(), price, size, inSpot: fc.boolean(), reduces: fc.nat({ max: 5 }).map((drawn) => drawn === 0) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('bracket' as const), buys: fc.boolean(), size }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('again' as const), which }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('outcome' as const), which, outcome: fc.constantFrom('accepted', 'accepted', 'accepted', 'rejected', 'unknown', 'not-sent') }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('trade' as const), which, size, repeats: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('view' as const), which, status: fc.constantFrom('open', 'filled', 'canceled', 'expired', 'rejected'), extra: fc.nat({ max: 3 }), byQuery: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('look-up' as const), which, answer: fc.constantFrom('found', 'not-found', 'failed') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel' as const), which }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel-outcome' as const), which, outcome: fc.constantFrom('accepted', 'refused', 'unknown', 'not-sent') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('amend' as const), which, size, price }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('amend-outcome' as const), which, outcome: fc.constantFrom('accepted', 'refused', 'unknown') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('cancel-all', 'close', 'reverse', 'halt', 'resume', 'resume', 'stream-up', 'degraded', 'well') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('epoch' as const), fails: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('quote' as const), price }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(100, 1_000, 6_000, 12_000, 61_000) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const), lost: fc.nat({ max: 4 }) }) },
)
export const actions = fc.array(action, { minLength: 1, maxLength: 25, size: 'max' })

/** A hand that does what the actions say, with orders picked among the last ones. */
export class Driver {
  readonly rig: Rig
  /** All that was ever sent, by every run of the engine: what a crash forgets has still left. */
  readonly left: AnyRequest[] = []
  /** What the journal holds: what was lost in a crash is not in it. */
  journal: AnyEvent[] = []
  #commands = 0
  #trades = 0

  constructor(options: RigOptions = {}) {
    this.rig = Rig.active(options)
    this.#note()
  }

  do(step: Action): void {
    this.#perform(step)
    this.#note()
  }

  #note(): void {
    this.left.push(...this.rig.requests.slice(this.left.length))
    this.journal = [...this.rig.events]
  }

  #pick(place: number): OrderId | undefined {
    const ids = [...this.rig.engine.orders()].slice(-8)
    return ids[place % Math.max(1, ids.length)]?.id
  }

  #commandId(): string {
    this.#commands += 1
    return `c${this.#commands}`
  }

  #perform(step: Action): void {
    const { rig } = this
    const { at } = rig
    switch (step.does) {
      case 'place': {
        rig.command({ kind: 'place-order', commandId: this.#commandId(), at, order: specOf(step) })
        return
      }
      case 'bracket': {
        const side = step.buys ? 'buy' : 'sell'
        const exit = step.buys ? 'sell' : 'buy'
        const common = { account: 'main', instrument: perpetual.instrument.id, size: { by: 'quantity', lots: lots(step.size) }, timeInForce: 'gtc', owner: 'hand' } as const
        rig.command({
          kind: 'place-group', commandId: this.#commandId(), at, group: 'bracket',
          orders: [
            { ...common, side, type: 'limit', limit: ticks(10_000) },
            { ...common, side: exit, type: 'stop', trigger: { price: ticks(step.buys ? 9_800 : 10_200), source: 'last' } },
            { ...common, side: exit, type: 'limit', limit: ticks(step.buys ? 10_200 : 9_800) },
          ],
        })
        return
      }
      case 'again': {
        const command = rig.inputs.filter((input) => input.kind === 'place-order').at(-1 - step.which)
        if (command !== undefined) rig.process(command)
        return
      }
      case 'cancel-all': {
        rig.command({ kind: 'cancel-all', commandId: this.#commandId(), at })
        return
      }
      case 'close': {
        rig.command({ kind: 'close-position', commandId: this.#commandId(), at, account: 'main', instrument: perpetual.instrument.id })
        return
      }
      case 'reverse': {
        rig.command({ kind: 'reverse-position', commandId: this.#commandId(), at, account: 'main', instrument: perpetual.instrument.id })
        return
      }
      case 'halt': {
        rig.process({ kind: 'halt-trading', at, reason: 'an action', actor: 'hand' })
        return
      }
      case 'resume': {
        rig.process({ kind: 'resume-trading', at, to: 'active', reason: 'an action', actor: 'hand' })
        return
      }
      case 'stream-up': {
        rig.process({ kind: 'stream-reported', at, account: 'main', state: 'up' })
        return
      }
      case 'degraded': case 'well': {
        rig.process({ kind: 'venue-health-reported', at, account: 'main', state: step.does, detail: 'an action' })
        return
      }
      case 'epoch': {
        rig.answerEpoch(step.fails ? { trades: { ok: false, why: 'timeout' } } : {})
        return
      }
      case 'quote': {
        rig.quoteAll(step.price, step.price + 10)
        return
      }
      case 'pass': {
        rig.pass(step.ms)
        return
      }
      case 'restart': return this.#restart(step.lost)
      default: return this.#performOn(step)
    }
  }

  /** What no request was let go for may be lost; what a request waited for is not. */
  #restart(lost: number): void {
    const { rig } = this
    const needed = Math.max(0, ...this.left.map((request) => ('needs' in request ? request.needs : 0)))
    const kept = rig.events.slice(0, Math.max(needed, rig.events.length - lost))
    rig.events.length = 0
    rig.events.push(...kept)
    rig.restart(kept)
    rig.at += 1
    rig.start()
    rig.quoteAll()
  }

  #performOn(step: Extract<Action, { readonly which: number }>): void {
    const { rig } = this
    const id = this.#pick(step.which)
    if (id === undefined || step.does === 'again') return
    const { at } = rig
    const told = { at, account: 'main', order: id }
    const order = rig.order(id)
    switch (step.does) {
      case 'outcome': {
        if (order.sentAt === 0) return
        if (step.outcome === 'accepted') rig.process({ kind: 'send-accepted', ...told, venueOrder: venueOrderOf(id) })
        else if (step.outcome === 'unknown') rig.process({ kind: 'send-unknown', ...told, why: 'timeout' })
        else rig.process({ kind: step.outcome === 'rejected' ? 'send-rejected' : 'send-not-sent', ...told, proof: 'HTTP 400 -2010' })
        return
      }
      case 'trade': {
        if (order.sentAt === 0) return
        if (!step.repeats) this.#trades += 1
        const trade = { ...rig.trade(id, step.size), trade: `x${this.#trades}` }
        rig.process({ kind: 'trade-reported', at, account: 'main', via: 'stream', trade })
        return
      }
      case 'view': {
        if (order.sentAt > 0) rig.report(id, { status: step.status, filled: lots(Number(order.filled) + step.extra) }, step.byQuery ? 'query' : 'stream')
        return
      }
      case 'look-up': {
        if (order.sentAt === 0) return
        if (step.answer === 'found') rig.found(id)
        else rig.lookup(id, step.answer)
        return
      }
      case 'cancel': {
        rig.command({ kind: 'cancel-order', commandId: this.#commandId(), at, order: id })
        return
      }
      case 'cancel-outcome': {
        rig.process({ kind: 'cancel-reported', ...told, outcome: step.outcome, detail: 'an action' })
        return
      }
      case 'amend': {
        rig.command({ kind: 'amend-order', commandId: this.#commandId(), at, order: id, lots: lots(step.size), limit: ticks(step.price) })
        return
      }
      case 'amend-outcome': {
        rig.process({ kind: 'amend-reported', ...told, amendment: order.amendment, outcome: step.outcome, detail: 'an action' })
      }
    }
  }
}

function specOf(step: Extract<Action, { readonly does: 'place' }>): OrderSpec {
  const { type, buys, inSpot, reduces } = step
  return {
    account: 'main',
    instrument: inSpot ? spot.instrument.id : perpetual.instrument.id,
    side: buys ? 'buy' : 'sell',
    type,
    size: { by: 'quantity', lots: lots(step.size) },
    ...(type === 'limit' ? { limit: ticks(step.price) } : {}),
    ...(type === 'stop' || type === 'take-profit' ? { trigger: { price: ticks(step.price), source: 'last' as const } } : {}),
    timeInForce: type === 'market' ? 'ioc' : 'gtc',
    ...(reduces ? { reduceOnly: true } : {}),
    owner: 'hand',
  }
}
