import { describe, expect, it } from 'vitest'
import type { ExchangeAnswer } from '../../../../../src-main/venues/sim/index.ts'
import { venueCodes } from '../../../../../src-main/venues/sim/index.ts'
import { Client, createExchange, limit, spotId, startAt } from './exchange-harness.ts'

const orders = (client: Client): number => client.exchange.truth('a').orders.length
const ask = (client: Client, change: { readonly account?: string; readonly timestamp?: number } = {}): ExchangeAnswer =>
  client.call({ kind: 'open-orders', account: 'a', timestamp: client.exchange.now(), ...change })

describe('the door of the exchange', () => {
  it('turns away what reaches it later than it may, by its own clock', () => {
    const client = new Client(createExchange({ behaviour: { latency: { feed: { mu: 0, sigma: 0 }, entry: { mu: 7, sigma: 0 }, response: { mu: 0, sigma: 0 } } } }))
    const place = (clientId: string, validUntil: number) =>
      client.exchange.receive({ kind: 'place', account: 'a', timestamp: client.exchange.now(), clientId, validUntil, spec: limit('buy', 1_000, 1) }, client.exchange.now())
    // A call takes 1097 ms to arrive.
    place('late', startAt + 1_096)
    place('timely', startAt + 1_097)
    client.wait(2_000)
    expect(client.outputs.flatMap((output) => (output.kind === 'answer' ? [output.answer.code] : []))).toEqual([venueCodes.outsideWindow.code, 0])
    expect(client.exchange.truth('a').orders.map(({ clientId }) => clientId)).toEqual(['timely'])
  })

  it('turns away what was signed in its future or long ago, and what is right by a clock that is wrong', () => {
    const client = new Client(createExchange())
    expect(ask(client, { timestamp: startAt + 1_500 })).toMatchObject({ code: venueCodes.outsideWindow.code })
    expect(ask(client, { timestamp: startAt - 5_100 })).toMatchObject({ code: venueCodes.outsideWindow.code })
    expect(ask(client).code).toBe(0)
    const wrong = new Client(createExchange({ behaviour: { clockSkewMs: -2_000 } }))
    expect(ask(wrong)).toMatchObject({ code: venueCodes.outsideWindow.code })
    wrong.exchange.changeBehaviour({ clockSkewMs: 0 })
    expect(ask(wrong).code).toBe(0)
  })

  it('limits how much is asked, says how long to wait, and shuts out who goes on', () => {
    const client = new Client(createExchange({ behaviour: { limits: { capacity: 10, perSecond: 1, banAfter: 3, banMs: 60_000 } } }))
    expect([ask(client).status, ask(client).status]).toEqual([200, 200])
    const limited = ask(client)
    expect(limited).toMatchObject({ status: 429, code: venueCodes.tooManyRequests.code })
    expect(limited.retryAfterMs).toBeGreaterThan(4_900)
    expect([ask(client).status, ask(client).status, ask(client).status]).toEqual([429, 418, 418])
    client.wait(30_000)
    expect(ask(client)).toMatchObject({ status: 418, message: venueCodes.banned.message })
    client.wait(31_000)
    expect(ask(client).status).toBe(200)
  })

  it('lets nobody in during maintenance, and no account that it does not know', () => {
    const client = new Client(createExchange({ behaviour: { maintenance: [{ from: startAt + 1_000, to: startAt + 2_000 }] } }))
    client.wait(1_000)
    expect(client.place('a', 'x', limit('buy', 1_000, 1))).toMatchObject({ status: 503, code: venueCodes.maintenance.code })
    client.wait(1_000)
    expect(client.place('a', 'x', limit('buy', 1_000, 1)).code).toBe(0)
    expect(ask(client, { account: 'nobody' })).toMatchObject({ code: venueCodes.unknownAccount.code })
  })

  it('may accept an order long after it came, and not at all once it is too late for it', () => {
    const client = new Client(createExchange({ behaviour: { delayedAcceptance: { share: 1, delayMaxMs: 4_000 } } }))
    const { exchange } = client
    for (let index = 0; index < 40; index += 1) {
      exchange.receive({ kind: 'place', account: 'a', timestamp: exchange.now(), clientId: `x${index}`, validUntil: exchange.now() + 2_000, spec: limit('buy', 900, 1) }, exchange.now())
    }
    client.wait(1_000)
    const early = orders(client)
    client.wait(4_000)
    const codes = client.outputs.flatMap((output) => (output.kind === 'answer' ? [output.answer.code] : []))
    expect(codes).toHaveLength(40)
    expect(early).toBeLessThan(orders(client))
    expect(orders(client)).toBe(codes.filter((code) => code === 0).length)
    expect(codes.filter((code) => code === venueCodes.outsideWindow.code).length).toBeGreaterThan(5)
  })

  it('answers, streams and tells prices with delays whose logarithm is normal', () => {
    const client = new Client(createExchange({ behaviour: { latency: { feed: { mu: 3.9, sigma: 0.3 }, entry: { mu: 3.9, sigma: 0.3 }, response: { mu: 3.9, sigma: 0.3 } }, limits: { capacity: 1e9, perSecond: 1, banAfter: 9, banMs: 1 } } }))
    const { exchange } = client
    const sent = new Map<number, number>()
    for (let index = 0; index < 2_000; index += 1) {
      sent.set(exchange.receive({ kind: 'open-orders', account: 'a', timestamp: exchange.now() }, exchange.now()), exchange.now())
      client.wait(1)
    }
    client.wait(5_000)
    const trips = client.outputs.flatMap((output) => (output.kind === 'answer' ? [output.at - (sent.get(output.ticket) ?? 0)] : [])).toSorted((a, b) => a - b)
    expect(trips).toHaveLength(2_000)
    // Two ways of e^3.9 = 49.4 ms in the middle, each within a third of it most of the time.
    expect(trips[1_000]).toBeGreaterThan(94)
    expect(trips[1_000]).toBeLessThan(108)
    expect(trips[1_900]).toBeGreaterThan(130)
  })

  it('changes an instrument’s rules while it runs', () => {
    const client = new Client(createExchange())
    const floor = client.exchange.floors.get(spotId)
    if (floor === undefined) throw new Error('expected the spot market')
    client.exchange.changeRules(spotId, { ...floor.tradable.rules, ordersOpenMax: 0 })
    expect(client.place('a', 'x', limit('buy', 1_000, 1))).toMatchObject({ code: venueCodes.tooManyOrders.code })
  })
})
