import { describe, expect, it } from 'vitest'
import { venueCodes } from '../../../../../src-main/venues/sim/index.ts'
import { KeptList } from '../../../../../src-main/venues/sim/exchange/kept-list.ts'
import { Client, createExchange, level, limit, market, spotId } from './exchange-harness.ts'

const hour = 3_600_000

function createClient(clientIds: 'unique' | 'reusable', keptMost = 100_000): Client {
  const exchange = createExchange({ behaviour: { clientIds, closedKeptMs: 2 * hour, tradesKeptMs: 4 * hour, keptMost } })
  exchange.feed([level(spotId, 'bid', 1_000, 1_000_000), level(spotId, 'ask', 1_010, 1_000_000)])
  const client = new Client(exchange)
  client.wait(10)
  return client
}
const lookup = (client: Client, clientId: string): number =>
  client.call({ kind: 'lookup', account: 'a', timestamp: client.exchange.now(), instrument: spotId, clientId }).code

/** Places and cancels so many that what is old is looked for. */
function pass(client: Client, name: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    client.place('a', `${name}-${index}`, limit('buy', 900, 1))
    client.call({ kind: 'cancel', account: 'a', timestamp: client.exchange.now(), instrument: spotId, clientId: `${name}-${index}` })
  }
}

describe('what has ended', () => {
  it('can be asked for as long as the exchange says, and then it is forgotten with its id', () => {
    const client = createClient('unique')
    pass(client, 'early', 300)
    expect(client.place('a', 'early-0', limit('buy', 900, 1)).code).toBe(venueCodes.duplicate.code)
    client.wait(hour)
    expect(lookup(client, 'early-0')).toBe(0)
    client.wait(2 * hour)
    expect(lookup(client, 'early-0')).toBe(venueCodes.notFound.code)
    pass(client, 'late', 300)
    const known = client.exchange.truth('a').orders.map(({ clientId }) => clientId)
    expect(known.filter((clientId) => clientId?.startsWith('early'))).toEqual([])
    expect(known.filter((clientId) => clientId?.startsWith('late'))).toHaveLength(300)
    expect(client.place('a', 'early-0', limit('buy', 900, 1)).code).toBe(0)
  })

  it('is forgotten after an hour already where there is too much of it, and not before', () => {
    const client = createClient('reusable', 500)
    pass(client, 'early', 600)
    client.wait(0.9 * hour)
    pass(client, 'middle', 300)
    expect(lookup(client, 'early-0')).toBe(0)
    client.wait(0.2 * hour)
    pass(client, 'late', 300)
    expect(lookup(client, 'early-0')).toBe(venueCodes.notFound.code)
    expect(lookup(client, 'middle-0')).toBe(0)
  })

  it('leaves what is still open known, however old it is', () => {
    const client = createClient('reusable')
    client.place('a', 'old', limit('buy', 900, 1))
    client.wait(50 * hour)
    pass(client, 'late', 600)
    expect(lookup(client, 'old')).toBe(0)
    expect(client.call({ kind: 'cancel', account: 'a', timestamp: client.exchange.now(), instrument: spotId, clientId: 'old' }).code).toBe(0)
  })

  it('does not grow with the days: orders, trades and their pages stay those of the last hours', () => {
    const client = createClient('reusable')
    const counts: number[] = []
    for (let day = 0; day < 10; day += 1) {
      for (let index = 0; index < 300; index += 1) client.place('a', `d${day}-${index}`, market(index % 2 === 0 ? 'buy' : 'sell', 1))
      client.wait(24 * hour)
      const { orders, trades } = client.exchange.truth('a')
      counts.push(orders.length + trades.length)
    }
    expect(Math.max(...counts)).toBeLessThan(2_000)
    const since = client.exchange.now() - 30 * hour
    const page = client.call({ kind: 'trades', account: 'a', timestamp: client.exchange.now(), since }).body
    if (page?.kind !== 'trades') throw new Error('expected a page of trades')
    expect(page.page.items.length).toBeGreaterThan(0)
    expect(page.page.items.every(({ at }) => at >= since)).toBe(true)
  })
})

describe('a list that forgets its beginning', () => {
  it('pages on from a cursor without losing or repeating anything, while it forgets and grows', () => {
    let oldest = 0
    const gone: number[] = []
    const list = new KeptList<number>((item) => item < oldest, (item) => gone.push(item))
    for (let item = 0; item < 1_000; item += 1) list.push(item)
    const first = list.page(undefined, 100, (item) => item < 700, (item) => item >= 700)
    expect(first.items).toEqual(Array.from({ length: 100 }, (_each, index) => 700 + index))
    oldest = 650
    for (let item = 1_000; item < 1_300; item += 1) list.push(item)
    expect(gone).toEqual(Array.from({ length: 650 }, (_each, index) => index))
    const second = list.page(first.next, 1_000, () => false, () => true)
    expect(second.items).toEqual(Array.from({ length: 500 }, (_each, index) => 800 + index))
    expect(second.next).toBeUndefined()
  })
})
