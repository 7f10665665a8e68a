import { describe, expect, it } from 'vitest'
import type { OrderId, VenueOrderView, VenueTrade } from '../../../src-main/domain/index.ts'
import { canonicalJson } from '../../../src-main/engine/index.ts'
import { amount, lots, perpetual, Rig, spot, ticks } from './trading-rig.ts'

/** So many ended orders are kept, see forgetting.ts. */
const kept = 10_000
const hourMs = 3_600_000

const endMany = (rig: Rig, count: number): void => {
  for (let made = 0; made < count; made += 1) {
    const order = rig.place()
    rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order, proof: 'HTTP 400 -1013' })
  }
}

/** Time enough that no round reaches back behind it, and a clean one to say so. */
const outOfReach = (rig: Rig): void => {
  rig.at += 2 * hourMs
  rig.quoteAll()
  const { engine } = rig
  rig.positions = engine.positions('main').filter(({ instrument }) => instrument !== spot.instrument.id)
  rig.balances = engine.balances('main').map(({ asset, total }) => ({ asset, total, free: total }))
  rig.answerEpoch({ openOrders: { ok: true, items: [...engine.openOrders()].filter(({ venueOrder }) => venueOrder !== undefined).map(({ id }) => rig.view(id)) } })
  expect(rig.events.findLast(({ kind }) => kind === 'epoch-closed')).toMatchObject({ outcome: 'clean' })
}

const bracket = (rig: Rig): { readonly group: readonly OrderId[]; readonly entry: OrderId; readonly stop: OrderId } => {
  const { limit: _limit, ...guard } = rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
  const { events } = rig.command({
    kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec(), guard, rig.spec({ side: 'sell', limit: ticks(12_000) })],
  })
  const taken = events.find((event) => event.kind === 'command-taken')
  const group = taken?.kind === 'command-taken' ? taken.orders : []
  const [entry, stop] = group
  if (entry === undefined || stop === undefined) throw new Error('the bracket was not taken')
  rig.accept(entry)
  return { group, entry, stop }
}

const familyOf = (rig: Rig, group: readonly OrderId[]): readonly OrderId[] =>
  [...rig.engine.orders()].filter(({ id, onBehalfOf }) => group.includes(id) || (onBehalfOf !== undefined && group.includes(onBehalfOf))).map(({ id }) => id)

const endBracket = (rig: Rig, entry: OrderId): void => {
  rig.fill(entry, 10)
  for (let round = 0; round < 3; round += 1) {
    for (const { id, status } of [...rig.engine.openOrders()]) if (status === 'sending') rig.accept(id)
    const stop = [...rig.engine.openOrders()].find(({ onBehalfOf, spec }) => onBehalfOf !== undefined && spec.type === 'stop')
    if (stop !== undefined && round === 0) rig.fill(stop.id, 10, { price: ticks(9_000) })
    for (const { id, cancel } of [...rig.engine.openOrders()]) if (cancel === 'sending') rig.report(id, { status: 'canceled' })
    rig.pass(2_000)
  }
}

describe('ended orders', () => {
  it('of a group leave the memory together, with all that was sent for it, or stay together', () => {
    const rig = Rig.active()
    const { group, entry } = bracket(rig)
    endBracket(rig, entry)
    const family = familyOf(rig, group)
    expect(family.length).toBeGreaterThan(group.length)
    outOfReach(rig)
    let sizes = new Set<number>()
    for (let more = 0; more < kept + 50; more += 1) {
      endMany(rig, 1)
      sizes = sizes.add(family.filter((id) => rig.engine.order(id) !== undefined).length)
    }
    expect([...sizes]).toEqual([family.length, 0])
    expect(rig.engine.snapshot().endedGroups).toEqual([])
  }, 60_000)

  it('behind a group that goes on are forgotten all the same, and of that group nothing is', () => {
    const rig = Rig.active()
    const { group, entry } = bracket(rig)
    rig.fill(entry, 10)
    for (const { id, status } of [...rig.engine.openOrders()]) if (status === 'sending') rig.accept(id)
    const family = familyOf(rig, group)
    endMany(rig, 200)
    outOfReach(rig)
    endMany(rig, kept + 400)
    // All that is out of reach has gone, but for the group.
    expect(rig.engine.counts().orders).toBe(kept + 400 + family.length)
    expect(familyOf(rig, group)).toEqual(family)
  }, 60_000)

  it('are forgotten in a replay and after a snapshot as they were then', () => {
    const rig = Rig.active()
    const { entry } = bracket(rig)
    endBracket(rig, entry)
    outOfReach(rig)
    endMany(rig, kept + 20)
    const state = rig.state()
    rig.restart()
    expect(rig.state()).toBe(state)
    rig.restart([], JSON.parse(canonicalJson(rig.engine.snapshot())))
    expect(rig.state()).toBe(state)
  }, 60_000)

  it('are not counted again when a round shows them once more, though something in doubt reaches back to before them', () => {
    const rig = Rig.active()
    const doubt = rig.place({ instrument: 'SOL/USD:PERP' })
    rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: doubt, why: 'timeout' })
    rig.at += 1_000
    const view: VenueOrderView = {
      venueOrder: 'v-x', instrument: perpetual.instrument.id, side: 'buy', status: 'filled', lots: lots(7), filled: lots(7), limit: ticks(9_900), averagePrice: ticks(9_900), updatedAt: rig.at,
    }
    const trade: VenueTrade = {
      trade: 'x1', venueOrder: 'v-x', instrument: perpetual.instrument.id, side: 'buy', price: ticks(9_900), lots: lots(7), liquidity: 'maker', fee: amount(0), feeAsset: 'USD', at: rig.at,
    }
    const shown = {
      closedOrders: { ok: true as const, items: [view] }, trades: { ok: true as const, items: [trade] },
      positions: { ok: true as const, items: [{ instrument: perpetual.instrument.id, positionSide: 'net' as const, lots: lots(7) }] },
    }
    rig.positions = shown.positions.items
    rig.pass(70_000)
    rig.answerEpoch(shown)
    expect(rig.held()).toBe(7)
    outOfReach(rig)
    endMany(rig, kept + 50)
    expect([...rig.engine.orders()].some(({ isExternal }) => isExternal)).toBe(false)
    rig.pass(61_000)
    rig.answerEpoch(shown)
    rig.pass(130_000)
    rig.answerEpoch(shown)
    expect(rig.held()).toBe(7)
    expect(rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')).toMatchObject({ since: expect.any(Number) })
    expect([...rig.engine.orders()].some(({ isExternal }) => isExternal)).toBe(false)
  }, 60_000)
})
