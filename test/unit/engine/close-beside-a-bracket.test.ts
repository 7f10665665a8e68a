import { describe, expect, it } from 'vitest'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, tradableOf, ticks } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })
const withoutReduceOnly = () => Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { reduceOnly: false })] })
const close = (rig: Rig) => rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
const marketSells = (rig: Rig) => rig.sends().filter(({ spec }) => spec.type === 'market' && spec.side === 'sell')
const acceptAll = (rig: Rig): void => {
  for (const { id, status } of [...rig.engine.orders()]) if (status === 'sending') rig.accept(id)
}
const endCanceled = (rig: Rig): void => {
  for (const { id, cancel } of [...rig.engine.openOrders()]) if (cancel === 'sending') rig.report(id, { status: 'canceled' })
}

/** Filled, and its stop rests. */
const bracket = (rig: Rig, size = 10): OrderId => {
  const { limit: _limit, ...stop } = rig.spec({ side: 'sell', type: 'stop', size: { by: 'all' }, trigger: { price: ticks(9_000), source: 'last' } })
  const { events } = rig.command({
    kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ size: quantity(size) }), stop, rig.spec({ side: 'sell', size: { by: 'all' }, limit: ticks(11_000) })],
  })
  const taken = events.find((event) => event.kind === 'command-taken')
  const [entry] = (taken?.kind === 'command-taken' ? taken.orders : []) as [OrderId]
  rig.accept(entry)
  rig.fill(entry, 10)
  acceptAll(rig)
  return entry
}

const closeByHand = (rig: Rig): void => {
  close(rig)
  endCanceled(rig)
  const [sent] = marketSells(rig)
  if (sent === undefined) throw new Error('the close did not leave')
  rig.accept(sent.order)
  rig.fill(sent.order, 10)
  acceptAll(rig)
  rig.pass(5_000)
  endCanceled(rig)
}

describe('a close where the venue keeps no order from growing a position', () => {
  it('takes the legs of a bracket back and leaves after them', () => {
    const rig = withoutReduceOnly()
    bracket(rig)
    closeByHand(rig)
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10) } }])
    expect(rig.held()).toBe(0)
    expect([...rig.engine.openOrders()]).toEqual([])
  })

  it('keeps the legs away for as long as it waits for an order of ours that it would meet', () => {
    const rig = withoutReduceOnly()
    bracket(rig)
    const resting = rig.work({ limit: ticks(9_500), size: quantity(3) })
    close(rig)
    const stops = () => rig.sends().filter(({ spec }) => spec.type === 'stop').length
    const before = stops()
    for (const { id, cancel } of [...rig.engine.openOrders()]) if (cancel === 'sending' && id !== resting) rig.report(id, { status: 'canceled' })
    rig.pass(1_000)
    expect(rig.cancels(resting)).toHaveLength(1)
    expect(marketSells(rig)).toEqual([])
    expect(stops()).toBe(before)
    rig.report(resting, { status: 'canceled' })
    rig.pass(1_000)
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10) } }])
  })

  it('takes a plain order back that would sell the same lots', () => {
    const rig = withoutReduceOnly()
    rig.fill(rig.work(), 10)
    const target = rig.work({ side: 'sell', limit: ticks(11_000) })
    close(rig)
    expect(rig.cancels(target)).toHaveLength(1)
    expect(marketSells(rig)).toEqual([])
    rig.report(target, { status: 'canceled' })
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10) } }])
  })
})

describe('a close and a stop that wait for the same order to be gone', () => {
  it('sell together no more than is held', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { reduceOnly: false, triggerOrders: false })] })
    const { limit: _limit, ...stop } = rig.spec({ side: 'sell', type: 'stop', size: { by: 'all' }, trigger: { price: ticks(9_800), source: 'last' } })
    const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ size: quantity(10) }), stop] })
    const taken = events.find((event) => event.kind === 'command-taken')
    const [entry] = (taken?.kind === 'command-taken' ? taken.orders : []) as [OrderId]
    rig.accept(entry)
    rig.fill(entry, 5)
    close(rig)
    // The stop is pulled while the close waits for the entry, which it would meet.
    rig.quote(perpetual.instrument.id, 9_790, 9_800)
    expect(marketSells(rig)).toEqual([])
    rig.report(entry, { status: 'canceled' })
    expect(marketSells(rig).map(({ spec }) => Number(spec.lots))).toEqual([5])
    const [sent] = marketSells(rig)
    if (sent === undefined) throw new Error('nothing was sold')
    rig.accept(sent.order)
    rig.fill(sent.order, 5)
    rig.pass(2_000)
    expect(rig.held()).toBe(0)
    expect(marketSells(rig)).toHaveLength(1)
    expect([...rig.engine.openOrders()]).toEqual([])
  })
})

describe('a close that is on its way', () => {
  it.each([['spot, which locks', 'BTC/USD'], ['a contract without reduce-only', perpetual.instrument.id]])('has no leg of the bracket put back beside it, on %s', (_name, instrument) => {
    const rig = instrument === perpetual.instrument.id ? withoutReduceOnly() : Rig.active()
    const { limit: _limit, ...stop } = rig.spec({ instrument, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
    const { events } = rig.command({
      kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ instrument }), stop, rig.spec({ instrument, side: 'sell', limit: ticks(11_000) })],
    })
    const taken = events.find((event) => event.kind === 'command-taken')
    const [entry] = (taken?.kind === 'command-taken' ? taken.orders : []) as [OrderId]
    rig.accept(entry)
    rig.fill(entry, 10)
    acceptAll(rig)
    rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument })
    endCanceled(rig)
    const [sent] = marketSells(rig)
    if (sent === undefined) throw new Error('the close did not leave')
    rig.accept(sent.order)
    const before = rig.sends().length
    for (let second = 0; second < 20; second += 1) {
      rig.pass(1_000)
      acceptAll(rig)
    }
    expect(rig.sends().slice(before)).toEqual([])
    rig.fill(sent.order, Number(sent.spec.lots))
    rig.pass(1_000)
    expect(rig.sends().slice(before)).toEqual([])
  })
})

describe('a bracket whose position somebody closed past us while more of its entry may fill', () => {
  it('takes its entry back, ends, and covers none of what is bought then', () => {
    const rig = Rig.active()
    const entry = bracket(rig, 20)
    const settle = (): void => {
      for (let second = 0; second < 10; second += 1) {
        rig.pass(1_000)
        acceptAll(rig)
        endCanceled(rig)
      }
    }
    rig.pass(1_000)
    const theirs = { venueOrder: 'x-1', instrument: perpetual.instrument.id, side: 'sell' as const }
    rig.process({
      kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: { ...theirs, status: 'open', lots: lots(10), filled: lots(0), limit: ticks(10_000), updatedAt: rig.at },
    })
    const { order: _order, ...trade } = rig.trade(entry, 10, theirs)
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(rig.held()).toBe(0)
    expect(rig.cancels(entry)).toHaveLength(1)
    settle()
    expect(rig.kinds()).toContain('group-ended')
    rig.fill(rig.work({ size: quantity(20) }), 20)
    settle()
    expect([...rig.engine.openOrders()]).toEqual([])
  })
})

describe.each([['with reduce-only', Rig.active], ['without reduce-only', withoutReduceOnly]] as const)('a bracket that was closed by hand, %s', (_name, start) => {
  it('stays dead while the same side is held again', () => {
    const rig = start()
    bracket(rig)
    closeByHand(rig)
    expect(rig.kinds()).toContain('group-ended')
    const before = rig.sends().length
    rig.fill(rig.work({ size: quantity(10) }), 10)
    for (let second = 0; second < 90; second += 1) {
      rig.pass(1_000)
      acceptAll(rig)
    }
    expect(rig.sends()).toHaveLength(before + 1)
    expect(rig.kinds()).not.toContain('order-flagged')
  })

  it('says nothing after a restart', () => {
    const rig = start()
    bracket(rig)
    closeByHand(rig)
    rig.fill(rig.work({ size: quantity(10) }), 10)
    const state = rig.state()
    rig.restart()
    expect(rig.state()).toBe(state)
    const events = rig.events.length
    rig.at += 1_000
    rig.start()
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(10) }]
    rig.answerEpoch()
    rig.pass(5_000)
    expect(rig.events.slice(events).filter(({ kind }) => kind === 'order-flagged' || kind === 'order-intended')).toEqual([])
  })

  it('is woken by what its entry fills after its end, and for that alone', () => {
    const rig = start()
    const entry = bracket(rig)
    closeByHand(rig)
    rig.fill(rig.work({ size: quantity(5) }), 5)
    const before = rig.sends().length
    // More than it was asked for, after everything was over.
    rig.fill(entry, 3)
    expect(rig.sends().slice(before)).toMatchObject([{ spec: { side: 'sell', type: 'stop', lots: lots(3) } }])
  })
})

describe('a stop of a person beside the target of a bracket', () => {
  it('takes the target back once, leaves, and is not kept waiting by a target that comes again and again', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { triggerOrders: false })] })
    const { limit: _limit, ...sold } = rig.spec({ side: 'buy', type: 'stop', size: { by: 'all' }, trigger: { price: ticks(12_000), source: 'last' } })
    const target = rig.spec({ side: 'buy', size: { by: 'all' }, limit: ticks(9_000) })
    const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ side: 'sell', limit: ticks(10_005), size: quantity(10) }), sold, target] })
    const taken = events.find((event) => event.kind === 'command-taken')
    const [entry] = (taken?.kind === 'command-taken' ? taken.orders : []) as [OrderId]
    rig.accept(entry)
    rig.fill(entry, 10)
    acceptAll(rig)
    const { limit: _none, ...stop } = rig.spec({ side: 'buy', type: 'stop', size: quantity(8), trigger: { price: ticks(10_100), source: 'last' } })
    rig.place(stop)
    const targets = () => rig.sends().filter(({ spec }) => spec.type === 'limit' && spec.side === 'buy').length
    expect(targets()).toBe(1)
    rig.quote(perpetual.instrument.id, 10_100, 10_110)
    for (let round = 0; round < 5; round++) {
      rig.pass(500)
      endCanceled(rig)
    }
    expect(targets()).toBe(1)
    expect(rig.sends().filter(({ spec }) => spec.type === 'market' && spec.side === 'buy')).toMatchObject([{ spec: { lots: lots(8) } }])
  })
})
