import { describe, expect, it } from 'vitest'
import type { VenueOrderView } from '../../../src-main/domain/index.ts'
import { amount, lots, perpetual, Rig, ticks, venueOrderOf } from './trading-rig.ts'

const somebody = (rig: Rig, change: Partial<VenueOrderView> = {}): VenueOrderView => ({
  venueOrder: 'somebody', instrument: perpetual.instrument.id, side: 'buy', status: 'open', lots: lots(8), filled: lots(0), limit: ticks(9_000), updatedAt: rig.at, ...change,
})

describe('a round of questions', () => {
  it('comes every minute, after the stream came back, and one at a time', () => {
    const rig = Rig.active()
    expect(rig.pass(59_000).requests).toEqual([])
    expect(rig.pass(1_000).requests).toMatchObject([{ kind: 'fetch-epoch', epoch: 2 }])
    rig.process({ kind: 'stream-reported', at: rig.at, account: 'main', state: 'up' })
    expect(rig.pass(5_000).requests).toEqual([])
    rig.answerEpoch()
    expect(rig.pass(1_000).requests).toMatchObject([{ kind: 'fetch-epoch', epoch: 3 }])
  })

  it('reaches back behind the last clean one', () => {
    const rig = Rig.active()
    const first = rig.at
    rig.pass(60_000)
    expect(rig.requests.at(-1)).toMatchObject({ kind: 'fetch-epoch', since: first - 60_000 })
  })

  it('reaches back behind the last clean one when the clock went back since, for as long as it takes to have another', () => {
    const rig = Rig.active()
    const first = rig.at
    rig.at -= 3_600_000
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs: -3_600_000 })
    for (const _round of [1, 2, 3]) {
      rig.pass(60_000)
      expect(rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')).toMatchObject({ since: first - 3_660_000 })
      rig.answerEpoch({ postings: { ok: false, why: 'timeout' } })
    }
    rig.pass(60_000)
    rig.answerEpoch()
    const clean = rig.at
    rig.pass(60_000)
    expect(rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')).toMatchObject({ since: clean - 60_000 })
  })

  it('reaches back for an hour when the clock went back over a sleep and nobody says by how much', () => {
    const rig = Rig.active()
    rig.at -= 2_400_000
    rig.process({ kind: 'machine-slept', at: rig.at })
    rig.pass(5_000)
    expect(rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')).toMatchObject({ since: rig.at - 3_600_000 })
    const clean = rig.at
    rig.answerEpoch()
    rig.pass(60_000)
    expect(rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')).toMatchObject({ since: clean - 60_000 })
  })

  it('that answers another question than the one that was asked changes nothing', () => {
    const rig = Rig.active()
    const before = rig.state()
    const part = { ok: true, items: [] } as const
    rig.process({
      kind: 'epoch-reported', at: rig.at, account: 'main', epoch: 1, askedAt: rig.at, since: 0, openOrders: part, closedOrders: part, trades: part, positions: part,
      balances: part, postings: part,
    })
    expect(rig.state()).toBe(before)
  })

  it('of which a part failed changes neither orders nor positions, and is asked again', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.fill(id, 4)
    rig.pass(60_000)
    rig.answerEpoch({ positions: { ok: true, items: [] }, openOrders: { ok: false, why: 'HTTP 502' } })
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(4) })
    expect(rig.held()).toBe(4)
    expect(rig.pass(3_000).requests).toMatchObject([{ kind: 'fetch-epoch' }])
  })

  it('stands in for a fill that the venue counts and does not show, and takes the stand-in back when it shows', () => {
    const rig = Rig.active()
    const id = rig.work()
    const view = rig.view(id, { status: 'open', filled: lots(6), averagePrice: ticks(9_900) })
    rig.pass(121_000)
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(6) }]
    rig.answerEpoch({ openOrders: { ok: true, items: [view] } })
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(6) })
    expect(rig.order(id).fills).toMatchObject([{ inferred: true }])
    rig.fill(id, 4)
    expect(rig.order(id).filled).toEqual(lots(6))
    expect(rig.order(id).fills).toMatchObject([{ inferred: false, trade: { lots: 4 } }, { inferred: true, trade: { lots: 2 } }])
    rig.fill(id, 2)
    expect(rig.order(id).fills.map(({ inferred }) => inferred)).toEqual([false, false])
    expect(rig.held()).toBe(6)
  })

  it('does not end an order whose trades are still to come', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.report(id, { status: 'filled', filled: lots(10) })
    expect(rig.order(id).status).toBe('working')
    rig.fill(id, 10)
    expect(rig.order(id).status).toBe('filled')
  })

  it('adopts what somebody else placed, counts it and leaves it alone', () => {
    const rig = Rig.active()
    rig.pass(60_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [somebody(rig)] } })
    const adopted = [...rig.engine.openOrders()]
    expect(adopted).toMatchObject([{ isExternal: true, status: 'working', spec: { owner: 'external' } }])
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'looked wrong', actor: 'hand' })
    expect(rig.cancels()).toEqual([])
    rig.pass(60_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [somebody(rig)] } })
    expect([...rig.engine.openOrders()]).toHaveLength(1)
  })

  it('does not count again what an order of somebody else had filled before the account was first seen', () => {
    const rig = new Rig()
    rig.start()
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(3) }]
    const view = somebody(rig, { filled: lots(3), updatedAt: rig.at - 600_000, averagePrice: ticks(9_000) })
    rig.answerEpoch({ openOrders: { ok: true, items: [view] } })
    rig.pass(200_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [view] } })
    expect(rig.held()).toBe(3)
    expect(rig.kinds()).not.toContain('order-filled')
  })

  it('does not book money again that was there before the account was first seen', () => {
    const rig = Rig.active()
    const before = rig.engine.balances('main')
    rig.process({
      kind: 'posting-reported', at: rig.at, account: 'main', posting: { reference: 'p1', reason: 'deposit', asset: 'USD', amount: amount(5), at: rig.at - 1 },
    })
    expect(rig.engine.balances('main')).toEqual(before)
  })
})

describe('money without a trade', () => {
  it('is booked once, by the reference of the venue', () => {
    const rig = Rig.active()
    const posting = { reference: 'p2', reason: 'funding', asset: 'USD', amount: amount(5), at: rig.at + 1 } as const
    for (let again = 0; again < 2; again += 1) rig.process({ kind: 'posting-reported', at: rig.at + 1, account: 'main', posting })
    expect(rig.kinds().filter((kind) => kind === 'money-posted')).toHaveLength(1)
  })
})

describe('the word of a stream', () => {
  it('never opens again what has ended', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.report(id, { status: 'canceled' })
    rig.at += 1_000
    rig.report(id, { status: 'open' })
    expect(rig.order(id).status).toBe('canceled')
  })

  it('may come before the answer to the send', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.fill(id, 4)
    expect(rig.order(id)).toMatchObject({ status: 'partial', venueOrder: venueOrderOf(id) })
    rig.accept(id)
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(4) })
  })

  it('about a fill that comes after the cancel is believed', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.report(id, { status: 'canceled' })
    rig.fill(id, 10)
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(10) })
    expect(rig.held()).toBe(10)
  })

  it('about more than was wanted is applied and flagged', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.fill(id, 12)
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(12), overfill: lots(2) })
    expect(rig.held()).toBe(12)
  })

  it('that says a trade again with other numbers changes nothing, and is on record once', () => {
    const rig = Rig.active()
    const id = rig.work()
    const trade = rig.fill(id, 4)
    for (let again = 0; again < 2; again += 1) {
      rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: { ...trade, lots: lots(5) } })
    }
    expect(rig.order(id).filled).toEqual(lots(4))
    expect(rig.kinds().filter((kind) => kind === 'trade-conflicted')).toHaveLength(1)
  })

  it('about an exit that the venue made smaller is taken over', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const exit = rig.work({ side: 'sell', limit: ticks(10_500), reduceOnly: true })
    rig.report(exit, { lots: lots(7) })
    expect(rig.order(exit).lots).toEqual(lots(7))
  })
})

describe('an opening that was taken while our clock was ahead', () => {
  it('hides no money of after it once the clock is set right', () => {
    const rig = Rig.active()
    const byMs = -600_000
    rig.at += byMs
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs })
    rig.at += 1_000
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting: { reference: 'w1', reason: 'withdrawal', asset: 'USD', amount: amount(-5), at: rig.at } })
    expect(rig.events.at(-1)).toMatchObject({ kind: 'money-posted', posting: { reference: 'w1' } })
  })

  it('hides what was before it all the same when a clock only went ahead and came back', () => {
    const rig = Rig.active()
    const opened = rig.at
    rig.at += 10_000
    rig.process({ kind: 'clock-jumped', at: rig.at + 600_000, byMs: 600_000 })
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs: -600_000 })
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting: { reference: 'w1', reason: 'withdrawal', asset: 'USD', amount: amount(-5), at: opened } })
    expect(rig.kinds()).not.toContain('money-posted')
  })
})
