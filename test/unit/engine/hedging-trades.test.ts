import { describe, expect, it } from 'vitest'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

const heldBySide = (rig: Rig) =>
  rig.engine.positions('main').filter(({ instrument }) => instrument === perpetual.instrument.id).map(({ positionSide, lots: held }) => `${positionSide} ${Number(held)}`)

describe('where long and short are held apart', () => {
  it('a trade that names no side moves the one that its order named, and can be closed', () => {
    const rig = Rig.active({ positions: 'hedging' })
    rig.fill(rig.work({ positionSide: 'long' }), 10)
    expect(heldBySide(rig)).toEqual(['long 10'])
    const { requests } = rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
    expect(requests).toMatchObject([{ kind: 'send-order', spec: { side: 'sell', lots: 10 } }])
  })

  it('the same trade told again with its side is the same trade', () => {
    const rig = Rig.active({ positions: 'hedging' })
    const id = rig.work({ positionSide: 'long' })
    const trade = rig.fill(id, 10)
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'query', trade: { ...trade, positionSide: 'long' } })
    expect(rig.order(id).filled).toBe(10)
    expect(heldBySide(rig)).toEqual(['long 10'])
  })

  it('what stands in for a fill moves the side of its order too', () => {
    const rig = Rig.active({ positions: 'hedging' })
    const id = rig.work({ positionSide: 'short', side: 'sell', limit: ticks(10_100) })
    rig.pass(130_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id, { filled: lots(3), averagePrice: ticks(10_100), updatedAt: rig.at - 100_000 })] } })
    expect(heldBySide(rig)).toEqual(['short -3'])
  })

  it('a trade of the other side than its order is a difference, and moves nothing', () => {
    const rig = Rig.active({ positions: 'hedging' })
    const id = rig.work({ positionSide: 'long' })
    rig.fill(id, 10, { positionSide: 'short' })
    expect(heldBySide(rig)).toEqual([])
    expect(rig.events.at(-1)).toMatchObject({ kind: 'break-seen', what: 'trade', instrument: perpetual.instrument.id })
  })

  it("so is a stranger's trade whose side nobody tells", () => {
    const rig = Rig.active({ positions: 'hedging' })
    const view = {
      venueOrder: 'x1', instrument: perpetual.instrument.id, side: 'buy' as const, status: 'open' as const, lots: lots(10), filled: lots(0), limit: ticks(9_900), updatedAt: rig.at,
    }
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view })
    const adopted = rig.events.findLast((event) => event.kind === 'external-adopted')
    if (adopted?.kind !== 'external-adopted') throw new Error('the order was not adopted')
    const { order: _ours, ...trade } = rig.trade(adopted.order, 4, { venueOrder: 'x1', at: rig.at + 1 })
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(heldBySide(rig)).toEqual([])
    expect(rig.kinds()).toContain('break-seen')
  })
})

describe('where there is one position', () => {
  it('a trade that names a side all the same is one trade however it is told', () => {
    const rig = Rig.active()
    const id = rig.work()
    const trade = rig.fill(id, 4)
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'query', trade: { ...trade, positionSide: 'long' } })
    expect(rig.order(id).filled).toBe(4)
    expect(rig.held()).toBe(4)
  })
})
