import { describe, expect, it } from 'vitest'
import type { VenueOrderView, VenueTrade } from '../../../src-main/domain/index.ts'
import { amount, lots, perpetual, Rig, ticks, venueOrderOf } from './trading-rig.ts'

/** Somebody else bought three before the account was first seen; of the last told of it, this is when. */
const before = (rig: Rig) => rig.at - 30_000

const view = (rig: Rig, change: Partial<VenueOrderView> = {}): VenueOrderView => ({
  venueOrder: 'v-stranger', instrument: perpetual.instrument.id, side: 'buy', status: 'open', lots: lots(5), filled: lots(0), limit: ticks(9_900), updatedAt: before(rig), ...change,
})

const trade = (rig: Rig, change: Partial<VenueTrade> = {}): VenueTrade => ({
  trade: 's1', venueOrder: 'v-stranger', instrument: perpetual.instrument.id, side: 'buy', price: ticks(9_900), lots: lots(3), liquidity: 'maker', fee: amount(0),
  feeAsset: 'USD', at: before(rig), ...change,
})

/** An account that held three at first sight. */
const seen = (openOrders: (rig: Rig) => readonly VenueOrderView[] = () => []): Rig => {
  const rig = new Rig()
  rig.start()
  rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(3), entryPrice: ticks(9_900) }]
  rig.answerEpoch({ openOrders: { ok: true, items: openOrders(rig) } })
  expect(rig.held()).toBe(3)
  return rig
}

describe('what others did before the first sight of an account', () => {
  it('counts in its opening alone, though a stream that comes back tells all of it again', () => {
    const rig = seen()
    const told = [view(rig), view(rig, { filled: lots(3) })]
    const done = trade(rig)
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: told[0] as VenueOrderView })
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: done })
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: told[1] as VenueOrderView })
    expect(rig.held()).toBe(3)
    expect(rig.kinds()).not.toContain('external-adopted')
    rig.pass(200_000)
    expect(rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')).toBeDefined()
    rig.answerEpoch({ closedOrders: { ok: true, items: [view(rig, { status: 'canceled', filled: lots(3), updatedAt: done.at })] }, trades: { ok: true, items: [done] } })
    expect(rig.held()).toBe(3)
  })

  it('counts in its opening alone where the order was open then, and goes on from there', () => {
    const rig = seen((at) => [view(at, { filled: lots(3) })])
    const [order] = [...rig.engine.openOrders()]
    expect(order).toMatchObject({ isExternal: true, lots: lots(2) })
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: trade(rig) })
    expect(rig.held()).toBe(3)
    rig.process({ kind: 'trade-reported', at: rig.at + 1_000, account: 'main', via: 'stream', trade: trade(rig, { trade: 's2', lots: lots(2), at: rig.at + 1_000 }) })
    expect(rig.held()).toBe(5)
  })

  it('is taken off an order that a later round shows first, and never inferred again', () => {
    const rig = seen()
    const shown = view(rig, { filled: lots(3), averagePrice: ticks(9_900) })
    for (let round = 0; round < 3; round += 1) {
      rig.pass(200_000)
      rig.answerEpoch({ openOrders: { ok: true, items: [shown] } })
    }
    expect([...rig.engine.openOrders()]).toMatchObject([{ isExternal: true, filledBefore: lots(3), lots: lots(2) }])
    expect(rig.held()).toBe(3)
    expect(rig.kinds()).not.toContain('order-filled')
  })

  it('is not mixed up with a trade of ours that no answer names, though the clock was ahead at first sight', () => {
    const rig = Rig.active()
    const id = rig.work()
    const mine = rig.trade(id, 4, { at: rig.at - 600_000 })
    const { order: _order, ...unnamed } = mine
    rig.pass(200_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id)] }, trades: { ok: true, items: [unnamed] } })
    expect(unnamed.venueOrder).toBe(venueOrderOf(id))
    expect(rig.order(id).filled).toBe(4)
  })

  it('is money of before it all the same when our clock goes wrong afterwards', () => {
    const rig = new Rig()
    rig.start()
    const posting = { reference: 'p1', reason: 'deposit', asset: 'USD', amount: amount(7), at: before(rig) } as const
    rig.answerEpoch({ postings: { ok: true, items: [posting] } })
    const held = rig.engine.balances('main')
    rig.at -= 3_600_000
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs: -3_600_000 })
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting })
    expect(rig.engine.balances('main')).toEqual(held)
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting: { ...posting, reference: 'p2', at: posting.at + 1 } })
    expect(rig.engine.balances('main')).not.toEqual(held)
  })

  it('is dated by the venue’s clock where it tells it, so that a clock of ours that is an hour behind books no deposit again', () => {
    const rig = new Rig()
    rig.start()
    const hour = 3_600_000
    rig.answerEpoch({ venueAt: rig.at + hour })
    const deposit = { reference: 'p1', reason: 'deposit' as const, asset: 'USD', amount: amount(1_000_000), at: rig.at + hour - 60_000 }
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting: deposit })
    rig.process({ kind: 'clock-jumped', at: rig.at + hour, byMs: hour })
    rig.process({ kind: 'posting-reported', at: rig.at + hour, account: 'main', posting: deposit })
    rig.process({ kind: 'clock-jumped', at: rig.at - hour, byMs: -2 * hour })
    rig.process({ kind: 'posting-reported', at: rig.at - hour, account: 'main', posting: deposit })
    expect(rig.kinds()).not.toContain('money-posted')
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting: { ...deposit, reference: 'p2', at: rig.at + hour + 1_000 } })
    expect(rig.kinds()).toContain('money-posted')
  })

  it('is no twin of itself: an order of somebody else that no question found for long goes on when it is shown again', () => {
    const rig = seen((at) => [view(at, { filled: lots(3) })])
    const [id] = [...rig.engine.openOrders()].map((order) => order.id)
    if (id === undefined) throw new Error('expected the order of somebody else')
    const done = trade(rig, { trade: 's2', lots: lots(1), at: rig.at + 1 })
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: done })
    rig.lookup(id, 'not-found')
    rig.at += 900_000
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('stuck')
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'query', view: view(rig, { filled: lots(4), updatedAt: rig.at }) })
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(1) })
    expect(rig.kinds()).not.toContain('fill-superseded')
    expect(rig.held()).toBe(4)
  })

  it('cost what the venue says to the unit, where the average lies between two ticks', () => {
    const rig = new Rig()
    rig.start()
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(-6), entryPrice: ticks(9_904), entryCost: amount(594_210_000) }]
    rig.answerEpoch()
    expect(rig.engine.positions('main').find(({ instrument }) => instrument === perpetual.instrument.id)).toMatchObject({ lots: -6, cost: 594_210_000 })
    expect(rig.events.find(({ kind }) => kind === 'opening-taken')).toMatchObject({ positions: [{ entryCost: 594_210_000 }, {}] })
    const live = rig.state()
    rig.restart()
    expect(rig.state()).toBe(live)
  })
})

describe('the first sight of an account whose venue tells of times to come', () => {
  const posting = (at: number) => ({ reference: 'f1', reason: 'funding' as const, asset: 'USD', amount: amount(-5), at })

  it('is put off, and the record says by how much its clock is ahead of ours', () => {
    const rig = new Rig()
    rig.start()
    rig.answerEpoch({ postings: { ok: true, items: [posting(rig.at + 90_000)] } })
    expect(rig.events.at(-1)).toMatchObject({ kind: 'epoch-closed', outcome: 'inconclusive', detail: 'the venue tells of something that is dated 90000 ms ahead of our clock' })
    expect(rig.engine.mode.mode).toBe('starting')
  })

  it('is taken once that time has come, and counts it once', () => {
    const rig = new Rig()
    rig.start()
    const ahead = posting(rig.at + 90_000)
    rig.answerEpoch({ postings: { ok: true, items: [ahead] } })
    rig.pass(100_000)
    rig.answerEpoch({ postings: { ok: true, items: [ahead] } })
    expect(rig.kinds()).toContain('opening-taken')
    rig.pass(60_000)
    rig.answerEpoch({ postings: { ok: true, items: [ahead] } })
    expect(rig.kinds()).not.toContain('money-posted')
    expect(rig.events.findLast(({ kind }) => kind === 'epoch-closed')).toMatchObject({ outcome: 'clean' })
  })
})

describe('the first sight of an account by a clock that leapt an hour', () => {
  const hourMs = 3_600_000

  /** Its clock leapt before the account was seen, and whether it was right before or is right now nobody knows. */
  const leapt = (told: (rig: Rig) => Partial<Parameters<Rig['answerEpoch']>[0]> = () => ({})): Rig => {
    const rig = new Rig()
    rig.start()
    rig.at += hourMs
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs: hourMs })
    rig.pass(2_000)
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(3), entryPrice: ticks(9_900) }]
    rig.answerEpoch(told(rig))
    return rig
  }
  const closed = (rig: Rig, done: VenueTrade) => ({
    closedOrders: { ok: true as const, items: [view(rig, { status: 'filled', filled: done.lots, lots: done.lots, updatedAt: done.at })] }, trades: { ok: true as const, items: [done] },
  })

  it('takes what somebody does after it for new where the clock is ahead', () => {
    const rig = leapt()
    expect(rig.held()).toBe(3)
    rig.pass(200_000)
    const done = trade(rig, { at: rig.at - hourMs - 60_000, lots: lots(2), side: 'buy' })
    rig.answerEpoch(closed(rig, done))
    expect(rig.held()).toBe(5)
  })

  it('has what somebody did just before it in the opening where the clock was behind', () => {
    const done = (rig: Rig) => trade(rig, { at: rig.at - hourMs / 2 })
    const rig = leapt((at) => closed(at, done(at)))
    expect(rig.held()).toBe(3)
    const told = closed(rig, done(rig))
    rig.pass(60_000)
    rig.answerEpoch(told)
    expect(rig.held()).toBe(3)
  })

  it('asks as far back as the clock may be ahead', () => {
    const rig = leapt()
    const [, second] = rig.requests.filter((request) => request.kind === 'fetch-epoch')
    expect(second?.kind === 'fetch-epoch' ? second.since : 0).toBe(rig.at - hourMs - rig.setup.timings.epochOverlapMs)
  })

  it('is put off while the account moves by the time that the venue may have', () => {
    const rig = leapt((at) => closed(at, trade(at, { at: at.at - hourMs - 1_000 })))
    expect(rig.kinds()).not.toContain('opening-taken')
  })
})
