import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { EpochPart, MarketReport, OrderId, VenueOrderView, VenuePosition, VenuePosting, VenueReport, VenueTrade } from '../../../src-main/domain/index.ts'
import { canonicalJson, TradingEngine } from '../../../src-main/engine/index.ts'
import { other, perpetual, Rig, spot, venueOrderOf } from '../../unit/engine/trading-rig.ts'

const cases = { numRuns: 1_000 }
/** A thousand lives of an engine; other work may share the machine. */
const patienceMs = 180_000

/** Honest numbers, the edges of what a number holds, and what lies between. */
const number = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 12_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1) },
  { weight: 1, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.nat({ max: 53 }).map((power) => 2 ** power - 1) },
)
const lots = number.map((raw) => lotsFromRaw(raw))
const ticks = number.map((raw) => ticksFromRaw(raw))
const amount = number.map((raw) => amountFromRaw(raw))
const instrument = fc.constantFrom(perpetual.instrument.id, perpetual.instrument.id, spot.instrument.id, other.instrument.id, 'NEW/USD')
const asset = fc.constantFrom('USD', 'BTC', 'ETH', 'XYZ', '')
const account = fc.constantFrom('main', 'main', 'main', 'main', 'nobody')
const side = fc.constantFrom('buy' as const, 'sell' as const)
const positionSide = fc.option(fc.constantFrom('net' as const, 'long' as const, 'short' as const), { nil: undefined })
/** Before and after now, in milliseconds. */
const ago = fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(0, 10_000_000))
const placeOfOrder = fc.nat({ max: 7 })
const name = fc.constantFrom('v1', 'v2', 'v3')

interface Claims {
  /** One of the engine's own orders; none: a stranger's. */
  readonly of: number | undefined
  readonly named: boolean
}
const claims: fc.Arbitrary<Claims> = fc.record({ of: fc.option(placeOfOrder, { nil: undefined }), named: fc.boolean() })

const trade = fc.record({ claims, trade: fc.constantFrom('t1', 't2', 't3', 't4'), venueOrder: name, instrument, side, price: ticks, lots, fee: amount, feeAsset: asset, positionSide, ago })
const view = fc.record({
  claims, venueOrder: name, instrument, side, status: fc.constantFrom('open' as const, 'filled' as const, 'canceled' as const, 'expired' as const, 'rejected' as const),
  lots, filled: lots, averagePrice: fc.option(ticks, { nil: undefined }), limit: fc.option(ticks, { nil: undefined }), trigger: fc.option(ticks, { nil: undefined }),
  reduceOnly: fc.option(fc.boolean(), { nil: undefined }), positionSide, ago,
})
const posting = fc.record({
  reference: fc.constantFrom('r1', 'r2', 'r3'), reason: fc.constantFrom('funding' as const, 'deposit' as const, 'dust' as const, 'dividend' as const), asset, amount,
  instrument: fc.option(instrument, { nil: undefined }), ago,
})
const upTo = <Item>(item: fc.Arbitrary<Item>, max: number): fc.Arbitrary<readonly Item[]> => fc.array(item, { maxLength: max })

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('place' as const), of: instrument, side, price: fc.integer({ min: 9_900, max: 10_100 }), size: fc.integer({ min: 1, max: 20 }), kind: fc.constantFrom('limit' as const, 'stop' as const, 'trailing-stop' as const), distance: number }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('outcome' as const), account, of: placeOfOrder, venueOrder: fc.option(name, { nil: undefined }), outcome: fc.constantFrom('accepted' as const, 'rejected' as const, 'unknown' as const) }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('trade' as const), account, trade }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('view' as const), account, view, via: fc.constantFrom('stream' as const, 'query' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('found' as const), account, of: placeOfOrder, view, trades: upTo(trade, 2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('posting' as const), account, posting }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('split' as const), account, of: instrument, numerator: number, denominator: number, ago }) },
  { weight: 3, arbitrary: fc.record({
    does: fc.constant('epoch' as const), open: upTo(view, 3), closed: upTo(view, 3), trades: upTo(trade, 4), postings: upTo(posting, 2),
    positions: upTo(fc.record({ instrument, positionSide: fc.constantFrom('net' as const, 'long' as const), lots, entryPrice: fc.option(ticks, { nil: undefined }) }), 2),
    balances: upTo(fc.record({ asset, total: amount, free: amount }), 2),
  }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('quote' as const), of: instrument, bid: ticks, ask: ticks }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('price' as const), of: instrument, price: ticks, index: ticks, isMark: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('transfer' as const), asset, amount }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(100, 1_000, 6_000, 61_000) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never
const steps = fc.array(step, { minLength: 1, maxLength: 25, size: 'max' })

const defined = <Value extends object>(value: Value): Value => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value

class Stranger {
  readonly rig: Rig

  constructor(isSeen: boolean) {
    this.rig = isSeen ? Rig.active() : new Rig()
    if (!isSeen) this.rig.start()
  }

  do(drawn: Step): void {
    const { rig } = this
    const { at } = rig
    switch (drawn.does) {
      case 'place': {
        const { of, side: way, price, size, kind, distance } = drawn
        const terms = kind === 'limit' ? { limit: ticksFromRaw(price) }
          : kind === 'stop' ? { trigger: { price: ticksFromRaw(price), source: 'last' as const } }
          : { trail: { distance: { by: 'amount' as const, ticks: ticksFromRaw(distance) }, source: 'last' as const } }
        rig.command({
          kind: 'place-order', ...rig.asked(),
          order: { account: 'main', instrument: of, side: way, type: kind, size: { by: 'quantity', lots: lotsFromRaw(size) }, ...terms, timeInForce: 'gtc', owner: 'hand' },
        })
        return
      }
      case 'transfer': {
        rig.command({ kind: 'record-transfer', ...rig.asked(), account: 'main', asset: drawn.asset, amount: drawn.amount, reason: 'a slip' })
        return
      }
      case 'pass': {
        rig.pass(drawn.ms)
        return
      }
      case 'quote': return this.#see({ kind: 'quote-seen', at, instrument: drawn.of, bid: drawn.bid, ask: drawn.ask })
      case 'price': {
        const { of, price, index } = drawn
        if (drawn.isMark) return this.#see({ kind: 'mark-seen', at, instrument: of, mark: price, index, fundingRate: rateFromRaw(1) })
        return this.#see({ kind: 'last-seen', at, instrument: of, price })
      }
      default: {
        const report = this.#reportOf(drawn)
        if (report !== undefined) rig.process(report)
      }
    }
  }

  #see(report: MarketReport): void {
    this.rig.process(report)
  }

  #reportOf(drawn: Exclude<Step, { readonly does: 'place' | 'transfer' | 'pass' | 'quote' | 'price' }>): VenueReport | undefined {
    const { rig } = this
    const { at } = rig
    switch (drawn.does) {
      case 'trade': return { kind: 'trade-reported', at, account: drawn.account, via: 'stream', trade: this.#trade(drawn.trade) }
      case 'view': return { kind: 'order-reported', at, account: drawn.account, via: drawn.via, view: this.#view(drawn.view) }
      case 'posting': return { kind: 'posting-reported', at, account: drawn.account, posting: this.#posting(drawn.posting) }
      case 'split': {
        const { of, numerator, denominator, ago: before } = drawn
        const split = { reference: 's1', instrument: of, numerator: countFromRaw(numerator), denominator: countFromRaw(denominator), at: at - before }
        return { kind: 'split-reported', at, account: drawn.account, split }
      }
      case 'outcome': {
        const order = this.#order(drawn.of)
        if (order === undefined) return undefined
        const told = { at, account: drawn.account, order }
        if (drawn.outcome === 'accepted') return { kind: 'send-accepted', ...told, venueOrder: drawn.venueOrder ?? venueOrderOf(order) }
        return drawn.outcome === 'rejected' ? { kind: 'send-rejected', ...told, proof: 'HTTP 400' } : { kind: 'send-unknown', ...told, why: 'timeout' }
      }
      case 'found': {
        const order = this.#order(drawn.of)
        if (order === undefined) return undefined
        const answer = { kind: 'found' as const, view: this.#view(drawn.view), trades: drawn.trades.map((each) => this.#trade(each)) }
        return { kind: 'lookup-reported', at, account: drawn.account, order, askedAt: at, answer }
      }
      case 'epoch': {
        const asked = rig.requests.findLast((request) => request.kind === 'fetch-epoch')
        if (asked?.kind !== 'fetch-epoch') return undefined
        return {
          kind: 'epoch-reported', at, account: 'main', epoch: asked.epoch, askedAt: at, since: asked.since,
          openOrders: whole(drawn.open.map((each) => this.#view(each))), closedOrders: whole(drawn.closed.map((each) => this.#view(each))),
          trades: whole(drawn.trades.map((each) => this.#trade(each))), positions: whole(drawn.positions.map((each) => defined(each) as VenuePosition)), balances: whole(drawn.balances),
          postings: whole(drawn.postings.map((each) => this.#posting(each))),
        }
      }
    }
  }

  #order(place: number): OrderId | undefined {
    const ids = [...this.rig.engine.orders()].slice(-8)
    return ids[place % Math.max(1, ids.length)]?.id
  }

  #claim({ of, named }: Claims, venueOrder: string): { readonly venueOrder: string; readonly order?: OrderId } {
    const order = of === undefined ? undefined : this.#order(of)
    if (order === undefined) return { venueOrder }
    const known = this.rig.order(order).venueOrder ?? venueOrderOf(order)
    return { venueOrder: known, ...(named ? { order } : {}) }
  }

  #trade({ claims: claimed, ago: before, venueOrder, ...rest }: typeof trade extends fc.Arbitrary<infer Drawn> ? Drawn : never): VenueTrade {
    return defined({ ...rest, ...this.#claim(claimed, venueOrder), liquidity: 'taker' as const, at: this.rig.at - before }) as VenueTrade
  }

  #view({ claims: claimed, ago: before, venueOrder, ...rest }: typeof view extends fc.Arbitrary<infer Drawn> ? Drawn : never): VenueOrderView {
    return defined({ ...rest, ...this.#claim(claimed, venueOrder), updatedAt: this.rig.at - before }) as VenueOrderView
  }

  #posting({ ago: before, ...rest }: typeof posting extends fc.Arbitrary<infer Drawn> ? Drawn : never): VenuePosting {
    return defined({ ...rest, at: this.rig.at - before }) as VenuePosting
  }
}

const whole = <Item>(items: readonly Item[]): EpochPart<Item> => ({ ok: true, items })

describe('whatever a venue or a market says', () => {
  it('takes no engine down, and the state stays the fold of the events', () => {
    fc.assert(fc.property(steps, fc.boolean(), (drawn, isSeen) => {
      const stranger = new Stranger(isSeen)
      for (const each of drawn) stranger.do(each)
      const { rig } = stranger
      const replayed = new TradingEngine(rig.setup)
      for (const event of rig.events) replayed.replay(event)
      expect(canonicalJson(replayed.snapshot())).toBe(rig.state())
      const kill = rig.process({ kind: 'kill-trading', at: rig.at, reason: 'it can still be stopped', actor: 'hand' })
      expect(kill.events.map(({ kind }) => kind)).toContain('mode-changed')
    }), cases)
  }, patienceMs)
})
