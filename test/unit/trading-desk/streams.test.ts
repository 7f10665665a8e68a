import { afterEach, describe, expect, it } from 'vitest'
import type { BalanceView, OrderView, PortfolioView, PositionView } from '../../../src-preload/contract/index.ts'
import { asked, openDesk, quoteAt, startedAt, valueOf, wish, type DeskRig } from './desk-rig.ts'

const rigs: DeskRig[] = []
const open = async (): Promise<DeskRig> => {
  const rig = await openDesk()
  rigs.push(rig)
  return rig
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) {
    expect(rig.bugs).toEqual([])
    await rig.dispose()
  }
})

const ordersIn = (told: readonly { readonly value: unknown }[]): readonly OrderView[] => told.flatMap(({ value }) => (value as { orders: OrderView[] }).orders)
const firstOf = <Value>({ told }: { readonly told: readonly { readonly value: unknown }[] }): Value => told[0]?.value as Value
const place = async (rig: DeskRig, key: string): Promise<string> => valueOf(await rig.call('trading.place', { ...asked(key), order: wish })).orders[0]?.id ?? ''

describe('the stream of orders', () => {
  it('begins with what has not ended, then tells each change, the end among them', async () => {
    const rig = await open()
    const first = await place(rig, 'k-1')
    const { told } = rig.watch('trading.orders')
    expect(told).toHaveLength(1)
    expect(ordersIn(told).map(({ id }) => id)).toEqual([first])
    await rig.call('trading.cancel', { ...asked('k-2'), order: first })
    await rig.pass(60)
    expect(told.at(-1)?.kind).toBe('delta')
    expect(ordersIn(told).at(-1)).toMatchObject({ id: first, status: 'canceled' })
    expect(ordersIn(told).at(-1)?.endedAt).not.toBeNull()
  })

  it('tells of many changes at most twenty times a second, and always of the newest', async () => {
    const rig = await open()
    const { told } = rig.watch('trading.orders')
    const order = await place(rig, 'k-1')
    for (let filled = 1; filled <= 10; filled += 1) {
      rig.fill(order, 1, 9_900)
      await rig.pass(10)
    }
    await rig.pass(60)
    const deltas = told.filter(({ kind }) => kind === 'delta')
    expect(deltas.length).toBeLessThanOrEqual(5)
    expect(ordersIn(told).at(-1)).toMatchObject({ id: order, status: 'filled', filled: 10, averagePrice: '99.000000' })
  })

  it('tells of every order that changed in the meantime, and not of the last alone', async () => {
    const rig = await open()
    const { told } = rig.watch('trading.orders')
    const ids = [await place(rig, 'k-1'), await place(rig, 'k-2'), await place(rig, 'k-3')]
    await rig.pass(60)
    expect(new Set(ordersIn(told).map(({ id }) => id))).toEqual(new Set(ids))
    for (const id of ids) rig.fill(id, 10, 9_900)
    await rig.pass(60)
    expect(ordersIn(told).slice(-3).map(({ id, status }) => [id, status])).toEqual(ids.map((id) => [id, 'filled']))
  })

  it('raises its revision with each word', async () => {
    const rig = await open()
    const { told } = rig.watch('trading.orders')
    for (const key of ['k-1', 'k-2', 'k-3']) {
      await place(rig, key)
      await rig.pass(60)
    }
    const revisions = told.map(({ value }) => (value as { revision: number }).revision)
    expect(revisions.length).toBeGreaterThanOrEqual(4)
    expect([...revisions].sort((left, right) => left - right)).toEqual(revisions)
    expect(new Set(revisions).size).toBe(revisions.length)
  })

  it('shows an order that ended within the last minute, and none that ended before', async () => {
    const rig = await open()
    const order = await place(rig, 'k-1')
    await rig.call('trading.cancel', { ...asked('k-2'), order })
    expect(ordersIn(rig.watch('trading.orders').told)).toHaveLength(1)
    await rig.pass(61_000)
    expect(ordersIn(rig.watch('trading.orders').told)).toHaveLength(0)
  })

  it('tells a reader that has ended nothing more', async () => {
    const rig = await open()
    const { told, end } = rig.watch('trading.orders')
    end()
    await place(rig, 'k-1')
    await rig.pass(200)
    expect(told).toHaveLength(1)
  })
})

describe('the stream of fills', () => {
  it('leaves none out, however many come at once', async () => {
    const rig = await open()
    const { told } = rig.watch('trading.fills')
    const order = await place(rig, 'k-1')
    for (let filled = 0; filled < 10; filled += 1) rig.fill(order, 1, 9_900 - filled)
    await rig.pass(60)
    const fills = told.flatMap(({ value }) => (value as { fills: { price: number }[] }).fills)
    expect(fills.map(({ price }) => price)).toEqual([9_900, 9_899, 9_898, 9_897, 9_896, 9_895, 9_894, 9_893, 9_892, 9_891])
  })

  it('begins with those that were before anybody looked', async () => {
    const rig = await open()
    const order = await place(rig, 'k-1')
    rig.fill(order, 4, 9_900)
    const { told } = rig.watch('trading.fills')
    expect(firstOf<{ fills: unknown[] }>({ told }).fills).toMatchObject([{ order, lots: 4, price: 9_900 }])
  })
})

describe('the streams of money', () => {
  const last = <Row>(told: readonly { readonly value: unknown }[], name: string): Row | undefined =>
    told.flatMap(({ value }) => (value as Record<string, Row[]>)[name] ?? []).at(-1)

  it('value a position at the middle of the market, and say how old that is', async () => {
    const rig = await open()
    rig.fill(await place(rig, 'k-1'), 10, 9_900)
    const { told } = rig.watch('trading.positions')
    // 10 lots, bought at 99.00 and worth 100.05: a tick on a lot is 10 minor units.
    expect(last<PositionView>(told, 'positions')).toMatchObject({
      lots: 10, cost: 990_000, averagePrice: '99.000000', mark: { price: 10_005, at: startedAt, state: 'live' }, unrealised: 10_500, worth: 1_000_500,
    })
    rig.quotes.set(wish.instrument, quoteAt(wish.instrument, 9_800, 9_800, startedAt + 1))
    await rig.pass(300)
    expect(last<PositionView>(told, 'positions')).toMatchObject({ unrealised: -10_000 })
  })

  it('say nothing of what a position is worth while there is no price to trust', async () => {
    const rig = await open()
    rig.fill(await place(rig, 'k-1'), 10, 9_900)
    rig.quotes.set(wish.instrument, { ...quoteAt(wish.instrument, 10_020, 10_010), state: 'crossed' })
    expect(last<PositionView>(rig.watch('trading.positions').told, 'positions')).toMatchObject({ mark: null, worth: null, unrealised: null })
    const portfolio = firstOf<PortfolioView>(rig.watch('trading.portfolio'))
    expect(portfolio.total).toMatchObject({ equity: null, unrealised: null })
    expect(portfolio.total.unvalued).toContain(wish.instrument)
  })

  it('hold back what an order may cost while it may fill', async () => {
    const rig = await open()
    const { told } = rig.watch('trading.balances')
    const usd = (): BalanceView | undefined => told.flatMap(({ value }) => (value as { balances: BalanceView[] }).balances).findLast(({ asset }) => asset === 'USD')
    expect(usd()).toMatchObject({ total: 1_000_000_000_000, free: 1_000_000_000_000, reserved: 0 })
    await place(rig, 'k-1')
    await rig.pass(60)
    // 10 lots at 99.00 are 0.99; a tenth of it is tied up.
    expect(usd()).toMatchObject({ total: 1_000_000_000_000, reserved: 99_000 })
  })

  it('sum up the account in one currency', async () => {
    const rig = await open()
    rig.fill(await place(rig, 'k-1'), 10, 9_900)
    const { total, counts, asset } = firstOf<PortfolioView>(rig.watch('trading.portfolio'))
    // A million dollars, one BTC at 100.05, and the profit.
    expect({ asset, equity: total.equity, positions: counts.positions }).toEqual({ asset: 'USD', equity: 1_000_000_000_000 + 100_050_000 + 10_500, positions: 2 })
    // Nobody knows what the BTC had cost that were there at the first sight.
    expect(total.unrealised).toBeNull()
  })

  it('do not take coins of unknown cost for coins that cost nothing', async () => {
    const rig = await open()
    const rows = firstOf<{ positions: PositionView[] }>(rig.watch('trading.positions')).positions
    expect(rows.find(({ instrument }) => instrument === 'BTC/USD')).toMatchObject({ lots: 1_000, averagePrice: null, unrealised: null, worth: 100_050_000 })
  })

  it('tell nothing again that has not changed', async () => {
    const rig = await open()
    const { told } = rig.watch('trading.balances')
    await rig.pass(2_000)
    expect(told).toHaveLength(1)
  })
})
