import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../../src-main/base/index.ts'
import type { ExchangeBody, ReplicaLag } from '../../../../../src-main/venues/sim/index.ts'
import { venueCodes } from '../../../../../src-main/venues/sim/index.ts'
import { Client, createExchange, level, limit, market, perpId, spotId } from './exchange-harness.ts'

const lagging = (lag: Partial<ReplicaLag>): Client => {
  const none: ReplicaLag = { openOrdersMs: 0, closedOrdersMs: 0, lookupMs: 0, tradesMs: 0, positionsMs: 0, balancesMs: 0 }
  const exchange = createExchange({ behaviour: { lag: { ...none, ...lag }, pageSize: 3 } })
  exchange.feed([level(spotId, 'bid', 1_000, 1_000), level(spotId, 'ask', 1_010, 1_000), level(perpId, 'bid', 1_000, 1_000), level(perpId, 'ask', 1_010, 1_000)])
  const client = new Client(exchange)
  client.wait(10_000)
  return client
}
const body = (client: Client, kind: 'open-orders' | 'positions' | 'balances'): ExchangeBody | undefined =>
  client.call({ kind, account: 'a', timestamp: client.exchange.now() }).body
const lookup = (client: Client, clientId: string) => client.call({ kind: 'lookup', account: 'a', timestamp: client.exchange.now(), instrument: spotId, clientId })

/** What a question is answered in thirty tries within three seconds after something happened, and once everything had to be known. */
function around<Told>(client: Client, question: () => Told): { readonly early: readonly Told[]; readonly late: Told } {
  const early = Array.from({ length: 30 }, () => {
    client.wait(95)
    return question()
  })
  client.wait(10_000)
  return { early, late: question() }
}

describe('an answer of the exchange', () => {
  it('is of this moment where nothing lags', () => {
    const client = lagging({})
    client.place('a', 'x', limit('buy', 900, 1))
    expect(lookup(client, 'x').code).toBe(0)
    expect(body(client, 'open-orders')).toMatchObject({ page: { items: [{ clientId: 'x' }] } })
  })

  it('may not know an order yet that was accepted, and knows it later', () => {
    const client = lagging({ lookupMs: 3_000 })
    client.place('a', 'x', limit('buy', 900, 1))
    const { early, late } = around(client, () => lookup(client, 'x').code)
    expect(early).toContain(venueCodes.notFound.code)
    expect(late).toBe(0)
  })

  it('may show an order as open that has ended, and none for one that has just come', () => {
    const client = lagging({ openOrdersMs: 3_000 })
    const count = () => {
      const answer = body(client, 'open-orders')
      return answer?.kind === 'orders' ? answer.page.items.length : -1
    }
    client.place('a', 'x', limit('buy', 900, 1))
    const placed = around(client, count)
    expect(new Set(placed.early)).toEqual(new Set([0, 1]))
    expect(placed.late).toBe(1)
    client.call({ kind: 'cancel-all', account: 'a', timestamp: client.exchange.now() })
    const ended = around(client, count)
    expect(new Set(ended.early)).toEqual(new Set([0, 1]))
    expect(ended.late).toBe(0)
  })

  it('may show a position and a balance from before a fill, and never an empty account', () => {
    const client = lagging({ positionsMs: 3_000, balancesMs: 3_000 })
    const total = () => {
      const answer = body(client, 'balances')
      return answer?.kind === 'balances' ? answer.items.filter(({ asset }) => asset === 'USD').map((balance) => rawOf(balance.total)) : []
    }
    const lots = () => {
      const answer = body(client, 'positions')
      return answer?.kind === 'positions' ? answer.items.reduce((sum, position) => sum + rawOf(position.lots), 0) : -1
    }
    expect(total()).toEqual([50_000_000])
    client.place('a', 'x', market('buy', 5, { instrument: perpId }))
    const positions = around(client, lots)
    expect(new Set(positions.early)).toEqual(new Set([0, 5]))
    expect(positions.late).toBe(5)
    client.place('a', 'y', market('buy', 5))
    const balances = around(client, () => total()[0])
    expect(balances.early).toContain(49_999_997)
    expect(balances.late).toBeLessThan(49_999_000)
  })

  it('shows the account as it was opened to whoever asks in the first moment', () => {
    const client = new Client(createExchange({ behaviour: { lag: { openOrdersMs: 9_000, closedOrdersMs: 9_000, lookupMs: 9_000, tradesMs: 9_000, positionsMs: 9_000, balancesMs: 9_000 } } }))
    for (let tries = 0; tries < 20; tries += 1) expect(body(client, 'balances')).toMatchObject({ items: [{ asset: 'USD', total: 50_000_000 }, { asset: 'ABC' }] })
  })

  it('may miss the trades of an order that it shows as filled', () => {
    const client = lagging({ tradesMs: 3_000 })
    client.place('a', 'x', market('buy', 5))
    const { early, late } = around(client, () => {
      const answer = lookup(client, 'x').body
      return answer?.kind === 'order' ? `${answer.view.status} ${answer.trades.length}` : 'none'
    })
    expect(new Set(early)).toEqual(new Set(['filled 0', 'filled 1']))
    expect(late).toBe('filled 1')
  })

  it('comes in pages that together hold everything once, even while more is added', () => {
    const client = lagging({})
    for (let index = 0; index < 8; index += 1) client.place('a', `x${index}`, market('buy', 1))
    for (const kind of ['trades', 'closed-orders'] as const) {
      const since = client.exchange.now() - 60_000
      const items: unknown[] = []
      let cursor: number | undefined
      let pages = 0
      do {
        const answer = client.call({ kind, account: 'a', timestamp: client.exchange.now(), since, ...(cursor === undefined ? {} : { cursor }) }).body
        if (answer?.kind !== 'trades' && answer?.kind !== 'orders') throw new Error('expected a page')
        items.push(...answer.page.items.map((item) => item.venueOrder))
        cursor = answer.page.next
        pages += 1
        if (pages === 1) client.place('a', `more-${kind}`, market('buy', 1))
      } while (cursor !== undefined)
      const { orders } = client.exchange.truth('a')
      expect(items).toEqual(orders.map(({ venueOrder }) => venueOrder))
      expect(pages).toBeGreaterThan(2)
    }
  })

  it('begins where it is asked to, and knows ended orders only for so long', () => {
    const client = lagging({})
    client.place('a', 'old', market('buy', 1))
    client.wait(3_600_000)
    const since = client.exchange.now()
    client.place('a', 'new', market('buy', 1))
    const closed = (from: number) => {
      const answer = client.call({ kind: 'closed-orders', account: 'a', timestamp: client.exchange.now(), since: from }).body
      return answer?.kind === 'orders' ? answer.page.items.map(({ clientId }) => clientId) : []
    }
    expect(closed(since)).toEqual(['new'])
    expect(closed(0)).toEqual(['old', 'new'])
    client.wait(86_400_000 - 3_000_000)
    expect(closed(0)).toEqual(['new'])
    expect(lookup(client, 'old').code).toBe(venueCodes.notFound.code)
  })
})
