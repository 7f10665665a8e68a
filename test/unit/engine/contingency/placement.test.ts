import { describe, expect, it } from 'vitest'
import type { OrderSpec, Tradable } from '../../../../src-main/domain/index.ts'
import { heldFor, venueSpecOf } from '../../../../src-main/engine/contingency/index.ts'
import { lots, orderSpec, perpetual, SmallEngine, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

const seenOf = (spec: OrderSpec, parts: Partial<SmallOrder> = {}): SmallOrder => {
  const engine = new SmallEngine(perpetual())
  return Object.assign(engine.place(spec), parts)
}
const stop = orderSpec({ side: 'sell', type: 'stop-limit', trigger: { price: ticks(90), source: 'mark' }, limit: ticks(89), reduceOnly: true, positionSide: 'long' })

describe('where an order begins', () => {
  it.each<readonly [string, OrderSpec, Tradable, 'parent' | 'child' | undefined, string]>([
    ['a limit order leaves', orderSpec({ side: 'buy', type: 'limit', limit: ticks(1) }), perpetual(), undefined, 'nothing'],
    ['a stop leaves where the venue can hold it', stop, perpetual(), undefined, 'nothing'],
    ['a stop waits where it cannot', stop, perpetual({ triggerOrders: false }), undefined, 'trigger'],
    ['an iceberg is sliced where the venue has none', orderSpec({ side: 'buy', type: 'limit', limit: ticks(1), display: lots(5) }), perpetual(), undefined, 'iceberg'],
    ['a leg waits for its group', stop, perpetual(), 'child', 'parent'],
    ['an entry is placed like any other', stop, perpetual(), 'parent', 'nothing'],
    ['a trailing stop always waits', orderSpec({ side: 'sell', type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticks(1) }, source: 'last' } }), perpetual({ trailing: true }), undefined, 'trigger'],
  ])('%s', (_name, spec, tradable, role, where) => {
    expect(heldFor(spec, tradable, role)).toBe(where)
  })
})

describe('an order as the venue understands it', () => {
  it('keeps its trigger and its limit while the venue is to hold them', () => {
    expect(venueSpecOf(seenOf(stop), lots(7), perpetual())).toEqual({
      instrument: 'BTC/USD', side: 'sell', type: 'stop-limit', lots: lots(7), limit: ticks(89), trigger: ticks(90), triggerSource: 'mark', timeInForce: 'gtc',
      postOnly: false, reduceOnly: true, positionSide: 'long',
    })
  })

  it('is plain once its trigger was pulled, even at a venue that could hold it', () => {
    const spec = venueSpecOf(seenOf(stop, { triggered: true }), lots(7), perpetual())
    expect(spec).toMatchObject({ type: 'limit', limit: ticks(89) })
    expect(spec).not.toHaveProperty('trigger')
  })

  it('is told of nothing that the venue does not know', () => {
    const bare = perpetual({ reduceOnly: false, postOnly: false, goodTillDate: false })
    const order = orderSpec({ side: 'sell', type: 'limit', limit: ticks(89), reduceOnly: true, postOnly: true, display: lots(3), timeInForce: 'gtd', expiresAt: 9_000 })
    expect(venueSpecOf(seenOf(order), lots(7), bare)).toMatchObject({ reduceOnly: false, postOnly: false, timeInForce: 'gtc' })
    expect(venueSpecOf(seenOf(order), lots(7), bare)).not.toHaveProperty('display')
    expect(venueSpecOf(seenOf(order), lots(7), perpetual({ iceberg: true }))).toMatchObject({ display: lots(3), postOnly: true, timeInForce: 'gtd', expiresAt: 9_000 })
  })

  it('has the prices that it was amended to', () => {
    expect(venueSpecOf(seenOf(stop, { limit: ticks(80), trigger: ticks(81) }), lots(1), perpetual())).toMatchObject({ limit: ticks(80), trigger: ticks(81) })
  })

  it('keeps an instant order instant, and gives a market order no date', () => {
    expect(venueSpecOf(seenOf(orderSpec({ side: 'buy', type: 'limit', limit: ticks(5), timeInForce: 'fok' })), lots(1), perpetual()).timeInForce).toBe('fok')
    expect(venueSpecOf(seenOf(orderSpec({ side: 'buy', type: 'market', timeInForce: 'day' })), lots(1), perpetual())).not.toHaveProperty('expiresAt')
  })
})
