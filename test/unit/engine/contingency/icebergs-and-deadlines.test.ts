import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import type { Tradable } from '../../../../src-main/domain/index.ts'
import { expiryOf } from '../../../../src-main/engine/contingency/index.ts'
import { lots, openOf, orderSpec, perpetual, SmallEngine, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

const noDates = { goodTillDate: false }
const iceberg = (size: number, display: number, parts: object = {}) =>
  orderSpec({ side: 'buy', type: 'limit', limit: ticks(100), display: lots(display), ...parts }, size)
const sizesOf = (engine: SmallEngine, parent: SmallOrder): readonly number[] => engine.piecesOf(parent.id).map((piece) => rawOf(piece.lots))

describe('an iceberg that the engine slices', () => {
  it('shows one slice at a time, the next only after the one before is proven ended', () => {
    const engine = new SmallEngine(perpetual())
    const parent = engine.place(iceberg(25, 10))
    expect(engine.livePiece(parent).venueSpec).toMatchObject({ type: 'limit', lots: lots(10), limit: ticks(100) })
    expect(engine.livePiece(parent).venueSpec).not.toHaveProperty('display')
    engine.acceptAll()
    engine.fill(engine.livePiece(parent), 4)
    expect(sizesOf(engine, parent)).toEqual([10])
    engine.fill(engine.livePiece(parent), 6)
    engine.fill(engine.livePiece(parent), 10)
    engine.fill(engine.livePiece(parent), 5)
    expect(sizesOf(engine, parent)).toEqual([10, 10, 5])
    expect(parent.status).toBe('filled')
  })

  it('joins a last slice that would be too small to the one before', () => {
    const tradable = perpetual()
    const engine = new SmallEngine({ ...tradable, rules: { ...tradable.rules, quantityMin: lots(4) } })
    const parent = engine.place(iceberg(13, 10))
    expect(sizesOf(engine, parent)).toEqual([13])
  })

  it('waits while the fate of a slice is unknown', () => {
    const engine = new SmallEngine(perpetual())
    const parent = engine.place(iceberg(30, 10))
    engine.doubt(engine.livePiece(parent))
    engine.pass(600_000)
    expect(sizesOf(engine, parent)).toEqual([10])
  })

  it('tries a slice anew that never arrived, and ends after three that were turned away', () => {
    const engine = new SmallEngine(perpetual())
    const parent = engine.place(iceberg(30, 10))
    engine.end(engine.livePiece(parent), 'absent')
    engine.pass(1_000)
    expect(engine.livePiece(parent).lots).toEqual(lots(10))
    for (let failure = 0; failure < 2; failure += 1) {
      engine.end(engine.livePiece(parent), 'rejected')
      engine.pass(40_000)
    }
    expect(parent.status).toBe('canceled')
  })

  it('takes its slice back before it ends by hand', () => {
    const engine = new SmallEngine(perpetual())
    const parent = engine.place(iceberg(30, 10))
    engine.acceptAll()
    engine.cancelByHand(parent)
    const slice = engine.livePiece(parent)
    expect([slice.cancel, parent.status]).toEqual(['sending', 'held'])
    engine.fill(slice, 3)
    engine.proveCanceled(slice)
    expect([parent.status, rawOf(parent.filled)]).toEqual(['canceled', 3])
  })

  it('takes back a slice whose price was amended, and goes on at the new one', () => {
    const engine = new SmallEngine(perpetual())
    const parent = engine.place(iceberg(30, 10))
    engine.acceptAll()
    parent.limit = ticks(101)
    engine.contingencies.touched(parent.id)
    engine.run()
    engine.proveCanceled(engine.livePiece(parent))
    expect(engine.livePiece(parent).venueSpec).toMatchObject({ limit: ticks(101), lots: lots(10) })
  })

  it('is left to a venue that knows icebergs', () => {
    const engine = new SmallEngine(perpetual({ iceberg: true }))
    expect(engine.place(iceberg(30, 10)).venueSpec).toMatchObject({ lots: lots(30), display: lots(10) })
  })

  it('is sliced once its trigger was pulled', () => {
    const engine = new SmallEngine(perpetual({ triggerOrders: false }))
    const parent = engine.place(iceberg(30, 10, { type: 'stop-limit', trigger: { price: ticks(110), source: 'last' } }))
    expect(sizesOf(engine, parent)).toEqual([])
    engine.last(110)
    expect(sizesOf(engine, parent)).toEqual([10])
  })

  it('is protected as an entry by what its slices fill', () => {
    const engine = new SmallEngine(perpetual())
    const stop = orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(90), source: 'last' } }, 30)
    const [entry, leg] = engine.placeGroup('g1', 'bracket', [iceberg(30, 10), stop]) as [SmallOrder, SmallOrder]
    engine.acceptAll()
    engine.fill(engine.livePiece(entry), 10)
    expect(openOf(engine, leg)).toBe(10)
  })

  it('comes to its end in time, after its slice', () => {
    const engine = new SmallEngine(perpetual(noDates))
    const parent = engine.place(iceberg(30, 10, { timeInForce: 'gtd', expiresAt: 5_000 }))
    engine.acceptAll()
    engine.pass(4_000)
    const slice = engine.livePiece(parent)
    expect(slice.cancel).toBe('sending')
    engine.proveCanceled(slice)
    expect(parent.status).toBe('expired')
  })
})

describe('a deadline that the engine keeps', () => {
  it('ends a live order at its date, once the cancel is proven', () => {
    const engine = new SmallEngine(perpetual(noDates))
    const order = engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(90), timeInForce: 'gtd', expiresAt: 5_000 }))
    expect(order.venueSpec).toMatchObject({ timeInForce: 'gtc' })
    engine.acceptAll()
    engine.pass(3_999)
    expect(order.cancel).toBe('none')
    engine.pass(1)
    expect([order.status, order.cancel]).toEqual(['working', 'sending'])
    engine.proveCanceled(order)
    expect(order.status).toBe('expired')
  })

  it('leaves it to a venue that knows dates', () => {
    const engine = new SmallEngine(perpetual())
    const order = engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(90), timeInForce: 'gtd', expiresAt: 5_000 }))
    expect(order.venueSpec).toMatchObject({ timeInForce: 'gtd', expiresAt: 5_000 })
    engine.acceptAll()
    engine.pass(60_000)
    expect(engine.done).toEqual([])
  })

  it('ends a held order that was never sent, and pulls no trigger for it after', () => {
    const engine = new SmallEngine(perpetual({ triggerOrders: false }))
    const stop = engine.place(orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(90), source: 'last' }, timeInForce: 'gtd', expiresAt: 5_000 }))
    engine.pass(4_000)
    engine.last(80)
    expect([stop.status, stop.triggered]).toEqual(['expired', false])
  })

  it('asks again for the end of an order whose cancel was refused', () => {
    const engine = new SmallEngine(perpetual(noDates))
    const order = engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(90), timeInForce: 'gtd', expiresAt: 5_000 }))
    engine.acceptAll()
    engine.pass(4_000)
    engine.refuseCancel(order)
    expect(order.cancel).toBe('none')
    engine.pass(1_000)
    expect(order.cancel).toBe('sending')
  })

  it('ends an order that was still on its way as it came due, once it is there', () => {
    const engine = new SmallEngine(perpetual(noDates))
    const order = engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(90), timeInForce: 'gtd', expiresAt: 5_000 }))
    engine.pass(4_000)
    expect(order.cancel).toBe('none')
    engine.accept(order)
    expect(order.cancel).toBe('sending')
  })

  it('is kept over a restart', () => {
    const engine = new SmallEngine(perpetual(noDates))
    const order = engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(90), timeInForce: 'gtd', expiresAt: 5_000 }))
    engine.acceptAll()
    engine.restart()
    engine.pass(4_000)
    expect(order.cancel).toBe('sending')
  })
})

describe('the end of a day', () => {
  const dayMs = 86_400_000
  const hourMs = 3_600_000
  const day = orderSpec({ side: 'buy', type: 'limit', limit: ticks(90), timeInForce: 'day' })
  const withHours = (openMinute: number, closeMinute: number, weekdays: readonly number[]): Tradable => {
    const tradable = perpetual()
    return { ...tradable, instrument: { ...tradable.instrument, hours: { kind: 'sessions', openMinute, closeMinute, weekdays } } }
  }

  it('is the next midnight UTC where trading never stops', () => {
    expect(expiryOf(day, perpetual(), 5 * dayMs + 1)).toBe(6 * dayMs)
    expect(expiryOf(day, perpetual(), 5 * dayMs)).toBe(6 * dayMs)
  })

  it('is the close of the session, or of the next one after it', () => {
    const weekdays = withHours(9 * 60, 17 * 60, [1, 2, 3, 4, 5])
    // Day 0 was a Thursday, so day 1 is a Friday and day 4 the Monday after.
    expect(expiryOf(day, weekdays, dayMs + 10 * hourMs)).toBe(dayMs + 17 * hourMs)
    expect(expiryOf(day, weekdays, dayMs + 17 * hourMs)).toBe(4 * dayMs + 17 * hourMs)
  })

  it('is the close on the morning after where a session runs over midnight', () => {
    const nights = withHours(22 * 60, 5 * 60, [4])
    expect(expiryOf(day, nights, 7 * dayMs + 23 * hourMs)).toBe(8 * dayMs + 5 * hourMs)
    expect(expiryOf(day, nights, 8 * dayMs + 4 * hourMs)).toBe(8 * dayMs + 5 * hourMs)
  })

  it('never comes for what stays until it is canceled', () => {
    expect(expiryOf({ ...day, timeInForce: 'gtc' }, perpetual(), 5)).toBeUndefined()
  })
})
