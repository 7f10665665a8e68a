import { describe, expect, it } from 'vitest'
import { amountFromRaw, rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { Rig, lots, perpetual, spot, tradableOf, ticks } from './trading-rig.ts'

type Group = 'oco' | 'oto' | 'bracket'

/** The ids of the orders that a group made. */
const placeGroup = (rig: Rig, group: Group, orders: readonly OrderSpec[]): readonly OrderId[] => {
  const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group, orders })
  const taken = events.find((event) => event.kind === 'command-taken')
  if (taken?.kind !== 'command-taken') throw new Error(`the group was not taken: ${JSON.stringify(events)}`)
  return taken.orders
}

const stopOf = (rig: Rig, change: Partial<OrderSpec> = {}): OrderSpec => {
  const { limit: _limit, ...spec } = rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, ...change })
  return spec
}

/** The id of an order that the engine holds. */
const placeHeld = (rig: Rig, order: OrderSpec): OrderId => {
  const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order })
  const taken = events.find((event) => event.kind === 'command-taken')
  const id = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
  if (id === undefined) throw new Error(`the order was not taken: ${JSON.stringify(events)}`)
  return id
}

/** What left on behalf of an order and has not ended. */
const livePieces = (rig: Rig, of: OrderId) => [...rig.engine.orders()].filter(({ onBehalfOf, status }) => onBehalfOf === of && !isTerminal(status))
const openLots = (rig: Rig, of: OrderId): number => livePieces(rig, of).reduce((sum, { lots: size, filled }) => sum + rawOf(size) - rawOf(filled), 0)
const livePiece = (rig: Rig, of: OrderId) => {
  const [piece, more] = livePieces(rig, of)
  if (piece === undefined || more !== undefined) throw new Error('expected exactly one live piece')
  return piece
}

interface Bracket {
  readonly rig: Rig
  readonly entry: OrderId
  readonly stop: OrderId
  readonly target: OrderId
}

const bracketOn = (instrument: string, rig = Rig.active()): Bracket => {
  const [entry, stop, target] = placeGroup(rig, 'bracket', [
    rig.spec({ instrument }), stopOf(rig, { instrument }), rig.spec({ instrument, side: 'sell', limit: ticks(12_000) }),
  ]) as [OrderId, OrderId, OrderId]
  rig.accept(entry)
  return { rig, entry, stop, target }
}

const expectReplayed = (rig: Rig): void => {
  const before = rig.state()
  rig.restart()
  expect(rig.state()).toBe(before)
}

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

describe('triggers in the engine', () => {
  const mute = tradableOf('ETH/USD:PERP', 'perpetual', { triggerOrders: false })

  it('are pulled once by a gap, with the record of it before the send, and not again after a restart', () => {
    const rig = Rig.active({ tradables: [mute] })
    const stop = placeHeld(rig, stopOf(rig))
    rig.quote(mute.instrument.id, 8_000, 8_010)
    expect(rig.sends(stop)).toMatchObject([{ spec: { type: 'market', side: 'sell' } }])
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
    const order = rig.work({ timeInForce: 'gtd', expiresAt: rig.at + 10_000 })
    rig.pass(10_000)
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

describe('what a person does while a bracket is live', () => {
  /** The venue takes and cancels whatever it is asked to, for a while. */
  const settleDown = (rig: Rig): void => {
    for (let round = 0; round < 5; round += 1) {
      for (const { id, cancel, venueSpec } of [...rig.engine.orders()]) if (cancel === 'sending' && venueSpec !== undefined) rig.report(id, { status: 'canceled' })
      for (const { id, status, spec } of [...rig.engine.orders()]) if (status === 'sending' && spec.type !== 'market') rig.accept(id)
      rig.pass(2_000)
    }
  }

  it.each([['a contract', perpetual.instrument.id], ['spot', spot.instrument.id]])('closes the position of %s, once, and takes the legs away with it', (_name, instrument) => {
    const { rig, entry, stop, target } = bracketOn(instrument)
    rig.fill(entry, 10)
    settleDown(rig)
    // What the account held before the bracket is part of the position.
    const held = rig.engine.positions('main').find((position) => position.instrument === instrument)?.lots ?? lots(0)
    expect(rawOf(held)).toBeGreaterThanOrEqual(10)
    rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument })
    settleDown(rig)
    const closes = rig.sends().filter(({ spec }) => spec.type === 'market')
    expect(closes).toMatchObject([{ spec: { side: 'sell', lots: held } }])
    rig.fill(closes[0]?.order as OrderId, rawOf(held))
    settleDown(rig)
    expect([rig.order(stop).status, rig.order(target).status]).toEqual(['canceled', 'canceled'])
    expect([...rig.engine.orders()].filter(({ status }) => !isTerminal(status))).toEqual([])
    expectReplayed(rig)
  })

  it('keeps the stop, and lets it grow with a late fill, when trading is halted', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    rig.fill(entry, 3)
    settleDown(rig)
    expect([rig.order(target).status, rig.order(entry).status]).toEqual(['canceled', 'canceled'])
    expect(openLots(rig, stop)).toBe(7)
  })

  it('takes the stop to where it was amended to', () => {
    const { rig, entry, stop } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 10)
    settleDown(rig)
    rig.command({ kind: 'amend-order', ...rig.asked(), order: stop, trigger: ticks(9_500) })
    settleDown(rig)
    expect(livePiece(rig, stop).venueSpec).toMatchObject({ trigger: ticks(9_500), lots: lots(10) })
  })

  it('cancels a leg for good when its piece is canceled, and amends it when its piece is amended', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 10)
    settleDown(rig)
    const amended = rig.command({ kind: 'amend-order', ...rig.asked(), order: livePiece(rig, stop).id, trigger: ticks(9_500) })
    expect(amended.events[0]).toMatchObject({ kind: 'command-taken', orders: [stop] })
    const canceled = rig.command({ kind: 'cancel-order', ...rig.asked(), order: livePiece(rig, target).id })
    expect(canceled.events[0]).toMatchObject({ kind: 'command-taken', orders: [target] })
    settleDown(rig)
    expect(livePiece(rig, stop).venueSpec).toMatchObject({ trigger: ticks(9_500), lots: lots(10) })
    expect([rig.order(target).status, rig.order(target).endedBy, openLots(rig, target)]).toEqual(['canceled', 'person', 0])
    expectReplayed(rig)
  })

  it('ends an iceberg whose slice is canceled', () => {
    const rig = Rig.active()
    const parent = rig.place({ display: lots(4) })
    rig.accept(livePiece(rig, parent).id)
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: livePiece(rig, parent).id })
    settleDown(rig)
    expect([rig.order(parent).status, openLots(rig, parent)]).toEqual(['canceled', 0])
  })

  it('does not bring back a stop that a person canceled when the entry fills late, and flags it', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    settleDown(rig)
    for (const leg of [stop, target]) rig.command({ kind: 'cancel-order', ...rig.asked(), order: leg })
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: entry })
    settleDown(rig)
    expect(rig.kinds()).toContain('group-ended')
    rig.fill(entry, 3)
    settleDown(rig)
    expect(openLots(rig, stop)).toBe(0)
  })

  it('lets a stop grow by an amend of what rests for it while trading is halted', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    rig.pass(100)
    rig.fill(entry, 3)
    expect(livePiece(rig, stop)).toMatchObject({ amend: 'sending', amendTo: { lots: lots(7) } })
  })

  it('refuses a group that cannot stand together, and makes nothing of it', () => {
    const rig = Rig.active()
    const wrong = stopOf(rig, { trigger: { price: ticks(11_000), source: 'last' } })
    const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec(), wrong] })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'order.malformed' } }])
    expect([...rig.engine.orders()]).toEqual([])
  })
})

describe('a fill that comes after the end', () => {
  it('of the group has its stop at once', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.fill(livePiece(rig, stop).id, 4, { price: ticks(9_000) })
    for (const { id, cancel } of [...rig.engine.orders()]) if (cancel === 'sending') rig.report(id, { status: 'canceled' })
    expect(rig.kinds()).toContain('group-ended')
    expect(rig.order(entry).status).toBe('canceled')
    rig.fill(entry, 3)
    expect(openLots(rig, stop)).toBe(3)
    expectReplayed(rig)
  })
})

describe('a fee in the coin that was bought', () => {
  it('leaves a stop on spot no larger than what is there to be sold', () => {
    const rig = new Rig()
    rig.balances = [{ asset: 'USD', total: amountFromRaw(1_000_000_000_000), free: amountFromRaw(1_000_000_000_000) }]
    rig.start()
    rig.answerEpoch()
    rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
    rig.quoteAll()
    const { entry, stop } = bracketOn(spot.instrument.id, rig)
    // A lot is 100,000 units of the coin, and a fee of one unit takes a whole lot.
    rig.fill(entry, 10, { fee: amountFromRaw(1), feeAsset: 'BTC' })
    expect(openLots(rig, stop)).toBe(9)
  })
})

describe('a stop that the engine holds while nothing may leave', () => {
  it('is pulled, stays, and leaves when trading goes on', () => {
    const rig = Rig.active()
    const { limit: _limit, ...plain } = rig.spec({ instrument: spot.instrument.id, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'mid' } })
    const stop = placeHeld(rig, plain)
    rig.restart()
    rig.process({
      kind: 'program-started', at: rig.at, version: '1.0.0', left: { mode: 'halted', since: rig.at, reason: 'a test', actor: 'hand' },
    })
    expect(rig.engine.mode.mode).toBe('halted')
    rig.quoteAll(8_000, 8_010)
    expect(rig.order(stop)).toMatchObject({ status: 'held', triggered: true })
    expect(rig.sends(stop)).toEqual([])
    rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
    rig.answerEpoch()
    // The round has to be asked after the halt, so it takes another one.
    rig.pass(3_000)
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('active')
    rig.quoteAll(8_000, 8_010)
    expect(rig.sends(stop)).toHaveLength(1)
  })
})
