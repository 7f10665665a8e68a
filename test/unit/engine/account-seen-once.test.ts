import { describe, expect, it } from 'vitest'
import { amount, lots, perpetual, Rig, ticks } from './trading-rig.ts'

const instrument = perpetual.instrument.id

/** Somebody else's order had filled 4 of its 10 a minute before the account was first seen: the position of 4 is in the opening. */
function seen(): { readonly rig: Rig; readonly view: Parameters<typeof viewOf>[0]; readonly trade: ReturnType<typeof tradeOf> } {
  const rig = new Rig()
  rig.start()
  rig.pass(10_000)
  rig.positions = [{ instrument, positionSide: 'net', lots: lots(4), entryPrice: ticks(9_900) }]
  const at = rig.at - 60_000
  const trade = tradeOf('old', 4, at)
  rig.answerEpoch({ openOrders: { ok: true, items: [viewOf({ at, filled: 4 })] }, trades: { ok: true, items: [trade] } })
  rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
  return { rig, view: { at, filled: 4 }, trade }
}

const viewOf = ({ at, filled }: { readonly at: number; readonly filled: number }) =>
  ({ venueOrder: 'x1', instrument, side: 'buy' as const, status: 'open' as const, lots: lots(10), filled: lots(filled), limit: ticks(9_900), updatedAt: at })

const tradeOf = (trade: string, size: number, at: number) =>
  ({ trade, venueOrder: 'x1', instrument, side: 'buy' as const, price: ticks(9_900), lots: lots(size), liquidity: 'maker' as const, fee: amount(0), feeAsset: 'USD', at })

describe('what an order did before the account was first seen', () => {
  it('is not counted again when a stream tells its old trades on subscribing', () => {
    const { rig, trade } = seen()
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(rig.held()).toBe(4)
  })

  it('is not counted again when the order is looked up by name after a restart', () => {
    const { rig, view, trade } = seen()
    rig.restart()
    rig.start()
    rig.pass(20_000)
    const asked = rig.requests.findLast((request) => request.kind === 'look-up-order')
    if (asked?.kind !== 'look-up-order') throw new Error('the order was not looked up')
    rig.process({ kind: 'lookup-reported', at: rig.at, account: 'main', order: asked.order, askedAt: rig.at, answer: { kind: 'found', view: viewOf(view), trades: [trade] } })
    expect(rig.held()).toBe(4)
    expect(rig.order(asked.order).filled).toBe(0)
  })

  it('does not hide what the order does afterwards', () => {
    const { rig } = seen()
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: tradeOf('new', 3, rig.at) })
    expect(rig.held()).toBe(7)
  })
})
