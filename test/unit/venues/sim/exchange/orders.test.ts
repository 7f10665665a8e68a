import { describe, expect, it } from 'vitest'
import { lotsFromRaw, rawOf, ticksFromRaw } from '../../../../../src-main/base/index.ts'
import { venueCodes } from '../../../../../src-main/venues/sim/index.ts'
import { Client, createExchange, level, limit, market, markAt, perpId, print, spotId, startAt, trigger } from './exchange-harness.ts'

const seen = (client: Client): readonly (readonly [number, number])[] => client.trades('a').map(({ price, lots }) => [rawOf(price), rawOf(lots)])
const refused = (code: keyof typeof venueCodes) => ({ status: venueCodes[code].status, code: venueCodes[code].code, message: venueCodes[code].message })

function withBook(): Client {
  const exchange = createExchange()
  exchange.feed([level(spotId, 'ask', 1_010, 10), level(spotId, 'ask', 1_012, 20), level(spotId, 'bid', 1_000, 10), level(spotId, 'bid', 998, 20)])
  const client = new Client(exchange)
  client.wait(1)
  return client
}

describe('an order', () => {
  it('at the market walks the book from the best price on, and what the book has not got expires', () => {
    const client = withBook()
    expect(client.place('a', 'm', market('buy', 40)).code).toBe(0)
    expect(seen(client)).toEqual([[1_010, 10], [1_012, 20]])
    expect(client.order('a', 'm')).toMatchObject({ status: 'expired', filled: 30 })
  })

  it('with a limit takes what is within it and rests with the others at its price, behind them', () => {
    const client = withBook()
    client.place('a', 'l', limit('buy', 1_011, 15))
    expect(seen(client)).toEqual([[1_010, 10]])
    expect(client.order('a', 'l')).toMatchObject({ status: 'open', filled: 10 })
    client.place('a', 'q', limit('buy', 1_000, 5))
    client.exchange.feed([print(spotId, 'seller', 1_011, 8)])
    client.wait(1)
    expect(client.order('a', 'l')).toMatchObject({ status: 'filled', filled: 15 })
    // Ten of the twelve went to the crowd that was there before us.
    client.exchange.feed([print(spotId, 'seller', 1_000, 12)])
    client.wait(1)
    expect(client.order('a', 'q').filled).toBe(2)
  })

  it('that is immediate or cancel keeps nothing in the book; all or none trades all or is turned away', () => {
    const client = withBook()
    client.place('a', 'ioc', limit('buy', 1_010, 15, { timeInForce: 'ioc' }))
    expect(client.order('a', 'ioc')).toMatchObject({ status: 'expired', filled: 10 })
    expect(client.place('a', 'fok', limit('buy', 1_012, 21, { timeInForce: 'fok' }))).toMatchObject(refused('fillOrKill'))
    client.place('a', 'fok2', limit('buy', 1_012, 20, { timeInForce: 'fok' }))
    expect(client.order('a', 'fok2')).toMatchObject({ status: 'filled', filled: 20 })
  })

  it('that is post-only is turned away rather than taking', () => {
    const client = withBook()
    expect(client.place('a', 'p', limit('buy', 1_010, 1, { postOnly: true }))).toMatchObject(refused('postOnly'))
    expect(client.place('a', 'p', limit('buy', 1_009, 1, { postOnly: true })).code).toBe(0)
    client.exchange.feed([print(spotId, 'seller', 1_009, 1)])
    client.wait(1)
    expect(client.trades('a').map(({ liquidity }) => liquidity)).toEqual(['maker'])
  })

  it('good till a date expires then, with what it has filled', () => {
    const client = withBook()
    client.place('a', 'd', limit('buy', 1_001, 8, { timeInForce: 'gtd', expiresAt: startAt + 60_000 }))
    client.exchange.feed([print(spotId, 'seller', 1_001, 3)])
    client.wait(59_000)
    expect(client.order('a', 'd')).toMatchObject({ status: 'open', filled: 3 })
    client.wait(2_000)
    expect(client.order('a', 'd')).toMatchObject({ status: 'expired', filled: 3 })
  })

  it('that shows a part only goes behind the others each time that part is used up', () => {
    const client = withBook()
    client.place('a', 'ice', limit('buy', 1_001, 30, { display: lotsFromRaw(5) }))
    client.place('b', 'other', limit('buy', 1_001, 5))
    client.exchange.feed([print(spotId, 'seller', 1_001, 12)])
    client.wait(1)
    expect(client.order('a', 'ice').filled).toBe(7)
    expect(client.order('b', 'other').filled).toBe(5)
  })

  it.each([
    ['a stop to sell', trigger('sell', 'stop', 990, 5), 995, 990],
    ['a stop to buy', trigger('buy', 'stop', 1_020, 5), 1_015, 1_020],
    ['a take-profit to sell', trigger('sell', 'take-profit', 1_020, 5), 1_015, 1_020],
    ['a take-profit to buy', trigger('buy', 'take-profit', 990, 5), 995, 990],
  ] as const)('that is %s waits for the last price and then goes to the market', (_words, spec, short, reached) => {
    const client = withBook()
    client.exchange.feed([print(spotId, 'buyer', 1_005, 1)])
    client.wait(1)
    client.place('a', 't', spec)
    client.exchange.feed([print(spotId, 'buyer', short, 1)])
    client.wait(1)
    expect(client.order('a', 't')).toMatchObject({ status: 'open', filled: 0 })
    client.exchange.feed([print(spotId, 'buyer', reached, 1)])
    client.wait(1)
    expect(client.order('a', 't').status).toBe('filled')
  })

  it('that would be triggered at once is turned away, or fires where the venue does that', () => {
    const client = withBook()
    client.exchange.feed([print(spotId, 'buyer', 1_005, 1)])
    client.wait(1)
    expect(client.place('a', 't', trigger('sell', 'stop', 1_006, 5))).toMatchObject(refused('wouldTrigger'))
    const firing = new Client(createExchange({ behaviour: { immediateTrigger: 'fire' } }))
    firing.exchange.feed([level(spotId, 'bid', 1_000, 10), print(spotId, 'buyer', 1_005, 1)])
    firing.wait(1)
    firing.place('a', 't', trigger('sell', 'stop', 1_006, 5))
    expect(firing.order('a', 't').status).toBe('filled')
  })

  it('that watches the mark does not mind the last price, and leaves a limit order behind when it has one', () => {
    const client = new Client(createExchange())
    client.exchange.feed([level(perpId, 'bid', 1_000, 10), level(perpId, 'ask', 1_010, 10), markAt(perpId, 1_005), print(perpId, 'buyer', 1_005, 1)])
    client.wait(1)
    client.place('a', 't', trigger('sell', 'stop', 990, 5, { instrument: perpId, type: 'stop-limit', triggerSource: 'mark', limit: ticksFromRaw(1_002) }))
    client.exchange.feed([print(perpId, 'buyer', 980, 1)])
    client.wait(1)
    expect(client.order('a', 't').status).toBe('open')
    expect(client.exchange.floors.get(perpId)?.waiting).toHaveLength(1)
    client.exchange.feed([markAt(perpId, 989)])
    client.wait(1)
    expect(client.exchange.floors.get(perpId)?.waiting).toHaveLength(0)
    expect(client.exchange.floors.get(perpId)?.core.rowsAt(false, 1_002)).toHaveLength(1)
  })

  it('keeps its place when it gets smaller, and loses it when it gets larger or moves', () => {
    const client = withBook()
    client.place('a', 'x', limit('buy', 1_001, 10))
    client.place('b', 'y', limit('buy', 1_001, 10))
    const amend = (lots: number) => client.call({ kind: 'amend', account: 'a', timestamp: client.exchange.now(), instrument: spotId, clientId: 'x', lots: lotsFromRaw(lots), limit: ticksFromRaw(1_001) })
    expect(amend(6).code).toBe(0)
    client.exchange.feed([print(spotId, 'seller', 1_001, 4)])
    client.wait(1)
    expect([client.order('a', 'x').filled, client.order('b', 'y').filled]).toEqual([4, 0])
    expect(amend(9).code).toBe(0)
    client.exchange.feed([print(spotId, 'seller', 1_001, 10)])
    client.wait(1)
    expect([client.order('a', 'x').filled, client.order('b', 'y').filled]).toEqual([4, 10])
    expect(amend(4)).toMatchObject(refused('amendRejected'))
  })

  it('is canceled once; what has ended cannot be', () => {
    const client = withBook()
    client.place('a', 'x', limit('buy', 1_001, 10))
    const cancel = () => client.call({ kind: 'cancel', account: 'a', timestamp: client.exchange.now(), instrument: spotId, clientId: 'x' })
    expect(cancel().code).toBe(0)
    expect(client.order('a', 'x').status).toBe('canceled')
    expect(cancel()).toMatchObject(refused('cancelRejected'))
  })

  it('is ended by a cancel of everything, waiting ones as well, on one instrument or on all', () => {
    const client = withBook()
    client.exchange.feed([print(spotId, 'buyer', 1_005, 1)])
    client.place('a', 'x', limit('buy', 1_001, 1))
    client.place('a', 't', trigger('sell', 'stop', 990, 1))
    client.place('a', 'p', limit('buy', 900, 1, { instrument: perpId }))
    const all = (instrument?: string) => client.call({ kind: 'cancel-all', account: 'a', timestamp: client.exchange.now(), ...(instrument === undefined ? {} : { instrument }) })
    expect(all(spotId).body).toEqual({ kind: 'canceled', count: 2 })
    expect(client.order('a', 'p').status).toBe('open')
    expect(all().body).toEqual({ kind: 'canceled', count: 1 })
  })

  it('may take the id of one that has ended, never that of one that lives; elsewhere an id is used once', () => {
    const client = withBook()
    client.place('a', 'x', limit('buy', 1_001, 1))
    expect(client.place('a', 'x', limit('buy', 1_001, 1))).toMatchObject(refused('duplicate'))
    client.call({ kind: 'cancel-all', account: 'a', timestamp: client.exchange.now() })
    expect(client.place('a', 'x', limit('buy', 1_001, 1)).code).toBe(0)
    const strict = new Client(createExchange({ behaviour: { clientIds: 'unique' } }))
    strict.place('a', 'x', limit('buy', 1_001, 1))
    strict.call({ kind: 'cancel-all', account: 'a', timestamp: strict.exchange.now() })
    expect(strict.place('a', 'x', limit('buy', 1_001, 1))).toMatchObject(refused('duplicate'))
  })

  it.each([
    ['fewer lots than the least', limit('buy', 1_000, 0), 'malformed'],
    ['more lots than the most', limit('buy', 1_000, 100_001), 'filter'],
    ['a price below the least', limit('buy', 9, 100), 'filter'],
    ['too little money', limit('buy', 400, 1), 'filter'],
    ['no limit', { ...limit('buy', 1_000, 1), limit: undefined } as never, 'malformed'],
    ['a date without the word', limit('buy', 1_000, 1, { expiresAt: startAt + 1 }), 'malformed'],
    ['a date that is past', limit('buy', 1_000, 1, { timeInForce: 'gtd', expiresAt: startAt }), 'filter'],
    ['a side of a position on a netting account', limit('buy', 1_000, 1, { positionSide: 'long' }), 'malformed'],
    ['the wish to reduce on a spot market', limit('sell', 1_000, 1, { reduceOnly: true }), 'unsupported'],
    ['an instrument that there is not', limit('buy', 1_000, 1, { instrument: 'XYZ/USD' }), 'unknownInstrument'],
    ['more than there is money for', limit('buy', 1_000, 60_000), 'balance'],
    ['more than there is to sell', limit('sell', 1_000, 20_000), 'balance'],
    ['more than the margin carries', limit('buy', 10_000, 60_000, { instrument: perpId }), 'margin'],
    ['the wish to reduce nothing', limit('sell', 1_000, 1, { instrument: perpId, reduceOnly: true }), 'reduceOnly'],
  ] as const)('with %s is turned away, and nothing of it stays', (_words, spec, code) => {
    const client = withBook()
    client.exchange.feed([markAt(perpId, 10_000)])
    client.wait(1)
    expect(client.place('a', 'x', spec)).toMatchObject(refused(code))
    expect(client.exchange.truth('a').orders).toEqual([])
    expect(client.streamOf('a')).toEqual([])
  })

  it('is turned away on an instrument that is halted, and when there are too many', () => {
    const client = withBook()
    client.exchange.haltInstrument(spotId, startAt + 1_000)
    expect(client.place('a', 'x', limit('buy', 1_000, 1))).toMatchObject(refused('closed'))
    client.wait(1_000)
    for (let index = 0; index < 50; index += 1) expect(client.place('a', `x${index}`, limit('buy', 900, 1)).code).toBe(0)
    expect(client.place('a', 'x50', limit('buy', 900, 1))).toMatchObject(refused('tooManyOrders'))
  })

  it('that may only reduce gives way when the position gets smaller by another order', () => {
    const client = new Client(createExchange())
    client.exchange.feed([level(perpId, 'bid', 1_000, 100), level(perpId, 'ask', 1_002, 100)])
    client.wait(1)
    client.place('a', 'in', market('buy', 10, { instrument: perpId }))
    client.place('a', 'old', limit('sell', 1_010, 6, { instrument: perpId, reduceOnly: true }))
    client.place('a', 'young', limit('sell', 1_011, 9, { instrument: perpId, reduceOnly: true }))
    expect(client.order('a', 'young').lots).toBe(4)
    client.place('a', 'out', market('sell', 7, { instrument: perpId, reduceOnly: true }))
    expect(client.position('a')).toBe(3)
    expect(client.order('a', 'young').status).toBe('expired')
    expect(client.order('a', 'old')).toMatchObject({ status: 'open', lots: 3 })
  })

  it('that may only reduce and waits for its trigger expires, whole, when there is nothing left to reduce by then', () => {
    const client = new Client(createExchange())
    client.exchange.feed([level(perpId, 'bid', 1_000, 100), level(perpId, 'ask', 1_002, 100)])
    client.wait(1)
    client.place('a', 'in', market('buy', 10, { instrument: perpId }))
    client.place('a', 'stop', trigger('sell', 'stop', 990, 10, { instrument: perpId, reduceOnly: true }))
    client.place('a', 'out', market('sell', 10, { instrument: perpId, reduceOnly: true }))
    client.exchange.feed([print(perpId, 'seller', 985, 1)])
    client.wait(5)
    expect(client.order('a', 'stop')).toMatchObject({ status: 'expired', lots: 10, filled: 0 })
    expect(client.position('a')).toBe(0)
  })
})
