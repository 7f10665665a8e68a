import { describe, expect, it } from 'vitest'
import type { AmendOrder, OrderId } from '../../../src-main/domain/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { amount, lots, perpetual, Rig, ticks, tradableOf } from './trading-rig.ts'

const amend = (rig: Rig, order: OrderId, change: Partial<AmendOrder>) => rig.command({ kind: 'amend-order', ...rig.asked(), order, ...change })
const answer = (rig: Rig, order: OrderId, outcome: 'accepted' | 'refused' | 'unknown', amendment = 1) =>
  rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order, amendment, outcome, detail: 'HTTP 200' })

describe('an amend', () => {
  it('counts with the larger of both sizes against the limits until it is answered', () => {
    const rig = Rig.active({ limits: { ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, positionLotsMax: lots(100) } } })
    const id = rig.work()
    amend(rig, id, { lots: lots(90) })
    const asked = () => rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ size: { by: 'quantity', lots: lots(20) } }) }).events
    expect(asked()).toContainEqual(expect.objectContaining({ kind: 'command-refused', refusal: expect.objectContaining({ rule: 'risk.position' }) }))
    answer(rig, id, 'refused')
    expect(asked().map(({ kind }) => kind)).toContain('order-sending')
  })

  it('leaves only with its record, and is as it was until it is answered', () => {
    const rig = Rig.active()
    const id = rig.work()
    const { events, requests } = amend(rig, id, { lots: lots(15) })
    const changed = events.find(({ kind }) => kind === 'amend-changed')
    expect(requests).toMatchObject([{ kind: 'send-amend', order: id, amendment: 1, lots: lots(15), needs: changed?.sequence, sendEpoch: rig.engine.sendEpoch }])
    expect(rig.order(id)).toMatchObject({ status: 'working', lots: lots(10), amend: 'sending' })
    answer(rig, id, 'accepted')
    expect(rig.order(id)).toMatchObject({ lots: lots(15), amend: 'none' })
  })

  it('does not lose what is filled meanwhile', () => {
    const rig = Rig.active()
    const id = rig.work()
    amend(rig, id, { lots: lots(8) })
    rig.fill(id, 5)
    answer(rig, id, 'accepted')
    expect(rig.order(id)).toMatchObject({ lots: lots(8), filled: lots(5), status: 'partial' })
    rig.fill(id, 3)
    expect(rig.order(id).status).toBe('filled')
  })

  it('that is refused leaves the order as it was', () => {
    const rig = Rig.active()
    const id = rig.work()
    amend(rig, id, { limit: ticks(9_800) })
    answer(rig, id, 'refused')
    expect(rig.order(id)).toMatchObject({ limit: ticks(9_900), amend: 'none' })
  })

  it('of unknown fate is settled by what the venue shows', () => {
    const rig = Rig.active()
    const id = rig.work()
    amend(rig, id, { lots: lots(15), limit: ticks(9_800) })
    answer(rig, id, 'unknown')
    expect(rig.order(id)).toMatchObject({ amend: 'unknown', lots: lots(10) })
    rig.report(id, { lots: lots(15), limit: ticks(9_800) })
    expect(rig.order(id)).toMatchObject({ amend: 'none', lots: lots(15), limit: ticks(9_800) })
  })

  it('of unknown fate that the venue does not show long after is over', () => {
    const rig = Rig.active()
    const id = rig.work()
    amend(rig, id, { lots: lots(15) })
    answer(rig, id, 'unknown')
    rig.pass(12_000)
    rig.found(id, { lots: lots(10) })
    expect(rig.order(id)).toMatchObject({ amend: 'none', lots: lots(10) })
  })

  it('is not asked for below what is filled', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.fill(id, 6)
    expect(amend(rig, id, { lots: lots(6) }).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'order.amend-not-possible' } }])
  })

  it('makes two orders one after the other where the venue cannot amend, the second for what is left', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })] })
    const id = rig.work()
    const { events, requests } = amend(rig, id, { limit: ticks(9_800) })
    expect(requests).toMatchObject([{ kind: 'send-cancel', order: id }])
    const taken = events.find((event) => event.kind === 'command-taken')
    const next = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
    if (next === undefined) throw new Error('the amend made no order')
    rig.fill(id, 4)
    expect(rig.sends(next)).toEqual([])
    rig.report(id, { status: 'canceled' })
    rig.found(id, { status: 'canceled' })
    expect(rig.sends(next)).toMatchObject([{ spec: { lots: lots(6), limit: ticks(9_800) } }])
  })

  it('made as two orders leaves for what is left after trades that come behind the word of the first one being canceled', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })] })
    const id = rig.work()
    const { events } = amend(rig, id, { limit: ticks(9_800) })
    const taken = events.find((event) => event.kind === 'command-taken')
    const next = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
    rig.report(id, { status: 'canceled', filled: lots(0) })
    expect(rig.sends(next)).toEqual([])
    expect(rig.pass(5_000).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
    const late = [rig.trade(id, 3), rig.trade(id, 4)]
    rig.found(id, { status: 'canceled', filled: lots(7) }, late)
    expect(rig.sends(next)).toMatchObject([{ spec: { lots: lots(3), limit: ticks(9_800) } }])
  })

  it('made as two orders leaves after a whole round from well after the end, where the venue has forgotten the first one', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })] })
    const id = rig.work()
    amend(rig, id, { limit: ticks(9_800) })
    rig.report(id, { status: 'canceled', filled: lots(0) })
    rig.pass(60_000)
    rig.lookup(id, 'not-found')
    expect(rig.sends()).toHaveLength(1)
    rig.quoteAll()
    rig.answerEpoch()
    rig.pass(1_000)
    expect(rig.sends()).toHaveLength(2)
  })

  it('made as two orders ends with the first one where that was filled', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })] })
    const id = rig.work()
    amend(rig, id, { limit: ticks(9_800) })
    rig.fill(id, 10)
    expect([...rig.engine.openOrders()]).toEqual([])
    expect(rig.sends()).toHaveLength(1)
  })
})

describe('closing', () => {
  it('sells what is held, at the market and reduce-only', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const { requests } = rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
    expect(requests).toMatchObject([{ kind: 'send-order', spec: { side: 'sell', type: 'market', lots: lots(10), reduceOnly: true } }])
  })

  it('takes the exits away first, and leaves when the last of them is proven gone', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const exits = [
      rig.work({ side: 'sell', limit: ticks(10_500), reduceOnly: true, size: { by: 'quantity', lots: lots(4) } }),
      rig.work({ side: 'sell', limit: ticks(10_600), reduceOnly: true, size: { by: 'quantity', lots: lots(6) } }),
    ]
    const before = rig.sends().length
    rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
    expect(rig.cancels()).toHaveLength(2)
    for (const exit of exits.toReversed()) {
      expect(rig.sends()).toHaveLength(before)
      rig.report(exit, { status: 'canceled' })
    }
    expect(rig.sends().slice(before)).toMatchObject([{ spec: { side: 'sell', type: 'market', lots: lots(10) } }])
  })

  it('has nothing to do where nothing is held', () => {
    const rig = Rig.active()
    const { events } = rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'nothing-to-do' } }])
  })

  it('and opening the other way is one order of twice the size', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const { requests } = rig.command({ kind: 'reverse-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
    expect(requests).toMatchObject([{ kind: 'send-order', spec: { side: 'sell', lots: lots(20), reduceOnly: false } }])
  })
})

describe('other commands', () => {
  it('cancel all of one side, and nothing that somebody else placed', () => {
    const rig = Rig.active()
    const buy = rig.work()
    rig.work({ side: 'sell', limit: ticks(10_500) })
    rig.process({
      kind: 'order-reported', at: rig.at, account: 'main', via: 'stream',
      view: { venueOrder: 'somebody', instrument: perpetual.instrument.id, side: 'buy', status: 'open', lots: lots(3), filled: lots(0), limit: ticks(9_000), updatedAt: rig.at },
    })
    rig.command({ kind: 'cancel-all', ...rig.asked(), side: 'buy' })
    expect(rig.cancels()).toMatchObject([{ order: buy }])
    rig.command({ kind: 'cancel-all', ...rig.asked(), side: 'buy', includeExternal: true })
    expect(rig.cancels().at(-1)).toMatchObject({ venueOrder: 'somebody' })
  })

  it('of a batch are judged by themselves', () => {
    const rig = Rig.active()
    const { events } = rig.command({
      kind: 'batch', ...rig.asked(),
      items: [
        { kind: 'place-order', ...rig.asked(), order: rig.spec() },
        { kind: 'place-order', ...rig.asked(), order: rig.spec({ instrument: 'nowhere' }) },
        { kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(9_800) }) },
      ],
    })
    expect(rig.sends()).toHaveLength(2)
    expect(events.filter(({ kind }) => kind === 'command-refused')).toMatchObject([{ refusal: { rule: 'order.unknown-instrument' } }])
    expect(events.at(-1)).toMatchObject({ kind: 'command-taken', command: 'batch', orders: rig.sends().map(({ order }) => order) })
  })

  it('record money that came by hand, once', () => {
    const rig = Rig.active()
    const command = { kind: 'record-transfer', ...rig.asked(), account: 'main', asset: 'USD', amount: amount(500), reason: 'from the bank' } as const
    const before = Number(rig.engine.balances('main').find(({ asset }) => asset === 'USD')?.total)
    rig.command(command)
    rig.command(command)
    expect(Number(rig.engine.balances('main').find(({ asset }) => asset === 'USD')?.total)).toBe(before + 500)
  })
})

describe('an amended price', () => {
  it('that would meet another order of ours is refused, and changes nothing', () => {
    const rig = Rig.active()
    const sell = rig.work({ side: 'sell', limit: ticks(10_500) })
    const buy = rig.work()
    const { events, requests } = amend(rig, buy, { limit: ticks(10_500) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'self-trade' } }])
    expect(requests).toEqual([])
    expect(amend(rig, buy, { limit: ticks(10_499) }).requests).toMatchObject([{ kind: 'send-amend', order: buy }])
    expect(rig.order(sell).status).toBe('working')
  })
})
