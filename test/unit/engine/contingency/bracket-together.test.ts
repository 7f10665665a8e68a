import { describe, expect, it } from 'vitest'
import { amountFromRaw, rawOf } from '../../../../src-main/base/index.ts'
import { bracketOn, entrySpec, statuses, stopSpec, targetSpec } from './bracket.ts'
import { lots, openOf, orderSpec, perpetual, SmallEngine, spot, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

describe('a bracket where both legs may be live', () => {
  it('sends nothing for its legs before the entry fills', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.last(80)
    engine.last(130)
    expect(statuses(entry, stop, target)).toEqual(['working', 'held', 'held'])
    expect(engine.done).toEqual([])
  })

  it('protects each partial fill at once, by exactly what was filled', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 30)
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([30, 30])
    expect(engine.livePiece(stop).venueSpec).toMatchObject({ type: 'stop', trigger: ticks(90), reduceOnly: true, side: 'sell' })
    expect(engine.livePiece(target).venueSpec).toMatchObject({ type: 'limit', limit: ticks(120), reduceOnly: true })
    engine.acceptAll()
    engine.fill(entry, 20)
    expect(engine.livePiece(stop).amendTo).toEqual({ lots: lots(50) })
    engine.fill(entry, 50)
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([100, 100])
  })

  it('adds a piece where the venue cannot amend, so that no instant is without protection', () => {
    const { engine, entry, stop } = bracketOn(perpetual({ amend: false }))
    for (const size of [10, 20, 70]) {
      engine.fill(entry, size)
      engine.acceptAll()
    }
    expect(engine.livePieces(stop).map(({ lots }) => rawOf(lots))).toEqual([10, 20, 70])
    expect(engine.kinds()).not.toContain('resize-order')
  })

  it('adds a piece when an amend was refused', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.fill(entry, 30)
    engine.acceptAll()
    engine.fill(entry, 20)
    engine.answerAmend(engine.livePiece(stop), false)
    expect(engine.livePieces(stop).map(({ lots }) => rawOf(lots))).toEqual([30, 20])
  })

  it('keeps the protection of what was filled when the entry is canceled', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 40)
    engine.acceptAll()
    engine.end(entry, 'canceled')
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([40, 40])
    expect(statuses(stop, target)).toEqual(['held', 'held'])
  })

  it('ends all legs when the entry ends without a fill', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.end(entry, 'rejected')
    expect(statuses(stop, target)).toEqual(['canceled', 'canceled'])
    expect(engine.kinds().at(-1)).toBe('end-group')
  })

  it('shrinks the stop by what a target filled, and ends it only after the target is full', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.fill(engine.livePiece(target), 60)
    expect(engine.livePiece(stop)).toMatchObject({ amendTo: { lots: lots(40) }, cancel: 'none' })
    engine.answerAmend(engine.livePiece(stop), true)
    engine.fill(engine.livePiece(target), 40)
    const last = engine.livePiece(stop)
    expect([last.cancel, stop.status]).toEqual(['sending', 'held'])
    engine.proveCanceled(last)
    expect(statuses(stop, target)).toEqual(['canceled', 'filled'])
    expect(engine.hasGroupEnded('g1')).toBe(true)
  })

  it('puts a smaller stop in the place of one that could only be canceled', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual({ amend: false }))
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.fill(engine.livePiece(target), 60)
    const large = engine.livePiece(stop)
    expect(large.cancel).toBe('sending')
    expect(openOf(engine, stop)).toBe(100)
    engine.proveCanceled(large)
    expect(engine.livePiece(stop)).toMatchObject({ status: 'sending', lots: lots(40) })
  })

  it('cancels the rest of the entry once the stop fills, and leaves no leg behind', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 40)
    engine.acceptAll()
    engine.fill(engine.livePiece(stop), 40)
    expect(entry.cancel).toBe('sending')
    engine.proveCanceled(entry)
    engine.proveCanceled(engine.livePiece(target))
    expect(engine.openOrders()).toEqual([])
    expect(engine.hasGroupEnded('g1')).toBe(true)
  })

  it('cancels the rest of the entry as soon as the stop speaks, before all of it is sold', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.fill(entry, 40)
    engine.acceptAll()
    engine.fill(engine.livePiece(stop), 1)
    expect(entry.cancel).toBe('sending')
    const late = bracketOn(perpetual({ triggerOrders: false }))
    late.engine.fill(late.entry, 40)
    late.engine.last(85)
    expect(late.entry.cancel).toBe('sending')
  })

  it('guards the stop by itself where the venue has no triggers, and sends it at its price', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual({ triggerOrders: false }))
    engine.fill(entry, 100)
    engine.acceptAll()
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([0, 100])
    engine.last(90)
    expect(engine.livePiece(stop).venueSpec).toMatchObject({ type: 'market', lots: lots(100), reduceOnly: true })
    engine.last(80)
    expect(engine.livePieces(stop)).toHaveLength(1)
  })

  it('guards the stop by itself once the venue turned its trigger order away', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.last(95)
    engine.fill(entry, 100)
    engine.end(engine.livePiece(stop), 'rejected')
    expect(openOf(engine, stop)).toBe(0)
    engine.last(89)
    expect(engine.livePiece(stop).venueSpec?.type).toBe('market')
  })

  it('goes to the market at once where the price is beyond the stop as the entry fills', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.last(85)
    engine.fill(entry, 100)
    expect(engine.livePieces(stop).map(({ venueSpec }) => venueSpec?.type)).toEqual(['market'])
  })

  it('goes to the market at once where the price is beyond the stop when the venue turns it away', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.last(85)
    engine.end(engine.livePiece(stop), 'rejected')
    expect(engine.livePiece(stop).venueSpec?.type).toBe('market')
  })

  it('never gives a stop up, tries it ever more slowly, and tells a person once', () => {
    const { engine, entry, stop } = bracketOn(perpetual({ triggerOrders: false }))
    engine.fill(entry, 100)
    engine.last(85)
    for (let failure = 0; failure < 5; failure += 1) {
      engine.end(engine.livePiece(stop), 'rejected')
      expect(engine.livePieces(stop)).toEqual([])
      engine.pass(40_000)
    }
    expect(engine.livePieces(stop)).toHaveLength(1)
    expect(engine.done.filter(({ kind }) => kind === 'flag-order')).toMatchObject([{ what: 'naked', lots: lots(100) }])
  })

  it('gives a target up that is turned away each time', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 100)
    for (let failure = 0; failure < 3; failure += 1) {
      engine.end(engine.livePiece(target), 'rejected')
      engine.pass(40_000)
    }
    expect(statuses(stop, target)).toEqual(['held', 'canceled'])
    expect(openOf(engine, stop)).toBe(100)
  })

  it('does not ask twice for a cancel that is under way, nor at once for one that was refused', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.fill(engine.livePiece(target), 100)
    const left = engine.livePiece(stop)
    engine.refuseCancel(left)
    expect(left.cancel).toBe('none')
    engine.pass(900)
    expect(left.cancel).toBe('none')
    engine.pass(100)
    expect(left.cancel).toBe('sending')
  })

  it('takes its legs away when the position was closed past it', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.acceptAll()
    const byHand = engine.place(orderSpec({ side: 'sell', type: 'market' }))
    engine.fill(byHand, 100)
    expect([engine.livePiece(stop).cancel, engine.livePiece(target).cancel]).toEqual(['sending', 'sending'])
    engine.proveCanceled(engine.livePiece(stop))
    engine.proveCanceled(engine.livePiece(target))
    expect(statuses(stop, target)).toEqual(['canceled', 'canceled'])
    expect(engine.hasGroupEnded('g1')).toBe(true)
  })

  it('stays where it is while a limit order for all of the position rests', () => {
    for (const tradable of [perpetual(), spot()]) {
      const { engine, entry, stop } = bracketOn(tradable)
      engine.fill(entry, 100)
      engine.acceptAll()
      engine.place({ ...orderSpec({ side: 'sell', type: 'limit', limit: ticks(150) }), size: { by: 'all' } })
      expect([openOf(engine, stop), engine.livePiece(stop).cancel]).toEqual([100, 'none'])
    }
  })

  it('flags what both legs filled beyond the entry', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.acceptAll()
    const pieces = [engine.livePiece(stop), engine.livePiece(target)] as const
    engine.fill(pieces[0], 100)
    engine.fill(pieces[1], 30)
    expect(engine.done.filter(({ kind }) => kind === 'flag-order')).toMatchObject([{ what: 'overfilled', lots: lots(30) }])
  })

  it('wakes up for a fill that comes after the entry was thought to be gone', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.end(entry, 'canceled')
    expect(engine.hasGroupEnded('g1')).toBe(true)
    engine.fill(entry, 25)
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([25, 0])
    expect(engine.done.filter(({ kind }) => kind === 'flag-order')).toMatchObject([{ order: entry.id, what: 'naked', lots: lots(25) }])
  })

  it('is not woken by what is long over, and by nothing once a part of it is forgotten', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.acceptAll()
    engine.fill(engine.livePiece(target), 100)
    engine.proveCanceled(engine.livePiece(stop))
    expect(engine.hasGroupEnded('g1')).toBe(true)
    engine.pass(3_600_000)
    engine.moveTo(100)
    engine.orders.delete(target.id)
    engine.restart()
    expect(engine.livePieces(stop)).toEqual([])
    engine.orders.delete(entry.id)
    const before = engine.done.length
    engine.restart()
    expect(engine.done.slice(before)).toEqual([])
  })

  it('keeps the stop of a late fill for as long as that is held', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.end(entry, 'canceled')
    engine.fill(entry, 25)
    engine.acceptAll()
    engine.pass(3_600_000)
    engine.restart()
    expect([openOf(engine, stop), engine.livePiece(stop).cancel]).toEqual([25, 'none'])
  })

  it('gives the trigger back to the venue a minute after it was turned away', () => {
    const { engine, entry, stop } = bracketOn(perpetual())
    engine.fill(entry, 100)
    engine.end(engine.livePiece(stop), 'rejected')
    engine.pass(59_000)
    expect([openOf(engine, stop), engine.contingencies.isGuarding(stop.id)]).toEqual([0, true])
    engine.pass(1_000)
    expect([openOf(engine, stop), engine.contingencies.isGuarding(stop.id)]).toEqual([100, false])
  })

  it('guards what is too small to be sent, sends it once it is large enough, and ends where nothing can make it more', () => {
    const tradable = perpetual({ amend: false })
    const engine = new SmallEngine({ ...tradable, rules: { ...tradable.rules, quantityMin: lots(10), notionalMin: amountFromRaw(100_000) } })
    const [entry, stop] = engine.placeGroup('g1', 'bracket', [entrySpec, stopSpec]) as [SmallOrder, SmallOrder]
    engine.accept(entry)
    engine.fill(entry, 9)
    expect([openOf(engine, stop), engine.contingencies.isGuarding(stop.id)]).toEqual([0, true])
    // Eleven lots at the trigger are worth 99,000 minor units: enough lots, too little money.
    engine.fill(entry, 2)
    expect(openOf(engine, stop)).toBe(0)
    engine.fill(entry, 1)
    expect([openOf(engine, stop), engine.contingencies.isGuarding(stop.id)]).toEqual([12, false])
    engine.acceptAll()
    engine.end(entry, 'canceled')
    engine.fill(engine.livePiece(stop), 7)
    expect(openOf(engine, stop)).toBe(5)
    engine.end(engine.livePiece(stop), 'canceled')
    engine.pass(40_000)
    expect(stop.status).toBe('canceled')
    expect(engine.hasGroupEnded('g1')).toBe(true)
  })

  it('splits what was filled among targets by their own plans', () => {
    const engine = new SmallEngine(perpetual())
    const half = (limit: number) => orderSpec({ side: 'sell', type: 'limit', limit: ticks(limit) }, 50)
    const [entry, stop, near, far] = engine.placeGroup('g1', 'bracket', [entrySpec, stopSpec, half(120), half(140)]) as [SmallOrder, SmallOrder, SmallOrder, SmallOrder]
    engine.accept(entry)
    engine.fill(entry, 33)
    expect([stop, near, far].map((leg) => openOf(engine, leg))).toEqual([33, 16, 16])
    engine.acceptAll()
    engine.fill(entry, 67)
    expect([stop, near, far].map((leg) => openOf(engine, leg))).toEqual([100, 50, 50])
    for (const leg of [stop, near, far]) engine.answerAmend(engine.livePiece(leg), true)
    engine.fill(engine.livePiece(near), 50)
    expect(engine.livePiece(stop).amendTo).toEqual({ lots: lots(50) })
    expect(openOf(engine, far)).toBe(50)
  })

  it('trails as its stop', () => {
    const engine = new SmallEngine(perpetual())
    const trail = orderSpec({ side: 'sell', type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticks(10) }, source: 'last' } })
    const [entry, stop] = engine.placeGroup('g1', 'bracket', [entrySpec, trail, targetSpec]) as [SmallOrder, SmallOrder, SmallOrder]
    engine.accept(entry)
    engine.last(150)
    expect(stop.trigger).toBeUndefined()
    engine.fill(entry, 100)
    expect(stop.trigger).toBe(ticks(140))
    engine.last(140)
    expect(openOf(engine, stop)).toBe(100)
  })

  it('sends what a trigger left uncovered without taking back what the venue guards', () => {
    const { engine, entry, stop } = bracketOn(perpetual({ amend: false }))
    engine.fill(entry, 60)
    engine.acceptAll()
    engine.fill(entry, 40)
    engine.end(engine.livePieces(stop)[1] as SmallOrder, 'rejected')
    engine.last(90)
    expect(engine.livePieces(stop).map(({ venueSpec }) => venueSpec?.type)).toEqual(['stop', 'market'])
    expect(openOf(engine, stop)).toBe(100)
  })

  it('comes back whole after a restart', () => {
    const { engine, entry, stop, target } = bracketOn(perpetual())
    engine.fill(entry, 30)
    engine.acceptAll()
    engine.restart()
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([30, 30])
    engine.fill(entry, 70)
    expect([openOf(engine, stop), openOf(engine, target)]).toEqual([100, 100])
  })
})
