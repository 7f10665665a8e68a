import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, rawOf, ticksFromRaw } from '../../../../../src-main/base/index.ts'
import type { VenueOrderSpec } from '../../../../../src-main/domain/index.ts'
import type { ExchangeCall, ExchangeOutput, SimExchange, VenueBehaviour } from '../../../../../src-main/venues/sim/index.ts'
import { account, createExchange, level, markAt, perpId, print, spotId } from '../../../../unit/venues/sim/exchange/exchange-harness.ts'

const accounts = ['a', 'b'] as const
const instruments = [spotId, perpId] as const
const prices = fc.integer({ min: 990, max: 1_010 })
const lots = fc.integer({ min: 1, max: 60 })

const spec: fc.Arbitrary<VenueOrderSpec> = fc.record({
  instrument: fc.constantFrom(...instruments), side: fc.constantFrom('buy' as const, 'sell' as const),
  type: fc.constantFrom<VenueOrderSpec['type']>('limit', 'limit', 'limit', 'market', 'market', 'stop', 'stop-limit', 'take-profit', 'take-profit-limit'),
  lots: lots.map(lotsFromRaw), price: prices.map(ticksFromRaw), triggerPrice: prices.map(ticksFromRaw), source: fc.constantFrom('last' as const, 'mark' as const),
  timeInForce: fc.constantFrom('gtc' as const, 'gtc' as const, 'ioc' as const, 'fok' as const), postOnly: fc.boolean(), reduceOnly: fc.boolean(),
  display: fc.option(fc.integer({ min: 1, max: 9 }).map(lotsFromRaw), { nil: undefined, freq: 4 }),
}).map(({ price, triggerPrice, source, display, type, instrument, timeInForce, postOnly, reduceOnly, ...rest }) => ({
  ...rest, type, instrument, timeInForce, positionSide: 'net' as const,
  postOnly: postOnly && type === 'limit' && timeInForce === 'gtc', reduceOnly: reduceOnly && instrument === perpId,
  ...(type === 'limit' || type.endsWith('-limit') ? { limit: price } : {}),
  ...(type === 'limit' || type === 'market' ? {} : { trigger: triggerPrice, triggerSource: source }),
  ...(display === undefined ? {} : { display }),
}))

type Step =
  | { readonly kind: 'place'; readonly account: 'a' | 'b'; readonly spec: VenueOrderSpec }
  | { readonly kind: 'cancel' | 'lookup'; readonly account: 'a' | 'b'; readonly which: number }
  | { readonly kind: 'amend'; readonly account: 'a' | 'b'; readonly which: number; readonly lots: number; readonly limit: number }
  | { readonly kind: 'cancel-all'; readonly account: 'a' | 'b' }
  | { readonly kind: 'level'; readonly instrument: string; readonly side: 'bid' | 'ask'; readonly price: number; readonly lots: number }
  | { readonly kind: 'print'; readonly instrument: string; readonly aggressor: 'buyer' | 'seller'; readonly price: number; readonly lots: number }
  | { readonly kind: 'mark'; readonly price: number }
  | { readonly kind: 'post'; readonly account: 'a' | 'b'; readonly amount: number }
  | { readonly kind: 'wait'; readonly ms: number }

const who = fc.constantFrom(...accounts)
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('place' as const), account: who, spec }), weight: 8 },
  { arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'lookup' as const), account: who, which: fc.nat(60) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('amend' as const), account: who, which: fc.nat(60), lots, limit: prices }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('cancel-all' as const), account: who }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('level' as const), instrument: fc.constantFrom(...instruments), side: fc.constantFrom('bid' as const, 'ask' as const), price: prices, lots: fc.nat(50) }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('print' as const), instrument: fc.constantFrom(...instruments), aggressor: fc.constantFrom('buyer' as const, 'seller' as const), price: prices, lots }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('mark' as const), price: fc.integer({ min: 600, max: 1_500 }) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('post' as const), account: who, amount: fc.integer({ min: -1_000, max: 1_000 }) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4_000_000 }) }), weight: 2 },
)
const steps = fc.array(step, { minLength: 5, maxLength: 60 })
/** A crowded contract in which most of what rests may only reduce, so that several such orders meet in one sweep. */
const reducing = fc.array(fc.oneof(
  { arbitrary: fc.record({
    kind: fc.constant('place' as const), account: who,
    spec: fc.record({ side: fc.constantFrom('buy' as const, 'sell' as const), price: fc.integer({ min: 998, max: 1_002 }), size: fc.integer({ min: 1, max: 12 }), isMarket: fc.boolean(), reduceOnly: fc.boolean() })
      .map(({ side, price, size, isMarket, reduceOnly }): VenueOrderSpec => ({
        instrument: perpId, side, lots: lotsFromRaw(size), timeInForce: isMarket ? 'ioc' : 'gtc', postOnly: false, reduceOnly, positionSide: 'net',
        ...(isMarket ? { type: 'market' } : { type: 'limit', limit: ticksFromRaw(price) }),
      })),
  }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('print' as const), instrument: fc.constant(perpId), aggressor: fc.constantFrom('buyer' as const, 'seller' as const), price: fc.integer({ min: 998, max: 1_002 }), lots: fc.integer({ min: 5, max: 60 }) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('level' as const), instrument: fc.constant(perpId), side: fc.constantFrom('bid' as const, 'ask' as const), price: fc.integer({ min: 996, max: 1_004 }), lots: fc.nat(20) }), weight: 2 },
), { minLength: 10, maxLength: 60 })
const behaviours: fc.Arbitrary<Partial<VenueBehaviour>> = fc.record({
  partialFills: fc.constantFrom(undefined, { countMean: 3, ratioA: 2, ratioB: 5 }), queue: fc.constantFrom('fifo' as const, 'probabilistic' as const),
  immediateTrigger: fc.constantFrom('reject' as const, 'fire' as const), latency: fc.constant({ feed: { mu: 3.9, sigma: 0.3 }, entry: { mu: 3.9, sigma: 0.3 }, response: { mu: 3.9, sigma: 0.3 } }),
  fees: fc.constantFrom(
    { tiers: [], asset: { by: 'quote' as const } }, { tiers: [], asset: { by: 'received' as const } },
  ),
})

const poor = { balances: [{ asset: 'USD', amount: amountFromRaw(60_000) }, { asset: 'ABC', amount: amountFromRaw(9_000) }] }
const fresh = (behaviour: Partial<VenueBehaviour>): SimExchange =>
  createExchange({ behaviour, accounts: [account('a', poor), account('b', { lots: 'fifo', balances: [{ asset: 'USD', amount: amountFromRaw(600_000) }, { asset: 'ABC', amount: amountFromRaw(90_000) }] })] })

/** Does the step, and lets enough time pass for it to arrive. */
function take(exchange: SimExchange, each: Step, index: number): readonly ExchangeOutput[] {
  const now = exchange.now()
  const call = callOf(exchange, each, index)
  if (call !== undefined) exchange.receive(call, now)
  else if (each.kind === 'level') exchange.feed([{ ...level(each.instrument, each.side, each.price, each.lots), at: now }])
  else if (each.kind === 'print') exchange.feed([{ ...print(each.instrument, each.aggressor, each.price, each.lots), at: now }])
  else if (each.kind === 'mark') exchange.feed([{ ...markAt(perpId, each.price, 200_000), at: now }])
  else if (each.kind === 'post') exchange.post(each.account, { reason: 'deposit', asset: 'USD', amount: amountFromRaw(each.amount) })
  return exchange.advance(now + (each.kind === 'wait' ? each.ms : 300))
}

function callOf(exchange: SimExchange, each: Step, index: number): ExchangeCall | undefined {
  const timestamp = exchange.now()
  if (each.kind === 'place') return { kind: 'place', account: each.account, timestamp, clientId: `c${index}`, spec: each.spec }
  if (each.kind === 'cancel-all') return { kind: 'cancel-all', account: each.account, timestamp }
  if (each.kind !== 'cancel' && each.kind !== 'amend' && each.kind !== 'lookup') return undefined
  const { orders } = exchange.truth(each.account)
  const order = orders[each.which % Math.max(1, orders.length)]
  if (order === undefined) return undefined
  const named = { account: each.account, timestamp, instrument: order.instrument, venueOrder: order.venueOrder }
  return each.kind === 'amend' ? { ...named, kind: 'amend', lots: lotsFromRaw(each.lots), limit: ticksFromRaw(each.limit) } : { ...named, kind: each.kind }
}

describe('whatever is asked of it and whatever the market does, the exchange', { timeout: 120_000 }, () => {
  it('neither makes nor loses money: the sum over all purses stays zero', () => {
    fc.assert(fc.property(behaviours, steps, (behaviour, sequence) => {
      const exchange = fresh(behaviour)
      for (const [index, each] of sequence.entries()) {
        take(exchange, each, index)
        for (const sum of exchange.ledgerSums().values()) expect(sum).toBe(0n)
      }
    }), { numRuns: 1_000 })
  })

  it('counts in each order just what its trades say, and never more than it holds', () => {
    fc.assert(fc.property(behaviours, steps, (behaviour, sequence) => {
      const exchange = fresh(behaviour)
      for (const [index, each] of sequence.entries()) take(exchange, each, index)
      for (const id of accounts) {
        const { orders, trades } = exchange.truth(id)
        for (const order of orders) {
          const sum = trades.filter(({ venueOrder }) => venueOrder === order.venueOrder).reduce((total, trade) => total + rawOf(trade.lots), 0)
          expect(rawOf(order.filled)).toBe(sum)
          expect(sum).toBeLessThanOrEqual(rawOf(order.lots))
          expect(order.status === 'filled').toBe(sum === rawOf(order.lots))
        }
        expect(new Set(trades.map(({ trade, instrument, side }) => `${trade}|${instrument}|${side}`)).size).toBe(trades.length)
      }
    }), { numRuns: 1_000 })
  })

  it('holds for each account what its trades and postings add up to', () => {
    fc.assert(fc.property(behaviours, steps, (behaviour, sequence) => {
      const exchange = fresh(behaviour)
      const opening = new Map(accounts.map((id) => [id, exchange.truth(id).balances]))
      for (const [index, each] of sequence.entries()) take(exchange, each, index)
      for (const id of accounts) {
        const { trades, postings, balances, positions, equity } = exchange.truth(id)
        const net = trades.filter(({ instrument }) => instrument === perpId).reduce((sum, { side, lots: size }) => sum + (side === 'buy' ? 1 : -1) * rawOf(size), 0)
        expect(positions.reduce((sum, position) => sum + rawOf(position.lots), 0)).toBe(net)
        for (const asset of ['USD', 'ABC']) {
          let expected = rawOf(opening.get(id)?.find((each) => each.asset === asset)?.total ?? amountFromRaw(0))
          for (const trade of trades) {
            const sign = trade.side === 'buy' ? 1 : -1
            if (trade.feeAsset === asset) expected -= rawOf(trade.fee)
            // Buying a contract costs its price and selling brings it, once what is still open is taken at its price.
            if (asset === 'USD') expected -= sign * rawOf(trade.price) * rawOf(trade.lots)
            else if (trade.instrument === spotId) expected += sign * rawOf(trade.lots) * 100
          }
          for (const posting of postings) if (posting.asset === asset) expected += rawOf(posting.amount)
          const reference = exchange.floors.get(perpId)?.reference() ?? 0
          if (asset === 'USD') expected += net * reference
          const told = asset === 'USD' ? equity.find((each) => each.asset === asset)?.amount : balances.find((each) => each.asset === asset)?.total
          expect(rawOf(told ?? amountFromRaw(0))).toBe(expected)
        }
      }
    }), { numRuns: 1_000 })
  })

  it('never lets an order that may only reduce make a position larger or turn it', () => {
    fc.assert(fc.property(behaviours, reducing, (behaviour, sequence) => {
      const exchange = fresh(behaviour)
      for (const [index, each] of sequence.entries()) take(exchange, each, index)
      for (const id of accounts) {
        const { orders, trades } = exchange.truth(id)
        const reducers = new Set(orders.filter(({ reduceOnly }) => reduceOnly === true).map(({ venueOrder }) => venueOrder))
        let position = 0
        for (const { instrument, side, lots: size, venueOrder } of trades) {
          if (instrument !== perpId) continue
          const after = position + (side === 'buy' ? 1 : -1) * rawOf(size)
          if (reducers.has(venueOrder)) {
            expect(Math.abs(after)).toBeLessThan(Math.abs(position))
            expect(after * position).toBeGreaterThanOrEqual(0)
          }
          position = after
        }
      }
    }), { numRuns: 1_000 })
  })

  it('tells each account everything once and in order: its stream ends at the truth', () => {
    fc.assert(fc.property(behaviours, steps, (behaviour, sequence) => {
      const exchange = fresh(behaviour)
      const outputs = sequence.flatMap((each, index) => take(exchange, each, index))
      outputs.push(...exchange.advance(exchange.now() + 60_000))
      for (const id of accounts) {
        const stream = outputs.filter((output) => output.kind === 'stream' && output.account === id) as Extract<ExchangeOutput, { kind: 'stream' }>[]
        expect(stream.map(({ sequence: number }) => number)).toEqual(stream.map((_each, index) => index + 1))
        expect(stream.map(({ at }) => at)).toEqual(stream.map(({ at }) => at).toSorted((x, y) => x - y))
        const truth = exchange.truth(id)
        const last = new Map(stream.flatMap(({ body }) => (body.kind === 'order' ? [[body.view.venueOrder, body.view] as const] : [])))
        expect([...last.values()].toSorted((x, y) => Number(x.venueOrder) - Number(y.venueOrder))).toEqual(truth.orders)
        expect(stream.flatMap(({ body }) => (body.kind === 'trade' ? [body.trade] : []))).toEqual(truth.trades)
        expect(stream.flatMap(({ body }) => (body.kind === 'posting' ? [body.posting] : []))).toEqual(truth.postings)
      }
    }), { numRuns: 1_000 })
  })

  it('never trades an order that has ended, and never opens it again', () => {
    fc.assert(fc.property(behaviours, fc.oneof(steps, reducing), (behaviour, sequence) => {
      const exchange = fresh(behaviour)
      const outputs = sequence.flatMap((each, index) => take(exchange, each, index))
      outputs.push(...exchange.advance(exchange.now() + 60_000))
      const ended = new Set<string>()
      for (const output of outputs) {
        if (output.kind !== 'stream' || output.body.kind === 'posting') continue
        const { body } = output
        expect(ended.has(body.kind === 'trade' ? body.trade.venueOrder : body.view.venueOrder)).toBe(false)
        if (body.kind === 'order' && body.view.status !== 'open') ended.add(body.view.venueOrder)
      }
    }), { numRuns: 1_000 })
  })

  it('comes to the same in one step as in many, and twice to the same', () => {
    fc.assert(fc.property(behaviours, steps, fc.integer({ min: 7, max: 900 }), (behaviour, sequence, stride) => {
      const run = (by: number): string => {
        const exchange = fresh(behaviour)
        const outputs: ExchangeOutput[] = []
        for (const [index, each] of sequence.entries()) {
          const now = exchange.now()
          if (each.kind !== 'place' && each.kind !== 'cancel-all') continue
          exchange.feed([{ ...level(spotId, index % 2 === 0 ? 'bid' : 'ask', 1_000 + (index % 2 === 0 ? -index % 5 : index % 5), 40), at: now }])
          const call = callOf(exchange, each, index)
          if (call !== undefined) exchange.receive(call, now)
          for (let to = now; to < now + 900; ) {
            to = Math.min(now + 900, to + by)
            outputs.push(...exchange.advance(to))
          }
        }
        expect(outputs.every(({ at }, index) => index === 0 || at >= (outputs[index - 1]?.at ?? 0))).toBe(true)
        return JSON.stringify(outputs)
      }
      const whole = run(900)
      expect(run(stride)).toBe(whole)
      expect(run(900)).toBe(whole)
    }), { numRuns: 300 })
  })

  it('changes nothing for a call that it refuses', () => {
    fc.assert(fc.property(behaviours, steps, (behaviour, sequence) => {
      const exchange = fresh({ ...behaviour, latency: { feed: { mu: 0, sigma: 0 }, entry: { mu: 0, sigma: 0 }, response: { mu: 0, sigma: 0 } } })
      for (const [index, each] of sequence.entries()) {
        const before = JSON.stringify(accounts.map((id) => exchange.truth(id)))
        const isCall = callOf(exchange, each, index) !== undefined
        const outputs = take(exchange, each.kind === 'wait' ? { ...each, ms: 10 } : each, index)
        const answer = outputs.find((output) => output.kind === 'answer')
        if (!isCall || answer?.kind !== 'answer' || answer.answer.code === 0) continue
        expect(JSON.stringify(accounts.map((id) => exchange.truth(id)))).toBe(before)
      }
    }), { numRuns: 500 })
  })
})
