import { describe, expect, it } from 'vitest'
import type { VenueOrderView } from '../../../src-main/domain/index.ts'
import { TradingEngine } from '../../../src-main/engine/index.ts'
import { amount, lots, perpetual, Rig, ticks } from './trading-rig.ts'

const instrument = perpetual.instrument.id
/** As a stream shows it that leaves the client id out. */
const nameless = (rig: Rig, change: Partial<VenueOrderView> = {}): VenueOrderView =>
  ({ venueOrder: 'v-777', instrument, side: 'buy', status: 'open', lots: lots(10), filled: lots(0), limit: ticks(9_900), updatedAt: rig.at, ...change })
const namelessTrade = (rig: Rig) =>
  ({ trade: 'q1', venueOrder: 'v-777', instrument, side: 'buy' as const, price: ticks(9_900), lots: lots(4), liquidity: 'maker' as const, fee: amount(0), feeAsset: 'USD', at: rig.at })

const counted = (rig: Rig) => [...rig.engine.openOrders()].map(({ spec, filled, lots: size }) => `${spec.owner} ${Number(filled)}/${Number(size)}`)

describe('an order of ours that a stream shows without its id, before the venue said that it took it', () => {
  it('is not taken for that of somebody else, and its trade is counted once', () => {
    const rig = Rig.active()
    rig.pass(1)
    const id = rig.place()
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: nameless(rig) })
    const trade = namelessTrade(rig)
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(rig.kinds()).not.toContain('external-adopted')
    rig.process({ kind: 'send-accepted', at: rig.at, account: 'main', order: id, venueOrder: 'v-777' })
    rig.positions = [{ instrument, positionSide: 'net', lots: lots(4) }]
    for (let round = 0; round < 3; round += 1) {
      rig.pass(61_000)
      rig.answerEpoch({ openOrders: { ok: true, items: [nameless(rig, { order: id, filled: lots(4), averagePrice: ticks(9_900) })] }, trades: { ok: true, items: [{ ...trade, order: id }] } })
    }
    expect(counted(rig)).toEqual(['hand 4/10'])
    expect(rig.held()).toBe(4)
  })

  it('gets the fills back of what was taken for that of somebody else, and that one is over', () => {
    const rig = Rig.active()
    rig.pass(1)
    const id = rig.place()
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: nameless(rig, { lots: lots(11) }) })
    const trade = namelessTrade(rig)
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(counted(rig)).toEqual(['hand 0/10', 'external 4/11'])
    rig.process({ kind: 'send-accepted', at: rig.at, account: 'main', order: id, venueOrder: 'v-777' })
    expect(counted(rig)).toEqual(['hand 4/10'])
    expect(rig.held()).toBe(4)
    // Told again, to this engine and to one that was made from what it keeps.
    rig.engine = new TradingEngine(rig.setup, rig.engine.snapshot())
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'query', trade })
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: { ...trade, trade: 'q2', lots: lots(6) } })
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: 10 })
    expect(rig.held()).toBe(10)
  })

  it('does not hide an order of somebody else that looks otherwise', () => {
    const rig = Rig.active()
    rig.place()
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: nameless(rig, { limit: ticks(9_800) }) })
    expect(rig.kinds()).toContain('external-adopted')
  })
})
