import { describe, expect, it } from 'vitest'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, tradableOf, ticks } from './trading-rig.ts'
import type { RigOptions } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })
const dayMs = 86_400_000
const withoutAmend: RigOptions = { tradables: [tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })] }

/** A long position with a protective stop at the venue. */
const guarded = (count: number, options?: RigOptions): { readonly rig: Rig; readonly stop: OrderId } => {
  const rig = Rig.active(options)
  for (let left = count; left > 0; left -= 900_000) {
    const part = Math.min(left, 900_000)
    rig.fill(rig.work({ size: quantity(part) }), part)
  }
  const stop = rig.work({ type: 'stop', side: 'sell', size: quantity(Math.min(count, 900_000)), trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
  return { rig, stop }
}

const close = (rig: Rig) => rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
const soldByMarket = (rig: Rig) => rig.sends().filter(({ spec }) => spec.type === 'market')

describe('an amend where the venue cannot amend', () => {
  it.each([
    ['a price that no filter lets through', { trigger: ticks(900_000_000) }, 'filter.price-range'],
    ['a size that the venue never takes', { lots: lots(5_000_000) }, 'filter.quantity-max'],
    ['more than there is to close', { lots: lots(11) }, 'risk.not-reducing'],
  ])('to %s is refused before the old order is taken back', (_what, change, rule) => {
    const { rig, stop } = guarded(10, withoutAmend)
    const { events, requests } = rig.command({ kind: 'amend-order', ...rig.asked(), order: stop, ...change })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule } }])
    expect(requests).toEqual([])
    expect(rig.order(stop)).toMatchObject({ status: 'working', cancel: 'none' })
  })

  it('of an entry is refused while only what reduces may leave, smaller or not', () => {
    const rig = Rig.active(withoutAmend)
    const entry = rig.work({ size: quantity(10) })
    rig.process({ kind: 'journal-in-trouble', at: rig.at, trouble: 'stalled', detail: 'a test' })
    expect(rig.engine.mode.mode).toBe('reducing')
    const { events } = rig.command({ kind: 'amend-order', ...rig.asked(), order: entry, lots: lots(5) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'mode.not-allowed' } }])
    expect(rig.order(entry)).toMatchObject({ status: 'working', cancel: 'none' })
  })

  it('keeps its size, however often the new order is tried again', () => {
    const tradable = tradableOf(perpetual.instrument.id, 'perpetual', { amend: false })
    const { rig, stop } = guarded(10, { tradables: [{ ...tradable, rules: { ...tradable.rules, triggersOpenMax: 1 } }] })
    const { events } = rig.command({ kind: 'amend-order', ...rig.asked(), order: stop, trigger: ticks(9_100) })
    const taken = events.find((event) => event.kind === 'command-taken')
    const next = (taken?.kind === 'command-taken' ? taken.orders[0] : undefined) as OrderId
    rig.fill(stop, 4)
    // Somebody else's stop takes the place before the old one is gone.
    rig.process({
      kind: 'order-reported', at: rig.at, account: 'main', via: 'stream',
      view: { venueOrder: 'x-1', instrument: perpetual.instrument.id, side: 'sell', status: 'open', lots: lots(1), filled: lots(0), trigger: ticks(8_000), updatedAt: rig.at },
    })
    rig.found(stop, { status: 'canceled' })
    for (let second = 0; second < 10; second += 1) rig.pass(1_000)
    expect(rig.order(next)).toMatchObject({ status: 'held' })
    rig.process({
      kind: 'order-reported', at: rig.at, account: 'main', via: 'stream',
      view: { venueOrder: 'x-1', instrument: perpetual.instrument.id, side: 'sell', status: 'canceled', lots: lots(1), filled: lots(0), trigger: ticks(8_000), updatedAt: rig.at },
    })
    rig.pass(30_000)
    expect(rig.sends(next)).toMatchObject([{ spec: { lots: lots(6), trigger: ticks(9_100) } }])
  })
})

describe('a close', () => {
  it('of more than the venue takes at once leaves in pieces', () => {
    const { rig, stop } = guarded(1_800_000)
    close(rig)
    rig.report(stop, { status: 'canceled' })
    expect(soldByMarket(rig).map(({ spec }) => Number(spec.lots))).toEqual([1_000_000, 800_000])
  })

  it('of more than the venue takes at once leaves in pieces where nothing stands in its way', () => {
    const { rig, stop } = guarded(1_800_000)
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: stop })
    rig.report(stop, { status: 'canceled' })
    close(rig)
    expect(soldByMarket(rig).map(({ spec }) => Number(spec.lots))).toEqual([1_000_000, 800_000])
    for (const { order, spec } of soldByMarket(rig)) {
      rig.accept(order)
      rig.fill(order, Number(spec.lots))
    }
    expect(rig.held()).toBe(0)
  })

  it('out of the session of its instrument is refused and takes no stop away', () => {
    const sessions = { ...perpetual, instrument: { ...perpetual.instrument, hours: { kind: 'sessions' as const, openMinute: 0, closeMinute: 24 * 60 - 30, weekdays: [0, 1, 2, 3, 4, 5, 6] } } }
    const { rig, stop } = guarded(10, { tradables: [sessions] })
    rig.at = Math.floor(rig.at / dayMs) * dayMs + dayMs - 10 * 60_000
    rig.pass(0)
    expect(close(rig).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'filter.session-closed' } }])
    expect(rig.cancels(stop)).toEqual([])
  })

  it('takes back an order of ours that it would meet, and is not lost to it with the stop already gone', () => {
    const { rig, stop } = guarded(10)
    const resting = rig.work({ size: quantity(3), limit: ticks(9_500) })
    close(rig)
    rig.report(stop, { status: 'canceled' })
    expect(rig.cancels(resting)).toHaveLength(1)
    rig.report(resting, { status: 'canceled' })
    expect(soldByMarket(rig)).toMatchObject([{ spec: { side: 'sell', lots: lots(10), reduceOnly: true } }])
  })
})
