import { describe, expect, it } from 'vitest'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })

/** Ten lots that are filled while the venue is asked to make it thirty. */
const filledMeanwhile = (): { readonly rig: Rig; readonly id: OrderId } => {
  const rig = Rig.active()
  const id = rig.work({ size: quantity(10) })
  rig.command({ kind: 'amend-order', ...rig.asked(), order: id, lots: lots(30) })
  rig.fill(id, 10)
  return { rig, id }
}
const answer = (rig: Rig, order: OrderId, outcome: 'accepted' | 'refused' | 'unknown') =>
  rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order, amendment: 1, outcome, detail: '' })

const expectReplayed = (rig: Rig): void => {
  const before = rig.state()
  rig.restart()
  expect(rig.state()).toBe(before)
}

describe('an order whose old size fills while it is being made larger', () => {
  it('is alive until the venue has answered, and for the rest where it agreed', () => {
    const { rig, id } = filledMeanwhile()
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(10), amend: 'sending' })
    answer(rig, id, 'accepted')
    expect(rig.order(id)).toMatchObject({ status: 'partial', lots: lots(30), filled: lots(10) })
    rig.process({ kind: 'kill-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    expect(rig.cancels(id)).toHaveLength(1)
    expectReplayed(rig)
  })

  it('is filled where the venue refused', () => {
    const { rig, id } = filledMeanwhile()
    answer(rig, id, 'refused')
    expect(rig.order(id)).toMatchObject({ status: 'filled', lots: lots(10), amend: 'none' })
    expectReplayed(rig)
  })

  it('is filled where the venue says so, whatever became of the amend', () => {
    const { rig, id } = filledMeanwhile()
    answer(rig, id, 'unknown')
    expect(rig.order(id).status).toBe('partial')
    rig.found(id, { status: 'filled', lots: lots(10), filled: lots(10) })
    expect(rig.order(id)).toMatchObject({ status: 'filled', lots: lots(10), amend: 'none' })
    expectReplayed(rig)
  })

  it('counts what it may still fill', () => {
    const { rig, id } = filledMeanwhile()
    rig.fill(id, 5)
    expect(rig.kinds()).not.toContain('overfill-seen')
    answer(rig, id, 'accepted')
    rig.fill(id, 15)
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(30) })
    expect(rig.kinds()).not.toContain('overfill-seen')
  })
})

describe('the stop of a bracket that fires while it is being made larger', () => {
  it('is not followed by a second one for what it may still close', () => {
    const rig = Rig.active()
    const { events } = rig.command({
      kind: 'place-group', ...rig.asked(), group: 'bracket',
      orders: [rig.spec({ size: quantity(10) }), rig.spec({ side: 'sell', type: 'stop', size: quantity(10), trigger: { price: ticks(9_000), source: 'last' } })],
    })
    const taken = events.find((event) => event.kind === 'command-taken')
    const [entry, leg] = (taken?.kind === 'command-taken' ? taken.orders : []) as [OrderId, OrderId]
    const piecesOf = () => [...rig.engine.openOrders()].filter(({ onBehalfOf }) => onBehalfOf === leg)
    rig.accept(entry)
    rig.fill(entry, 4)
    const [piece] = piecesOf()
    if (piece === undefined) throw new Error('the bracket has no stop')
    rig.accept(piece.id)
    rig.fill(entry, 6)
    expect(piece).toMatchObject({ amend: 'sending', lots: lots(4) })
    rig.fill(piece.id, 4, { price: ticks(9_000) })
    expect(piecesOf().map(({ id }) => id)).toEqual([piece.id])
    rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: piece.id, amendment: piece.amendment, outcome: 'accepted', detail: '' })
    expect(piecesOf().map(({ id }) => id)).toEqual([piece.id])
    rig.fill(piece.id, 6, { price: ticks(9_000) })
    expect(rig.held()).toBe(0)
    expect(rig.sends().filter(({ spec }) => spec.side === 'sell' && spec.instrument === perpetual.instrument.id)).toHaveLength(1)
  })
})
