import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { amount, lots, other, perpetual, Rig, ticks } from './trading-rig.ts'

/** Two orders on two markets of a venue that numbers the orders of each market by itself. */
function twins(): { readonly rig: Rig; readonly first: OrderId; readonly second: OrderId } {
  const rig = Rig.active()
  const [first, second] = [perpetual, other].map(({ instrument }) => {
    const order = rig.place({ instrument: instrument.id })
    rig.process({ kind: 'send-accepted', at: rig.at, account: 'main', order, venueOrder: '100' })
    return order
  })
  if (first === undefined || second === undefined) throw new Error('two orders were placed')
  return { rig, first, second }
}

const tradeOf = (rig: Rig, instrument: string, change: { readonly order?: OrderId; readonly side?: 'buy' | 'sell' } = {}) =>
  ({ trade: 't1', venueOrder: '100', instrument, side: 'buy' as const, price: ticks(9_900), lots: lots(10), liquidity: 'maker' as const, fee: amount(0), feeAsset: 'USD', at: rig.at, ...change })

describe('orders of two markets that bear the same id of the venue', () => {
  it('each get the trades of their own market', () => {
    const { rig, first, second } = twins()
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: tradeOf(rig, perpetual.instrument.id) })
    expect(rig.order(first)).toMatchObject({ status: 'filled', filled: 10 })
    expect(rig.order(second)).toMatchObject({ status: 'working', filled: 0 })
    rig.restart()
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: tradeOf(rig, other.instrument.id) })
    expect(rig.order(second).status).toBe('filled')
  })

  it('are both seen by a round', () => {
    const { rig, first, second } = twins()
    rig.pass(61_000)
    const trade = tradeOf(rig, perpetual.instrument.id)
    rig.answerEpoch({
      openOrders: { ok: true, items: [{ ...rig.view(second), venueOrder: '100' }] },
      closedOrders: { ok: true, items: [{ ...rig.view(first), venueOrder: '100', status: 'filled', filled: lots(10) }] },
      trades: { ok: true, items: [trade] },
      positions: { ok: true, items: [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(10) }] },
    })
    expect(rig.order(first).status).toBe('filled')
    expect(rig.order(second).status).toBe('working')
    expect(rig.kinds()).not.toContain('break-seen')
  })

  it('take no trade that names them and is of another market or of the other side', () => {
    const { rig, first } = twins()
    const wrong = [tradeOf(rig, other.instrument.id, { order: first }), tradeOf(rig, perpetual.instrument.id, { order: first, side: 'sell' })]
    for (const trade of wrong) rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(rig.order(first).filled).toBe(0)
    expect(rig.engine.positions('main').filter(({ instrument }) => instrument === perpetual.instrument.id && rig.held() !== 0)).toEqual([])
    expect(rig.events.filter((event) => event.kind === 'break-seen')).toMatchObject([{ what: 'trade', instrument: perpetual.instrument.id }])
  })
})
