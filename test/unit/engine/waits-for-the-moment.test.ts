import { describe, expect, it } from 'vitest'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { lots, perpetual, Rig, ticks, tradableOf } from './trading-rig.ts'

const commandAgeMaxMs = 5_000

/** A buy that waits until the sell of ours is gone that it would meet. */
const waiting = (change: Partial<OrderSpec>): { readonly rig: Rig; readonly resting: OrderId; readonly buy: OrderId } => {
  const rig = Rig.active({ selfTrade: 'cancel-resting', limits: { ...boundlessLimits, commandAgeMaxMs } })
  const resting = rig.work({ side: 'sell', limit: ticks(10_100) })
  const buy = rig.place(change)
  expect(rig.order(buy)).toMatchObject({ status: 'held', heldFor: 'sibling' })
  return { rig, resting, buy }
}

describe('an order that waits for another of ours to be gone', () => {
  it.each([['market', { type: 'market', timeInForce: 'ioc' }], ['ioc', { limit: ticks(10_100), timeInForce: 'ioc' }]] as const)(
    'ends by itself where it was asked for the moment, and the moment is over: %s', (_name, change) => {
      const { rig, resting, buy } = waiting(change)
      rig.pass(commandAgeMaxMs)
      expect(rig.order(buy).status).toBe('held')
      rig.pass(1)
      expect(rig.order(buy).status).toBe('canceled')
      rig.report(resting, { status: 'canceled' })
      expect(rig.sends(buy)).toEqual([])
    })

  it('does not leave late after a restart either', () => {
    const { rig, resting, buy } = waiting({ type: 'market', timeInForce: 'ioc' })
    rig.restart()
    rig.at += 60_000
    rig.quoteAll()
    rig.report(resting, { status: 'canceled' })
    expect(rig.order(buy).status).toBe('canceled')
    expect(rig.sends(buy)).toEqual([])
  })

  it('leaves at once where the other is gone in time', () => {
    const { rig, resting, buy } = waiting({ type: 'market', timeInForce: 'ioc' })
    rig.pass(1_000)
    rig.report(resting, { status: 'canceled' })
    expect(rig.sends(buy)).toHaveLength(1)
  })

  it('waits on where its own price bounds it', () => {
    const { rig, resting, buy } = waiting({ limit: ticks(10_100) })
    rig.pass(60_000)
    rig.report(resting, { status: 'canceled' })
    expect(rig.sends(buy)).toHaveLength(1)
  })

  it('waits on where it closes a position', () => {
    const rig = Rig.active({ selfTrade: 'cancel-resting', limits: { ...boundlessLimits, commandAgeMaxMs } })
    rig.fill(rig.work(), 10)
    const resting = rig.work({ limit: ticks(9_900) })
    const exit = rig.place({ type: 'market', side: 'sell', timeInForce: 'ioc', reduceOnly: true })
    rig.pass(60_000)
    expect(rig.order(exit).status).toBe('held')
    rig.report(resting, { status: 'canceled' })
    expect(rig.sends(exit)).toHaveLength(1)
  })
})

describe('taking a part off both of two orders that would meet', () => {
  it.each([
    ['the venue cannot amend', { amend: false }, false],
    ['the one that rests is in flight', {}, true],
  ])('gives way to the one that rests, where %s', (_why, abilities, isInFlight) => {
    const rig = Rig.active({ selfTrade: 'decrement-both', tradables: [tradableOf(perpetual.instrument.id, 'perpetual', abilities)] })
    const resting = rig.place({ size: { by: 'quantity', lots: lots(100) } })
    if (!isInFlight) rig.accept(resting)
    const newcomer = rig.place({ side: 'sell', size: { by: 'quantity', lots: lots(5) } })
    expect(rig.order(newcomer).status).toBe('denied')
    expect(rig.events.filter(({ kind }) => kind === 'self-trade-prevented')).toMatchObject([{ did: 'cancel-new', resting }])
    expect(rig.cancels(resting)).toEqual([])
    expect(rig.order(resting)).toMatchObject({ lots: lots(100), cancel: 'none' })
  })
})
