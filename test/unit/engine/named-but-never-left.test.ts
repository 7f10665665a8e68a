import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { perpetual, Rig, ticks, tradableOf, venueOrderOf } from './trading-rig.ts'

/** A venue without trigger orders: the engine holds the stop. */
const plain = tradableOf(perpetual.instrument.id, 'perpetual', { triggerOrders: false })
const stopAt = 9_500

function heldStop(): { readonly rig: Rig; readonly stop: OrderId } {
  const rig = Rig.active({ tradables: [plain] })
  rig.fill(rig.work(), 10)
  rig.positions = [{ instrument: plain.instrument.id, positionSide: 'net', lots: rig.order([...rig.engine.orders()][0]?.id as OrderId).filled }]
  const stop = rig.place({ side: 'sell', type: 'stop', trigger: { price: ticks(stopAt), source: 'last' }, reduceOnly: true })
  expect(rig.order(stop).status).toBe('held')
  return { rig, stop }
}

const breaksOf = (rig: Rig) => rig.events.filter((event) => event.kind === 'break-seen').map((event) => (event.kind === 'break-seen' ? event.what : ''))

function expectItFires(rig: Rig, stop: OrderId): void {
  expect(rig.order(stop)).toMatchObject({ status: 'held', sentAt: 0 })
  rig.quote(plain.instrument.id, stopAt - 10, stopAt)
  expect(rig.sends(stop)).toHaveLength(1)
}

describe('a report that names an order which never left', () => {
  it('does not disarm the stop that is held, is put down as a difference, and is asked about by name', () => {
    const { rig, stop } = heldStop()
    rig.report(stop, { venueOrder: 'v-wrong' })
    expect(breaksOf(rig)).toEqual(['order'])
    expect(rig.pass(6_000).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: stop }))
    expectItFires(rig, stop)
  })

  it('does not end the stop by the word of a venue that calls it canceled', () => {
    const { rig, stop } = heldStop()
    rig.report(stop, { venueOrder: 'v-wrong', status: 'canceled' }, 'query')
    expectItFires(rig, stop)
  })

  it('does not fill it by a trade, nor take an acceptance for it', () => {
    const { rig, stop } = heldStop()
    const before = rig.held()
    rig.fill(stop, 10)
    rig.accept(stop)
    expect(breaksOf(rig)).toEqual(['trade'])
    expect(rig.held()).toBe(before)
    expectItFires(rig, stop)
  })

  it('keeps the difference for as long as rounds show it, asks each time, and heals it with the first that does not', () => {
    const { rig, stop } = heldStop()
    rig.report(stop)
    rig.pass(6_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(stop)] } })
    expect(rig.events.findLast(({ kind }) => kind === 'epoch-closed')).toMatchObject({ outcome: 'breaks' })
    rig.lookup(stop, 'not-found')
    rig.pass(60_000)
    rig.answerEpoch()
    expect(rig.events.findLast(({ kind }) => kind === 'epoch-closed')).toMatchObject({ outcome: 'clean' })
    expect(rig.order(stop).status).toBe('held')
  })

  it('is believed once a question for it by name finds it: the record of its way out was lost, and it is not sent again', () => {
    const { rig, stop } = heldStop()
    const trade = rig.trade(stop, 4)
    rig.report(stop)
    rig.pass(6_000)
    rig.found(stop, { filled: trade.lots }, [trade])
    expect(rig.order(stop)).toMatchObject({ status: 'partial', venueOrder: venueOrderOf(stop), filled: trade.lots })
    rig.quote(plain.instrument.id, stopAt - 10, stopAt)
    expect(rig.sends(stop)).toHaveLength(0)
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
  })

  it('never makes a held order stuck, however long no question finds it', () => {
    const { rig, stop } = heldStop()
    rig.report(stop)
    for (let round = 0; round < 30; round += 1) {
      rig.pass(30_000)
      rig.report(stop)
      rig.lookup(stop, 'not-found')
    }
    expectItFires(rig, stop)
  })
})
