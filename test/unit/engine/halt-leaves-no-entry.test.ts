import { describe, expect, it } from 'vitest'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, tradableOf, ticks } from './trading-rig.ts'
import type { RigOptions } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })
const stopOf = (rig: Rig, change: Partial<OrderSpec>): OrderSpec => rig.spec({ type: 'stop', trigger: { price: ticks(change.side === 'buy' ? 10_500 : 9_000), source: 'last' }, ...change })

/** An entry of ten that is followed by a stop; `filled` of it. */
const followed = (child: Partial<OrderSpec>, filled: number, options?: RigOptions) => {
  const rig = Rig.active(options)
  const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group: 'oto', orders: [rig.spec({ size: quantity(10) }), stopOf(rig, child)] })
  const taken = events.find((event) => event.kind === 'command-taken')
  if (taken?.kind !== 'command-taken') throw new Error(`the group was not taken: ${JSON.stringify(events)}`)
  const [entry, leg] = taken.orders as [OrderId, OrderId]
  rig.accept(entry)
  rig.fill(entry, filled)
  for (const { order } of rig.sends()) if (order !== entry) rig.accept(order)
  const piece = [...rig.engine.openOrders()].find(({ onBehalfOf }) => onBehalfOf === leg)
  if (piece === undefined) throw new Error('nothing was sent for the leg')
  return { rig, entry, leg, piece }
}

const stop = (rig: Rig, kind: 'halt-trading' | 'kill-trading') => {
  rig.process({ kind, at: rig.at, reason: 'a test', actor: 'hand' })
  rig.pass(1_000)
}

describe.each(['halt-trading', 'kill-trading'] as const)('%s', (kind) => {
  it('takes back the stop of an oto that would add to the position', () => {
    const { rig, leg, piece } = followed({ side: 'buy', size: quantity(10) }, 10)
    stop(rig, kind)
    expect(rig.cancels(piece.id)).toHaveLength(1)
    rig.report(piece.id, { status: 'canceled' })
    expect(rig.order(leg).status).toBe('canceled')
  })

  it('takes back the stop of an oto that is larger than its entry, and would turn the position', () => {
    const { rig, piece } = followed({ side: 'sell', size: quantity(20) }, 10)
    stop(rig, kind)
    expect(rig.cancels(piece.id)).toHaveLength(1)
  })

  it('leaves the stop of an oto that covers what its entry filled', () => {
    const { rig, piece } = followed({ side: 'sell', size: quantity(10) }, 4)
    expect(piece).toMatchObject({ lots: lots(4) })
    stop(rig, kind)
    expect(rig.cancels(piece.id)).toEqual([])
  })

  it('takes back a reduce-only stop that closes nothing, where the venue keeps none from growing a position', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { reduceOnly: false })] })
    const entry = rig.work({ size: quantity(10) })
    rig.fill(entry, 10)
    const { limit: _limit, ...spec } = stopOf(rig, { side: 'sell', size: quantity(10), reduceOnly: true })
    const order = rig.work(spec)
    rig.fill(rig.work({ side: 'sell', type: 'limit', limit: ticks(10_200), size: quantity(10) }), 10)
    stop(rig, kind)
    expect(rig.held()).toBe(0)
    expect(rig.cancels(order)).toHaveLength(1)
  })

  it('leaves that stop while it has something to close', () => {
    const rig = Rig.active({ tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { reduceOnly: false })] })
    rig.fill(rig.work({ size: quantity(10) }), 10)
    const order = rig.work(stopOf(rig, { side: 'sell', size: quantity(10), reduceOnly: true }))
    stop(rig, kind)
    expect(rig.cancels(order)).toEqual([])
  })
})
