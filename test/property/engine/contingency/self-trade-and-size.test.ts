import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, notional, rawOf } from '../../../../src-main/base/index.ts'
import type { OrderSpec, OrderStatus, SelfTradePolicy, Side } from '../../../../src-main/domain/index.ts'
import { resolveSize } from '../../../../src-main/engine/contingency/index.ts'
import { lots, orderSpec, perpetual, SmallEngine, spot, ticks } from '../../../unit/engine/contingency/small-engine.ts'
import type { SmallOrder } from '../../../unit/engine/contingency/small-engine.ts'

const side = fc.constantFrom<Side>('buy', 'sell')
const price = fc.integer({ min: 95, max: 105 })
const size = fc.integer({ min: 1, max: 60 })

const newcomer = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(side, price, size).map(([towards, limit, of]): OrderSpec => orderSpec({ side: towards, type: 'limit', limit: ticks(limit) }, of)) },
  { weight: 1, arbitrary: fc.tuple(side, size).map(([towards, of]): OrderSpec => orderSpec({ side: towards, type: 'market' }, of)) },
  { weight: 1, arbitrary: fc.tuple(side, price, size).map(([towards, limit, of]): OrderSpec => orderSpec({ side: towards, type: 'limit', limit: ticks(limit), timeInForce: 'ioc' }, of)) },
  { weight: 2, arbitrary: fc.tuple(side, price, size).map(([towards, at, of]): OrderSpec => orderSpec({ side: towards, type: 'stop', trigger: { price: ticks(at), source: 'last' } }, of)) },
  { weight: 1, arbitrary: fc.tuple(side, price, size).map(([towards, limit, of]): OrderSpec => orderSpec({ side: towards, type: 'limit', limit: ticks(limit), display: lots(7) }, of)) },
)

type Move =
  | { readonly kind: 'place'; readonly spec: OrderSpec }
  | { readonly kind: 'last'; readonly at: number }
  | { readonly kind: 'accept' | 'reject' | 'doubt' | 'fill' | 'prove' | 'refuse' | 'amended' | 'not-amended' | 'pass'; readonly pick: number; readonly size: number }

const moves = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: newcomer.map((spec): Move => ({ kind: 'place', spec })) },
    { weight: 1, arbitrary: price.map((at): Move => ({ kind: 'last', at })) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constantFrom('accept', 'accept', 'reject', 'doubt', 'fill', 'prove', 'prove', 'refuse', 'amended', 'not-amended', 'pass'), pick: fc.integer({ min: 0, max: 1_000 }), size,
      }) as fc.Arbitrary<Move>,
    },
  ),
  { maxLength: 60 },
)

const mayFill: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['sending', 'working', 'partial', 'unknown'])
const sent = (engine: SmallEngine): readonly SmallOrder[] => [...engine.orders.values()].filter(({ status, venueSpec }) => venueSpec !== undefined && mayFill.has(status))

const play = (engine: SmallEngine, move: Move): void => {
  if (move.kind === 'place') return void engine.place(move.spec)
  if (move.kind === 'last') return engine.last(move.at)
  const { pick } = move
  const one = (which: (order: SmallOrder) => boolean, act: (order: SmallOrder) => void): void => {
    const all = sent(engine).filter(which)
    const order = all[pick % Math.max(1, all.length)]
    if (order !== undefined) act(order)
  }
  const left = (order: SmallOrder): number => rawOf(order.lots) - rawOf(order.filled)
  switch (move.kind) {
    case 'accept': return one(({ status }) => status === 'sending' || status === 'unknown', (order) => engine.accept(order))
    case 'reject': return one(({ status, filled }) => status === 'sending' && rawOf(filled) === 0, (order) => engine.end(order, 'rejected'))
    case 'doubt': return one(({ status }) => status === 'sending', (order) => engine.doubt(order))
    case 'fill': return one((order) => left(order) > 0, (order) => engine.fill(order, Math.min(move.size, left(order))))
    case 'prove': return one(({ cancel }) => cancel === 'sending', (order) => engine.proveCanceled(order))
    case 'refuse': return one(({ cancel }) => cancel === 'sending', (order) => engine.refuseCancel(order))
    case 'amended': return one(({ amend }) => amend === 'sending', (order) => engine.answerAmend(order, true))
    case 'not-amended': return one(({ amend }) => amend === 'sending', (order) => engine.answerAmend(order, false))
    case 'pass': return engine.pass(move.size * 500)
  }
}

/** Each pair in turn: could these two trade with each other at the venue? */
const couldMeet = (one: SmallOrder, other: SmallOrder): boolean => {
  const [a, b] = [one.venueSpec, other.venueSpec]
  if (a === undefined || b === undefined || a.side === b.side) return false
  const rests = ({ type, timeInForce }: typeof a): boolean => type === 'limit' && timeInForce !== 'ioc' && timeInForce !== 'fok'
  if (!rests(a) && !rests(b)) return false
  const [bid, ask] = a.side === 'buy' ? [a, b] : [b, a]
  return bid.limit === undefined || ask.limit === undefined || rawOf(bid.limit) >= rawOf(ask.limit)
}

describe('self-trade prevention', () => {
  it('never has two orders of ours at the venue that could trade with each other', () => {
    fc.assert(
      fc.property(fc.constantFrom<SelfTradePolicy>('cancel-new', 'cancel-resting', 'cancel-both', 'decrement-both'), moves, (policy, played) => {
        const engine = new SmallEngine(perpetual({ triggerOrders: false }))
        engine.selfTrade = policy
        for (const move of played) {
          play(engine, move)
          const there = sent(engine)
          for (const [place, one] of there.entries()) for (const other of there.slice(place + 1)) expect(couldMeet(one, other)).toBe(false)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('lets nothing wait that nothing stands in the way of', () => {
    fc.assert(
      fc.property(fc.constantFrom<SelfTradePolicy>('cancel-resting', 'decrement-both'), moves, (policy, played) => {
        const engine = new SmallEngine(perpetual({ triggerOrders: false }))
        engine.selfTrade = policy
        for (const move of played) play(engine, move)
        for (let round = 0; round < 200; round += 1) {
          for (const order of sent(engine)) if (order.status !== 'working' && order.status !== 'partial') engine.accept(order)
          for (const order of sent(engine)) if (order.amend === 'sending') engine.answerAmend(order, true)
          for (const order of sent(engine)) if (order.cancel === 'sending') engine.proveCanceled(order)
          engine.pass(40_000)
        }
        expect([...engine.orders.values()].filter(({ status, heldFor }) => status === 'held' && heldFor === 'sibling')).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a size in cash', () => {
  it('costs at most that cash, and one lot more would cost more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), fc.integer({ min: 1, max: 10_000_000 }), side, (raw, at, towards) => {
        const tradable = spot()
        const spec: OrderSpec = { ...orderSpec({ side: towards, type: 'market' }), size: { by: 'cash', cash: amountFromRaw(raw) } }
        const resolved = resolveSize(spec, { price: ticks(at), position: lots(0), otherExits: lots(0) }, tradable)
        const whole = resolved.ok ? rawOf(resolved.value) : 0
        const cost = (of: number): bigint => BigInt(at) * BigInt(of) * 100n
        expect(cost(whole) <= BigInt(raw)).toBe(true)
        expect(cost(whole + 1) > BigInt(raw)).toBe(true)
        if (resolved.ok) expect(BigInt(rawOf(notional(ticks(at), resolved.value, tradable.scale, 'ceil')))).toBe(cost(whole))
      }),
      { numRuns: 1_000 },
    )
  })
})
