import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../../src-main/base/index.ts'
import type { BookLevel } from '../../../../../src-main/domain/index.ts'
import { createDemoMarket, houseAssets, houseTradables, SimExchange } from '../../../../../src-main/venues/sim/index.ts'
import { account, abc, calmBehaviour, Client, createExchange, level, limit, spotId, startAt, usd } from './exchange-harness.ts'

const perpId = 'BTC/USD:PERP'

function fed(): { readonly client: Client; readonly market: ReturnType<typeof createDemoMarket>; run(ms: number): void } {
  const market = createDemoMarket({ seed: 3, startAt })
  const exchange = new SimExchange({
    seed: 1, startAt, tradables: houseTradables, assets: houseAssets, accounts: [account('a', { balances: [usd(1_000_000_000_000), abc(0)] })], behaviour: calmBehaviour,
  })
  const client = new Client(exchange)
  const run = (ms: number): void => {
    for (let left = ms; left > 0; left -= 1_000) {
      exchange.feed(market.advanceTo(exchange.now() + 1_000))
      client.wait(1_000)
    }
  }
  run(2_000)
  return { client, market, run }
}

const plain = (levels: readonly BookLevel[]) => levels.map(({ price, size }) => ({ price: rawOf(price), lots: rawOf(size) }))

describe('a market from outside', { timeout: 60_000 }, () => {
  it('is played level for level: where we have nothing in the book, it is the market’s own', () => {
    const { client, market, run } = fed()
    run(20_000)
    for (const { instrument } of houseTradables) {
      const { bids, asks } = market.snapshotOf(instrument.id)
      const core = client.exchange.floors.get(instrument.id)?.core
      expect(core?.levels(true)).toEqual(plain(bids))
      expect(core?.levels(false)).toEqual(plain(asks))
    }
  })

  it('fills what we left at its best price, at that price and not before those who stood there', () => {
    const { client, market, run } = fed()
    const best = market.snapshotOf(perpId).bids[0]
    if (best === undefined) throw new Error('expected a bid')
    client.place('a', 'x', limit('buy', rawOf(best.price), 2, { instrument: perpId }))
    for (let tries = 0; tries < 24 && client.order('a', 'x').status === 'open'; tries += 1) run(10_000)
    expect(client.order('a', 'x').status).toBe('filled')
    for (const trade of client.trades('a')) expect([rawOf(trade.price), trade.liquidity]).toEqual([rawOf(best.price), 'maker'])
  })

  it('tells its marks and funding rates on, and jumps with it', () => {
    const { client, market, run } = fed()
    run(3_000)
    client.exchange.feed(market.advanceTo(startAt + 3_600_000))
    client.wait(3_595_000)
    const marks = client.outputs.flatMap((output) => (output.kind === 'market' && output.report.kind === 'mark-seen' ? [output.report.instrument] : []))
    expect(new Set(marks)).toEqual(new Set([perpId, 'ETH/USD:PERP']))
    const { bids } = market.snapshotOf(perpId)
    expect(client.exchange.floors.get(perpId)?.core.levels(true)).toEqual(plain(bids))
  })

  it('never trades with itself when its prices pass each other, and trades with us where we are in the way', () => {
    const exchange = createExchange()
    const client = new Client(exchange)
    exchange.feed([level(spotId, 'ask', 1_010, 10), level(spotId, 'ask', 1_011, 10), level(spotId, 'ask', 1_014, 10)])
    client.wait(1)
    client.place('a', 'x', limit('sell', 1_011, 3))
    exchange.feed([level(spotId, 'bid', 1_012, 8)])
    client.wait(5)
    expect(client.order('a', 'x')).toMatchObject({ status: 'filled', filled: 3 })
    expect(client.trades('a').map(({ price }) => rawOf(price))).toEqual([1_011])
    expect(exchange.floors.get(spotId)?.tradesSeen).toBe(1)
    expect(exchange.floors.get(spotId)?.core.levels(true)).toEqual([{ price: 1_012, lots: 5 }])
    expect(exchange.floors.get(spotId)?.core.levels(false)).toEqual([{ price: 1_014, lots: 10 }])
  })
})
