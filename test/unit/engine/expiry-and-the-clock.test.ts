import { describe, expect, it } from 'vitest'
import { perpetual, Rig, ticks, tradableOf } from './trading-rig.ts'

const hourMs = 3_600_000

/** The clock is an hour ahead for a moment, and the engine is told of both jumps as they are seen. */
function leap(rig: Rig, forMs: number): void {
  rig.at += hourMs
  rig.process({ kind: 'clock-jumped', at: rig.at, byMs: hourMs })
  rig.pass(0)
  rig.pass(forMs)
}

function comeBack(rig: Rig): void {
  rig.at -= hourMs
  rig.process({ kind: 'clock-jumped', at: rig.at, byMs: -hourMs })
  rig.pass(0)
}

describe('what is good till a date, when the clock leaps ahead', () => {
  it('outlives a leap of a moment, and ends at its own time', () => {
    const rig = Rig.active()
    const order = rig.work({ timeInForce: 'gtd', expiresAt: rig.at + 600_000 })
    leap(rig, 5_000)
    expect(rig.order(order).cancel).toBe('none')
    comeBack(rig)
    rig.pass(300_000)
    expect(rig.order(order).cancel).toBe('none')
    rig.pass(300_000)
    expect(rig.order(order).cancel).toBe('sending')
  })

  it('is kept where the engine holds it, as the leg of a group is', () => {
    const plain = tradableOf(perpetual.instrument.id, 'perpetual', { triggerOrders: false })
    const rig = Rig.active({ tradables: [plain] })
    rig.fill(rig.work(), 10)
    const expiresAt = rig.at + 600_000
    const stop = rig.place({ side: 'sell', type: 'stop', trigger: { price: ticks(9_500), source: 'last' }, reduceOnly: true, timeInForce: 'gtd', expiresAt })
    rig.command({
      kind: 'place-group', ...rig.asked(), group: 'oco',
      orders: [
        rig.spec({ side: 'sell', limit: ticks(10_500), reduceOnly: true, timeInForce: 'gtd', expiresAt }),
        rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_400), source: 'last' }, reduceOnly: true, timeInForce: 'gtd', expiresAt }),
      ],
    })
    const before = [...rig.engine.openOrders()].length
    leap(rig, 5_000)
    comeBack(rig)
    expect(rig.order(stop).status).toBe('held')
    expect([...rig.engine.openOrders()]).toHaveLength(before)
    expect(rig.kinds()).not.toContain('order-expired')
    rig.pass(600_000)
    expect(rig.order(stop).status).toBe('expired')
  })

  it('ends once the new time has stood for as long as a clock is not trusted', () => {
    const rig = Rig.active()
    const order = rig.work({ timeInForce: 'gtd', expiresAt: rig.at + 600_000 })
    leap(rig, 10_999)
    expect(rig.order(order).cancel).toBe('none')
    rig.pass(1)
    expect(rig.order(order).cancel).toBe('sending')
  })
})
