import { describe, expect, it } from 'vitest'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { perpetual, Rig, ticks, tradableOf } from './trading-rig.ts'

const idsOf = (rig: Rig): readonly string[] => [...rig.engine.openOrders()].map(({ id }) => id)

describe('an engine that goes on from a snapshot', () => {
  it('looks at open orders in the same order as one that never stopped, also after one of them was taken for ended', () => {
    const rig = Rig.active()
    const [first] = [rig.work(), rig.work({ limit: ticks(9_800) }), rig.work({ limit: ticks(9_700) })] as const
    rig.report(first, { status: 'canceled' })
    rig.pass(20_000)
    rig.found(first, { status: 'open', updatedAt: rig.at })
    expect(rig.order(first).status).toBe('working')
    const before = idsOf(rig)
    rig.restart([], rig.engine.snapshot())
    expect(idsOf(rig)).toEqual(before)
  })

  it('counts what left within the last minute by when it left, though it was intended long before', () => {
    const plain = tradableOf(perpetual.instrument.id, 'perpetual', { triggerOrders: false })
    const rig = Rig.active({ tradables: [plain], limits: { ...boundlessLimits, ordersPerMinute: 2 } })
    const held = rig.place({ type: 'stop', trigger: { price: ticks(10_500), source: 'last' } })
    rig.pass(40_000)
    rig.work()
    rig.pass(10_000)
    rig.quote(plain.instrument.id, 10_500, 10_510)
    expect(rig.sends(held)).toHaveLength(1)
    rig.restart([], rig.engine.snapshot())
    rig.at += 51_000
    rig.quoteAll()
    rig.place()
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'risk.order-rate' } }])
  })
})
