import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateFromRaw, rawOf } from '../../../../src-main/base/index.ts'
import type { OrderSpec, Side, TrailDistance } from '../../../../src-main/domain/index.ts'
import { nextMoveAt, stopBehind } from '../../../../src-main/engine/contingency/trail.ts'
import { orderSpec, perpetual, SmallEngine, ticks } from '../../../unit/engine/contingency/small-engine.ts'
import type { SmallOrder } from '../../../unit/engine/contingency/small-engine.ts'

/** What happens to a market, in the plainest numbers. */
type Happening =
  | { readonly kind: 'last'; readonly price: number }
  | { readonly kind: 'mark'; readonly mark: number; readonly index: number }
  | { readonly kind: 'quote'; readonly bid: number; readonly ask: number }
  | { readonly kind: 'feed'; readonly state: 'live' | 'stale' | 'crossed' | 'down' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'halt'; readonly isHalted: boolean }

const price = fc.integer({ min: 60, max: 140 })
const side = fc.constantFrom<Side>('buy', 'sell')
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: price.map((at): Happening => ({ kind: 'last', price: at })) },
  { weight: 4, arbitrary: fc.tuple(price, price).map(([mark, index]): Happening => ({ kind: 'mark', mark, index })) },
  { weight: 6, arbitrary: fc.tuple(price, fc.integer({ min: -3, max: 6 })).map(([bid, spread]): Happening => ({ kind: 'quote', bid, ask: bid + spread })) },
  { weight: 2, arbitrary: fc.constantFrom('live', 'live', 'stale', 'crossed', 'down').map((state): Happening => ({ kind: 'feed', state: state as 'live' })) },
)
const withTrouble = fc.oneof(
  { weight: 12, arbitrary: happening },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'restart' }) },
  { weight: 1, arbitrary: fc.boolean().map((isHalted): Happening => ({ kind: 'halt', isHalted })) },
)

const source = fc.constantFrom('last', 'mark', 'index', 'mid')
const plain = fc.tuple(side, fc.constantFrom('stop', 'take-profit'), price, source).map(
  ([towards, type, trigger, by]): OrderSpec =>
    orderSpec({ side: towards, type: type as 'stop', trigger: { price: ticks(trigger), source: by as 'last' } }),
)
const distance = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((by): TrailDistance => ({ by: 'amount', ticks: ticks(by) })),
  fc.integer({ min: 1_000_000, max: 300_000_000 }).map((rate): TrailDistance => ({ by: 'percent', rate: rateFromRaw(rate) })),
)
const trailing = fc.tuple(side, distance, source, fc.option(price, { nil: undefined })).map(
  ([towards, by, from, activation]): OrderSpec =>
    orderSpec({
      side: towards, type: 'trailing-stop', trail: { distance: by, source: from as 'last', ...(activation === undefined ? {} : { activation: ticks(activation) }) },
    }),
)

const happen = (engine: SmallEngine, what: Happening): void => {
  switch (what.kind) {
    case 'last': return engine.last(what.price)
    case 'mark': return engine.mark(what.mark, what.index)
    case 'quote': return engine.quote(what.bid, what.ask)
    case 'feed': return engine.feed(what.state)
    case 'restart': return engine.restart()
    case 'halt': {
      engine.isHalted = what.isHalted
      engine.contingencies.recheck()
      return engine.run()
    }
  }
}

/** The slow form: every price of the source in turn, with all that makes it not to be trusted. Mid prices in halves. */
const trusted = (happenings: readonly Happening[], of: string): readonly (number | undefined)[] => {
  let isLive = true
  let isCrossed = false
  return happenings.map((what): number | undefined => {
    if (what.kind === 'feed') isLive = what.state === 'live'
    if (what.kind === 'quote') isCrossed = what.bid > what.ask
    if (!isLive || isCrossed) return undefined
    if (what.kind === 'last' && of === 'last') return what.price
    if (what.kind === 'mark' && (of === 'mark' || of === 'index')) return what[of]
    return what.kind === 'quote' && of === 'mid' ? (what.bid + what.ask) / 2 : undefined
  })
}

const reaches = ({ side: towards, type }: OrderSpec, trigger: number, at: number): boolean =>
  (towards === 'sell') === (type !== 'take-profit') ? at <= trigger : at >= trigger

const firesAt = (spec: OrderSpec, happenings: readonly Happening[]): number => {
  const { trail } = spec
  const prices = trusted(happenings, trail?.source ?? spec.trigger?.source ?? 'last')
  if (trail === undefined) return prices.findIndex((at) => at !== undefined && reaches(spec, rawOf(spec.trigger?.price ?? ticks(0)), at))
  let stop: number | undefined
  return prices.findIndex((at) => {
    if (at === undefined) return false
    if (stop !== undefined && reaches(spec, stop, at)) return true
    const isSell = spec.side === 'sell'
    const isActive = stop !== undefined || trail.activation === undefined || (isSell ? at >= rawOf(trail.activation) : at <= rawOf(trail.activation))
    const wanted = rawOf(stopBehind(spec.side, ticks(isSell ? Math.floor(at) : Math.ceil(at)), trail.distance))
    if (isActive && wanted > 0) stop = stop === undefined ? wanted : isSell ? Math.max(stop, wanted) : Math.min(stop, wanted)
    return false
  })
}

describe('triggers that the engine holds', () => {
  it('are pulled by the first price that may pull them, as the slow form says', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, trailing), { minLength: 1, maxLength: 6 }), fc.array(happening, { maxLength: 40 }), (specs, happenings) => {
        const engine = new SmallEngine(perpetual({ triggerOrders: false }))
        const orders = specs.map((spec) => engine.place(spec))
        const pulledAt = orders.map(() => -1)
        for (const [moment, what] of happenings.entries()) {
          happen(engine, what)
          for (const [place, order] of orders.entries()) if (order.triggered && pulledAt[place] === -1) pulledAt[place] = moment
        }
        expect(pulledAt).toEqual(specs.map((spec) => firesAt(spec, happenings)))
      }),
      { numRuns: 1_500 },
    )
  })

  it('are pulled at most once, and each is then sent once, over restarts and halts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, trailing), { minLength: 1, maxLength: 6 }), fc.array(withTrouble, { maxLength: 40 }), (specs, happenings) => {
        const engine = new SmallEngine(perpetual({ triggerOrders: false }))
        const orders = specs.map((spec) => engine.place(spec))
        for (const what of happenings) happen(engine, what)
        happen(engine, { kind: 'halt', isHalted: false })
        for (const { id, triggered, status } of orders) {
          const count = (kind: string): number => engine.done.filter((step) => step.kind === kind && 'order' in step && step.order === id).length
          expect([count('trigger-order'), count('release-order'), status]).toEqual(triggered ? [1, 1, 'sending'] : [0, 0, 'held'])
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('move a trailing stop only in favour of the order', () => {
    fc.assert(
      fc.property(trailing, fc.array(withTrouble, { maxLength: 40 }), (spec, happenings) => {
        const engine = new SmallEngine(perpetual({ triggerOrders: false }))
        const order: SmallOrder = engine.place(spec)
        let stop: number | undefined
        for (const what of happenings) {
          happen(engine, what)
          const now = order.trigger === undefined ? undefined : rawOf(order.trigger)
          if (stop !== undefined) expect(spec.side === 'sell' ? (now ?? 0) >= stop : (now ?? Infinity) <= stop).toBe(true)
          stop = now
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('know the nearest price at which a trail moves: there it moves, one tick before it does not', () => {
    fc.assert(
      fc.property(side, distance, fc.integer({ min: 2, max: 1_000_000_000 }), (towards, by, stop) => {
        const at = nextMoveAt(towards, ticks(stop), by)
        const direction = towards === 'sell' ? 1 : -1
        const moves = (from: number): boolean => direction * (rawOf(stopBehind(towards, ticks(from), by)) - stop) > 0
        expect(moves(rawOf(at))).toBe(true)
        expect(moves(rawOf(at) - direction)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })
})
