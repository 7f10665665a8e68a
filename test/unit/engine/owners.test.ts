import { describe, expect, it } from 'vitest'
import { lots, Rig, ticks } from './trading-rig.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'

const pieceOf = (rig: Rig, owner: OrderId): OrderId => {
  const piece = [...rig.engine.openOrders()].find(({ onBehalfOf }) => onBehalfOf === owner)
  if (piece === undefined) throw new Error('nothing was sent on its behalf')
  return piece.id
}

const iceberg = (rig: Rig): OrderId => rig.place({ display: lots(5) })

const fillSlice = (rig: Rig, owner: OrderId): void => {
  const slice = pieceOf(rig, owner)
  rig.accept(slice)
  rig.fill(slice, 5)
}

describe('what the engine holds', () => {
  it('ends with an event of its own when what was sent for it has filled all of it', () => {
    const rig = Rig.active()
    const owner = iceberg(rig)
    fillSlice(rig, owner)
    expect(rig.events.some((event) => event.kind === 'order-completed')).toBe(false)
    fillSlice(rig, owner)
    expect(rig.order(owner)).toMatchObject({ status: 'filled', filled: lots(10) })
    expect(rig.events.filter((event) => event.kind === 'order-completed')).toMatchObject([{ order: owner }])
  })

  it('ends so even where the record of its end was lost behind that of the last fill', () => {
    const rig = Rig.active()
    const owner = iceberg(rig)
    fillSlice(rig, owner)
    fillSlice(rig, owner)
    const place = rig.events.findIndex(({ kind }) => kind === 'order-completed')
    rig.restart(rig.events.slice(0, place))
    expect(rig.order(owner).status).toBe('held')
    rig.at += 1
    rig.start()
    expect(rig.order(owner).status).toBe('filled')
    expect(rig.sends().filter(({ order }) => rig.order(order).onBehalfOf === owner)).toHaveLength(2)
  })

  it('ends with an event however it ends: every order that is over was named by what ended it', () => {
    const rig = Rig.active()
    const { limit: _limit, ...stop } = rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
    const { events } = rig.command({
      kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec(), stop, rig.spec({ side: 'sell', limit: ticks(12_000) })],
    })
    const taken = events.find((event) => event.kind === 'command-taken')
    const [entry, guard] = taken?.kind === 'command-taken' ? taken.orders : []
    if (entry === undefined || guard === undefined) throw new Error('the bracket was not taken')
    rig.accept(entry)
    rig.fill(entry, 10)
    const piece = pieceOf(rig, guard)
    rig.accept(piece)
    rig.fill(piece, 10, { price: ticks(9_000) })
    for (let round = 0; round < 3; round += 1) {
      for (const { id, status } of [...rig.engine.orders()]) if (status === 'sending') rig.accept(id)
      rig.pass(2_000)
      for (const { id, cancel } of [...rig.engine.orders()]) if (cancel === 'sending') rig.report(id, { status: 'canceled' })
    }
    const ending = new Set(['order-denied', 'order-rejected', 'order-absent', 'order-canceled', 'order-expired', 'order-completed', 'order-filled', 'order-resized'])
    const named = new Set(rig.events.flatMap((event) => ('order' in event && ending.has(event.kind) ? [event.order] : [])))
    expect([...rig.engine.openOrders()]).toEqual([])
    for (const { id } of rig.engine.orders()) expect(named).toContain(id)
  })
})
