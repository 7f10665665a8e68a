import { describe, expect, it } from 'vitest'
import { countFromRaw } from '../../../src-main/base/index.ts'
import type { VenueSplit } from '../../../src-main/domain/index.ts'
import { amount, lots, perpetual, Rig, spot, ticks } from './trading-rig.ts'

const splitOf = (rig: Rig, change: Partial<VenueSplit> = {}): VenueSplit =>
  ({ reference: 's1', instrument: spot.instrument.id, numerator: countFromRaw(3), denominator: countFromRaw(2), at: rig.at, ...change })

const tell = (rig: Rig, change: Partial<VenueSplit> = {}) => rig.process({ kind: 'split-reported', at: rig.at, account: 'main', split: splitOf(rig, change) })

const held = (rig: Rig, instrument: string) => rig.engine.positions('main').find((position) => position.instrument === instrument)

describe('a split', () => {
  it('gives new shares for old ones, keeps their cost, and says so in one event', () => {
    const rig = Rig.active()
    rig.fill(rig.work({ instrument: spot.instrument.id }), 10)
    const before = held(rig, spot.instrument.id)
    rig.at += 1
    const { events } = tell(rig)
    expect(events).toMatchObject([{ kind: 'position-split', account: 'main', split: { reference: 's1' } }])
    expect(held(rig, spot.instrument.id)).toMatchObject({ lots: lots(1_515), cost: before?.cost })
    expect(rig.engine.balances('main').find(({ asset }) => asset === 'BTC')?.total).toEqual(amount(151_500_000))
    const sums = new Map<string, number>()
    for (const { asset, amount: sum } of rig.engine.ledger('main')) sums.set(asset, (sums.get(asset) ?? 0) + Number(sum))
    expect([...sums.values()].every((sum) => sum === 0)).toBe(true)
  })

  it('is applied once, over a replay and a restart too', () => {
    const rig = Rig.active()
    rig.at += 1
    tell(rig)
    const state = rig.state()
    rig.restart()
    expect(rig.state()).toBe(state)
    expect(tell(rig).events).toEqual([])
    expect(held(rig, spot.instrument.id)?.lots).toEqual(lots(1_500))
  })

  it('from before the account was first seen is in its opening', () => {
    const rig = Rig.active()
    expect(tell(rig, { at: rig.at - 1 }).events).toEqual([])
  })

  it('lets the review count what is held from then on', () => {
    const rig = Rig.active()
    rig.at += 1
    tell(rig)
    rig.quoteAll()
    expect(rig.order(rig.place({ instrument: spot.instrument.id, side: 'sell', limit: ticks(10_100), size: { by: 'quantity', lots: lots(1_500) } })).status).toBe('sending')
  })

  it('takes away every order of the instrument, because its prices are of before, and says which of them protected something', () => {
    const rig = Rig.active()
    const stop = rig.work({ instrument: spot.instrument.id, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
    const entry = rig.work({ instrument: spot.instrument.id, limit: ticks(8_000) })
    const other = rig.work({ instrument: perpetual.instrument.id })
    rig.at += 1
    tell(rig)
    expect([stop, entry, other].map((id) => rig.cancels(id).length)).toEqual([1, 1, 0])
    expect(rig.events.filter(({ kind }) => kind === 'order-flagged')).toMatchObject([{ order: stop, what: 'naked', lots: lots(10) }])
  })
})
