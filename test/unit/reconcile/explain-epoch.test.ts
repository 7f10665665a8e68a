import { expect, test } from 'vitest'
import { amountFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { EpochReported } from '../../../src-main/domain/index.ts'
import { explainEpoch } from '../../../src-main/reconcile/index.ts'
import { askedAt, books, epoch, findingsOf, kindsOf, orderId, ourOrder, rules, trade, view } from './account-rig.ts'

const failing = { ok: false, why: 'timeout' } as const
const parts = ['openOrders', 'closedOrders', 'trades', 'positions', 'balances', 'postings'] as const

test.each(parts)('says nothing at all when its %s failed', (part) => {
  const told: EpochReported = { ...epoch({ open: [view(9)], trades: [trade(1, 't1', 5)] }), [part]: failing }
  const explained = explainEpoch(books({ orders: [ourOrder(1)] }), told, rules)
  expect(explained.outcome).toBe('inconclusive')
  expect(explained).not.toHaveProperty('findings')
})

test('finds nothing where books and venue agree', () => {
  const found = findingsOf(books({ orders: [ourOrder(1)] }), epoch({ open: [view(1)] }))
  expect(found.map(({ kind }) => kind)).toEqual(['order-seen'])
})

test('tells a missed trade before the status that it led to', () => {
  const told = epoch({ closed: [view(1, { status: 'filled', filled: 10 })], trades: [trade(1, 't1', 10)] })
  expect(kindsOf(books({ orders: [ourOrder(1)] }), told)).toEqual(['trade-missed', 'order-seen'])
})

test('a trade without our id is known by the order of the venue', () => {
  const { order: _, ...bare } = trade(1, 't1', 10)
  const { order: __, ...bareView } = view(1, { status: 'filled', filled: 10 })
  expect(kindsOf(books({ orders: [ourOrder(1)] }), epoch({ closed: [bareView], trades: [bare] }))).toEqual(['trade-missed', 'order-seen'])
})

test('a trade that the books know is not found again', () => {
  const known = trade(1, 't1', 4)
  expect(kindsOf(books({ orders: [ourOrder(1, { filled: 4 })], trades: [known] }), epoch({ open: [view(1, { filled: 4 })], trades: [known] }))).toEqual(['order-seen'])
})

test('a page that came twice brings each trade once', () => {
  const told = epoch({ open: [view(1, { filled: 4 })], trades: [trade(1, 't1', 4), trade(1, 't1', 4)] })
  expect(kindsOf(books({ orders: [ourOrder(1)] }), told)).toEqual(['trade-missed', 'order-seen'])
})

test('the same trade with other numbers is told to a person and applied to nothing', () => {
  const ours = books({ orders: [ourOrder(1, { filled: 4 })], trades: [trade(1, 't1', 4)] })
  expect(kindsOf(ours, epoch({ open: [view(1, { filled: 4 })], trades: [trade(1, 't1', 5)] }))).toEqual(['trade-conflict', 'order-seen'])
})

test('an order that stands in both lists is taken as the one that has ended', () => {
  const told = epoch({ open: [view(1)], closed: [view(1, { status: 'canceled' })] })
  const [found] = findingsOf(books({ orders: [ourOrder(1)] }), told)
  expect(found).toMatchObject({ kind: 'order-seen', view: { status: 'canceled' } })
})

test('what filled more is later, whatever the lists and clocks say', () => {
  const told = epoch({ open: [view(1, { filled: 7, updatedAt: 1 })], closed: [view(1, { status: 'canceled', filled: 3 })], trades: [trade(1, 'a', 7)] })
  expect(findingsOf(books({ orders: [ourOrder(1)] }), told)).toContainEqual(expect.objectContaining({ kind: 'order-seen', view: expect.objectContaining({ filled: 7 }) }))
})

test('a fill that the venue counts but does not show is waited for before it is inferred', () => {
  const told = epoch({ closed: [view(1, { status: 'filled', filled: 10, updatedAt: askedAt - 59_999 })] })
  const explained = explainEpoch(books({ orders: [ourOrder(1)] }), told, rules)
  expect(explained).toMatchObject({ outcome: 'explained', findings: [] })
  expect(explained.outcome === 'explained' && [...explained.unsettled]).toEqual(['BTC/USD'])
})

test('then it is inferred at the venue’s average price, with an id that follows from what it stands for', () => {
  const told = epoch({ closed: [view(1, { status: 'filled', filled: 10, averagePrice: ticksFromRaw(639_000) })] })
  const ours = books({ orders: [ourOrder(1, { filled: 4 })] })
  const [found] = findingsOf(ours, told)
  expect(found).toMatchObject({ kind: 'fill-inferred', trade: { trade: 'inferred:v1:10', lots: 6, price: 639_000 } })
  expect(findingsOf(ours, told)).toEqual(findingsOf(ours, told))
})

test('without any price nothing is inferred: it is a break', () => {
  const { limit: _, ...market } = view(1, { status: 'filled', filled: 10 })
  expect(findingsOf(books({ orders: [ourOrder(1)] }), epoch({ closed: [market] }))).toEqual([
    expect.objectContaining({ kind: 'break', what: 'trade', instrument: 'BTC/USD' }),
  ])
})

test('a stand-in is taken back before the trades that it stood for, and what is still short is inferred anew', () => {
  const standIn = trade(1, 'inferred:v1:10', 10)
  const ours = books({ orders: [ourOrder(1, { filled: 10, inferred: [standIn] })], trades: [standIn] })
  const told = epoch({ closed: [view(1, { status: 'filled', filled: 10 })], trades: [trade(1, 't1', 6)] })
  expect(findingsOf(ours, told).map((found) => [found.kind, 'trade' in found ? [found.trade.trade, found.trade.lots] : undefined])).toEqual([
    ['fill-superseded', ['inferred:v1:10', 10]],
    ['trade-missed', ['t1', 6]],
    ['fill-inferred', ['inferred:v1:10', 4]],
    ['order-seen', undefined],
  ])
})

test('an order of somebody else is adopted with what it did', () => {
  const { order: _, ...strange } = view(7, { status: 'filled', filled: 3 })
  const { order: __, ...theirTrade } = trade(7, 'x1', 3)
  expect(findingsOf(books(), epoch({ closed: [strange], trades: [theirTrade] }))).toEqual([
    { kind: 'external', view: strange, trades: [theirTrade] },
  ])
})

test('an ended order of somebody else that did nothing is nobody’s business', () => {
  const { order: _, ...strange } = view(7, { status: 'canceled' })
  expect(findingsOf(books(), epoch({ closed: [strange] }))).toEqual([])
})

test('an order that bears an id of ours and is in no book is adopted and told as a break', () => {
  expect(kindsOf(books(), epoch({ open: [view(3)] }))).toEqual(['external', 'break'])
})

test('a trade of an order that no list shows is a break, never a guess', () => {
  const { order: _, ...lone } = trade(7, 'x1', 3)
  expect(findingsOf(books(), epoch({ trades: [lone] }))).toEqual([expect.objectContaining({ kind: 'break', what: 'trade' })])
})

test('what changed here within the grace is not judged', () => {
  const young = ourOrder(1, { changedAt: askedAt - 4_999 })
  const explained = explainEpoch(books({ orders: [young] }), epoch(), rules)
  expect(explained).toMatchObject({ findings: [], skipped: 1 })
})

test('what is in flight is not judged', () => {
  expect(kindsOf(books({ orders: [ourOrder(1, { status: 'sending', isInFlight: true })] }), epoch())).toEqual([])
})

test('an order that never left needs no proof', () => {
  const { sentAt: _, ...held } = ourOrder(1, { status: 'held' })
  expect(kindsOf(books({ orders: [held] }), epoch())).toEqual([])
})

test('an epoch that does not reach back to the send is no evidence of absence', () => {
  const unknown = ourOrder(1, { status: 'unknown' })
  expect(kindsOf(books({ orders: [unknown] }), epoch({ since: askedAt - 199_999 }))).toEqual([])
  expect(kindsOf(books({ orders: [unknown] }), epoch({ since: askedAt - 200_000 }))).toEqual(['absence-evidence'])
})

test('money that moved without a trade is told once, by its reference', () => {
  const posting = { reference: 'f1', reason: 'funding' as const, asset: 'USD', amount: amountFromRaw(-5), at: 10 }
  const told: EpochReported = { ...epoch(), postings: { ok: true, items: [posting, posting] } }
  expect(findingsOf(books(), told)).toEqual([{ kind: 'posting', posting }])
  expect(findingsOf(books({ postings: ['f1'] }), told)).toEqual([])
})

test('a break is told once, and its end once', () => {
  const missing = books({ orders: [ourOrder(1)] })
  expect(kindsOf(missing, epoch())).toEqual(['order-missing', 'break'])
  const open = { what: 'order', instrument: 'BTC/USD', detail: 'gone' } as const
  expect(kindsOf(books({ orders: [ourOrder(1)], breaks: [open] }), epoch())).toEqual(['order-missing'])
  expect(findingsOf(books({ orders: [ourOrder(1)], breaks: [open] }), epoch({ open: [view(1)] }))).toContainEqual({ kind: 'heal', what: 'order', instrument: 'BTC/USD' })
})

test('the order in which a venue lists things changes nothing', () => {
  const ours = books({ orders: [ourOrder(1), ourOrder(2)] })
  const views = [view(1, { filled: 3 }), view(2, { filled: 2 })]
  const trades = [trade(1, 'a', 1), trade(1, 'b', 2), trade(2, 'c', 2)]
  const one = findingsOf(ours, epoch({ open: views, trades }))
  expect(findingsOf(ours, epoch({ open: views.toReversed(), trades: trades.toReversed() }))).toEqual(one)
  expect(one.filter(({ kind }) => kind === 'trade-missed')).toHaveLength(3)
})

test('lots are those of the books and of the venue, never mixed', () => {
  const told = epoch({ open: [view(1, { filled: 5 })], trades: [trade(1, 'a', 5)] })
  const [missed] = findingsOf(books({ orders: [ourOrder(1)] }), told)
  expect(missed).toEqual({ kind: 'trade-missed', order: orderId(1), trade: expect.objectContaining({ lots: lotsFromRaw(5) }) })
})
