import { describe, expect, it } from 'vitest'
import { rateFromRaw, rawOf } from '../../../../src-main/base/index.ts'
import type { Trail } from '../../../../src-main/domain/index.ts'
import { orderSpec, perpetual, SmallEngine, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

/** A venue without triggers: the engine holds them all. */
const engineOfOurs = (): SmallEngine => new SmallEngine(perpetual({ triggerOrders: false }))
const stopAt = (price: number, source: 'last' | 'mark' | 'index' | 'mid' = 'last', side: 'buy' | 'sell' = 'sell') =>
  orderSpec({ side, type: 'stop', trigger: { price: ticks(price), source } })
const triggersOf = (engine: SmallEngine): readonly number[] =>
  engine.done.flatMap((step) => (step.kind === 'trigger-order' ? [rawOf(step.price)] : []))
const trailing = (trail: Trail, side: 'buy' | 'sell' = 'sell') => orderSpec({ side, type: 'trailing-stop', trail })
const stopOf = ({ trigger }: SmallOrder): number | undefined => (trigger === undefined ? undefined : rawOf(trigger))

describe('a trigger held by the engine', () => {
  it('leaves as a market order once the last price falls to a sell stop', () => {
    const engine = engineOfOurs()
    const stop = engine.place(stopAt(90))
    engine.last(91)
    expect(stop.status).toBe('held')
    engine.last(90)
    expect(stop.status).toBe('sending')
    expect(stop.venueSpec).toMatchObject({ type: 'market', side: 'sell' })
    expect(stop.venueSpec).not.toHaveProperty('trigger')
  })

  it('is pulled once by a gap through it, whatever prices follow', () => {
    const engine = engineOfOurs()
    engine.place(stopAt(90))
    engine.last(100)
    engine.last(60)
    for (const price of [50, 95, 90, 89]) engine.last(price)
    expect(triggersOf(engine)).toEqual([60])
    expect(engine.kinds()).toEqual(['trigger-order', 'release-order'])
  })

  it.each([
    ['stop', 'buy', 110, 109, 110], ['stop', 'sell', 90, 91, 90], ['take-profit', 'sell', 110, 109, 110], ['take-profit', 'buy', 90, 91, 90],
  ] as const)('knows from which side a %s to %s is reached', (type, side, trigger, before, at) => {
    const engine = engineOfOurs()
    const order = engine.place(orderSpec({ side, type, trigger: { price: ticks(trigger), source: 'last' } }))
    engine.last(before)
    expect(order.triggered).toBe(false)
    engine.last(at)
    expect(order.triggered).toBe(true)
  })

  it('keeps the limit of a stop-limit and of a take-profit-limit', () => {
    for (const type of ['stop-limit', 'take-profit-limit'] as const) {
      const engine = engineOfOurs()
      const order = engine.place(orderSpec({ side: 'sell', type, trigger: { price: ticks(100), source: 'last' }, limit: ticks(99) }))
      engine.last(100)
      expect(order.venueSpec).toMatchObject({ type: 'limit', limit: ticks(99) })
    }
  })

  it('listens to its own source only', () => {
    const engine = engineOfOurs()
    const byMark = engine.place(stopAt(90, 'mark'))
    const byIndex = engine.place(stopAt(90, 'index'))
    const byMid = engine.place(stopAt(90, 'mid'))
    engine.last(10)
    engine.mark(91, 91)
    engine.quote(90, 91)
    expect([byMark, byIndex, byMid].map(({ triggered }) => triggered)).toEqual([false, false, false])
    engine.mark(90, 91)
    engine.quote(89, 91)
    expect([byMark, byIndex, byMid].map(({ triggered }) => triggered)).toEqual([true, false, true])
    engine.mark(99, 90)
    expect(byIndex.triggered).toBe(true)
  })

  it('pulls nothing on the word of a feed that is stale, crossed or down', () => {
    for (const state of ['stale', 'crossed', 'down'] as const) {
      const engine = engineOfOurs()
      const stop = engine.place(stopAt(90))
      engine.last(95)
      engine.feed(state)
      engine.last(50)
      expect(stop.triggered).toBe(false)
      engine.feed('live')
      expect(stop.triggered, 'the price of a bad feed is forgotten').toBe(false)
      engine.last(89)
      expect(stop.triggered).toBe(true)
    }
  })

  it('forgets what it heard before a feed broke', () => {
    for (const state of ['stale', 'crossed', 'down'] as const) {
      const engine = engineOfOurs()
      engine.last(85)
      engine.feed(state)
      engine.feed('live')
      const stop = engine.place(stopAt(90))
      expect(stop.triggered).toBe(false)
      engine.last(90)
      expect(stop.triggered).toBe(true)
    }
  })

  it('takes no price while a quote shows a crossed book', () => {
    const engine = engineOfOurs()
    const byMid = engine.place(stopAt(90, 'mid'))
    const byLast = engine.place(stopAt(90))
    engine.quote(85, 80)
    engine.last(80)
    expect([byMid.triggered, byLast.triggered]).toEqual([false, false])
    engine.quote(85, 86)
    expect(byMid.triggered).toBe(true)
    engine.last(80)
    expect(byLast.triggered).toBe(true)
  })

  it('is pulled at once where the price is already through it when it is placed', () => {
    const engine = engineOfOurs()
    engine.last(80)
    const stop = engine.place(stopAt(90))
    expect(stop.status).toBe('sending')
    expect(triggersOf(engine)).toEqual([80])
  })

  it('is pulled exactly once over a restart', () => {
    const engine = engineOfOurs()
    const first = engine.place(stopAt(90))
    const second = engine.place(stopAt(80))
    engine.last(85)
    engine.restart()
    engine.last(85)
    expect(triggersOf(engine)).toEqual([85])
    expect([first.status, second.status]).toEqual(['sending', 'held'])
    engine.last(80)
    expect(triggersOf(engine)).toEqual([85, 80])
  })

  it('is pulled later where trading was halted as its price came', () => {
    const engine = engineOfOurs()
    const stop = engine.place(stopAt(90))
    engine.isHalted = true
    engine.last(85)
    expect(stop.triggered).toBe(false)
    engine.isHalted = false
    engine.contingencies.recheck()
    engine.run()
    expect(stop.status).toBe('sending')
  })

  it('goes on after a release that did not happen', () => {
    const engine = engineOfOurs()
    const stop = engine.place(stopAt(90))
    stop.triggered = true
    engine.restart()
    expect(stop.status).toBe('sending')
  })

  it('is not pulled after it was canceled', () => {
    const engine = engineOfOurs()
    const stop = engine.place(stopAt(90))
    engine.cancelByHand(stop)
    engine.last(10)
    expect(stop).toMatchObject({ status: 'canceled', triggered: false })
  })

  it('follows an amended price', () => {
    const engine = engineOfOurs()
    const stop = engine.place(stopAt(90))
    stop.trigger = ticks(95)
    engine.contingencies.touched(stop.id)
    engine.run()
    engine.last(95)
    expect(stop.triggered).toBe(true)
  })

  it('is left to a venue that can hold it, except by mid', () => {
    const engine = new SmallEngine(perpetual())
    const native = engine.place(stopAt(90))
    expect(native.venueSpec).toMatchObject({ type: 'stop', trigger: ticks(90), triggerSource: 'last' })
    const mid = engine.place(stopAt(90, 'mid'))
    expect(mid.status).toBe('held')
  })
})

describe('a trailing stop', () => {
  const byTen: Trail = { distance: { by: 'amount', ticks: ticks(10) }, source: 'last' }

  it('follows the price up and never down, and leaves at its stop', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing(byTen))
    const stops = [100, 105, 103, 96, 110, 101].map((price) => {
      engine.last(price)
      return stopOf(trail)
    })
    expect(stops).toEqual([90, 95, 95, 95, 100, 100])
    expect(trail.triggered).toBe(false)
    engine.last(100)
    expect(trail.status).toBe('sending')
    expect(trail.venueSpec?.type).toBe('market')
  })

  it('follows the price down for a buy', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing(byTen, 'buy'))
    const stops = [100, 95, 99].map((price) => {
      engine.last(price)
      return stopOf(trail)
    })
    expect(stops).toEqual([110, 105, 105])
    engine.last(105)
    expect(trail.triggered).toBe(true)
  })

  it('keeps a distance in percent, rounded away from the price', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing({ distance: { by: 'percent', rate: rateFromRaw(50_000_000) }, source: 'last' }))
    engine.last(999)
    expect(stopOf(trail)).toBe(949)
    engine.last(1_000)
    expect(stopOf(trail)).toBe(950)
    const down = engine.place(trailing({ distance: { by: 'percent', rate: rateFromRaw(50_000_000) }, source: 'last' }, 'buy'))
    expect(stopOf(down)).toBe(1_050)
    engine.last(999)
    expect(stopOf(down)).toBe(1_049)
  })

  it('waits for its activation price', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing({ ...byTen, activation: ticks(120) }))
    engine.last(119)
    engine.last(80)
    expect([stopOf(trail), trail.triggered]).toEqual([undefined, false])
    engine.last(121)
    expect(stopOf(trail)).toBe(111)
  })

  it('goes on from its last stop after a restart', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing(byTen))
    engine.last(130)
    engine.restart()
    engine.last(125)
    expect([stopOf(trail), trail.triggered]).toEqual([120, false])
    engine.last(120)
    expect(trail.triggered).toBe(true)
  })

  it('trails a mid price without cutting half a tick too near', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing({ ...byTen, source: 'mid' }))
    engine.quote(100, 101)
    expect(stopOf(trail)).toBe(90)
    engine.quote(90, 91)
    expect(trail.triggered).toBe(false)
    engine.quote(90, 90)
    expect(trail.triggered).toBe(true)
  })

  it('sets no stop at or below zero', () => {
    const engine = engineOfOurs()
    const trail = engine.place(trailing(byTen))
    engine.last(10)
    expect(stopOf(trail)).toBeUndefined()
    engine.last(11)
    expect(stopOf(trail)).toBe(1)
  })
})
