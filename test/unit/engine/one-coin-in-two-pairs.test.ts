import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { amount, lots, Rig, spot, ticks, tradableOf } from './trading-rig.ts'
import type { RigOptions } from './trading-rig.ts'

const second = tradableOf('BTC/USD:TWO', 'spot')
const [one, two] = [spot.instrument.id, second.instrument.id]

/** One coin, 1,000 lots, is there at first sight. */
const started = (options: RigOptions = {}): Rig => Rig.active({ tradables: [spot, second], ...options })

const held = (rig: Rig, instrument: string): number => Number(rig.engine.positions('main').find((position) => position.instrument === instrument)?.lots ?? 0)
const wallet = (rig: Rig): number => Number(rig.engine.balances('main').find(({ asset }) => asset === 'BTC')?.total ?? 0)
const sold = (rig: Rig, instrument: string, size: number): void => {
  rig.fill(rig.work({ instrument, side: 'sell', type: 'market', timeInForce: 'ioc', size: { by: 'quantity', lots: lots(size) } }), size)
}
const close = (rig: Rig, instrument: string) => rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument })
const post = (rig: Rig, reason: 'deposit' | 'withdrawal' | 'dust', units: number) => {
  rig.at += 1
  const posting = { reference: `p${rig.at}`, reason, asset: 'BTC', amount: amount(units), at: rig.at }
  return rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting })
}
const reduceOnly = (rig: Rig) => rig.process({ kind: 'resume-trading', at: rig.at, to: 'reducing', reason: 'a test', actor: 'hand' })

/** Filled, and what rests of its legs is there. */
const bracketIn = (rig: Rig, instrument: string, size: number, filled = size): OrderId => {
  const exit = { instrument, side: 'sell' as const, size: { by: 'all' as const } }
  const { limit: _limit, ...stop } = rig.spec({ ...exit, type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
  const { events } = rig.command({
    kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ instrument, size: { by: 'quantity', lots: lots(size) } }), stop, rig.spec({ ...exit, limit: ticks(11_000) })],
  })
  const taken = events.find((event) => event.kind === 'command-taken')
  const [entry] = taken?.kind === 'command-taken' ? taken.orders : []
  if (entry === undefined) throw new Error('the bracket was not taken')
  rig.accept(entry)
  rig.fill(entry, filled)
  for (const { id, status } of [...rig.engine.orders()]) if (status === 'sending') rig.accept(id)
  return entry
}

describe('a coin that is traded in two pairs', () => {
  it('is never short in one of them: what it sells beyond its own is taken off the other', () => {
    const rig = started()
    sold(rig, two, 400)
    expect([held(rig, one), held(rig, two), wallet(rig)]).toEqual([600, 0, 60_000_000])
    expect(close(rig, two).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'nothing-to-do' } }])
    expect(rig.engine.ledger('main').filter(({ asset }) => asset === 'BTC').reduce((sum, each) => sum + Number(each.amount), 0)).toBe(0)
  })

  it('is gone once both are closed, and no close buys', () => {
    const rig = started()
    sold(rig, two, 400)
    rig.fill(rig.work({ instrument: two, side: 'buy', type: 'market', timeInForce: 'ioc', size: { by: 'quantity', lots: lots(250) } }), 250)
    expect([held(rig, one), held(rig, two)]).toEqual([600, 250])
    for (const [instrument, size] of [[two, 250], [one, 600]] as const) {
      const { requests } = close(rig, instrument)
      expect(requests).toMatchObject([{ kind: 'send-order', spec: { side: 'sell', lots: size } }])
      const order = rig.sends().at(-1)?.order
      if (order === undefined) throw new Error('nothing was sent')
      rig.accept(order)
      rig.fill(order, size)
    }
    expect([held(rig, one), held(rig, two), wallet(rig)]).toEqual([0, 0, 0])
  })

  it('may not be bought while only reducing is allowed, whatever was sold in which pair', () => {
    const rig = started()
    sold(rig, two, 400)
    reduceOnly(rig)
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ instrument: two, side: 'buy', size: { by: 'quantity', lots: lots(10) } }) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'mode.not-allowed' } }])
  })

  it('may be sold once only: what an order of one pair holds back is not there for the other', () => {
    const rig = started()
    rig.work({ instrument: two, side: 'sell', size: { by: 'quantity', lots: lots(700) }, limit: ticks(10_100) })
    reduceOnly(rig)
    const ask = (size: number) => rig.command({
      kind: 'place-order', ...rig.asked(), order: rig.spec({ instrument: one, side: 'sell', size: { by: 'quantity', lots: lots(size) } }) }).events[0]
    expect(ask(301)?.kind).toBe('command-refused')
    expect(ask(300)?.kind).toBe('command-taken')
  })

  it('is counted once in the worth of all positions, with its orders', () => {
    const rig = started({ limits: { ...boundlessLimits, grossMax: amount(101_000_000) } })
    // 1,000 lots at the ask are 100.1 dollars; the sale in the other pair sells the same coin.
    rig.work({ instrument: two, side: 'sell', size: { by: 'quantity', lots: lots(900) } })
    const buy = (size: number) => rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ instrument: one, size: { by: 'quantity', lots: lots(size) } }) }).events[0]
    expect(buy(20)).toMatchObject({ kind: 'command-refused', refusal: { rule: 'risk.gross' } })
    expect(buy(5)?.kind).toBe('command-taken')
  })

  it('can be closed whole after a deposit, and no further than it is there after a withdrawal', () => {
    const rig = started()
    post(rig, 'deposit', 100_050_000)
    expect(held(rig, one)).toBe(2_000)
    post(rig, 'withdrawal', -150_070_000)
    expect([held(rig, one), wallet(rig)]).toEqual([499, 49_980_000])
    expect(close(rig, one).requests).toMatchObject([{ kind: 'send-order', spec: { side: 'sell', lots: 499 } }])
  })

  it('leaves a stop of one pair no more to sell than is left after a sale in the other', () => {
    const heldHere = { triggerOrders: false }
    const rig = started({ tradables: [tradableOf(one, 'spot', heldHere), tradableOf(two, 'spot', heldHere)] })
    const stop = rig.place({ instrument: one, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, size: { by: 'all' }, reduceOnly: true })
    sold(rig, two, 400)
    rig.quote(one, 8_900, 8_910)
    rig.pass(1)
    expect(rig.order(stop).lots).toBe(600)
    expect(rig.sends().filter(({ spec }) => spec.instrument === one).at(-1)?.spec).toMatchObject({ side: 'sell', lots: 600 })
  })

  it('takes the sale in the other pair back before a stop leaves that needs what it would sell', () => {
    const heldHere = { triggerOrders: false }
    const rig = started({ tradables: [tradableOf(one, 'spot', heldHere), tradableOf(two, 'spot', heldHere)] })
    const stop = rig.place({ instrument: one, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, size: { by: 'all' }, reduceOnly: true })
    const sale = rig.work({ instrument: two, side: 'sell', size: { by: 'quantity', lots: lots(400) }, limit: ticks(10_100) })
    rig.quote(one, 8_900, 8_910)
    rig.pass(1)
    expect(rig.cancels(sale)).toHaveLength(1)
    expect(rig.sends(stop)).toEqual([])
    rig.report(sale, { status: 'canceled' })
    rig.pass(1)
    expect(rig.sends(stop)).toMatchObject([{ spec: { side: 'sell', lots: 1_000 } }])
  })

  it('does not bring the legs of a bracket in pair two back while a close of pair one waits for what they hold', () => {
    const rig = started()
    bracketIn(rig, two, 400)
    const sale = rig.work({ instrument: two, side: 'sell', size: { by: 'quantity', lots: lots(300) }, limit: ticks(10_100) })
    const sentOf = (instrument: string) => rig.sends().filter(({ spec }) => spec.instrument === instrument && spec.side === 'sell')
    const before = sentOf(two).length
    const target = rig.work({ instrument: one, side: 'sell', size: { by: 'quantity', lots: lots(100) }, limit: ticks(11_000) })
    close(rig, one)
    rig.report(target, { status: 'canceled' })
    rig.pass(1)
    const [leg] = sentOf(two)
    if (leg === undefined) throw new Error('no leg of the bracket was sent')
    expect([rig.cancels(leg.order), rig.cancels(sale)].map(({ length }) => length)).toEqual([1, 1])
    rig.pass(1)
    rig.report(leg.order, { status: 'canceled' })
    for (let second = 0; second < 5; second += 1) rig.pass(1_000)
    expect(sentOf(two)).toHaveLength(before)
    rig.report(sale, { status: 'canceled' })
    rig.pass(1_000)
    expect(sentOf(one).at(-1)?.spec).toMatchObject({ type: 'market', lots: 1_000 })
  })

  it('lets the stop of a bracket grow once it may, where what is missing is too little for an order of its own', () => {
    // A sale of all the coin rests in pair two, so the stop there is no order that only reduces: the limits of the house hold it up.
    const rules = { ...second.rules, notionalMin: amount(200_000) }
    const rig = started({ tradables: [spot, { ...second, rules }], limits: { ...boundlessLimits, ordersPerSecond: 3 } })
    rig.work({ instrument: two, side: 'sell', size: { by: 'quantity', lots: lots(300) }, limit: ticks(10_100) })
    const entry = bracketIn(rig, two, 10, 5)
    const amends = () => rig.requests.filter((request) => request.kind === 'send-amend')
    rig.fill(entry, 1)
    expect(amends()).toEqual([])
    for (let second = 0; second < 3; second += 1) rig.pass(1_000)
    expect(amends()).toMatchObject([{ lots: 6 }])
  })

  it('is the same after a replay and from a snapshot', () => {
    const rig = started()
    sold(rig, two, 400)
    post(rig, 'dust', -30_001)
    rig.fill(rig.work({ instrument: two, side: 'buy', type: 'market', timeInForce: 'ioc', size: { by: 'quantity', lots: lots(7) } }), 7, { fee: amount(1_234), feeAsset: 'BTC' })
    const state = rig.state()
    rig.restart()
    expect(rig.state()).toBe(state)
    rig.restart([], JSON.parse(state))
    expect(rig.state()).toBe(state)
  })
})
