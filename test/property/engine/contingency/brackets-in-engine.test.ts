import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import { isTerminal } from '../../../../src-main/domain/index.ts'
import type { OrderId, OrderSpec, Tradable } from '../../../../src-main/domain/index.ts'
import { Rig, tradableOf, lots, ticks } from '../../../unit/engine/trading-rig.ts'

/** What befalls a bracket in the whole engine; `pick` chooses the order, `size` how much. */
interface Blow {
  readonly kind: 'fill-entry' | 'end-entry' | 'accept' | 'reject-target' | 'fill' | 'cancel-taken' | 'amend-taken' | 'amend-refused' | 'price' | 'pass' | 'restart'
  readonly pick: number
  readonly size: number
}

const kinds = ['fill-entry', 'fill-entry', 'fill-entry', 'end-entry', 'accept', 'accept', 'reject-target', 'fill', 'fill', 'cancel-taken', 'cancel-taken', 'amend-taken', 'amend-refused', 'price', 'pass', 'restart'] as const
const blow: fc.Arbitrary<Blow> = fc.record({ kind: fc.constantFrom(...kinds), pick: fc.integer({ min: 0, max: 1_000 }), size: fc.integer({ min: 1, max: 60 }) })
const venue = fc.constantFrom<Tradable>(
  tradableOf('ETH/USD:PERP', 'perpetual'), tradableOf('ETH/USD:PERP', 'perpetual', { amend: false }), tradableOf('ETH/USD', 'spot'), tradableOf('ETH/USD', 'spot', { amend: false }),
)

interface Bracket {
  readonly rig: Rig
  readonly entry: OrderId
  readonly stop: OrderId
  readonly target: OrderId
}

const bracketOn = (tradable: Tradable): Bracket => {
  const rig = Rig.active({ tradables: [tradable] })
  const size = { by: 'quantity' as const, lots: lots(100) }
  const { limit: _limit, ...plain } = rig.spec({ instrument: tradable.instrument.id, side: 'sell', size })
  const orders: readonly OrderSpec[] = [
    rig.spec({ instrument: tradable.instrument.id, size }), { ...plain, type: 'stop', trigger: { price: ticks(9_000), source: 'last' } }, { ...plain, limit: ticks(12_000) },
  ]
  const taken = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders }).events.find((event) => event.kind === 'command-taken')
  const [entry, stop, target] = (taken?.kind === 'command-taken' ? taken.orders : []) as [OrderId, OrderId, OrderId]
  rig.accept(entry)
  return { rig, entry, stop, target }
}

const piecesOf = (rig: Rig, of: OrderId) => [...rig.engine.orders()].filter(({ onBehalfOf, status }) => onBehalfOf === of && !isTerminal(status))
const openLots = (rig: Rig, of: OrderId): number =>
  piecesOf(rig, of).reduce((sum, { lots: size, filled, amendTo }) => sum + Math.max(rawOf(size), amendTo === undefined ? 0 : rawOf(amendTo.lots)) - rawOf(filled), 0)

const atVenue = (rig: Rig) => [...rig.engine.orders()].filter(({ venueSpec, status }) => venueSpec !== undefined && !isTerminal(status))

/** A new process reads the journal and asks the venue, which shows everything that it has. */
const restart = (rig: Rig): void => {
  const before = rig.state()
  rig.restart()
  expect(rig.state()).toBe(before)
  rig.at += 1_000
  rig.start()
  // What is delivered is told as a balance, what is not as a position.
  const isDelivered = rig.setup.tradables[0]?.settlement === 'delivery'
  const held = rig.engine.positions('main').filter(({ lots: size }) => rawOf(size) !== 0 && !isDelivered)
  rig.positions = held.map(({ instrument, lots: size }) => ({ instrument, positionSide: 'net', lots: size }))
  rig.balances = rig.engine.balances('main').map(({ asset, total }) => ({ asset, total, free: total }))
  rig.answerEpoch({ openOrders: { ok: true, items: atVenue(rig).map(({ id }) => rig.view(id)) } })
}

const strike = ({ rig, entry, target }: Bracket, { kind, pick, size }: Blow): void => {
  type Order = ReturnType<typeof atVenue>[number]
  const one = (which: (order: Order) => boolean, act: (order: Order) => void): void => {
    const all = atVenue(rig).filter(which)
    const order = all[pick % Math.max(1, all.length)]
    if (order !== undefined) act(order)
  }
  const left = (order: Order): number => rawOf(order.lots) - rawOf(order.filled)
  const isPiece = (order: Order): boolean => order.onBehalfOf !== undefined
  const answer = (outcome: 'accepted' | 'refused') => ({ id, amendment }: Order): void =>
    void rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order: id, amendment, outcome, detail: '' })
  switch (kind) {
    case 'fill-entry': return one((order) => order.id === entry && left(order) > 0, (order) => rig.fill(order.id, Math.min(size, left(order))))
    case 'end-entry': return one(({ id }) => id === entry, ({ id }) => rig.report(id, { status: 'canceled' }))
    case 'accept': return one(({ status }) => status === 'sending' || status === 'unknown', ({ id }) => rig.accept(id))
    case 'reject-target': return one(
      ({ status, onBehalfOf, filled }) => status === 'sending' && onBehalfOf === target && rawOf(filled) === 0,
      ({ id }) => rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order: id, proof: '400' }),
    )
    case 'fill': return one((order) => isPiece(order) && left(order) > 0, (order) => rig.fill(order.id, Math.min(size, left(order)), { price: ticks(10_000) }))
    case 'cancel-taken': return one(({ cancel }) => cancel === 'sending', ({ id }) => rig.report(id, { status: 'canceled' }))
    case 'amend-taken': return one(({ amend }) => amend === 'sending', answer('accepted'))
    case 'amend-refused': return one(({ amend }) => amend === 'sending', answer('refused'))
    case 'price': return rig.quote(rig.setup.tradables[0]?.instrument.id ?? '', 9_100 + (pick % 3_000), 9_110 + (pick % 3_000))
    case 'pass': return void rig.pass(size * 50)
    case 'restart': return restart(rig)
  }
}

describe('a bracket under blows in the whole engine', () => {
  it('has its stop for what is held, within what is left to close where the venue locks, and is the same after a replay', () => {
    fc.assert(
      fc.property(venue, fc.array(blow, { maxLength: 40 }), (tradable, blows) => {
        const made = bracketOn(tradable)
        const { rig, entry, stop, target } = made
        for (const each of blows) {
          strike(made, each)
          const held = rawOf(rig.order(entry).filled) - rawOf(rig.order(stop).filled) - rawOf(rig.order(target).filled)
          const isLocking = tradable.abilities.locksBalance
          const isSwapped = isLocking && rig.order(target).triggered
          if (held > 0 && !isSwapped && !rig.order(stop).triggered) expect(openLots(rig, stop)).toBeGreaterThanOrEqual(held)
          if (isLocking) expect(openLots(rig, stop) + openLots(rig, target)).toBeLessThanOrEqual(Math.max(0, held))
        }
        const before = rig.state()
        rig.restart()
        expect(rig.state()).toBe(before)
      }),
      { numRuns: 300 },
    )
  })
})
