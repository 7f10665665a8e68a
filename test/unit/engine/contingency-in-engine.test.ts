import { describe, expect, it } from 'vitest'
import { amountFromRaw } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { placeGroup, stopOf, placeHeld, openLots, livePiece, bracketOn, expectReplayed } from './bracket-rig.ts'
import { Rig, lots, perpetual, spot, tradableOf, ticks } from './trading-rig.ts'

describe('a bracket in the engine', () => {
  it('protects a partial fill within the input that tells of it', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    const outcome = rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: rig.trade(entry, 4) })
    const sends = outcome.requests.flatMap((request) => (request.kind === 'send-order' ? [request.spec] : []))
    expect(sends).toMatchObject([
      { type: 'stop', side: 'sell', lots: lots(4), trigger: ticks(9_000), reduceOnly: true }, { type: 'limit', side: 'sell', lots: lots(4), limit: ticks(12_000), reduceOnly: true },
    ])
    expect([openLots(rig, stop), openLots(rig, target)]).toEqual([4, 4])
    expectReplayed(rig)
  })

  it('grows its protection with the entry, and ends all of it when the stop is full', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.fill(entry, 3)
    expect(livePiece(rig, stop).amendTo).toMatchObject({ lots: lots(7) })
    for (const leg of [stop, target]) {
      const { id, amendment } = livePiece(rig, leg)
      rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: id, amendment, outcome: 'accepted', detail: '' })
    }
    expect([openLots(rig, stop), openLots(rig, target)]).toEqual([7, 7])
    rig.fill(livePiece(rig, stop).id, 7, { price: ticks(9_000) })
    expect(rig.order(entry).cancel).toBe('sending')
    rig.report(entry, { status: 'canceled' })
    const left = livePiece(rig, target)
    expect(left.cancel).toBe('sending')
    rig.report(left.id, { status: 'canceled' })
    expect([...rig.engine.orders()].filter(({ status }) => !isTerminal(status))).toEqual([])
    expect(rig.kinds().filter((kind) => kind === 'group-ended')).toHaveLength(1)
    expectReplayed(rig)
  })

  it('ends its legs with an entry that was rejected', () => {
    const rig = Rig.active()
    const [entry, stop] = placeGroup(rig, 'bracket', [rig.spec(), stopOf(rig)]) as [OrderId, OrderId]
    rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order: entry, proof: '400 -2010' })
    expect(rig.order(stop).status).toBe('canceled')
    expect(rig.kinds()).toContain('group-ended')
  })

  it('comes back over a restart and protects the next fill', () => {
    const { rig, entry, stop } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    rig.accept(livePiece(rig, stop).id)
    expectReplayed(rig)
    rig.start()
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(4) }]
    const views = [...rig.engine.orders()].filter(({ venueSpec, status }) => venueSpec !== undefined && !isTerminal(status)).map(({ id }) => rig.view(id))
    rig.answerEpoch({ openOrders: { ok: true, items: views } })
    rig.fill(entry, 2)
    expect(livePiece(rig, stop).amendTo).toMatchObject({ lots: lots(6) })
  })

  it('swaps its target in on a venue that locks the balance, never both at once', () => {
    const { rig, entry, stop, target } = bracketOn(spot.instrument.id)
    rig.fill(entry, 10)
    const guard = livePiece(rig, stop)
    rig.accept(guard.id)
    expect(openLots(rig, target)).toBe(0)
    rig.quote(spot.instrument.id, 12_000, 12_010)
    expect([rig.order(guard.id).cancel, openLots(rig, target)]).toEqual(['sending', 0])
    rig.process({ kind: 'cancel-reported', at: rig.at, account: 'main', order: guard.id, outcome: 'unknown', detail: 'no answer' })
    rig.pass(1_000)
    expect(openLots(rig, target)).toBe(0)
    rig.report(guard.id, { status: 'canceled' })
    expect([openLots(rig, stop), openLots(rig, target)]).toEqual([0, 10])
    rig.accept(livePiece(rig, target).id)
    rig.fill(livePiece(rig, target).id, 10, { price: ticks(12_000) })
    expect(rig.kinds()).toContain('group-ended')
    expectReplayed(rig)
  })
})

describe('an oco in the engine', () => {
  it('shrinks the other leg by a partial fill and cancels it with the last', () => {
    const rig = Rig.active()
    const [low, high] = placeGroup(rig, 'oco', [rig.spec({ limit: ticks(9_800) }), rig.spec({ limit: ticks(9_700) })]) as [OrderId, OrderId]
    for (const leg of [low, high]) rig.accept(livePiece(rig, leg).id)
    rig.fill(livePiece(rig, low).id, 4)
    const { id, amendment, amendTo } = livePiece(rig, high)
    expect(amendTo).toMatchObject({ lots: lots(6) })
    rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: id, amendment, outcome: 'accepted', detail: '' })
    rig.fill(livePiece(rig, low).id, 6)
    rig.report(livePiece(rig, high).id, { status: 'canceled' })
    expect([rig.order(low).status, rig.order(high).status]).toEqual(['filled', 'canceled'])
    expectReplayed(rig)
  })
})

describe('both legs of an oco', () => {
  it('that filled are told with the amounts, once for each, and nothing is sent on a guess', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const [stop, target] = placeGroup(rig, 'oco', [stopOf(rig, { reduceOnly: true }), rig.spec({ side: 'sell', limit: ticks(12_000), reduceOnly: true })]) as [OrderId, OrderId]
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    const pieces = [livePiece(rig, stop).id, livePiece(rig, target).id] as const
    rig.fill(pieces[0], 10, { price: ticks(9_000) })
    const before = rig.sends().length
    rig.fill(pieces[1], 4)
    rig.fill(pieces[1], 2)
    rig.pass(2_000)
    const told = rig.events.filter((event) => event.kind === 'overfill-seen')
    expect(told).toMatchObject([{ excess: lots(4), position: lots(-4), group: rig.order(stop).link?.group }, { excess: lots(6), position: lots(-6) }])
    expect(rig.sends()).toHaveLength(before)
    expect(rig.held()).toBe(-6)
    expectReplayed(rig)
  })
})

describe('triggers in the engine', () => {
  const mute = tradableOf('ETH/USD:PERP', 'perpetual', { triggerOrders: false })

  it('are pulled once by a gap, with the record of it before the send, and not again after a restart', () => {
    const rig = Rig.active({ tradables: [mute] })
    const stop = placeHeld(rig, stopOf(rig))
    rig.at += 7
    rig.quote(mute.instrument.id, 8_000, 8_010)
    expect(rig.sends(stop)).toMatchObject([{ spec: { type: 'market', side: 'sell' } }])
    expect(rig.events.find(({ kind }) => kind === 'order-triggered')?.at, 'the time of the price').toBe(rig.at)
    const kinds = rig.kinds()
    expect(kinds.indexOf('order-triggered')).toBeLessThan(kinds.lastIndexOf('order-sending'))
    expectReplayed(rig)
    rig.quote(mute.instrument.id, 7_000, 7_010)
    expect(rig.sends(stop)).toHaveLength(1)
    expect(rig.kinds().filter((kind) => kind === 'order-triggered')).toHaveLength(1)
  })

  it('write down each move of a trailing stop, and go on from it after a restart', () => {
    const rig = Rig.active({ tradables: [mute] })
    const { limit: _limit, trigger: _trigger, ...plain } = rig.spec({ side: 'sell' })
    const trail = placeHeld(rig, { ...plain, type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticks(500) }, source: 'last' } })
    rig.quote(mute.instrument.id, 11_000, 11_010)
    rig.quote(mute.instrument.id, 10_800, 10_810)
    expect(rig.order(trail).trigger).toEqual(ticks(10_500))
    expectReplayed(rig)
    rig.quote(mute.instrument.id, 10_500, 10_510)
    expect(rig.sends(trail)).toHaveLength(1)
  })

  it('are not pulled by a feed that is judged to be stale', () => {
    const rig = Rig.active({ tradables: [mute] })
    const stop = placeHeld(rig, stopOf(rig))
    rig.process({ kind: 'feed-judged', at: rig.at, instrument: mute.instrument.id, state: 'stale' })
    rig.quote(mute.instrument.id, 8_000, 8_010)
    expect(rig.order(stop).triggered).toBe(false)
  })
})

describe('sizes, slices, deadlines and self-trades in the engine', () => {
  it('buy for cash what that cash buys at the ask, rounded down', () => {
    const rig = Rig.active()
    const { limit: _limit, ...plain } = rig.spec({ instrument: spot.instrument.id, type: 'market', timeInForce: 'ioc' })
    const { requests } = rig.command({ kind: 'place-order', ...rig.asked(), order: { ...plain, size: { by: 'cash', cash: amountFromRaw(1_000_000_000) } } })
    // A lot of 0.001 costs 0.1001 at the ask of 100.10, so 1,000 buy 9,990 of them.
    expect(requests).toMatchObject([{ kind: 'send-order', spec: { lots: lots(9_990) } }])
  })

  it('show an iceberg slice by slice where the venue has none', () => {
    const rig = Rig.active()
    const parent = rig.place({ display: lots(4) })
    for (const size of [4, 4, 2]) {
      const slice = livePiece(rig, parent)
      expect(slice.lots).toEqual(lots(size))
      rig.accept(slice.id)
      rig.fill(slice.id, size)
    }
    expect(rig.order(parent)).toMatchObject({ status: 'filled', filled: lots(10) })
    expectReplayed(rig)
  })

  it('end an order at its date where the venue knows none', () => {
    const rig = Rig.active()
    const order = rig.work({ timeInForce: 'gtd', expiresAt: rig.at + 20_000 })
    rig.pass(19_999)
    expect(rig.order(order).cancel).toBe('none')
    rig.pass(1)
    expect(rig.order(order).cancel).toBe('sending')
    rig.report(order, { status: 'canceled' })
    expect(rig.order(order).status).toBe('expired')
  })

  it('let a newcomer wait until the order that it would meet is proven gone', () => {
    const rig = Rig.active({ selfTrade: 'cancel-resting' })
    const resting = rig.work({ side: 'sell', limit: ticks(10_500) })
    const newcomer = rig.place({ limit: ticks(10_600) })
    expect([rig.order(newcomer).status, rig.order(resting).cancel]).toEqual(['held', 'sending'])
    expect(rig.sends(newcomer)).toEqual([])
    rig.report(resting, { status: 'canceled' })
    expect(rig.sends(newcomer)).toHaveLength(1)
    expect(rig.kinds()).toContain('self-trade-prevented')
    expectReplayed(rig)
  })

  it('send a stop whose trigger was pulled once the order in its way is gone', () => {
    const mute = tradableOf('ETH/USD:PERP', 'perpetual', { triggerOrders: false })
    const rig = Rig.active({ tradables: [mute] })
    const resting = rig.work({ limit: ticks(8_500) })
    const stop = placeHeld(rig, stopOf(rig))
    rig.quote(mute.instrument.id, 9_000, 9_010)
    expect([rig.order(stop).status, rig.order(resting).cancel]).toEqual(['held', 'sending'])
    rig.report(resting, { status: 'canceled' })
    expect(rig.sends(stop)).toHaveLength(1)
  })
})
