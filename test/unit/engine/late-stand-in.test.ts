import { describe, expect, it } from 'vitest'
import { AccountBooks } from '../../../src-main/engine/accounting/index.ts'
import { amount, lots, Rig, setupOf, spot, ticks } from './trading-rig.ts'

/** More fills of one instrument than its log keeps while something stands in for a fill. */
const many = 4_300

describe('what stands in for a fill, when its trade comes after the log has forgotten it', () => {
  it('is taken back nevertheless, now and after a restart', () => {
    const rig = Rig.active()
    const waiting = rig.work()
    rig.pass(130_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(waiting, { filled: lots(3), averagePrice: ticks(9_900), updatedAt: rig.at - 100_000 })] } })
    rig.quoteAll()
    for (let place = 0; place < many; place += 1) {
      rig.at += 10
      const side = place % 2 === 0 ? 'buy' : 'sell'
      rig.fill(rig.work({ side, limit: ticks(side === 'buy' ? 9_900 : 10_100), size: { by: 'quantity', lots: lots(1) } }), 1)
      if (place % 50 === 0) rig.quoteAll()
    }
    expect(rig.held()).toBe(3)
    rig.fill(waiting, 2)
    expect(rig.order(waiting).fills.map(({ trade, inferred }) => [Number(trade.lots), inferred])).toEqual([[2, false], [1, true]])
    expect(rig.held()).toBe(3)
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
    rig.fill(waiting, 1)
    expect(rig.held()).toBe(3)
  }, 60_000)

  it('gives back the money that it moved, to the unit', () => {
    const books = () => new AccountBooks({ account: 'main', positions: 'netting', lots: 'fifo', tradables: setupOf().tradables })
    const withIt = books()
    const without = books()
    const fill = (name: string, side: 'buy' | 'sell', price: number, at: number) => ({
      trade: name, venueOrder: 'v', instrument: spot.instrument.id, side, price: ticks(price), lots: lots(1), liquidity: 'taker' as const, fee: amount(7), feeAsset: 'USD', at,
    })
    const stoodIn = fill('inferred', 'buy', 9_900, 1)
    withIt.applyFill(stoodIn, true, 1)
    for (let place = 0; place < many; place += 1) {
      const each = fill(`t${place}`, place % 2 === 0 ? 'buy' : 'sell', 9_000 + place, 2 + place)
      withIt.applyFill(each, false, 1)
      without.applyFill(each, false, 1)
    }
    const restored = new AccountBooks({ account: 'main', positions: 'netting', lots: 'fifo', tradables: setupOf().tradables }, withIt.snapshot())
    for (const each of [withIt, restored]) {
      each.takeBackFill(stoodIn, 2)
      expect(each.position(spot.instrument.id).lots).toBe(without.position(spot.instrument.id).lots)
      expect(each.balances().map(({ asset, total }) => [asset, total])).toEqual(without.balances().map(({ asset, total }) => [asset, total]))
    }
  })
})
