import { describe, expect, it } from 'vitest'
import { bracketOn, entrySpec, statuses, stopSpec, targetSpec } from './bracket.ts'
import { lots, openOf, orderSpec, SmallEngine, spot, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

describe('a bracket where the venue locks the balance', () => {
  it('lets only the stop be live, and swaps the target in once its price is there and the stop is proven gone', () => {
    const { engine, entry, stop, target } = bracketOn(spot())
    engine.fill(entry, 100)
    engine.acceptAll()
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([100, 0])
    engine.quote(120, 121)
    expect(target.triggered).toBe(true)
    expect([engine.livePiece(stop).cancel, openOf(engine, target)]).toEqual(['sending', 0])
    engine.proveCanceled(engine.livePiece(stop))
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([0, 100])
    engine.fill(engine.livePiece(target), 100)
    expect(engine.hasGroupEnded('g1')).toBe(true)
    expect(statuses(stop, target)).toEqual(['canceled', 'filled'])
  })

  it('stands back for a market order that sells all there is, and returns when that comes to nothing', () => {
    const { engine, entry, stop } = bracketOn(spot())
    engine.fill(entry, 100)
    engine.acceptAll()
    const close = engine.place({ ...orderSpec({ side: 'sell', type: 'market' }), size: { by: 'all' } })
    expect(engine.livePiece(stop).cancel).toBe('sending')
    engine.proveCanceled(engine.livePiece(stop))
    expect(openOf(engine, stop)).toBe(0)
    engine.end(close, 'rejected')
    expect(openOf(engine, stop)).toBe(100)
  })

  it('waits for as long as the fate of the stop is not known', () => {
    const { engine, entry, stop, target } = bracketOn(spot())
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.quote(120, 121)
    const piece = engine.livePiece(stop)
    piece.cancel = 'unknown'
    engine.contingencies.touched(piece.id)
    engine.pass(60_000)
    expect([engine.livePiece(stop), openOf(engine, target)]).toEqual([piece, 0])
  })

  it('sends only what a stop left that filled in part while it was being canceled', () => {
    const { engine, entry, stop, target } = bracketOn(spot())
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.quote(120, 121)
    engine.fill(engine.livePiece(stop), 30)
    engine.proveCanceled(engine.livePiece(stop))
    expect(openOf(engine, target)).toBe(70)
  })

  it('turns back to the stop, guarded by the engine, when the price falls while the target is live', () => {
    const { engine, entry, stop, target } = bracketOn(spot())
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.quote(120, 121)
    engine.proveCanceled(engine.livePiece(stop))
    engine.acceptAll()
    engine.last(90)
    expect([engine.livePiece(target).cancel, openOf(engine, stop)]).toEqual(['sending', 0])
    engine.proveCanceled(engine.livePiece(target))
    expect(engine.livePiece(stop).venueSpec?.type).toBe('market')
    expect(openOf(engine, stop, target)).toBe(100)
  })

  it('lets all targets rest where there is no stop to rest in their place', () => {
    const engine = new SmallEngine(spot())
    const half = (limit: number) => orderSpec({ side: 'sell', type: 'limit', limit: ticks(limit) }, 50)
    const [entry, near, far] = engine.placeGroup('g1', 'bracket', [entrySpec, half(120), half(140)]) as [SmallOrder, SmallOrder, SmallOrder]
    engine.accept(entry)
    engine.fill(entry, 100)
    expect([openOf(engine, near), openOf(engine, far)]).toEqual([50, 50])
  })

  it('holds both legs where the venue has no triggers either', () => {
    const { engine, entry, stop, target } = bracketOn(spot({ triggerOrders: false }))
    engine.fill(entry, 100)
    expect(openOf(engine, stop, target)).toBe(0)
    engine.last(90)
    engine.quote(120, 121)
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([100, 0])
  })
})

describe('a bracket whose fee is paid in what it bought', () => {
  it('sells no more than there is', () => {
    const tradable = spot()
    const engine = new SmallEngine(tradable)
    engine.deliverable = () => lots(99)
    const [entry, stop] = engine.placeGroup('g1', 'bracket', [entrySpec, stopSpec, targetSpec]) as [SmallOrder, SmallOrder, SmallOrder]
    engine.accept(entry)
    engine.fill(entry, 100)
    expect(openOf(engine, stop)).toBe(99)
  })
})
