import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderView, PositionView } from '../../../../src-preload/contract/index.ts'
import { endedStaysMs, liveOrdersOf, takeOrderChanges, takeOrders, useOrders } from '../../../../src-renderer/stores/trading-orders.ts'
import { positionsOf, takePositionChanges, takePositions, usePositions } from '../../../../src-renderer/stores/trading-positions.ts'
import { linesOfOrder, lineOfPosition, orderOfLine } from '../../../../src-renderer/panels/chart/chart-order-lines.ts'
import { ownRows } from '../../../../src-renderer/panels/ladder/ladder-rows.ts'

const order = (id: string, change: Partial<OrderView> = {}): OrderView => ({
  id, clientOrderId: id, venueOrder: null, account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity' }, lots: 10, filled: 0,
  remaining: 10, averagePrice: null, limit: 1_000, trigger: null, trail: null, isTriggered: false, timeInForce: 'gtc', expiresAt: null, postOnly: false,
  reduceOnly: false, display: null, positionSide: 'net', owner: 'hand', isExternal: false, status: 'working', heldFor: null, cancel: 'none', isCancelWanted: false,
  amend: 'none', amendTo: null, unknownSince: null, holds: null, link: null, replaces: null, onBehalfOf: null, refusal: null, why: null, flag: null,
  endedBy: null, intendedAt: 1, sentAt: 1, changedAt: 1, endedAt: null, ...change,
})
const position = (lots: number, change: Partial<PositionView> = {}): PositionView => ({
  account: 'paper', instrument: 'BTC/USD', positionSide: 'net', lots, asset: 'USD', cost: 1, averagePrice: '100.25', mark: null, worth: null, unrealised: null,
  realised: 0, liquidationPrice: null, initialMargin: null, maintenanceMargin: null, worstLong: 0, worstShort: 0, changedAt: 1, ...change,
})
const instrument = { tick: { units: 5, decimals: 1 }, lot: { units: 1, decimals: 2 }, base: 'BTC' }
const liveIds = (): readonly string[] => liveOrdersOf(useOrders.getState().orders, 'BTC/USD').map(({ id }) => id)

beforeEach(() => {
  takeOrders({ revision: 0, orders: [] })
  takePositions({ revision: 0, at: 0, positions: [] })
})

describe('live orders', () => {
  it('are what the engine says, changed order by order, and anew with a snapshot', () => {
    takeOrders({ revision: 1, orders: [order('a'), order('b', { intendedAt: 2 })] })
    expect(liveIds()).toEqual(['b', 'a'])
    takeOrderChanges({ revision: 2, orders: [order('a', { status: 'filled', endedAt: 5, changedAt: 5 }), order('c', { instrument: 'ETH/USD' })] })
    expect(liveIds()).toEqual(['b'])
    takeOrders({ revision: 3, orders: [order('d')] })
    expect(liveIds()).toEqual(['d'])
  })

  it('forget what ended a while ago, by the engine’s own times', () => {
    takeOrders({ revision: 1, orders: [order('a', { status: 'canceled', endedAt: 100, changedAt: 100 }), order('b')] })
    takeOrderChanges({ revision: 2, orders: [order('b', { changedAt: 100 + endedStaysMs })] })
    expect(useOrders.getState().orders.has('a')).toBe(true)
    takeOrderChanges({ revision: 3, orders: [order('b', { changedAt: 101 + endedStaysMs })] })
    expect(useOrders.getState().orders.has('a')).toBe(false)
  })

  it('show what was sent on behalf of an order within it, with the worst that is known of any piece', () => {
    const owner = order('owner', { type: 'stop', status: 'held', lots: 0, remaining: 0 })
    const piece = (id: string, status: OrderView['status']) => order(id, { onBehalfOf: 'owner', status, lots: 3, remaining: 2 })
    takeOrders({ revision: 1, orders: [owner, piece('p', 'working'), piece('q', 'unknown'), piece('r', 'canceled'), order('orphan', { onBehalfOf: 'gone' })] })
    expect(liveIds()).toEqual(['owner', 'orphan'])
    expect(liveOrdersOf(useOrders.getState().orders, 'BTC/USD')[0]).toMatchObject({ status: 'unknown', lots: 6, remaining: 4 })
  })
})

it('a position that was closed is gone, and one of another side is another', () => {
  takePositions({ revision: 1, at: 1, positions: [position(5), position(-2, { positionSide: 'short' }), position(1, { instrument: 'ETH/USD' })] })
  expect(positionsOf(usePositions.getState().positions, 'BTC/USD').map(({ lots }) => lots)).toEqual([5, -2])
  takePositionChanges({ revision: 2, at: 2, positions: [position(0)] })
  expect(positionsOf(usePositions.getState().positions, 'BTC/USD').map(({ lots }) => lots)).toEqual([-2])
})

describe('the lines of the chart', () => {
  it('are one for each price of an order that still matters', () => {
    const stopLimit = order('s', { type: 'stop-limit', trigger: { price: 900, source: 'last' }, limit: 890 })
    expect(linesOfOrder('en', stopLimit, instrument).map(({ id, price }) => [orderOfLine(id), price])).toEqual([
      [{ order: 's', price: 'trigger' }, '450.0'], [{ order: 's', price: 'limit' }, '445.0'],
    ])
    expect(linesOfOrder('en', { ...stopLimit, isTriggered: true }, instrument)).toHaveLength(1)
    expect(linesOfOrder('en', order('m', { type: 'market', limit: null }), instrument)).toEqual([])
  })

  it('cannot be taken while what they stand for is on its way, changes, or moves by itself', () => {
    const canMove = (change: Partial<OrderView>): boolean | undefined => linesOfOrder('en', order('a', change), instrument)[0]?.canMove
    expect(canMove({})).toBe(true)
    expect(canMove({ status: 'sending' })).toBe(false)
    expect(canMove({ amend: 'sending' })).toBe(false)
    expect(canMove({ isCancelWanted: true })).toBe(false)
    expect(canMove({ trail: { distance: { by: 'amount', ticks: 1 }, source: 'last' } })).toBe(false)
  })

  it('look as the order stands: unknown is neither at rest nor on its way', () => {
    const look = (change: Partial<OrderView>) => linesOfOrder('en', order('a', change), instrument)[0]?.look
    expect([look({}), look({ status: 'sending' }), look({ status: 'unknown' }), look({ cancel: 'unknown', isCancelWanted: true })]).toEqual(['rests', 'flight', 'unknown', 'unknown'])
    const stop = { type: 'stop', limit: null, trigger: { price: 900, source: 'last' }, link: { group: 'g', kind: 'bracket', role: 'child' } } as const
    expect([look(stop), look({ ...stop, status: 'stuck' })]).toEqual(['solid', 'unknown'])
  })

  it('put a position at its average, to the nearest tick, in words for its side', () => {
    expect(lineOfPosition('en', position(-500), instrument)).toMatchObject({ ticks: 201, price: '100.5', words: 'Short 5.00 BTC', canMove: false })
    expect(lineOfPosition('en', position(0), instrument)).toBeUndefined()
  })
})

it('our own orders lie in the ladder’s rows of their side, and one that is not proven marks its row', () => {
  const rows = ownRows([
    { side: 'buy', ticks: 104, lots: 2, isProven: true }, { side: 'buy', ticks: 101, lots: 1, isProven: false }, { side: 'sell', ticks: 101, lots: 4, isProven: true },
  ], 5)
  expect([...rows.buy]).toEqual([[20, { lots: 3, isProven: false }]])
  expect([...rows.sell]).toEqual([[21, { lots: 4, isProven: true }]])
})
