import { afterEach, describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw } from '../../../src-main/base/index.ts'
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
const sends = ({ venue }: DeskRig) => venue.asked.filter(({ kind }) => kind === 'send-order')

describe('an order that a person places', () => {
  it('is answered with the verdict and the order as it is', async () => {
    const rig = await open()
    const answer = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    expect(answer.verdict).toEqual({ ok: true })
    expect(answer.orders).toHaveLength(1)
    expect(answer.orders[0]).toMatchObject({ lots: 10, filled: 0, limit: 9_900, owner: 'hand', instrument: wish.instrument, remaining: 10 })
    expect(sends(rig)).toHaveLength(1)
  })

  it('is placed once, however often its key is asked again, and the answer is the same order', async () => {
    const rig = await open()
    const first = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    const again = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    expect(again.isRepeat).toBe(true)
    expect(again.orders[0]?.id).toBe(first.orders[0]?.id)
    expect(sends(rig)).toHaveLength(1)
  })

  it('is not placed under a key that was used for something else', async () => {
    const rig = await open()
    await rig.call('trading.place', { ...asked('k-1'), order: wish })
    const other = await rig.call('trading.place', { ...asked('k-1'), order: { ...wish, limit: 9_901 } })
    expect(other).toMatchObject({ ok: false, error: { code: 'trading.key-reused' } })
    expect(sends(rig)).toHaveLength(1)
  })

  it('is refused with rule, limit and actual in the units of the rule, and nothing leaves', async () => {
    const limits = { ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, orderLotsMax: lotsFromRaw(5) } }
    const rig = await open({ limits })
    const { verdict } = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    expect(verdict).toMatchObject({ ok: false, refusal: { rule: 'risk.order-quantity', limit: 5, actual: 10, unit: 'lots', instrument: wish.instrument } })
    expect(sends(rig)).toEqual([])
  })

  it('is refused for want of money in the asset that it needs', async () => {
    const rig = await open()
    const order = { ...wish, instrument: spot.instrument.id, side: 'sell', limit: 10_100, size: { by: 'quantity', lots: 2_000 } } as const
    const { verdict } = valueOf(await rig.call('trading.place', { ...asked('k-1'), order }))
    expect(verdict).toMatchObject({ ok: false, refusal: { rule: 'risk.balance', unit: 'amount', asset: 'BTC', limit: 100_000_000, actual: 200_000_000 } })
  })

  it('is sized by what may be lost down to a stop', async () => {
    const rig = await open()
    // A tick on a lot is worth 10 minor units; 100 ticks of distance lose 1,000 for each lot.
    const order = { ...wish, size: { by: 'risk', amount: 25_999, stop: 9_800 } } as const
    const { orders } = valueOf(await rig.call('trading.place', { ...asked('k-1'), order }))
    expect(orders[0]?.lots).toBe(25)
  })

  it('is refused for a stop on the wrong side, the same again under the same key', async () => {
    const rig = await open()
    const order = { ...wish, size: { by: 'risk', amount: 25_999, stop: 9_950 } } as const
    const first = valueOf(await rig.call('trading.place', { ...asked('k-1'), order }))
    const again = valueOf(await rig.call('trading.place', { ...asked('k-1'), order }))
    expect(first).toMatchObject({ verdict: { ok: false, refusal: { rule: 'order.malformed' } }, isRepeat: false })
    expect(again).toMatchObject({ verdict: { ok: false }, isRepeat: true })
    expect(await rig.call('trading.place', { ...asked('k-1'), order: wish })).toMatchObject({ ok: false })
    expect(sends(rig)).toEqual([])
  })

  it('never leaves while trading is halted, and the halt is the reason', async () => {
    const rig = await open()
    rig.runtime.submit({ kind: 'halt-trading', at: rig.runtime.now(), reason: 'a test', actor: 'hand' })
    const { verdict } = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    expect(verdict).toMatchObject({ ok: false, refusal: { rule: 'mode.not-allowed' } })
    expect(sends(rig)).toEqual([])
  })
})

describe('an order that stands', () => {
  it('is canceled by hand even while trading is halted', async () => {
    const rig = await open()
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    const order = placed.orders[0]?.id ?? ''
    rig.venue.isSilent = true
    rig.runtime.submit({ kind: 'halt-trading', at: rig.runtime.now(), reason: 'a test', actor: 'hand' })
    const { verdict, orders } = valueOf(await rig.call('trading.cancel', { ...asked('k-2'), order }))
    expect(verdict).toEqual({ ok: true })
    expect(orders[0]).toMatchObject({ id: order, cancel: 'sending', isCancelWanted: true })
  })

  it('is amended, and shows what it shall be while the venue has not answered', async () => {
    const rig = await open()
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    rig.venue.isSilent = true
    const { orders } = valueOf(await rig.call('trading.amend', { ...asked('k-2'), order: placed.orders[0]?.id ?? '', limit: 9_800 }))
    expect(orders[0]).toMatchObject({ limit: 9_900, amend: 'sending', amendTo: { lots: 10, limit: 9_800, trigger: null } })
  })

  it('is refused a change once it has ended', async () => {
    const rig = await open()
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    const order = placed.orders[0]?.id ?? ''
    await rig.call('trading.cancel', { ...asked('k-2'), order })
    const { verdict } = valueOf(await rig.call('trading.amend', { ...asked('k-3'), order, limit: 9_800 }))
    expect(verdict).toMatchObject({ ok: false, refusal: { rule: 'order.already-ended' } })
  })

  it('shows since when nobody knows its fate, and what is held back for it', async () => {
    const rig = await open()
    rig.venue.isSilent = true
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    const order = placed.orders[0]?.id ?? ''
    expect(placed.orders[0]?.status).toBe('sending')
    await rig.pass(11_000)
    const shown = valueOf(await rig.call('trading.order', { order }))
    expect(shown.order).toMatchObject({ status: 'unknown', holds: { lots: 10, worstPrice: 9_900, asset: 'USD' } })
    expect(shown.order.unknownSince).toBeGreaterThan(placed.orders[0]?.intendedAt ?? 0)
    expect(shown.order.holds?.amount).toBeGreaterThan(0)
  })
})

describe('a position', () => {
  it('is closed by one command, and there is nothing to close after it', async () => {
    const rig = await open()
    const placed = valueOf(await rig.call('trading.place', { ...asked('k-1'), order: wish }))
    rig.fill(placed.orders[0]?.id ?? '', 10, 9_900)
    const closed = valueOf(await rig.call('trading.close', { ...asked('k-2'), account: 'main', instrument: wish.instrument }))
    expect(closed.orders[0]).toMatchObject({ side: 'sell', type: 'market', lots: 10, reduceOnly: true })
    rig.fill(closed.orders[0]?.id ?? '', 10, 9_950)
    const again = valueOf(await rig.call('trading.close', { ...asked('k-3'), account: 'main', instrument: wish.instrument }))
    expect(again.verdict).toMatchObject({ ok: false, refusal: { rule: 'nothing-to-do' } })
  })
})

describe('a bracket', () => {
  it('is placed whole, its legs waiting for the entry', async () => {
    const rig = await open()
    const leg = { ...wish, side: 'sell', size: { by: 'all' } } as const
    const { verdict, orders } = valueOf(await rig.call('trading.place-group', {
      ...asked('k-1'), group: 'bracket',
      orders: [wish, { ...leg, type: 'stop', limit: undefined, trigger: { price: 9_700, source: 'last' } }, { ...leg, type: 'limit', limit: 10_500 }],
    }))
    expect(verdict).toEqual({ ok: true })
    expect(orders.map(({ status, heldFor, link }) => [status === 'held', heldFor, link?.role])).toEqual([[false, null, 'parent'], [true, 'parent', 'child'], [true, 'parent', 'child']])
  })
})

describe('the keys of the commands before', () => {
  it('are known again from the books, so that a new start places nothing twice', async () => {
    const rig = await open()
    await rig.call('trading.place', { ...asked('k-1'), order: wish })
    const { trading } = rig.runtime
    const snapshot = trading?.snapshot()
    const next = await open({}, { lastSequence: snapshot?.lastSequence ?? 0, recentEvents: [], trading: { ...(snapshot === undefined ? {} : { snapshot }), events: [] } })
    const again = valueOf(await next.call('trading.place', { ...asked('k-1'), order: wish }))
    expect(again).toMatchObject({ isRepeat: true, verdict: { ok: true } })
    expect(sends(next)).toEqual([])
    expect(await next.call('trading.place', { ...asked('k-1'), order: { ...wish, side: 'sell' } })).toMatchObject({ ok: false, error: { code: 'trading.key-reused' } })
  })
})

describe('a size by a part of the equity', () => {
  it('is never worth more than that part', async () => {
    const rig = await open()
    const order = { ...wish, size: { by: 'equity-part', rate: 10_000_000 } } as const
    const { orders } = valueOf(await rig.call('trading.place', { ...asked('k-1'), order }))
    const worth = (orders[0]?.lots ?? 0) * 9_900 * 10
    const equity = rig.runtime.trading?.risk('main').equity() ?? amountFromRaw(0)
    expect(worth).toBeGreaterThan(0)
    expect(worth).toBeLessThanOrEqual(Number(equity) / 100)
    expect(worth + 9_900 * 10).toBeGreaterThan(Number(equity) / 100)
  })
})
