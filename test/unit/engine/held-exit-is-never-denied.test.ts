import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderSpec } from '../../../src-main/domain/index.ts'
import { bracketOn, livePieces } from './bracket-rig.ts'
import { lots, perpetual, Rig, tradableOf, ticks } from './trading-rig.ts'
import type { RigOptions } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })
const trail = { distance: { by: 'amount', ticks: ticks(100) }, source: 'last' } as const
const withoutReduceOnly: RigOptions = { tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { reduceOnly: false })] }

const holding = (count: number, options?: RigOptions): Rig => {
  const rig = Rig.active(options)
  rig.fill(rig.work({ size: quantity(count) }), count)
  return rig
}

const trailingStop = (rig: Rig, size: OrderSpec['size']) => rig.place({ type: 'trailing-stop', side: 'sell', size, trail, reduceOnly: true })

/** The price goes through the stop. */
const drop = (rig: Rig): void => {
  rig.quote(perpetual.instrument.id, 10_000, 10_010)
  rig.quote(perpetual.instrument.id, 9_800, 9_810)
  rig.pass(1_000)
}

const soldBy = (rig: Rig): readonly number[] => rig.sends().flatMap(({ spec }) => (spec.side === 'sell' && spec.type === 'market' ? [Number(spec.lots)] : []))
const flags = (rig: Rig) => rig.events.flatMap((event) => (event.kind === 'order-flagged' ? [event.what] : []))

describe('a stop that the engine holds', () => {
  it('leaves for what is left where part of the position was sold by hand', () => {
    const rig = holding(10)
    const stop = trailingStop(rig, quantity(10))
    rig.fill(rig.work({ side: 'sell', type: 'limit', limit: ticks(10_100), size: quantity(4) }), 4)
    drop(rig)
    expect(rig.order(stop)).toMatchObject({ status: 'sending', lots: lots(6) })
    expect(soldBy(rig)).toEqual([6])
  })

  it('leaves whole beside an exit that the venue keeps from turning the position', () => {
    const rig = holding(10)
    rig.work({ side: 'sell', size: quantity(10), limit: ticks(11_000), reduceOnly: true })
    const stop = trailingStop(rig, { by: 'all' })
    drop(rig)
    expect(rig.order(stop)).toMatchObject({ status: 'sending', lots: lots(10) })
  })

  it('takes the other exit back first where the venue keeps none from turning the position, and leaves once that is proven gone', () => {
    const rig = holding(10, withoutReduceOnly)
    const target = rig.work({ side: 'sell', size: quantity(10), limit: ticks(11_000), reduceOnly: true })
    const stop = trailingStop(rig, quantity(10))
    drop(rig)
    expect(rig.cancels(target)).toHaveLength(1)
    expect(rig.order(stop).status).toBe('held')
    rig.report(target, { status: 'canceled' })
    expect(rig.order(stop)).toMatchObject({ status: 'sending', lots: lots(10) })
  })

  it('is made room for by a bracket whose legs the venue keeps from growing the position, and by nobody again and again', () => {
    const rig = holding(10)
    const { entry, stop: leg } = bracketOn(perpetual.instrument.id, rig)
    rig.fill(entry, rawOf(rig.order(entry).lots))
    const lone = rig.place({ type: 'trailing-stop', side: 'sell', size: quantity(5), trail })
    expect(livePieces(rig, leg)).toHaveLength(1)
    drop(rig)
    expect(rig.order(lone).status).toBe('held')
    for (let round = 0; round < 5; round++) {
      for (const { id, status, cancel } of [...rig.engine.orders()]) {
        if (cancel === 'none' || isTerminal(status)) continue
        if (status === 'sending') rig.accept(id)
        rig.report(id, { status: 'canceled' })
      }
    }
    expect(rig.order(lone).status).toBe('sending')
    expect(rig.sends().filter(({ spec }) => spec.type === 'stop')).toHaveLength(1)
  })

  it('sells what the other exit left that filled in part while it was taken back', () => {
    const rig = holding(10, withoutReduceOnly)
    const target = rig.work({ side: 'sell', size: quantity(10), limit: ticks(11_000), reduceOnly: true })
    const stop = trailingStop(rig, quantity(10))
    drop(rig)
    rig.fill(target, 7)
    rig.report(target, { status: 'canceled' })
    expect(rig.order(stop)).toMatchObject({ status: 'sending', lots: lots(3) })
  })

  it('leaves in pieces where the position is larger than the venue takes at once', () => {
    const rig = holding(900_000)
    rig.fill(rig.work({ size: quantity(900_000) }), 900_000)
    trailingStop(rig, { by: 'all' })
    drop(rig)
    expect(soldBy(rig)).toEqual([1_000_000, 800_000])
    for (const { order, spec } of rig.sends().slice(-2)) {
      rig.accept(order)
      rig.fill(order, Number(spec.lots))
    }
    expect(rig.held()).toBe(0)
    expect([...rig.engine.openOrders()]).toEqual([])
  })

  it('is refused when it is placed with a size that the venue never takes', () => {
    const rig = holding(10)
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ type: 'trailing-stop', side: 'sell', size: quantity(1_800_000), trail, reduceOnly: true }) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'filter.quantity-max' } }])
  })

  it('that is refused for now stays, says so once, and is tried again', () => {
    // As many orders rest as the venue takes in this instrument.
    const tradable = { ...perpetual, rules: { ...perpetual.rules, ordersOpenMax: 1 } }
    const rig = holding(10, { tradables: [tradable] })
    const stop = trailingStop(rig, quantity(10))
    const resting = rig.work({ size: quantity(1), limit: ticks(5_000) })
    drop(rig)
    for (let second = 0; second < 20; second += 1) rig.pass(1_000)
    expect(rig.order(stop)).toMatchObject({ status: 'held', triggered: true })
    expect(flags(rig)).toEqual(['denied-exit'])
    rig.report(resting, { status: 'canceled' })
    rig.pass(30_000)
    expect(rig.order(stop)).toMatchObject({ status: 'sending', lots: lots(10) })
  })

  it('comes back over a restart while it is tried again', () => {
    const tradable = { ...perpetual, rules: { ...perpetual.rules, ordersOpenMax: 1 } }
    const rig = holding(10, { tradables: [tradable] })
    const stop = trailingStop(rig, quantity(10))
    rig.work({ size: quantity(1), limit: ticks(5_000) })
    drop(rig)
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
    expect(rig.order(stop)).toMatchObject({ status: 'held', triggered: true, lots: lots(10) })
  })

  it('waits while nothing is held and the fate of its entry is not known', () => {
    const rig = Rig.active()
    const entry = rig.place()
    rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: entry, why: 'timeout' })
    const stop = trailingStop(rig, quantity(10))
    drop(rig)
    expect(rig.order(stop).status).toBe('held')
    rig.fill(entry, 10)
    expect(rig.order(stop)).toMatchObject({ status: 'sending', lots: lots(10) })
  })

  it('ends where nothing is held that it could close', () => {
    const rig = Rig.active()
    const stop = trailingStop(rig, quantity(10))
    drop(rig)
    expect(rig.order(stop).status).toBe('denied')
  })
})

describe('a stop beside what is put back each time it is taken away', () => {
  const acceptAll = (rig: Rig): void => {
    for (const { id, status } of [...rig.engine.orders()]) if (status === 'sending') rig.accept(id)
  }
  /** What was asked to go has gone, a second later, as often as it takes. */
  const settleCancels = (rig: Rig): void => {
    for (let second = 0; second < 5; second += 1) {
      rig.pass(1_000)
      for (const { id, cancel } of [...rig.engine.openOrders()]) if (cancel === 'sending' && rig.sends(id).length > 0) rig.report(id, { status: 'canceled' })
      acceptAll(rig)
    }
  }

  it('leaves although the legs of a bracket hold the same lots: they stand back for it', () => {
    const rig = Rig.active(withoutReduceOnly)
    const { limit: _limit, ...stop } = rig.spec({ side: 'sell', type: 'stop', size: { by: 'all' }, trigger: { price: ticks(9_000), source: 'last' } })
    rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ size: quantity(10) }), stop] })
    acceptAll(rig)
    const [entry] = [...rig.engine.openOrders()]
    if (entry === undefined) throw new Error('there is no entry')
    rig.fill(entry.id, 10)
    acceptAll(rig)
    const own = trailingStop(rig, quantity(10))
    drop(rig)
    settleCancels(rig)
    expect(rig.sends(own)).toMatchObject([{ spec: { type: 'market', lots: lots(10) } }])
  })

  it('takes an iceberg back whole, not slice by slice', () => {
    const rig = holding(10, withoutReduceOnly)
    const iceberg = rig.place({ side: 'sell', size: quantity(10), display: lots(4), limit: ticks(11_000) })
    acceptAll(rig)
    const own = trailingStop(rig, quantity(10))
    drop(rig)
    settleCancels(rig)
    expect(rig.order(iceberg).status).toBe('canceled')
    expect(rig.sends(own)).toMatchObject([{ spec: { type: 'market', lots: lots(10) } }])
  })
})
