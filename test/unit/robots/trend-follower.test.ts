import { describe, expect, it } from 'vitest'
import { lotsFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { followTrend, trendBefore, type RobotSight, type RobotWish, type Trend, type TrendSettings } from '../../../src-main/robots/index.ts'

const settings: TrendSettings = {
  instrument: 'ETH/USD', owner: 'trend-follower', lots: 100, dustLots: 5, fastLooks: 3, slowLooks: 12, riskPpm: 10_000, isLongOnly: false,
}
const at = (price: number, more: Partial<RobotSight> = {}): RobotSight =>
  ({ account: 'paper', bid: ticksFromRaw(price - 1), ask: ticksFromRaw(price + 1), position: lotsFromRaw(0), orders: [], ...more })

function walk(prices: readonly number[], wanted = settings, more: Partial<RobotSight> = {}): { readonly trend: Trend; readonly wishes: readonly RobotWish[] } {
  let trend = trendBefore
  const wishes: RobotWish[] = []
  for (const price of prices) {
    const step = followTrend(wanted, trend, at(price, more))
    trend = step.trend
    wishes.push(...step.wishes)
  }
  return { trend, wishes }
}

const flat = (count: number, price = 10_000): readonly number[] => Array.from({ length: count }, () => price)
const fall = flat(20).map((price, index) => price - 10 * index)
const upAfterFall = [...fall, 9_900, 10_000, 10_100, 10_200]

describe('the trend follower', () => {
  it('waits until the slow average has seen enough', () => {
    expect(walk([10_000, 9_000, 9_000, 12_000, 13_000]).wishes).toEqual([])
  })

  it('enters once when the averages cross upward, with a stop below and a target twice as far above', () => {
    const { wishes } = walk(upAfterFall, { ...settings, isLongOnly: true })
    expect(wishes).toHaveLength(1)
    const [wish] = wishes
    if (wish?.kind !== 'place-group') throw new Error('expected a bracket')
    const [entry, stop, target] = wish.orders
    const price = rawOf(entry?.limit ?? ticksFromRaw(0))
    expect(entry).toMatchObject({ side: 'buy', type: 'limit', size: { by: 'quantity', lots: 100 } })
    expect(stop).toMatchObject({ side: 'sell', type: 'stop', reduceOnly: true, trigger: { price: price - Math.floor(price / 100) } })
    expect(target).toMatchObject({ side: 'sell', type: 'limit', reduceOnly: true, limit: price + 2 * Math.floor(price / 100) })
  })

  it('goes short on a downward crossing only where that can be borrowed', () => {
    const down = upAfterFall.map((price) => 20_000 - price)
    expect(walk(down).wishes.map((wish) => wish.kind === 'place-group' && wish.orders[0]?.side)).toEqual(['sell'])
    expect(walk(down, { ...settings, isLongOnly: true }).wishes).toEqual([])
  })

  it('leaves what it holds when the trend turns, and not before', () => {
    const { trend } = walk(upAfterFall)
    expect(followTrend(settings, trend, at(10_300, { position: lotsFromRaw(100) })).wishes).toEqual([])
    expect(followTrend(settings, trend, at(5_000, { position: lotsFromRaw(100) })).wishes).toEqual([{ kind: 'close-position', account: 'paper', instrument: 'ETH/USD' }])
  })

  it('takes back an entry that nobody took and that the trend has left behind', () => {
    const { trend } = walk(upAfterFall)
    const entry = { id: 'entry' as OrderId, side: 'buy' as const, limit: ticksFromRaw(10_200), isSettled: true }
    expect(followTrend(settings, trend, at(5_000, { orders: [entry] })).wishes).toEqual([{ kind: 'cancel-order', order: 'entry' }])
    expect(followTrend(settings, trend, at(5_000, { orders: [{ ...entry, isSettled: false }] })).wishes).toEqual([])
    expect(followTrend(settings, trend, at(10_300, { orders: [entry] })).wishes).toEqual([])
  })

  it('takes dust, for which no order can be placed, for nothing', () => {
    expect(walk(upAfterFall, { ...settings, isLongOnly: true }, { position: lotsFromRaw(5) }).wishes).toHaveLength(1)
    expect(walk(upAfterFall, { ...settings, isLongOnly: true }, { position: lotsFromRaw(6) }).wishes.filter(({ kind }) => kind === 'place-group')).toEqual([])
  })

  it('learns nothing from prices that contradict each other', () => {
    const { trend } = walk(upAfterFall)
    expect(followTrend(settings, trend, { ...at(10_000), bid: ticksFromRaw(10_001), ask: ticksFromRaw(10_000) })).toEqual({ trend, wishes: [] })
  })
})
