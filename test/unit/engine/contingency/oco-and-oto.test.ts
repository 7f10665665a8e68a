import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import { entrySpec, statuses, stopSpec, targetSpec } from './bracket.ts'
import { lots, openOf, orderSpec, perpetual, SmallEngine, spot, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

describe('an oco', () => {
  const legs = [targetSpec, stopSpec]

  it('shrinks the others by what one filled, and ends them when one is full', () => {
    const engine = new SmallEngine(perpetual())
    const [target, stop] = engine.placeGroup('g1', 'oco', legs) as [SmallOrder, SmallOrder]
    expect([openOf(engine, target), openOf(engine, stop)]).toEqual([100, 100])
    engine.acceptAll()
    engine.fill(engine.livePiece(target), 30)
    expect(engine.livePiece(stop).amendTo).toEqual({ lots: lots(70) })
    engine.answerAmend(engine.livePiece(stop), true)
    engine.fill(engine.livePiece(target), 70)
    engine.proveCanceled(engine.livePiece(stop))
    expect(statuses(target, stop)).toEqual(['filled', 'canceled'])
    expect(engine.hasGroupEnded('g1')).toBe(true)
  })

  it('has one leg at a time at a venue that locks the balance', () => {
    const engine = new SmallEngine(spot())
    engine.moveTo(100)
    const [target, stop] = engine.placeGroup('g1', 'oco', legs) as [SmallOrder, SmallOrder]
    expect([openOf(engine, target), openOf(engine, stop)]).toEqual([0, 100])
  })

  it('for all there is follows the position', () => {
    for (const tradable of [perpetual(), spot()]) {
      const engine = new SmallEngine(tradable)
      engine.moveTo(60)
      const [target, stop] = engine.placeGroup('g1', 'oco', legs.map((leg) => ({ ...leg, size: { by: 'all' as const } }))) as [SmallOrder, SmallOrder]
      expect(openOf(engine, stop)).toBe(60)
      engine.acceptAll()
      engine.fill(engine.livePiece(stop), 60)
      for (const piece of engine.livePieces(target)) engine.proveCanceled(piece)
      expect(engine.hasGroupEnded('g1')).toBe(true)
    }
  })

  it('keeps the other leg when a person takes one away', () => {
    const engine = new SmallEngine(perpetual())
    const [target, stop] = engine.placeGroup('g1', 'oco', legs) as [SmallOrder, SmallOrder]
    engine.acceptAll()
    engine.cancelByHand(target)
    engine.proveCanceled(engine.livePiece(target))
    expect([statuses(target), openOf(engine, stop)]).toEqual([['canceled'], 100])
  })
})

describe('an oto', () => {
  it('sends its children in step with the fills of the entry', () => {
    const engine = new SmallEngine(perpetual())
    const double = orderSpec({ side: 'sell', type: 'limit', limit: ticks(130) }, 200)
    const [entry, child] = engine.placeGroup('g1', 'oto', [entrySpec, double]) as [SmallOrder, SmallOrder]
    engine.accept(entry)
    expect(openOf(engine, child)).toBe(0)
    engine.fill(entry, 50)
    expect(openOf(engine, child)).toBe(100)
    engine.fill(entry, 50)
    engine.acceptAll()
    expect(openOf(engine, child)).toBe(200)
    for (const piece of engine.livePieces(child)) engine.fill(piece, rawOf(piece.lots))
    expect(engine.hasGroupEnded('g1')).toBe(true)
  })

  it('ends with its entry where that never filled', () => {
    const engine = new SmallEngine(perpetual())
    const [entry, child] = engine.placeGroup('g1', 'oto', [entrySpec, targetSpec]) as [SmallOrder, SmallOrder]
    engine.end(entry, 'absent')
    expect(child.status).toBe('canceled')
  })
})
