import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import type { SelfTradePolicy } from '../../../../src-main/domain/index.ts'
import { preventSelfTrade } from '../../../../src-main/engine/contingency/index.ts'
import { lots, orderSpec, perpetual, SmallEngine, ticks } from './small-engine.ts'

const engineWith = (policy: SelfTradePolicy): SmallEngine => {
  const engine = new SmallEngine(perpetual({ triggerOrders: false }))
  engine.selfTrade = policy
  return engine
}
const sell = (limit: number, size = 100) => orderSpec({ side: 'sell', type: 'limit', limit: ticks(limit) }, size)
const buy = (limit: number, size = 100) => orderSpec({ side: 'buy', type: 'limit', limit: ticks(limit) }, size)

describe('self-trade prevention', () => {
  it('lets orders go that do not cross', () => {
    const engine = engineWith('cancel-new')
    engine.place(sell(101))
    expect(engine.place(buy(100)).status).toBe('sending')
    expect(engine.place(sell(102)).status).toBe('sending')
  })

  it('counts an order that touches as one that crosses', () => {
    const engine = engineWith('cancel-new')
    engine.place(sell(100))
    expect(engine.place(buy(100)).status).toBe('denied')
  })

  it('cancel-new stops the newcomer and leaves what rests', () => {
    const engine = engineWith('cancel-new')
    const resting = engine.place(sell(100))
    engine.acceptAll()
    expect(engine.place(buy(105)).status).toBe('denied')
    expect([resting.status, resting.cancel]).toEqual(['working', 'none'])
  })

  it('cancel-resting lets the newcomer wait until what rested is proven gone', () => {
    const engine = engineWith('cancel-resting')
    const resting = engine.place(sell(100))
    engine.acceptAll()
    const newcomer = engine.place(buy(105))
    expect([newcomer.status, resting.cancel]).toEqual(['held', 'sending'])
    engine.pass(10_000)
    expect(newcomer.status).toBe('held')
    engine.proveCanceled(resting)
    expect(newcomer.status).toBe('sending')
  })

  it('cancel-both stops the one and takes back the other', () => {
    const engine = engineWith('cancel-both')
    const resting = engine.place(sell(100))
    engine.acceptAll()
    expect(engine.place(buy(105)).status).toBe('denied')
    expect(resting.cancel).toBe('sending')
  })

  it('decrement-both takes the smaller size off both', () => {
    const engine = engineWith('decrement-both')
    const near = engine.place(sell(99, 30))
    const far = engine.place(sell(100, 50))
    engine.acceptAll()
    const newcomer = engine.place(buy(105, 60))
    expect(newcomer.status).toBe('denied')
    expect([near.cancel, far.cancel]).toEqual(['sending', 'none'])
    expect(far.amendTo).toEqual({ lots: lots(20) })
  })

  it('decrement-both sends what is left of a larger newcomer once the resting one is gone', () => {
    const engine = engineWith('decrement-both')
    const resting = engine.place(sell(100, 30))
    engine.acceptAll()
    engine.fill(resting, 10)
    const newcomer = engine.place(buy(105, 60))
    expect([newcomer.status, rawOf(newcomer.lots), resting.cancel]).toEqual(['held', 40, 'sending'])
    engine.proveCanceled(resting)
    expect([newcomer.status, rawOf(newcomer.lots)]).toEqual(['sending', 40])
  })

  it('counts what is in flight and what is unknown as resting', () => {
    for (const policy of ['cancel-new', 'cancel-resting'] as const) {
      const engine = engineWith(policy)
      const resting = engine.place(sell(100))
      expect(engine.place(buy(105)).status).toBe(policy === 'cancel-new' ? 'denied' : 'held')
      engine.doubt(resting)
      expect(engine.place(buy(105)).status).toBe(policy === 'cancel-new' ? 'denied' : 'held')
    }
  })

  it('lets a market order meet every limit on the other side, and no other order that never rests', () => {
    const engine = engineWith('cancel-new')
    engine.place(sell(1_000))
    expect(engine.place(orderSpec({ side: 'buy', type: 'market' })).status).toBe('denied')
    const other = engineWith('cancel-new')
    other.place(orderSpec({ side: 'sell', type: 'market' }))
    expect(other.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(5), timeInForce: 'ioc' })).status).toBe('sending')
    expect(other.place(buy(5)).status).toBe('denied')
  })

  it('does not count what only waits: a held stop, a native trigger, the whole of an iceberg', () => {
    const engine = engineWith('cancel-new')
    engine.place(orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(90), source: 'last' } }))
    expect(engine.place(buy(105)).status).toBe('sending')
    const native = new SmallEngine(perpetual())
    native.selfTrade = 'cancel-new'
    native.place(orderSpec({ side: 'sell', type: 'stop-limit', trigger: { price: ticks(90), source: 'last' }, limit: ticks(89) }))
    expect(native.place(buy(105)).status).toBe('sending')
  })

  it('never gives an exit up for an order that rests', () => {
    const engine = engineWith('cancel-new')
    const resting = engine.place(buy(80))
    engine.acceptAll()
    const stop = engine.place(orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(90), source: 'last' } }))
    engine.last(90)
    expect([stop.status, resting.cancel]).toEqual(['held', 'sending'])
    engine.proveCanceled(resting)
    expect(stop).toMatchObject({ status: 'sending', venueSpec: { type: 'market' } })
  })

  it('denies what comes later and would meet an exit, whatever the policy', () => {
    for (const policy of ['cancel-resting', 'cancel-both', 'decrement-both'] as const) {
      const engine = engineWith(policy)
      const exit = engine.place(orderSpec({ side: 'sell', type: 'stop-limit', trigger: { price: ticks(95), source: 'last' }, limit: ticks(95) }))
      engine.last(95)
      engine.acceptAll()
      expect(engine.place(buy(96)).status).toBe('denied')
      expect(exit.cancel).toBe('none')
    }
  })

  it('lets no exit overtake another that waits already and that it would meet', () => {
    const engine = engineWith('cancel-new')
    engine.place(buy(92))
    engine.acceptAll()
    const stopLimit = (side: 'buy' | 'sell', limit: number) => orderSpec({ side, type: 'stop-limit', trigger: { price: ticks(95), source: 'last' }, limit: ticks(limit) })
    const first = engine.place(stopLimit('sell', 90))
    const second = engine.place(stopLimit('buy', 96))
    engine.last(95)
    expect([first.status, second.status]).toEqual(['held', 'held'])
    expect([first.triggered, second.triggered]).toEqual([true, true])
  })

  it('sends no new exit past one that waits, though nothing of ours rests; what is no exit goes', () => {
    const engine = engineWith('cancel-resting')
    const waiting = engine.place(sell(95))
    Object.assign(waiting, { status: 'held', heldFor: 'sibling', triggered: true })
    const verdictOn = (change: object): string => {
      const newcomer = Object.assign(engine.place(buy(90)), { limit: ticks(100) }, change)
      const verdict = preventSelfTrade(newcomer, lots(100), [waiting, newcomer], 'cancel-resting')
      expect([verdict.steps, verdict.prevented]).toEqual([[], []])
      return verdict.newcomer
    }
    expect(verdictOn({})).toBe('goes')
    expect(verdictOn({ triggered: true })).toBe('waits')
    expect(verdictOn({ onBehalfOf: 'ended' })).toBe('waits')
    expect(verdictOn({ spec: orderSpec({ side: 'buy', type: 'market', reduceOnly: true }) })).toBe('waits')
  })

  it('asks again for a cancel that was refused while something waits for it', () => {
    const engine = engineWith('cancel-resting')
    const resting = engine.place(sell(100))
    engine.acceptAll()
    const newcomer = engine.place(buy(105))
    engine.refuseCancel(resting)
    engine.pass(2_000)
    expect(resting.cancel).toBe('sending')
    engine.fill(resting, 100)
    expect(newcomer.status).toBe('sending')
  })

  it('leaves alone what others placed on the account', () => {
    const engine = engineWith('cancel-both')
    const foreign = engine.place({ ...sell(100), owner: 'external' })
    engine.acceptAll()
    expect(engine.place(buy(105)).status).toBe('sending')
    expect(foreign.cancel).toBe('none')
  })
})
