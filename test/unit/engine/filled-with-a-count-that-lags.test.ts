import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, ticks, tradableOf } from './trading-rig.ts'

const lagging = { status: 'filled', filled: lots(0) } as const

function calledFilled(): { readonly rig: Rig; readonly id: OrderId } {
  const rig = Rig.active()
  const id = rig.work()
  rig.report(id, lagging)
  return { rig, id }
}

describe('an order that the venue calls filled while its count lags behind', () => {
  it('goes on being counted, is asked about, and is filled by its trades without an overfill', () => {
    const { rig, id } = calledFilled()
    expect(rig.order(id).status).toBe('working')
    expect(rig.pass(6_000).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
    rig.fill(id, 4)
    expect(rig.order(id).status).toBe('partial')
    rig.fill(id, 6)
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(10), overfill: lots(0) })
    expect(rig.kinds()).not.toContain('order-resized')
  })

  it('is not ended by an answer to a question from the moment of that word', () => {
    const { rig, id } = calledFilled()
    rig.pass(1_000)
    rig.found(id, lagging)
    expect(rig.order(id).status).toBe('working')
  })

  it('ends at the smaller count once a question from well after it shows the same', () => {
    const { rig, id } = calledFilled()
    rig.fill(id, 4)
    rig.report(id, { status: 'filled', filled: lots(4) })
    rig.pass(6_000)
    rig.found(id, { status: 'filled', filled: lots(4) })
    expect(rig.order(id)).toMatchObject({ status: 'filled', lots: lots(4) })
  })

  it('ends by a round that shows it so, and without a fill it counts as canceled', () => {
    const { rig, id } = calledFilled()
    rig.pass(60_000)
    rig.answerEpoch({ closedOrders: { ok: true, items: [rig.view(id, { ...lagging, updatedAt: rig.at - 60_000 })] } })
    expect(rig.order(id)).toMatchObject({ status: 'canceled', filled: lots(0) })
  })

  it('begins to wait anew when the count moves', () => {
    const { rig, id } = calledFilled()
    rig.pass(5_500)
    rig.fill(id, 4)
    rig.found(id, { status: 'filled', filled: lots(4) })
    expect(rig.order(id).status).toBe('partial')
  })

  it('is not replaced meanwhile where the venue cannot amend', () => {
    const plain = tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })
    const rig = Rig.active({ tradables: [plain] })
    const id = rig.work()
    const { events } = rig.command({ kind: 'amend-order', ...rig.asked(), order: id, limit: ticks(9_800) })
    const taken = events.find((event) => event.kind === 'command-taken')
    const next = (taken?.kind === 'command-taken' ? taken.orders[0] : undefined) as OrderId
    rig.report(id, lagging)
    expect(rig.sends(next)).toHaveLength(0)
    rig.fill(id, 10)
    rig.pass(1_000)
    expect(rig.sends(next)).toHaveLength(0)
    expect(rig.order(next).status).toBe('canceled')
  })
})
