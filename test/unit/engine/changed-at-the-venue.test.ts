import { describe, expect, it } from 'vitest'
import type { OrderId, VenueOrderView } from '../../../src-main/domain/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

const limited = { ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, positionLotsMax: lots(100) } }

const theirs = (rig: Rig, change: Partial<VenueOrderView> = {}): VenueOrderView => ({
  venueOrder: 'x', instrument: perpetual.instrument.id, side: 'buy', status: 'open', lots: lots(10), filled: lots(0), limit: ticks(9_000), updatedAt: rig.at, ...change,
})

const adopted = (rig: Rig): OrderId => {
  rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: theirs(rig) })
  const order = [...rig.engine.orders()].find(({ isExternal }) => isExternal)
  if (order === undefined) throw new Error('nothing was adopted')
  return order.id
}

const show = (rig: Rig, views: readonly VenueOrderView[]): void => rig.answerEpoch({ openOrders: { ok: true, items: views } })

describe('an order whose terms were changed at the venue', () => {
  it('of somebody else is counted as the newest word shows it, and never as an older one', () => {
    const rig = Rig.active({ limits: limited })
    const id = adopted(rig)
    rig.pass(1_000)
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: theirs(rig, { lots: lots(80), limit: ticks(9_500) }) })
    expect(rig.order(id)).toMatchObject({ lots: 80, limit: 9_500 })
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: theirs(rig, { updatedAt: rig.at - 900 }) })
    expect(rig.order(id)).toMatchObject({ lots: 80, limit: 9_500 })
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ size: { by: 'quantity', lots: lots(30) } }) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'risk.position', actual: 110 } }])
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
  })

  it('of ours is counted as a late enough question shows it, and not as a stream or an early answer does', () => {
    const rig = Rig.active({ limits: limited })
    const id = rig.work()
    const larger = { lots: lots(90), updatedAt: rig.at }
    rig.report(id, larger)
    rig.pass(2_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id, larger)] } })
    expect(rig.order(id).lots).toBe(10)
    rig.pass(61_000)
    show(rig, [rig.view(id, larger)])
    expect(rig.order(id).lots).toBe(90)
    expect(rig.kinds().filter((kind) => kind === 'order-revised')).toHaveLength(1)
    rig.pass(61_000)
    show(rig, [rig.view(id)])
    expect(rig.kinds().filter((kind) => kind === 'order-revised')).toHaveLength(1)
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ size: { by: 'quantity', lots: lots(20) } }) })
    expect(events).toMatchObject([{ kind: 'command-refused' }])
  })

  it('is not taken for changed while a change of ours is under way', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.pass(30_000)
    rig.command({ kind: 'amend-order', ...rig.asked(), order: id, lots: lots(20) })
    rig.pass(61_000)
    show(rig, [rig.view(id, { lots: lots(15) })])
    expect(rig.order(id)).toMatchObject({ lots: 10, amendTo: { lots: 20 } })
    expect(rig.kinds()).not.toContain('order-revised')
  })
})

describe('an amend whose answer was lost', () => {
  const amended = (): { readonly rig: Rig; readonly id: OrderId } => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const id = rig.work({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
    rig.command({ kind: 'amend-order', ...rig.asked(), order: id, trigger: ticks(9_500) })
    rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: id, amendment: 1, outcome: 'unknown', detail: 'timeout' })
    rig.pass(20_000)
    return { rig, id }
  }

  it('is done when the venue shows its new trigger', () => {
    const { rig, id } = amended()
    rig.found(id, { trigger: ticks(9_500) })
    expect(rig.order(id)).toMatchObject({ amend: 'none', trigger: 9_500 })
  })

  it('is undone when the venue shows the old trigger, late enough', () => {
    const { rig, id } = amended()
    rig.found(id, { trigger: ticks(9_000) })
    expect(rig.order(id)).toMatchObject({ amend: 'none', trigger: 9_000 })
  })

  it('stays in doubt while the venue shows neither, or no trigger at all', () => {
    const { rig, id } = amended()
    rig.found(id, { trigger: ticks(9_200) })
    rig.pass(20_000)
    rig.found(id)
    expect(rig.order(id)).toMatchObject({ amend: 'unknown', trigger: 9_000, amendTo: { trigger: 9_500 } })
  })
})

describe('an order that ended here and is open at the venue', () => {
  const canceled = (): { readonly rig: Rig; readonly id: OrderId; readonly untouched: Partial<VenueOrderView> } => {
    const rig = Rig.active()
    const id = rig.work()
    const untouched = { status: 'open' as const, updatedAt: rig.at }
    rig.pass(1_000)
    rig.report(id, { status: 'canceled' })
    expect(rig.order(id).status).toBe('canceled')
    return { rig, id, untouched }
  }

  it('is asked for by name when a whole round shows it, and is counted again when the answer does too', () => {
    const { rig, id, untouched } = canceled()
    rig.pass(61_000)
    show(rig, [rig.view(id, untouched)])
    expect(rig.order(id).status).toBe('canceled')
    rig.pass(1_000)
    expect(rig.requests.at(-1)).toMatchObject({ kind: 'look-up-order', order: id })
    rig.found(id, untouched)
    expect(rig.order(id).status).toBe('working')
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
  })

  it('is counted again when a second round shows it and nobody answers by name', () => {
    const { rig, id, untouched } = canceled()
    for (let round = 0; round < 2; round++) {
      rig.pass(61_000)
      show(rig, [rig.view(id, untouched)])
    }
    expect(rig.order(id).status).toBe('working')
  })

  it('stays ended when the question was asked no later than its end could have shown', () => {
    const { rig, id, untouched } = canceled()
    rig.pass(2_000)
    rig.process({ kind: 'lookup-reported', at: rig.at, account: 'main', order: id, askedAt: rig.at - 500, answer: { kind: 'found', view: rig.view(id, untouched), trades: [] } })
    expect(rig.order(id).status).toBe('canceled')
  })

  it('comes back when a person had called it canceled and the venue says late that it took it', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: id, why: 'timeout' })
    for (let step = 0; step < 130; step++) rig.pass(5_000)
    expect(rig.order(id).status).toBe('stuck')
    rig.command({ kind: 'settle-stuck', ...rig.asked(), order: id, verdict: 'canceled', reason: 'I looked' })
    rig.pass(10_000)
    rig.accept(id)
    expect(rig.order(id).status).toBe('canceled')
    const asked = rig.pass(15_000).requests
    expect(asked).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
    rig.found(id)
    expect(rig.order(id).status).toBe('working')
  })
})
