import { describe, expect, it } from 'vitest'
import { amountFromRaw, rateFromRaw, rawOf } from '../../../../../src-main/base/index.ts'
import { abc, account, Client, createExchange, level, limit, market, markAt, perp, perpId, spotId, startAt, usd, venueFees } from './exchange-harness.ts'

const book = (id: string) => [level(id, 'bid', 1_000, 1_000), level(id, 'ask', 1_010, 1_000)]

function client(change: Parameters<typeof createExchange>[0] = {}): Client {
  const exchange = createExchange(change)
  exchange.feed([...book(spotId), ...book(perpId)])
  const made = new Client(exchange)
  made.wait(1)
  return made
}

describe('money at the exchange', () => {
  it('moves with a spot trade: price times lots one way, goods the other, a fee that is rounded up', () => {
    const at = client()
    at.place('a', 'x', market('buy', 3))
    // 3030 and two thousandths of it, 6.06, rounded up.
    expect(at.balance('a', 'USD').total).toBe(50_000_000 - 3_030 - 7)
    expect(at.balance('a', 'ABC').total).toBe(1_000_300)
  })

  it('is bound by orders that rest, with the fee that they may cost, and free again when they end', () => {
    const at = client()
    at.place('a', 'x', limit('buy', 990, 100))
    expect(at.balance('a', 'USD')).toEqual({ total: 50_000_000, free: 50_000_000 - 99_000 - 198 })
    at.place('a', 'y', limit('sell', 1_020, 7))
    expect(at.balance('a', 'ABC')).toEqual({ total: 1_000_000, free: 999_300 })
    at.call({ kind: 'cancel-all', account: 'a', timestamp: at.exchange.now() })
    expect([at.balance('a', 'USD').free, at.balance('a', 'ABC').free]).toEqual([50_000_000, 1_000_000])
  })

  it('pays the maker a rebate that is rounded down', () => {
    const at = client()
    at.place('a', 'x', limit('buy', 1_005, 4, { instrument: perpId }))
    at.exchange.feed([level(perpId, 'ask', 1_005, 4)])
    at.wait(1)
    // A ten-thousandth of 4020 is 0.402; of it nothing is left.
    expect(at.trades('a').map(({ fee, liquidity }) => [rawOf(fee), liquidity])).toEqual([[0, 'maker']])
    at.place('a', 'y', limit('buy', 1_004, 30, { instrument: perpId }))
    at.exchange.feed([level(perpId, 'ask', 1_004, 30)])
    at.wait(1)
    expect(rawOf(at.trades('a').at(-1)?.fee ?? amountFromRaw(0))).toBe(-3)
  })

  it('pays fees in what was received, or in a third asset with its discount while there is enough of it', () => {
    const received = client({ behaviour: venueFees({ by: 'received' }) })
    received.place('a', 'x', market('buy', 3))
    expect([received.balance('a', 'USD').total, received.balance('a', 'ABC').total]).toEqual([50_000_000 - 3_030, 1_000_299])
    const third = client({
      accounts: [account('a', { balances: [usd(50_000_000), { asset: 'TKN', amount: amountFromRaw(20) }] })],
      behaviour: venueFees({ by: 'third', asset: 'TKN', perQuote: rateFromRaw(2_000_000_000), discount: rateFromRaw(250_000_000) }),
    })
    third.place('a', 'x', market('buy', 3))
    // 0.0015 of 3030 is 4.545, up to 5 minor units of quote, two of the third asset for each.
    expect([third.balance('a', 'USD').total, third.balance('a', 'TKN').total]).toEqual([50_000_000 - 3_030, 10])
    third.place('a', 'y', market('buy', 30))
    expect(third.trades('a').at(-1)?.feeAsset).toBe('USD')
  })

  it('costs less fee once enough was traded in thirty days, and the old rate when those days are over', () => {
    const at = client({ behaviour: { fees: { tiers: [{ volumeFrom: amountFromRaw(100_000), maker: rateFromRaw(0), taker: rateFromRaw(1_000_000) }], asset: { by: 'quote' } } } })
    const fees = () => rawOf(at.trades('a').at(-1)?.fee ?? amountFromRaw(0))
    at.place('a', 'x', market('buy', 100))
    expect(fees()).toBe(202)
    at.place('a', 'y', market('buy', 100))
    expect(fees()).toBe(101)
    at.wait(31 * 86_400_000)
    at.place('a', 'z', market('buy', 100))
    expect(fees()).toBe(202)
  })

  it('of a contract moves by the profit that a close realises, by average cost or first in, first out', () => {
    for (const [lots, expected] of [['average', 5], ['fifo', 10]] as const) {
      const at = client({ accounts: [account('a', { lots })], tradables: [{ ...perp, takerFee: rateFromRaw(0), makerFee: rateFromRaw(0) }] })
      at.place('a', 'x', market('buy', 1, { instrument: perpId }))
      at.exchange.feed([level(perpId, 'ask', 1_010, 0), level(perpId, 'ask', 1_020, 1_000)])
      at.wait(1)
      at.place('a', 'y', market('buy', 1, { instrument: perpId }))
      at.exchange.feed([level(perpId, 'bid', 1_020, 0), level(perpId, 'bid', 1_020, 0)])
      at.exchange.feed([level(perpId, 'ask', 1_020, 0), level(perpId, 'bid', 1_020, 1_000)])
      at.wait(1)
      at.place('a', 'z', market('sell', 1, { instrument: perpId }))
      expect(at.balance('a', 'USD').total - 50_000_000).toBe(expected)
      expect(at.position('a')).toBe(1)
    }
  })

  it('of a contract sold short comes from a fall and goes with a rise', () => {
    const at = client({ tradables: [{ ...perp, takerFee: rateFromRaw(0), makerFee: rateFromRaw(0) }] })
    at.place('a', 'x', market('sell', 4, { instrument: perpId }))
    at.exchange.feed([level(perpId, 'ask', 990, 1_000)])
    at.wait(1)
    at.place('a', 'y', market('buy', 1, { instrument: perpId }))
    expect(at.balance('a', 'USD').total - 50_000_000).toBe(10)
    at.exchange.feed([level(perpId, 'ask', 990, 0), level(perpId, 'ask', 1_010, 1_000)])
    at.wait(1)
    at.place('a', 'z', market('buy', 3, { instrument: perpId }))
    expect(at.balance('a', 'USD').total - 50_000_000).toBe(10 - 30)
  })

  it('is free less the margin of contracts and what they have lost by now, never more for what they have gained', () => {
    const at = client()
    at.place('a', 'x', market('buy', 10, { instrument: perpId }))
    const { total } = at.balance('a', 'USD')
    for (const [mark, free] of [[900, total - 900 - 1_100], [1_100, total - 1_100]] as const) {
      at.exchange.feed([markAt(perpId, mark)])
      at.wait(1)
      expect(at.balance('a', 'USD')).toEqual({ total, free })
    }
  })

  it('turns a position through zero: what is beyond opens anew at its own price', () => {
    const at = client()
    at.place('a', 'x', market('buy', 4, { instrument: perpId }))
    at.place('a', 'y', market('sell', 10, { instrument: perpId }))
    expect(at.exchange.truth('a').positions.map(({ lots, entryPrice }) => [rawOf(lots), entryPrice === undefined ? 0 : rawOf(entryPrice)])).toEqual([[-6, 1_000]])
  })

  it('holds a long and a short side by side on a hedging account, and closes either only as far as it goes', () => {
    const at = client({ accounts: [account('a', { positions: 'hedging' })] })
    at.place('a', 'l', market('buy', 5, { instrument: perpId, positionSide: 'long' }))
    at.place('a', 's', market('sell', 3, { instrument: perpId, positionSide: 'short' }))
    expect([at.position('a', 'long'), at.position('a', 'short')]).toEqual([5, -3])
    at.place('a', 'c', market('buy', 9, { instrument: perpId, positionSide: 'short' }))
    expect([at.position('a', 'long'), at.position('a', 'short')]).toEqual([5, 0])
    expect(at.order('a', 'c')).toMatchObject({ status: 'filled', lots: 3 })
  })

  it('is paid as funding by who is long to who is short, on the clock, as a posting of its own', () => {
    const at = client({ accounts: [account('a'), account('b')] })
    at.exchange.feed([markAt(perpId, 1_000, 1_000_000)])
    at.place('a', 'l', market('buy', 50, { instrument: perpId }))
    at.place('b', 's', market('sell', 50, { instrument: perpId }))
    const before = [at.balance('a', 'USD').total, at.balance('b', 'USD').total]
    at.wait(8 * 3_600_000)
    expect(at.exchange.truth('a').postings.map(({ reason, amount }) => [reason, rawOf(amount)])).toEqual([['funding', -50]])
    expect([at.balance('a', 'USD').total - (before[0] ?? 0), at.balance('b', 'USD').total - (before[1] ?? 0)]).toEqual([-50, 50])
    expect(at.exchange.truth('a').trades).toHaveLength(1)
    expect((at.exchange.truth('a').postings[0]?.at ?? 1) % (8 * 3_600_000)).toBe(0)
  })

  it('that no longer carries a position is taken: orders canceled, position closed, a fee posted', () => {
    const at = client({ accounts: [account('a', { balances: [usd(10_000), abc(0)] })] })
    at.exchange.feed([markAt(perpId, 1_000)])
    at.wait(1)
    at.place('a', 'l', market('buy', 80, { instrument: perpId }))
    at.place('a', 'rest', limit('buy', 950, 5, { instrument: perpId }))
    expect(at.position('a')).toBe(80)
    at.exchange.feed([level(perpId, 'bid', 1_000, 0), level(perpId, 'bid', 920, 40), markAt(perpId, 930)])
    at.wait(1)
    const truth = at.exchange.truth('a')
    expect(at.position('a')).toBe(0)
    expect(at.order('a', 'rest').status).toBe('canceled')
    // Forty found a buyer; the rest went to the insurance at the mark.
    expect(truth.trades.slice(1).map(({ price, lots }) => [rawOf(price), rawOf(lots)])).toEqual([[920, 40], [930, 40]])
    expect(truth.postings.map(({ reason }) => reason)).toEqual(['liquidation-fee'])
    expect(truth.orders.at(-1)?.clientId).toMatch(/^liquidation-/)
    for (const sum of at.exchange.ledgerSums().values()) expect(sum).toBe(0n)
  })

  it('comes and goes as a posting that the stream tells', () => {
    const at = client()
    at.exchange.post('a', { reason: 'deposit', asset: 'USD', amount: amountFromRaw(123) })
    at.wait(5)
    expect(at.balance('a', 'USD').total).toBe(50_000_123)
    expect(at.streamOf('a').map(({ body }) => body)).toEqual([
      { kind: 'posting', posting: { reason: 'deposit', asset: 'USD', amount: 123, reference: 'posting-1', at: startAt + 1 } },
    ])
  })
})
