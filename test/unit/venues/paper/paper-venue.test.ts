import { describe, expect, it } from 'vitest'
import { amountFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import { createDemoMarket, houseTradables } from '../../../../src-main/venues/sim/index.ts'
import { limitOf, marketOf, paperHouse, startAt } from './paper-house.ts'

const usd = (dollars: number) => amountFromRaw(dollars * 1_000_000)

describe('the paper venue', () => {
  it('fills a market order at the prices of the demo market, and tells of it within moments', () => {
    const house = paperHouse()
    house.run(1_000)
    const { ask } = house.quote()
    const order = house.send(marketOf(100))
    house.run(200)
    expect(house.of('send-accepted').map((told) => told.order)).toEqual([order])
    const trades = house.of('trade-reported').map(({ trade }) => trade)
    expect(trades.reduce((sum, { lots }) => sum + rawOf(lots), 0)).toBe(100)
    expect(Math.abs(rawOf(trades[0]?.price ?? (0 as never)) - ask)).toBeLessThan(ask / 1_000)
    expect([...house.venue.ledgerSums().values()].every((sum) => sum === 0n)).toBe(true)
  })

  it('fills what rests when the market comes to it', () => {
    const house = paperHouse()
    house.run(1_000)
    const order = house.send(limitOf(500, house.quote().bid - 20))
    house.run(30 * 60_000)
    const views = house.of('order-reported').filter(({ view }) => view.order === order)
    expect(views.at(-1)?.view.status).toBe('filled')
  })

  it('fills nothing while the market stands still, although orders are still taken', () => {
    const house = paperHouse()
    house.run(1_000)
    house.venue.follow({ seed: 7, anchorWall: house.schedule.now, anchorMarket: startAt + 1_000, speed: 0 })
    house.send(limitOf(500, house.quote().bid + 1))
    house.run(30 * 60_000)
    expect(house.of('send-accepted')).toHaveLength(1)
    expect(house.of('trade-reported')).toHaveLength(0)
  })

  it('follows a market that runs a hundred times as fast, with the delays of the wall', () => {
    const [slow, fast] = [paperHouse(), paperHouse()]
    for (const house of [slow, fast]) house.run(1_000)
    fast.venue.follow({ seed: 7, anchorWall: fast.schedule.now, anchorMarket: startAt + 1_000, speed: 100 })
    slow.run(30_000)
    fast.run(300)
    for (const house of [slow, fast]) {
      house.venue.follow({ seed: 7, anchorWall: house.schedule.now, anchorMarket: startAt + 31_000, speed: 0 })
      house.run(200)
    }
    expect(fast.quote()).toEqual(slow.quote())
    const at = fast.schedule.now
    fast.send(marketOf(100))
    fast.run(200)
    expect((fast.of('send-accepted')[0]?.at ?? 0) - at).toBeGreaterThan(2)
  })

  it('fills what the market went through while nobody looked, at the price that was asked for', () => {
    const house = paperHouse()
    house.run(1_000)
    const until = startAt + 3 * 86_400_000
    const { low } = createDemoMarket({ seed: 7, startAt: until }).candles('BTC/USD', '1h', until, 70)
    const lowest = Math.min(...low)
    const [near, far] = [house.send(limitOf(700, lowest + 1)), house.send(limitOf(700, lowest))]
    house.run(1_000)
    const trades = house.of('trade-reported').length
    house.venue.follow({ seed: 7, anchorWall: house.schedule.now, anchorMarket: until, speed: 0 })
    house.run(1_000)
    expect(trades).toBe(0)
    const ofNear = house.of('trade-reported').filter(({ trade }) => trade.order === near)
    expect(ofNear.reduce((sum, { trade }) => sum + rawOf(trade.lots), 0)).toBe(700)
    expect(ofNear.every(({ trade }) => rawOf(trade.price) === lowest + 1)).toBe(true)
    expect(house.of('order-reported').filter(({ view }) => view.order === far).at(-1)?.view.status).not.toBe('filled')
  })

  it('pulls a trigger that the market passed while nobody looked, and fills it at a price of then', () => {
    const house = paperHouse()
    house.run(1_000)
    house.send(marketOf(500))
    house.run(1_000)
    const until = startAt + 3 * 86_400_000
    const { low } = createDemoMarket({ seed: 7, startAt: until }).candles('BTC/USD', '1h', until, 70)
    const trigger = Math.min(...low) + 100
    const stop = house.send({ ...marketOf(500, 'sell'), type: 'stop', trigger: ticksFromRaw(trigger), triggerSource: 'last', timeInForce: 'gtc' })
    house.run(1_000)
    house.venue.follow({ seed: 7, anchorWall: house.schedule.now, anchorMarket: until, speed: 0 })
    house.run(1_000)
    const fills = house.of('trade-reported').filter(({ trade }) => trade.order === stop)
    expect(fills.reduce((sum, { trade }) => sum + rawOf(trade.lots), 0)).toBe(500)
    for (const { trade } of fills) expect(Math.abs(rawOf(trade.price) / trigger - 1)).toBeLessThan(0.02)
  })

  it('catches up with years in a moment, with an order in every instrument', () => {
    const house = paperHouse()
    house.run(1_000)
    for (const { instrument } of houseTradables) {
      const quote = house.quote(instrument.id)
      if (quote.bid > 0) house.send(limitOf(1_000, Math.round(quote.bid * 0.9), 'buy', instrument.id))
    }
    house.run(1_000)
    const open = house.venue.truth('paper').orders.length
    const began = process.cpuUsage().user
    house.venue.follow({ seed: 7, anchorWall: house.schedule.now, anchorMarket: startAt + 1_500 * 86_400_000, speed: 0 })
    house.run(1_000)
    expect(open).toBeGreaterThanOrEqual(6)
    expect((process.cpuUsage().user - began) / 1_000).toBeLessThan(2_500)
  })

  it('tells only the line that is there now of what an earlier one asked for, and carries nothing when there is none', () => {
    const house = paperHouse()
    house.run(1_000)
    house.send(limitOf(100, house.quote().bid - 500))
    house.end()
    house.send(limitOf(100, house.quote().bid - 500))
    const second: string[] = []
    house.venue.listen({ report: ({ kind }) => second.push(kind), gone: () => undefined })
    house.run(1_000)
    expect(house.of('send-accepted')).toHaveLength(0)
    expect(second).toEqual(['stream-reported', 'order-reported'])
    expect(house.venue.truth('paper').orders).toHaveLength(1)
  })

  it('resets an account: orders canceled, contracts closed at the mark, the rest by transfers', () => {
    const house = paperHouse()
    house.run(1_000)
    house.send(marketOf(50))
    house.send(marketOf(50, 'sell', 'ETH/USD:PERP'))
    house.send(limitOf(100, house.quote().bid - 500))
    house.run(1_000)
    expect(house.venue.truth('paper').positions).toHaveLength(1)
    const outcome = house.venue.reset({ account: 'paper', reason: 'a new month', balances: [{ asset: 'USD', amount: usd(50_000) }] })
    house.run(1_000)
    const { orders, positions, balances } = house.venue.truth('paper')
    expect(outcome).toEqual({ ok: true })
    expect(orders.filter(({ status }) => status === 'open')).toEqual([])
    expect(positions).toEqual([])
    expect(balances.filter(({ total }) => rawOf(total) !== 0)).toEqual([{ asset: 'USD', total: usd(50_000), free: usd(50_000) }])
    expect(house.of('posting-reported').map(({ posting }) => posting.reason)).toEqual(['transfer', 'transfer'])
    expect(house.venue.resets()).toMatchObject([{ account: 'paper', reason: 'a new month' }])
    expect([...house.venue.ledgerSums().values()].every((sum) => sum === 0n)).toBe(true)
  })

  it('refuses to reset an account that it does not have', () => {
    const house = paperHouse()
    expect(house.venue.reset({ account: 'other', reason: 'no', balances: [] })).toEqual({ ok: false, reason: 'unknown-account' })
  })
})
