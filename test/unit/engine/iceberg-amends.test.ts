import { describe, expect, it } from 'vitest'
import type { AmendOrder, OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { lots, perpetual, Rig, tradableOf } from './trading-rig.ts'
import type { RigOptions } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })
const limits = { ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, orderLotsMax: lots(100) } }

/** A whole of a hundred, shown by ten; the first ten are filled. */
const iceberg = (options: RigOptions = { limits }) => {
  const rig = Rig.active(options)
  const whole = rig.place({ size: quantity(100), display: lots(10) })
  const slice = () => {
    const [only, more] = [...rig.engine.openOrders()].filter(({ onBehalfOf }) => onBehalfOf === whole)
    if (only === undefined || more !== undefined) throw new Error('expected exactly one slice')
    return only
  }
  rig.accept(slice().id)
  rig.fill(slice().id, 10)
  rig.accept(slice().id)
  return { rig, whole, slice }
}
const amend = (rig: Rig, order: OrderId, change: Partial<AmendOrder>) => rig.command({ kind: 'amend-order', ...rig.asked(), order, ...change })

describe('an iceberg of the engine', () => {
  it('takes its slice down to what is left where it is amended to less than the slice shows', () => {
    const { rig, whole, slice } = iceberg()
    const { requests } = amend(rig, whole, { lots: lots(12) })
    expect(requests).toMatchObject([{ kind: 'send-amend', order: slice().id, lots: lots(2) }])
    rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: slice().id, amendment: 1, outcome: 'accepted', detail: '' })
    rig.fill(slice().id, 2)
    expect(rig.order(whole)).toMatchObject({ status: 'filled', filled: lots(12) })
    expect([...rig.engine.openOrders()]).toEqual([])
  })

  it('shows nothing more where its slice fills before the smaller size reaches the venue, counts all of it, and says how much it is too much', () => {
    const { rig, whole, slice } = iceberg()
    const { id } = slice()
    amend(rig, whole, { lots: lots(12) })
    rig.fill(id, 10)
    rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: id, amendment: 1, outcome: 'refused', detail: 'it is filled' })
    for (let second = 0; second < 30; second += 1) rig.pass(1_000)
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(10) })
    expect(rig.order(whole)).toMatchObject({ status: 'filled', filled: lots(20), overfill: lots(8) })
    expect(rig.held()).toBe(20)
    expect([...rig.engine.openOrders()]).toEqual([])
    expect(rig.sends()).toHaveLength(2)
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
  })

  it('takes the slice back whole where the venue cannot amend, and shows what is left', () => {
    const { rig, whole, slice } = iceberg({ limits, tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })] })
    const { id } = slice()
    amend(rig, whole, { lots: lots(12) })
    expect(rig.cancels(id)).toHaveLength(1)
    rig.report(id, { status: 'canceled' })
    expect(slice()).toMatchObject({ lots: lots(2) })
  })

  it('leaves its slice alone where it is amended to less, and to more than the slice shows', () => {
    const { rig, whole, slice } = iceberg()
    const { requests } = amend(rig, whole, { lots: lots(50) })
    expect(requests).toEqual([])
    expect(slice()).toMatchObject({ lots: lots(10), amend: 'none', cancel: 'none' })
  })

  it('is not amended past a limit that it could not have been placed past', () => {
    const { rig, whole } = iceberg()
    expect(amend(rig, whole, { lots: lots(100_000) }).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'risk.order-quantity' } }])
    expect(rig.order(whole).lots).toBe(lots(100))
  })

  it('is not made larger while only what reduces may leave', () => {
    const { rig, whole } = iceberg({})
    rig.process({ kind: 'journal-in-trouble', at: rig.at, trouble: 'stalled', detail: 'a test' })
    expect(rig.engine.mode.mode).toBe('reducing')
    expect(amend(rig, whole, { lots: lots(110) }).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'mode.not-allowed' } }])
  })
})

describe('a stop that the engine holds', () => {
  const trail = { distance: { by: 'amount' as const, ticks: perpetual.rules.priceMin }, source: 'last' as const }

  it('is not amended to a size that the venue never takes', () => {
    const rig = Rig.active()
    const stop = rig.place({ type: 'trailing-stop', side: 'sell', trail, reduceOnly: true })
    expect(amend(rig, stop, { lots: lots(5_000_000) }).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'filter.quantity-max' } }])
  })
})
