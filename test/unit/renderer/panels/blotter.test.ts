import { describe, expect, it } from 'vitest'
import type { OrderView, PastCommand, PastFill, PastOrder } from '../../../../src-preload/contract/index.ts'
import { riskUsed } from '../../../../src-renderer/app/top-figures.tsx'
import { printAverage } from '../../../../src-renderer/format/average.ts'
import { becauseOf, historyColumns, orderLook, orderSearched, rowOfOrder, rowOfPast, rowOfRefused, workingColumns } from '../../../../src-renderer/panels/blotter/order-columns.tsx'
import { fillKey, withLive, withNewest } from '../../../../src-renderer/stores/trading-past.ts'
import { takeBalanceChanges, takeBalances, useBalances } from '../../../../src-renderer/stores/trading-balances.ts'
import { gainLook, tradingWords } from '../../../../src-renderer/ui/trading-words.ts'
import { textIn } from '../../../../src-renderer/ui/use-text.ts'

const id = 'ab'.repeat(16)
const words = tradingWords('en', textIn('en'), undefined, new Map([['BTC/USD', {
  id: 'BTC/USD', venue: 'sim', kind: 'spot', name: 'Bitcoin', base: 'BTC', quote: 'USD', sector: 'coin', tick: { units: 1, decimals: 1 }, lot: { units: 1, decimals: 5 }, hours: null,
}]]))

const order: OrderView = {
  id, clientOrderId: id, venueOrder: null, account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity' }, lots: 200, filled: 54, remaining: 146,
  averagePrice: '31000.1', limit: 310_000, trigger: null, trail: null, isTriggered: false, timeInForce: 'gtc', expiresAt: null, postOnly: true, reduceOnly: false, display: null, positionSide: 'net',
  owner: 'hand', isExternal: false, status: 'partial', heldFor: null, cancel: 'none', isCancelWanted: false, amend: 'none', amendTo: null, unknownSince: null, holds: null, link: null, replaces: null,
  onBehalfOf: null, refusal: null, why: null, flag: null, endedBy: null, intendedAt: 1_000, sentAt: 1_001, changedAt: 1_100, endedAt: null,
}
const past: PastOrder = {
  id, clientOrderId: id, venueOrder: null, account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', timeInForce: 'gtc', lots: 200, filled: 0, averagePrice: null, limit: 310_000, trigger: null,
  postOnly: true, reduceOnly: false, status: 'working', owner: 'hand', group: null, refusal: null, why: null, fees: [], realised: null, intendedAt: 1_000, sentAt: 1_001, workingAt: 1_050, endedAt: null,
}
const refused: PastCommand = {
  record: 7, at: 2_000, command: 'place-order', clientKey: 'key', who: 'cli', outcome: 'refused', account: 'paper', instrument: 'BTC/USD', side: 'sell', type: 'limit', lots: 10, limit: 999_999, order: null,
  refusal: { rule: 'filter.price-band', limit: 372_702, actual: 999_999, unit: 'ticks', asset: null, instrument: 'BTC/USD', detail: 'beyond the band' },
}

describe('a row of the orders', () => {
  it('shows figures in the decimals of their instrument, and a dash for what is not known', () => {
    const cells = Object.fromEntries(workingColumns(words).map((column) => [column.id, column.print(rowOfOrder(order))]))
    expect(cells).toMatchObject({ instrument: 'BTC/USD', side: 'Buy', type: 'Limit post', size: '0.00200', filled: '0.00054', price: '31,000.0', trigger: '–', state: 'Partly filled', owner: 'By hand' })
  })

  it('counts from when nobody knew its fate, or from when it was sent', () => {
    expect(rowOfOrder({ ...order, status: 'unknown', unknownSince: 5_000 }).since).toBe(5_000)
    expect(rowOfOrder({ ...order, status: 'sending' }).since).toBe(1_001)
    expect(rowOfOrder(order).since).toBeNull()
  })

  it('looks different on its way, unknown, refused here, rejected by the venue, and ended', () => {
    const look = (status: OrderView['status']): string => orderLook(rowOfOrder({ ...order, status }))
    expect(look('sending')).toBe('order-on-its-way')
    expect(look('unknown')).toBe('hatch')
    expect(look('stuck')).toBe('hatch')
    expect(look('denied')).toBe('order-refused')
    expect(look('canceled')).toBe('order-ended')
    expect(look('working')).toBe('')
  })

  it('says that its cancel is on its way, or that nobody knows what became of it, and forgets both at its end', () => {
    const row = (change: Partial<OrderView>): string => becauseOf(words, rowOfOrder({ ...order, ...change }))
    expect(row({ isCancelWanted: true })).toBe('cancel on its way')
    expect(row({ cancel: 'unknown', isCancelWanted: true })).toBe('nobody knows what became of its cancel')
    expect(row({ status: 'canceled', isCancelWanted: true, cancel: 'acked' })).toBe('')
  })

  it('names the limit and what was met where it was refused, even if it never became an order', () => {
    const row = rowOfRefused(refused)
    expect(row).toMatchObject({ id: null, status: 'denied', side: 'sell', lots: 10, price: 999_999 })
    expect(becauseOf(words, row)).toContain('99,999.9')
    expect(becauseOf(words, row)).toContain('37,270.2')
  })

  it('is found by its words, its rule and its ids', () => {
    expect(orderSearched(words)(rowOfOrder(order))).toContain('btc/usd buy limit partly filled')
    expect(orderSearched(words)(rowOfRefused(refused))).toContain('filter.price-band')
  })

  it('goes into a file exact, without groups and in no language', () => {
    const cells = Object.fromEntries(historyColumns(words).map((column) => [column.id, column.plain(rowOfPast({ ...past, status: 'canceled', endedAt: 3_000 }))]))
    expect(cells).toMatchObject({ order: id, size: '0.00200', price: '31000.0', side: 'buy', state: 'canceled', time: '1970-01-01T00:00:01.000Z', average: null })
  })
})

describe('the past', () => {
  it('takes the newest in front, each once and as it was told last', () => {
    expect(withNewest([3, 2, 1], [4, 3], false, String)).toEqual([4, 3, 2, 1])
    expect(withNewest([], [2, 1], false, String)).toEqual([2, 1])
  })

  it('begins anew where rows may lie between what is known and what is told', () => {
    expect(withNewest([3, 2, 1], [9, 8], false, String)).toBeUndefined()
    expect(withNewest([3, 2, 1], [9, 8], true, String)).toEqual([9, 8, 3, 2, 1])
  })

  it('shows an order as the engine has it before the read model tells it, and never turns an end back', () => {
    expect(withLive(past, { ...order, status: 'canceled', endedAt: 4_000 })).toMatchObject({ status: 'canceled', filled: 54, endedAt: 4_000, workingAt: 1_050 })
    expect(withLive(past, undefined)).toBe(past)
    const ended: PastOrder = { ...past, status: 'filled', endedAt: 2_000 }
    expect(withLive(ended, order)).toBe(ended)
  })

  it('tells two trades of one number in two instruments apart', () => {
    const fill: PastFill = {
      order: id, trade: '1', account: 'paper', instrument: 'BTC/USD', side: 'buy', price: 1, lots: 1, liquidity: 'maker', fee: 0, feeAsset: 'USD', realised: null, isInferred: false, at: 0,
    }
    expect(fillKey(fill)).not.toBe(fillKey({ ...fill, instrument: 'ETH/USD' }))
  })
})

describe('money on the screen', () => {
  it('is unknown, and not nothing, where there is no price', () => {
    expect(gainLook(null)).toBe('ink-2')
    expect(words.money('USD', null)).toBe('–')
    expect(words.gain(null, 5)).toBe('–')
    expect([words.rate(null), words.rate(12_345_678), words.rate(-5_294)]).toEqual(['–', '1.23 %', '0.00 %'])
    expect([gainLook(5), gainLook(-5), gainLook(0)]).toEqual(['gain', 'loss', 'ink-2'])
  })

  it('uses no more risk than it may, or says that it is not known', () => {
    expect(riskUsed({ worstGross: 50 }, 200)).toBe(0.25)
    expect(riskUsed({ worstGross: null }, 200)).toBeUndefined()
    expect(riskUsed({ worstGross: 50 }, undefined)).toBeUndefined()
    expect(riskUsed({ worstGross: 50 }, 0)).toBeUndefined()
  })

  it.each([['31000', 1, '31,000.0'], ['31000.10', 1, '31,000.1'], ['31116.6666666', 1, '31,116.67'], ['-2.05', 1, '−2.05'], ['0.999', 1, '1.00'], ['7', 0, '7']])(
    'writes the average %s of prices with %i decimals as %s', (exact, decimals, told) => expect(printAverage('en', exact, decimals)).toBe(told),
  )

  it('keeps a balance that did not change, and takes one that did as a whole', () => {
    const balance = { account: 'paper', asset: 'USD', total: 10, free: 5, reserved: 5, worth: 10, changedAt: 1 }
    takeBalances({ balances: [balance, { ...balance, asset: 'BTC' }] })
    takeBalanceChanges({ balances: [{ ...balance, free: null }] })
    expect(useBalances.getState().balances?.get('paper USD')?.free).toBeNull()
    expect(useBalances.getState().balances?.get('paper BTC')?.free).toBe(5)
  })
})
