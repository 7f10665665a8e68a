import { afterEach, describe, expect, it } from 'vitest'
import { lotsFromRaw } from '../../../src-main/base/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { spot } from '../engine/trading-rig.ts'
import { asked, openDesk, valueOf, wish, type DeskRig } from './desk-rig.ts'

const rigs: DeskRig[] = []
const open = async (...options: Parameters<typeof openDesk>): Promise<DeskRig> => {
  const rig = await openDesk(...options)
  rigs.push(rig)
  return rig
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) {
    expect(rig.bugs).toEqual([])
    await rig.dispose()
  }
})

describe('a preview', () => {
  it('says what an order would cost and tie up, and where the position would stand', async () => {
    const rig = await open()
    const preview = valueOf(await rig.call('trading.preview', { of: 'place', order: wish }))
    expect(preview.verdict).toEqual({ ok: true })
    expect(preview.orders[0]).toMatchObject({ lots: 10, expectedPrice: '99.00', worstPrice: 9_900, cost: 990_000, margin: 99_000, reduces: false, isHeld: false })
    expect(preview.position).toEqual({ before: 0, after: 10, worstLong: 10, worstShort: 0 })
    expect(preview.averagePriceAfter).toBe('99.000000')
    expect(preview.free).toEqual({ asset: 'USD', before: 1_000_000_000_000, after: 1_000_000_000_000 - 99_000 })
    expect(preview.priceAgeMs).toBe(0)
  })

  it('gives the verdict that the command gets, and the command gets it', async () => {
    const limits = { ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, orderLotsMax: lotsFromRaw(5) } }
    const rig = await open({ limits })
    const preview = valueOf(await rig.call('trading.preview', { of: 'place', order: wish }))
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    expect(preview.verdict.ok).toBe(false)
    expect(preview.verdict).toEqual(placed.verdict)
  })

  it('counts the risk of a bracket down to its stop, and the reward up to its target', async () => {
    const rig = await open()
    const leg = { ...wish, side: 'sell', size: { by: 'all' } } as const
    const preview = valueOf(await rig.call('trading.preview', {
      of: 'place-group', group: 'bracket',
      orders: [wish, { ...leg, type: 'stop', limit: undefined, trigger: { price: 9_800, source: 'last' } }, { ...leg, type: 'limit', limit: 10_200 }],
    }))
    expect(preview.verdict).toEqual({ ok: true })
    // 100 ticks down and 300 up, ten minor units each, on ten lots, without fees.
    expect(preview.risk).toMatchObject({ stop: 9_800, amount: 10_000, reward: 30_000 })
    expect(preview.orders.map(({ isHeld }) => isHeld)).toEqual([false, true, true])
  })

  it('counts the risk of a short the other way round', async () => {
    const rig = await open()
    const order = { ...wish, side: 'sell', limit: 10_100, size: { by: 'risk', amount: 10_000, stop: 10_200 } } as const
    const preview = valueOf(await rig.call('trading.preview', { of: 'place', order }))
    expect(preview.orders[0]?.lots).toBe(10)
    expect(preview.risk).toMatchObject({ stop: 10_200, amount: 10_000 })
  })

  it('says what a market order is expected to pay, and what it may pay at the worst', async () => {
    const rig = await open()
    const order = { ...wish, type: 'market', limit: undefined, timeInForce: 'ioc' } as const
    const { orders } = valueOf(await rig.call('trading.preview', { of: 'place', order }))
    expect(orders[0]).toMatchObject({ expectedPrice: '100.10', cost: 1_001_000, worstPrice: 10_010 })
  })

  it('of coins that are sold counts the coins', async () => {
    const rig = await open()
    const order = { ...wish, instrument: spot.instrument.id, side: 'sell', limit: 10_100 } as const
    const { free, orders } = valueOf(await rig.call('trading.preview', { of: 'place', order }))
    expect(free).toEqual({ asset: 'BTC', before: 100_000_000, after: 99_000_000 })
    expect(orders[0]?.margin).toBeNull()
  })

  it('of a change says whether it would be taken', async () => {
    const rig = await open()
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    const order = placed.orders[0]?.id ?? ''
    expect(valueOf(await rig.call('trading.preview', { of: 'amend', order, limit: 9_800 })).verdict).toEqual({ ok: true })
    expect(valueOf(await rig.call('trading.preview', { of: 'amend', order: 'f'.repeat(32), limit: 9_800 })).verdict)
      .toMatchObject({ ok: false, refusal: { rule: 'order.not-found' } })
  })

  it('shows how the position of a contract would be liquidated', async () => {
    const rig = await open()
    // A position as large as the money behind it: lost when the price has fallen to nearly nothing.
    const order = { ...wish, size: { by: 'quantity', lots: 1_000_000 }, limit: 10_000 } as const
    const twice = valueOf(await rig.call('trading.preview', { of: 'place', order }))
    expect(twice.liquidationPriceAfter).toBeNull()
    const rich = { ...order, side: 'sell' } as const
    const short = valueOf(await rig.call('trading.preview', { of: 'place', order: rich }))
    // 100.00 on 1,000 units, backed by a million: the price may rise by 1,000 before 0.5 % of it are left.
    expect(short.liquidationPriceAfter).toBeGreaterThan(100_000)
    expect(short.liquidationPriceAfter).toBeLessThan(110_000)
  })
})
