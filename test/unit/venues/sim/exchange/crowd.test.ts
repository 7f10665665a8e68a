import { describe, expect, it } from 'vitest'
import { createRandom, lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw } from '../../../../../src-main/base/index.ts'
import { chaosPresetNames, chaosPresets, houseAssets, houseCrowds, houseTradables, impactOf, SimExchange } from '../../../../../src-main/venues/sim/index.ts'
import type { Crowd, SimExchangeSetup } from '../../../../../src-main/venues/sim/index.ts'
import { cutIntoPieces, drawBeta, drawPoisson } from '../../../../../src-main/venues/sim/exchange/drawn-laws.ts'
import { account, Client, createExchange, level, limit, market, perpId, print, spotId, startAt } from './exchange-harness.ts'

const crowd: Crowd = {
  instrument: perpId, priceAtStart: ticksFromRaw(10_000), spreadTicks: 4, levels: 6, depthLots: lotsFromRaw(200), stepTicks: 2, stepMs: 250, tradeShare: 0.4, fundingRate: rateFromRaw(100_000),
}
const crowded = (change: Partial<SimExchangeSetup> = {}): Client => new Client(createExchange({ crowds: [crowd], ...change }))
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length

describe('the crowd', () => {
  it('is a function of the seed', () => {
    const told = (seed: number): string => {
      const client = crowded({ seed })
      client.wait(20_000)
      return JSON.stringify(client.outputs)
    }
    expect(told(1)).toBe(told(1))
    expect(told(1)).not.toBe(told(2))
  })

  it('quotes both sides all the time, never crossed, trades now and then and marks each second', () => {
    const client = crowded()
    client.wait(120_010)
    const reports = client.outputs.flatMap((output) => (output.kind === 'market' ? [output.report] : []))
    const quotes = reports.flatMap((report) => (report.kind === 'quote-seen' ? [report] : []))
    expect(quotes.length).toBeGreaterThan(300)
    for (const { bid, ask } of quotes) expect(rawOf(bid)).toBeLessThan(rawOf(ask))
    expect(reports.filter(({ kind }) => kind === 'last-seen').length).toBeGreaterThan(120)
    expect(reports.filter(({ kind }) => kind === 'mark-seen')).toHaveLength(121)
  })

  it('fills what rests at the touch sooner or later', () => {
    const client = crowded()
    client.wait(1_000)
    const bid = client.exchange.floors.get(perpId)?.core.bestBid() ?? 0
    client.place('a', 'x', limit('buy', bid, 20, { instrument: perpId }))
    client.wait(600_000)
    expect(client.order('a', 'x').status).toBe('filled')
  })

  it('falls at once when the price is shocked, and takes the orders in its way', () => {
    const client = crowded({ shocks: [{ afterMs: 5_000, share: -0.1 }] })
    client.wait(4_900)
    const before = client.exchange.floors.get(perpId)?.reference() ?? 0
    client.place('a', 'x', limit('buy', Math.floor(before * 0.95), 10, { instrument: perpId }))
    client.wait(2_000)
    const after = client.exchange.floors.get(perpId)?.reference() ?? 0
    expect(after / before).toBeGreaterThan(0.89)
    expect(after / before).toBeLessThan(0.91)
    expect(client.order('a', 'x').status).toBe('filled')
  })
})

describe('our place in the queue', () => {
  /** A hundred of the crowd stand before us and a hundred behind; fifty of them leave, then fifty are bought from. */
  const filledAfterLeaving = (queue: 'fifo' | 'probabilistic', seed: number): number => {
    const client = new Client(createExchange({ seed, behaviour: { queue } }))
    const { exchange } = client
    exchange.feed([level(spotId, 'bid', 1_000, 100)])
    client.wait(1)
    client.place('a', 'x', limit('buy', 1_000, 10))
    exchange.feed([level(spotId, 'bid', 1_000, 200)])
    client.wait(1)
    exchange.feed([level(spotId, 'bid', 1_000, 150)])
    client.wait(1)
    exchange.feed([print(spotId, 'seller', 1_000, 60)])
    client.wait(1)
    return client.order('a', 'x').filled
  }

  it('stays behind those who came before: who leaves is taken to have stood behind us', () => {
    for (let seed = 1; seed <= 10; seed += 1) expect(filledAfterLeaving('fifo', seed)).toBe(0)
  })

  it('moves up by chance where the queue is guessed: about as often as people stand before us', () => {
    const fills = Array.from({ length: 200 }, (_each, seed) => filledAfterLeaving('probabilistic', seed))
    expect(new Set(fills)).toEqual(new Set([0, 10]))
    const share = fills.filter((fill) => fill === 10).length / fills.length
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.6)
  })
})

describe('fills in pieces', () => {
  const law = { countMean: 3, ratioA: 2, ratioB: 5 }

  it('come about three to a fill, each a part of the rest as the beta law has it, and add up', () => {
    const random = createRandom(3)
    const cuts = Array.from({ length: 4_000 }, () => cutIntoPieces(random, 100_000, law))
    for (const pieces of cuts) {
      expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(100_000)
      expect(Math.min(...pieces)).toBeGreaterThan(0)
    }
    // Of a Poisson law of 3 no draw stands for none: it is one piece then, so a little above 3.
    expect(mean(cuts.map(({ length }) => length))).toBeGreaterThan(2.95)
    expect(mean(cuts.map(({ length }) => length))).toBeLessThan(3.2)
    const firsts = cuts.filter(({ length }) => length > 1).map(([first = 0]) => first / 100_000)
    expect(mean(firsts)).toBeGreaterThan(2 / 7 - 0.02)
    expect(mean(firsts)).toBeLessThan(2 / 7 + 0.02)
  })

  it('are trades of their own at the exchange', () => {
    const client = new Client(createExchange({ behaviour: { partialFills: law } }))
    client.exchange.feed([level(spotId, 'ask', 1_000, 5_000)])
    client.wait(1)
    for (let index = 0; index < 20; index += 1) client.place('a', `x${index}`, market('buy', 100))
    expect(client.trades('a').length).toBeGreaterThan(40)
    for (let index = 0; index < 20; index += 1) expect(client.order('a', `x${index}`).status).toBe('filled')
  })

  it('are drawn by laws with the moments that they should have', () => {
    const random = createRandom(9)
    const betas = Array.from({ length: 6_000 }, () => drawBeta(random, 2, 5))
    const counts = Array.from({ length: 6_000 }, () => drawPoisson(random, 3))
    const variance = (numbers: readonly number[]): number => mean(numbers.map((each) => (each - mean(numbers.slice(0, 1_000))) ** 2))
    expect(mean(betas)).toBeCloseTo(2 / 7, 1)
    expect(Math.abs(variance(betas) - 10 / (49 * 8))).toBeLessThan(0.003)
    expect(Math.abs(mean(counts) - 3)).toBeLessThan(0.1)
    expect(Math.abs(variance(counts) - 3)).toBeLessThan(0.3)
  })
})

describe('our own trading', () => {
  it('pushes the price by the law that is chosen: none, in proportion, by the root, or as Almgren and Chriss have it', () => {
    const total = (model: Parameters<typeof impactOf>[0], lots: number): number => {
      const { permanentTicks, temporaryTicks } = impactOf(model, lots)
      return permanentTicks + temporaryTicks
    }
    const scale = { coefficient: 0.5, volatilityTicks: 400, dayLots: 10_000 }
    expect(total({ model: 'none' }, 500)).toBe(0)
    expect(total({ model: 'linear', ...scale }, 500)).toBeCloseTo(10, 9)
    expect(total({ model: 'linear', ...scale }, 2_000)).toBeCloseTo(40, 9)
    expect(total({ model: 'square-root', ...scale }, 500)).toBeCloseTo(200 * Math.sqrt(0.05), 9)
    expect(total({ model: 'square-root', ...scale }, 2_000)).toBeCloseTo(2 * total({ model: 'square-root', ...scale }, 500), 9)
    const chriss = { model: 'almgren-chriss' as const, permanent: 0.01, temporary: 0.5, fixed: 2, horizonSeconds: 10 }
    expect(impactOf(chriss, 200)).toEqual({ permanentTicks: 2, temporaryTicks: 12 })
    expect(impactOf(chriss, 0)).toEqual({ permanentTicks: 0, temporaryTicks: 0 })
  })

  it('moves what the crowd quotes, for good by a part and for a while by the rest', () => {
    const still: Crowd = { ...crowd, stepTicks: 0, tradeShare: 0 }
    const client = crowded({ crowds: [still], behaviour: { impact: { model: 'almgren-chriss', permanent: 0.1, temporary: 1, fixed: 0, horizonSeconds: 1 } }, accounts: [account('a')] })
    client.wait(1_000)
    const before = client.exchange.floors.get(perpId)?.mark ?? 0
    client.place('a', 'x', market('buy', 100, { instrument: perpId }))
    client.wait(2_000)
    const pushed = (client.exchange.floors.get(perpId)?.mark ?? 0) - before
    client.wait(3_600_000)
    expect(pushed).toBeGreaterThan(100)
    expect((client.exchange.floors.get(perpId)?.mark ?? 0) - before).toBe(10)
  })
})

describe('the house’s own venue', { timeout: 60_000 }, () => {
  it.each(chaosPresetNames)('trades all its instruments in the weather %s, and its books stay even', (name) => {
    const preset = chaosPresets[name]
    expect(preset.name).toBe(name)
    for (const rate of Object.values(preset.faults)) expect(rate > 0 && rate <= 1).toBe(true)
    const exchange = new SimExchange({
      seed: 4, startAt, tradables: houseTradables, assets: houseAssets, crowds: houseCrowds, behaviour: preset.behaviour, shocks: preset.shocks,
      accounts: [account('a', { balances: houseAssets.map(({ id, decimals }) => ({ asset: id, amount: limitedAmount(decimals) })) })],
    })
    const client = new Client(exchange)
    client.wait(5_000)
    for (const { instrument } of houseTradables) {
      const lots = Math.max(1, Math.floor(rawOf(houseCrowds.find((each) => each.instrument === instrument.id)?.depthLots ?? lotsFromRaw(1)) / 50))
      exchange.placeByHand('a', { clientId: instrument.id, spec: market('buy', lots, { instrument: instrument.id }) })
    }
    client.wait(300_000)
    const { orders, trades } = exchange.truth('a')
    expect(orders.filter(({ clientId }) => houseTradables.some(({ instrument }) => instrument.id === clientId)).map(({ status }) => status)).toEqual(houseTradables.map(() => 'filled'))
    expect(trades.length).toBeGreaterThanOrEqual(houseTradables.length)
    for (const sum of exchange.ledgerSums().values()) expect(sum).toBe(0n)
  })
})

/** A hundred thousand of each. */
const limitedAmount = (decimals: number) => ({ 6: 100_000_000_000, 8: 10_000_000_000_000 })[decimals] as never
