import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../../src-main/base/index.ts'
import { readBookLines } from '../../../../../src-main/venues/sim/index.ts'
import type { BookLine, SimExchange } from '../../../../../src-main/venues/sim/index.ts'
import { abc, account, Client, createExchange, level, limit, market, perpId, spotId, trigger, usd } from './exchange-harness.ts'

const accounts = [account('a'), account('b', { positions: 'hedging', lots: 'fifo' })]
const quotes = [level(spotId, 'bid', 1_000, 1_000_000), level(spotId, 'ask', 1_010, 1_000_000), level(perpId, 'bid', 1_000, 1_000_000), level(perpId, 'ask', 1_010, 1_000_000)]

function created(change: Parameters<typeof createExchange>[0] = {}): { readonly exchange: SimExchange; readonly client: Client } {
  const exchange = createExchange({ accounts, isNoted: true, ...change })
  exchange.feed(quotes)
  const client = new Client(exchange)
  client.wait(10)
  return { exchange, client }
}

/** As they come back from a disk. */
const throughText = (lines: readonly BookLine[]) => readBookLines(lines.map((line) => JSON.parse(JSON.stringify(line)) as BookLine))

describe('an exchange that is made of its books', () => {
  it('has resting and waiting orders, hedged positions and numbers as before, and goes on with them', () => {
    const { exchange, client } = created()
    client.place('a', 'rests', limit('buy', 900, 700))
    client.place('a', 'bought', market('buy', 500))
    client.place('a', 'waits', trigger('sell', 'stop', 950, 500))
    client.place('b', 'long', market('buy', 40, { instrument: perpId, positionSide: 'long' }))
    client.place('b', 'short', market('sell', 30, { instrument: perpId, positionSide: 'short' }))
    const again = created({ books: throughText(exchange.bookLines()), startAt: exchange.now() + 1_000 })
    for (const id of ['a', 'b']) {
      const [before, after] = [exchange.truth(id), again.exchange.truth(id)]
      expect(after.orders.toSorted((x, y) => Number(x.venueOrder) - Number(y.venueOrder))).toEqual(before.orders)
      expect([after.trades, after.positions, after.postings]).toEqual([before.trades, before.positions, before.postings])
    }
    const next = again.client.place('a', 'next', limit('buy', 800, 1)).body
    expect(next?.kind === 'order' && Number(next.view.venueOrder)).toBe(Math.max(...exchange.truth('a').orders.concat(exchange.truth('b').orders).map(({ venueOrder }) => Number(venueOrder))) + 1)
    again.exchange.feed([level(spotId, 'bid', 1_000, 0), level(spotId, 'ask', 890, 5_000), level(spotId, 'bid', 880, 5_000)])
    again.client.wait(10)
    const filled = again.exchange.truth('a').orders.filter(({ clientId }) => clientId === 'rests')
    expect(filled.map(({ status, filled: lots }) => [status, rawOf(lots)])).toEqual([['filled', 700]])
  })

  it('ends an order at its time, although that passed while nobody was there', () => {
    const { exchange, client } = created()
    const goodTill = exchange.now() + 60_000
    client.place('a', 'short-lived', limit('buy', 900, 100, { timeInForce: 'gtd', expiresAt: goodTill }))
    const again = created({ books: throughText(exchange.bookLines()), startAt: goodTill + 5_000 })
    expect(again.exchange.truth('a').orders.map(({ status }) => status)).toEqual(['expired'])
  })

  it('answers a replica that lags with what was known long before', () => {
    const { exchange, client } = created()
    client.place('a', 'rests', limit('buy', 900, 700))
    const lag = { openOrdersMs: 3_000, closedOrdersMs: 3_000, lookupMs: 3_000, tradesMs: 0, positionsMs: 3_000, balancesMs: 3_000 }
    const again = created({ books: throughText(exchange.bookLines()), startAt: exchange.now() + 1, behaviour: { lag } })
    const open = again.client.call({ kind: 'open-orders', account: 'a', timestamp: again.exchange.now() }).body
    expect(open?.kind === 'orders' && open.page.items.map(({ clientId }) => clientId)).toEqual(['rests'])
    const balances = again.client.call({ kind: 'balances', account: 'a', timestamp: again.exchange.now() }).body
    expect(balances?.kind === 'balances' && balances.items.map(({ asset }) => asset)).toEqual(['USD', 'ABC'])
  })

  it('opens an account that the books do not know, and leaves the others their rules and their money', () => {
    const { exchange, client } = created()
    client.place('a', 'bought', market('buy', 500))
    const again = created({
      books: throughText(exchange.bookLines()), startAt: exchange.now(),
      accounts: [account('a', { positions: 'hedging', leverage: 3, balances: [usd(1)] }), account('c', { balances: [usd(7), abc(3)] })],
    })
    expect(again.exchange.accounts().map(({ id, positions, leverage }) => [id, positions, leverage])).toEqual([['a', 'netting', 3], ['b', 'hedging', undefined], ['c', 'netting', undefined]])
    expect(again.exchange.truth('a').balances).toEqual(exchange.truth('a').balances)
    expect(again.exchange.truth('c').balances.map(({ total }) => rawOf(total))).toEqual([7, 3])
    expect([...again.exchange.ledgerSums().values()].every((sum) => sum === 0n)).toBe(true)
  })

  it('tells each change once, and nothing when nothing has changed', () => {
    const { exchange, client } = created()
    exchange.takeChanges()
    expect(exchange.takeChanges()).toEqual([])
    client.place('a', 'bought', market('buy', 1))
    const kinds = exchange.takeChanges().map(({ kind }) => kind)
    expect([...new Set(kinds)].toSorted()).toEqual(['counts', 'order', 'purse', 'trade', 'volume'])
    expect(exchange.takeChanges()).toEqual([])
  })
})
