import { describe, expect, test } from 'vitest'
import { amountFromRaw } from '../../../src-main/base/index.ts'
import type { EpochReported } from '../../../src-main/domain/index.ts'
import { explainEpoch } from '../../../src-main/reconcile/index.ts'
import { askedAt, books, epoch, findingsOf, kindsOf, moneyOf, orderId, ourOrder, rules, trade, view } from './account-rig.ts'

/** Failures that users of other programs lost money to, each by the number of its thread: here they must not be possible. */
describe('nautilus_trader', () => {
  test('#4152: an order that was sent and has no answer is never called rejected', () => {
    const kinds = kindsOf(books({ orders: [ourOrder(1, { status: 'unknown' })] }), epoch())
    expect(kinds).toEqual(['absence-evidence'])
  })

  test('#4958: an order that was thought not to be there and has filled moves the position, not a stranger', () => {
    const late = ourOrder(1, { status: 'rejected' })
    const told = epoch({ closed: [view(1, { status: 'filled', filled: 10 })], trades: [trade(1, 't', 10)] })
    expect(findingsOf(books({ orders: [late] }), told)).toMatchObject([{ kind: 'trade-missed', order: orderId(1) }, { kind: 'order-seen' }])
  })

  test('#4937: a funding record is money, never a fill', () => {
    const posting = { reference: 'f', reason: 'funding' as const, asset: 'USD', amount: amountFromRaw(-3), instrument: 'BTC/USD:PERP', at: 1 }
    const told: EpochReported = { ...epoch(), postings: { ok: true, items: [posting] } }
    expect(kindsOf(books(), told)).toEqual(['posting'])
  })

  test('#3493: the real trade after an inferred one does not count twice', () => {
    const standIn = trade(1, 'inferred:v1:10', 10)
    const ours = books({ orders: [ourOrder(1, { filled: 10, inferred: [standIn] })], trades: [standIn] })
    const told = epoch({ closed: [view(1, { status: 'filled', filled: 10 })], trades: [trade(1, 'real', 10)] })
    expect(kindsOf(ours, told)).toEqual(['fill-superseded', 'trade-missed', 'order-seen'])
  })

  test('#3046: fills that the books have are not played again after a restart', () => {
    const known = [trade(1, 'a', 4), trade(1, 'b', 6)]
    const ours = books({ orders: [ourOrder(1, { status: 'filled', filled: 10 })], trades: known })
    expect(kindsOf(ours, epoch({ closed: [view(1, { status: 'filled', filled: 10 })], trades: known }))).toEqual(['order-seen'])
  })

  test('#3878: the same books and answers always lead to the same findings, ids among them', () => {
    const told = epoch({ closed: [view(2, { status: 'filled', filled: 10 }), view(1, { status: 'filled', filled: 10 })] })
    const ours = books({ orders: [ourOrder(1), ourOrder(2)] })
    expect(JSON.stringify(explainEpoch(ours, told, rules))).toBe(JSON.stringify(explainEpoch(books({ orders: [ourOrder(2), ourOrder(1)] }), told, rules)))
  })

  test('#3085: one trade id on both sides of a flip is two trades', () => {
    const told = epoch({
      open: [view(1, { filled: 4 }), view(2, { filled: 4, side: 'sell' })],
      trades: [trade(1, 'flip', 4), trade(2, 'flip', 4, { side: 'sell' })],
    })
    expect(kindsOf(books({ orders: [ourOrder(1), ourOrder(2, { side: 'sell' })] }), told).filter((kind) => kind === 'trade-missed')).toHaveLength(2)
  })

  test('#3770: a trade that overfills is handed on as it is: the position is what the venue did', () => {
    const told = epoch({ closed: [view(1, { status: 'filled', filled: 12 })], trades: [trade(1, 't', 12)] })
    expect(findingsOf(books({ orders: [ourOrder(1)] }), told)).toContainEqual(expect.objectContaining({ kind: 'trade-missed', trade: expect.objectContaining({ lots: 12 }) }))
  })

  test('#4739: nothing is made up for an order that is not there', () => {
    const kinds = kindsOf(books({ orders: [ourOrder(1)] }), epoch())
    expect(kinds).not.toContain('fill-inferred')
    expect(kinds).not.toContain('trade-missed')
    expect(kinds).not.toContain('order-seen')
  })

  test('#4491: a trade that the venue takes back shows as a break of the position', () => {
    const known = trade(1, 'busted', 5)
    const ours = books({ orders: [ourOrder(1, { filled: 5 })], trades: [known], positions: [{ instrument: 'BTC/USD', lots: 5 }] })
    expect(moneyOf(ours, epoch({ open: [view(1)] }))).toMatchObject([{ kind: 'break', what: 'position' }])
  })

  test('#3715: a failed question for positions is not flat', () => {
    const told: EpochReported = { ...epoch(), positions: { ok: false, why: '503' } }
    const ours = books({ positions: [{ instrument: 'BTC/USD', lots: 5 }] })
    expect(explainEpoch(ours, told, rules).outcome).toBe('inconclusive')
    expect(moneyOf(ours, told)).toEqual([])
  })

  test('#5057: an order of an earlier session is found by its id and is ours', () => {
    const { venueOrder: _, ...unanswered } = ourOrder(1, { status: 'unknown' })
    expect(findingsOf(books({ orders: [unanswered] }), epoch({ open: [view(1)] }))).toMatchObject([{ kind: 'order-seen', order: orderId(1) }])
  })

  test('#4347: an adopted order is followed like one of ours while the program runs', () => {
    const { order: _, ...strange } = view(7, { filled: 3 })
    const { order: __, ...theirTrade } = trade(7, 'x', 3)
    const adopted = ourOrder(7, { isExternal: true })
    expect(kindsOf(books({ orders: [adopted] }), epoch({ open: [strange], trades: [theirTrade] }))).toEqual(['trade-missed', 'order-seen'])
  })
})

describe('freqtrade', () => {
  test('an order that a start cannot find is not assumed canceled', () => {
    const kinds = kindsOf(books({ orders: [ourOrder(1)] }), epoch())
    expect(kinds).toEqual(['order-missing', 'break'])
  })

  test('#12984: a stop that was triggered and rests unfilled is still open', () => {
    const [found] = findingsOf(books({ orders: [ourOrder(1)] }), epoch({ open: [view(1)] }))
    expect(found).toMatchObject({ kind: 'order-seen', view: { status: 'open', filled: 0 } })
  })

  test('#13037: an order that is told as canceled with fills keeps its fills', () => {
    const told = epoch({ closed: [view(1, { status: 'canceled', filled: 6 })], trades: [trade(1, 't', 6)] })
    expect(kindsOf(books({ orders: [ourOrder(1)] }), told)).toEqual(['trade-missed', 'order-seen'])
  })

  test('#13399: a fill belongs to the order that it names, not to the nearest one', () => {
    const told = epoch({ closed: [view(1, { status: 'filled', filled: 10 })], open: [view(2)], trades: [trade(1, 't', 10)] })
    expect(findingsOf(books({ orders: [ourOrder(1), ourOrder(2)] }), told)).toContainEqual(expect.objectContaining({ kind: 'trade-missed', order: orderId(1) }))
  })
})

describe('hummingbot', () => {
  test('#8457: questions that failed in an outage are not answers, however many', () => {
    const told: EpochReported = { ...epoch(), openOrders: { ok: false, why: 'dns' }, closedOrders: { ok: false, why: 'dns' } }
    for (let round = 0; round < 10; round += 1) expect(explainEpoch(books({ orders: [ourOrder(1)] }), told, rules).outcome).toBe('inconclusive')
  })

  test('#3374: an order that was given up and fills is applied', () => {
    const told = epoch({ closed: [view(1, { status: 'filled', filled: 10 })], trades: [trade(1, 't', 10)] })
    for (const status of ['canceled', 'absent', 'stuck', 'expired'] as const) {
      expect(kindsOf(books({ orders: [ourOrder(1, { status })] }), told)).toContain('trade-missed')
    }
  })

  test('#6901: an order that no list shows while it was just sent is not lost', () => {
    const young = ourOrder(1, { status: 'working', sentAt: askedAt - 1_000, changedAt: askedAt - 1_000 })
    expect(kindsOf(books({ orders: [young] }), epoch())).toEqual([])
  })
})
