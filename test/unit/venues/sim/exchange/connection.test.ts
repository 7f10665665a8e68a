import { describe, expect, it } from 'vitest'
import { lotsFromRaw, rawOf } from '../../../../../src-main/base/index.ts'
import type { OrderId, SendOrder, VenueReport } from '../../../../../src-main/domain/index.ts'
import { orderIdShape } from '../../../../../src-main/domain/index.ts'
import { ExchangeConnection } from '../../../../../src-main/venues/sim/index.ts'
import { createExchange, level, limit, market, perpId, spotId, startAt } from './exchange-harness.ts'

const id = (number: number): OrderId => orderIdShape.ensure(number.toString(16).padStart(32, '0'))
const send = (order: OrderId, spec: SendOrder['spec'], change: Partial<SendOrder> = {}): SendOrder =>
  ({ kind: 'send-order', account: 'a', needs: 0, order, sendEpoch: 1, validUntil: startAt + 3_600_000, spec, ...change })

function connect(change: Parameters<typeof createExchange>[0] = {}): { readonly connection: ExchangeConnection; readonly exchange: ReturnType<typeof createExchange>; hear(ms?: number): readonly VenueReport[] } {
  const exchange = createExchange(change)
  exchange.feed([level(spotId, 'bid', 1_000, 1_000), level(spotId, 'ask', 1_010, 1_000), level(perpId, 'bid', 1_000, 1_000), level(perpId, 'ask', 1_010, 1_000)])
  const connection = new ExchangeConnection(exchange)
  const hear = (ms = 50): readonly VenueReport[] =>
    connection.advance(exchange.now() + ms).filter((report): report is VenueReport => !report.kind.endsWith('-seen'))
  hear()
  return { connection, exchange, hear }
}

describe('the faultless connection', () => {
  it('turns an acceptance, its trades and its order into reports that carry our id', () => {
    const { connection, exchange, hear } = connect()
    connection.send(send(id(1), market('buy', 5)), exchange.now())
    const reports = hear()
    expect(reports.map(({ kind }) => kind).toSorted()).toEqual(['order-reported', 'order-reported', 'send-accepted', 'trade-reported'])
    expect(reports.find(({ kind }) => kind === 'trade-reported')).toMatchObject({ via: 'stream', trade: { order: id(1), lots: 5 } })
  })

  it('tells a rejection only where the answer proves one: a duplicate id proves that there is an order', () => {
    const { connection, exchange, hear } = connect()
    connection.send(send(id(1), limit('buy', 900, 1)), exchange.now())
    hear()
    connection.send(send(id(1), limit('buy', 900, 1)), exchange.now())
    connection.send(send(id(2), limit('buy', 900, 90_000)), exchange.now())
    connection.send(send(id(3), limit('buy', 900, 1), { validUntil: exchange.now() - 1 }), exchange.now())
    const outcomes = hear().flatMap((report) => ('order' in report && report.kind.startsWith('send-') ? [[report.order, report.kind]] : []))
    expect(Object.fromEntries(outcomes)).toEqual({ [id(1)]: 'send-unknown', [id(2)]: 'send-rejected', [id(3)]: 'send-rejected' })
  })

  it('tells what the limiter and maintenance turned away as not sent, and how long to stay away', () => {
    const { connection, exchange, hear } = connect({ behaviour: { limits: { capacity: 1, perSecond: 0.1, banAfter: 9, banMs: 1_000 } } })
    connection.send(send(id(1), limit('buy', 900, 1)), exchange.now())
    connection.send(send(id(2), limit('buy', 900, 1)), exchange.now())
    const reports = hear()
    expect(reports.find(({ kind }) => kind === 'send-not-sent')).toMatchObject({ order: id(2) })
    const health = reports.find(({ kind }) => kind === 'venue-health-reported')
    expect(health).toMatchObject({ state: 'limited' })
    expect(health?.kind === 'venue-health-reported' ? (health.until ?? 0) - exchange.now() : 0).toBeGreaterThan(5_000)
    const shut = connect({ behaviour: { maintenance: [{ from: startAt, to: startAt + 60_000 }] } })
    shut.connection.send(send(id(1), limit('buy', 900, 1)), shut.exchange.now())
    expect(shut.hear().map(({ kind }) => kind)).toEqual(['send-not-sent'])
  })

  it('reports cancels and amends, and a refusal of either as no more than that', () => {
    const { connection, exchange, hear } = connect()
    connection.send(send(id(1), limit('buy', 900, 5, { instrument: perpId })), exchange.now())
    hear()
    const amend = { kind: 'send-amend', account: 'a', needs: 0, order: id(1), instrument: perpId, amendment: 1, sendEpoch: 1, lots: lotsFromRaw(3) } as const
    connection.send(amend, exchange.now())
    expect(hear().find(({ kind }) => kind === 'amend-reported')).toMatchObject({ outcome: 'accepted', amendment: 1 })
    const cancel = { kind: 'send-cancel', account: 'a', needs: 0, order: id(1), instrument: perpId } as const
    connection.send(cancel, exchange.now())
    expect(hear().find(({ kind }) => kind === 'cancel-reported')).toMatchObject({ outcome: 'accepted' })
    connection.send(cancel, exchange.now())
    expect(hear()).toMatchObject([{ kind: 'cancel-reported', outcome: 'refused' }])
  })

  it('finds an order by our id, and says so when there is none or when nothing could be asked', () => {
    const { connection, exchange, hear } = connect()
    connection.send(send(id(1), market('buy', 5)), exchange.now())
    hear()
    const ask = (order: OrderId) => {
      connection.send({ kind: 'look-up-order', account: 'a', needs: 0, order, instrument: spotId }, exchange.now())
      const [report] = hear()
      return report?.kind === 'lookup-reported' ? report.answer : undefined
    }
    expect(ask(id(1))).toMatchObject({ kind: 'found', view: { order: id(1), status: 'filled' }, trades: [{ order: id(1) }] })
    expect(ask(id(2))).toEqual({ kind: 'not-found' })
    exchange.changeBehaviour({ maintenance: [{ from: 0, to: Infinity }] })
    expect(ask(id(2))).toMatchObject({ kind: 'failed' })
  })

  it('puts an epoch together from all pages of all parts', () => {
    const { connection, exchange, hear } = connect({ behaviour: { pageSize: 4 } })
    for (let number = 1; number <= 11; number += 1) connection.send(send(id(number), market('buy', 1, { instrument: perpId })), exchange.now())
    connection.send(send(id(12), limit('buy', 900, 1)), exchange.now())
    exchange.placeByHand('a', { clientId: 'by-hand', spec: limit('sell', 1_100, 1) })
    hear()
    connection.send({ kind: 'fetch-epoch', account: 'a', needs: 0, epoch: 3, since: startAt }, exchange.now())
    const report = hear().find(({ kind }) => kind === 'epoch-reported')
    if (report?.kind !== 'epoch-reported') throw new Error('there was no epoch')
    const count = (part: { readonly ok: boolean; readonly items?: readonly unknown[] }) => (part.ok ? part.items?.length : -1)
    expect([report.openOrders, report.closedOrders, report.trades, report.positions, report.balances, report.postings].map(count)).toEqual([2, 11, 11, 1, 2, 0])
    expect(report.trades.ok ? report.trades.items.map(({ order }) => order) : []).toEqual(Array.from({ length: 11 }, (_each, index) => id(index + 1)))
    expect(report.openOrders.ok ? report.openOrders.items.map(({ order }) => order) : []).toEqual([undefined, id(12)])
    expect(report.positions.ok ? report.positions.items.map(({ lots }) => rawOf(lots)) : []).toEqual([11])
  })

  it('never takes a part that failed for an empty one', () => {
    const { connection, exchange, hear } = connect({ behaviour: { limits: { capacity: 21, perSecond: 0.001, banAfter: 99, banMs: 1 } } })
    connection.send({ kind: 'fetch-epoch', account: 'a', needs: 0, epoch: 1, since: startAt }, exchange.now())
    const report = hear().find(({ kind }) => kind === 'epoch-reported')
    if (report?.kind !== 'epoch-reported') throw new Error('there was no epoch')
    expect([report.openOrders.ok, report.closedOrders.ok, report.trades.ok, report.positions.ok, report.balances.ok, report.postings.ok]).toEqual([true, true, true, true, false, false])
  })
})
