import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TradableView } from '../../../../src-preload/contract/index.ts'
import { emptyDraft, fieldsOf, type TicketDraft } from '../../../../src-renderer/stores/ticket-draft.ts'
import { readTicket, type TicketGrounds } from '../../../../src-renderer/stores/ticket-wish.ts'

const tradable: TradableView = {
  instrument: 'BTC/USD', settlement: 'delivery', base: 'BTC', quote: 'USD', quantityMin: 1, quantityMax: 1_000_000, priceMin: 1, priceMax: 10_000_000,
  notionalMin: null, notionalMax: null, priceBand: null, scale: { numerator: 1, denominator: 1 }, baseUnitsPerLot: 1, makerFee: 0, takerFee: 0, leverageMax: 0,
  maintenanceMargin: 0, orderTypes: ['limit', 'market'], can: { postOnly: true, reduceOnly: false, amend: false, goodTillDate: false },
}
const grounds: TicketGrounds = {
  account: 'paper', instrument: 'BTC/USD', tick: { units: 5, decimals: 1 }, lot: { units: 1, decimals: 4 }, tradable, cash: { units: 1, decimals: 6 }, risk: { units: 1, decimals: 6 },
}
const draft = (change: Partial<TicketDraft> = {}): TicketDraft => ({ ...emptyDraft, price: '31000', size: '0.01', ...change })
const read = (change: Partial<TicketDraft> = {}) => readTicket('en', draft(change), grounds)
const wished = (change: Partial<TicketDraft> = {}) => {
  const reading = read(change)
  if (reading.kind !== 'ready') throw new Error(`not ready: ${reading.kind} ${reading.field}`)
  return reading
}

describe('a ticket that is read', () => {
  it('is an order of whole ticks and lots', () => {
    expect(wished()).toEqual({
      kind: 'ready', rounded: [],
      wish: { of: 'place', order: { account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots: 100 }, timeInForce: 'gtc', limit: 62_000 } },
    })
  })

  it('names the first field that is missing, and a word that is no number', () => {
    expect(read({ price: '' })).toEqual({ kind: 'incomplete', field: 'price' })
    expect(read({ size: ' ' })).toEqual({ kind: 'incomplete', field: 'size' })
    for (const price of ['many', '-5', '0', '1e5', '1,2', '3 x']) expect(read({ price })).toEqual({ kind: 'wrong', field: 'price' })
    for (const size of ['0', '0.00001', '.', 'all']) expect(read({ size }), size).toEqual({ kind: 'wrong', field: 'size' })
    expect(read({ stop: 'low' })).toEqual({ kind: 'wrong', field: 'stop' })
  })

  it.each([
    ['buy', '31000.3', 62_000, 'down'], ['sell', '31000.3', 62_001, 'up'],
  ] as const)('rounds the limit of a %s never to a worse price', (side, price, limit, direction) => {
    const { wish, rounded } = wished({ side, price })
    expect(wish).toMatchObject({ order: { limit } })
    expect(rounded).toEqual([{ field: 'price', steps: limit, direction }])
  })

  it.each([
    ['stop', 'buy', 'down'], ['stop', 'sell', 'up'], ['take-profit', 'buy', 'up'], ['take-profit', 'sell', 'down'],
  ] as const)('rounds the trigger of a %s to %s to the price that is reached earlier', (type, side, direction) => {
    expect(wished({ type, side, trigger: '31000.3' }).rounded).toEqual([{ field: 'trigger', steps: direction === 'down' ? 62_000 : 62_001, direction }])
  })

  it('never asks for more than was typed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 9_999_999 }), (whole, rest) => {
      const typed = `${whole}.${String(rest).padStart(7, '0')}`
      const { wish } = wished({ size: typed })
      if (wish.of !== 'place' || wish.order.size.by !== 'quantity') throw new Error('not a quantity')
      const asked = BigInt(wish.order.size.lots) * 1_000n
      const meant = BigInt(whole) * 10_000_000n + BigInt(rest)
      expect(asked <= meant && meant - asked < 1_000n).toBe(true)
    }))
  })

  it('sizes by money, by risk and by a share of the equity, as they were typed', () => {
    const sizeOf = (change: Partial<TicketDraft>) => {
      const { wish } = wished(change)
      return (wish.of === 'place' ? wish.order : wish.orders[0])?.size
    }
    expect(sizeOf({ sizeBy: 'cash', size: '250.5' })).toEqual({ by: 'cash', cash: 250_500_000 })
    expect(sizeOf({ sizeBy: 'risk', size: '40', stop: '30000' })).toEqual({ by: 'risk', amount: 40_000_000, stop: 60_000 })
    expect(sizeOf({ sizeBy: 'percent', size: '2.5' })).toEqual({ by: 'equity-part', rate: 25_000_000 })
    expect(sizeOf({ sizeBy: 'percent', size: '0.07', stop: '30000' })).toEqual({ by: 'risk-part', rate: 700_000, stop: 60_000 })
    expect(read({ sizeBy: 'risk', size: '40' })).toEqual({ kind: 'incomplete', field: 'stop' })
  })

  it('with a stop and a target is a bracket whose legs close all that the entry fills', () => {
    const { wish } = wished({ stop: '30000', target: '33000.3' })
    expect(wish).toMatchObject({
      of: 'place-group', group: 'bracket',
      orders: [
        { side: 'buy', type: 'limit' },
        { side: 'sell', type: 'stop', size: { by: 'all' }, trigger: { price: 60_000 } },
        { side: 'sell', type: 'limit', size: { by: 'all' }, limit: 66_001 },
      ],
    })
  })

  it('reads figures as French writes them', () => {
    const reading = readTicket('fr', draft({ price: '31 000,5', size: '0,01' }), grounds)
    expect(reading).toMatchObject({ kind: 'ready', wish: { order: { limit: 62_001, size: { lots: 100 } } } })
  })

  it('asks nothing of a field that does not matter for its type', () => {
    expect(fieldsOf(draft({ type: 'market' }))).toEqual(['size', 'stop', 'target'])
    expect(fieldsOf(draft({ type: 'trailing-stop' }))).toEqual(['trail', 'size'])
    expect(fieldsOf(draft({ reduceOnly: true }))).toEqual(['price', 'size'])
    const { wish } = wished({ type: 'market', price: 'nonsense', postOnly: true, time: 'fok' })
    expect(wish).toEqual({ of: 'place', order: expect.not.objectContaining({ limit: expect.anything(), postOnly: true }) as unknown })
    expect(wish).toMatchObject({ order: { timeInForce: 'gtc' } })
  })

  it('leaves out the exits of what closes a position', () => {
    expect(wished({ reduceOnly: true, stop: '30000', target: '33000' }).wish).toMatchObject({ of: 'place', order: { reduceOnly: true } })
  })
})
