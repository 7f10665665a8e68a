import { describe, expect, it } from 'vitest'
import { amountFromRaw, rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { stopOf, placeHeld, openLots, livePiece, bracketOn, expectReplayed } from './bracket-rig.ts'
import { Rig, lots, perpetual, spot, ticks } from './trading-rig.ts'

describe('what a person does while a bracket is live', () => {
  /** The venue takes and cancels whatever it is asked to, for a while. */
  const settleDown = (rig: Rig): void => {
    for (let round = 0; round < 5; round += 1) {
      for (const { id, cancel, venueSpec } of [...rig.engine.orders()]) if (cancel === 'sending' && venueSpec !== undefined) rig.report(id, { status: 'canceled' })
      for (const { id, status, spec } of [...rig.engine.orders()]) if (status === 'sending' && spec.type !== 'market') rig.accept(id)
      rig.pass(2_000)
    }
  }

  it.each([['a contract', perpetual.instrument.id], ['spot', spot.instrument.id]])('closes the position of %s, once, and takes the legs away with it', (_name, instrument) => {
    const { rig, entry, stop, target } = bracketOn(instrument)
    rig.fill(entry, 10)
    settleDown(rig)
    // What the account held before the bracket is part of the position.
    const held = rig.engine.positions('main').find((position) => position.instrument === instrument)?.lots ?? lots(0)
    expect(rawOf(held)).toBeGreaterThanOrEqual(10)
    rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument })
    settleDown(rig)
    const closes = rig.sends().filter(({ spec }) => spec.type === 'market')
    expect(closes).toMatchObject([{ spec: { side: 'sell', lots: held } }])
    rig.fill(closes[0]?.order as OrderId, rawOf(held))
    settleDown(rig)
    expect([rig.order(stop).status, rig.order(target).status]).toEqual(['canceled', 'canceled'])
    expect([...rig.engine.orders()].filter(({ status }) => !isTerminal(status))).toEqual([])
    expectReplayed(rig)
  })

  it('keeps the stop, and lets it grow with a late fill, when trading is halted', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    rig.fill(entry, 3)
    settleDown(rig)
    expect([rig.order(target).status, rig.order(entry).status]).toEqual(['canceled', 'canceled'])
    expect(openLots(rig, stop)).toBe(7)
  })

  it('takes the stop to where it was amended to', () => {
    const { rig, entry, stop } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 10)
    settleDown(rig)
    rig.command({ kind: 'amend-order', ...rig.asked(), order: stop, trigger: ticks(9_500) })
    settleDown(rig)
    expect(livePiece(rig, stop).venueSpec).toMatchObject({ trigger: ticks(9_500), lots: lots(10) })
  })

  it('cancels a leg for good when its piece is canceled, and amends it when its piece is amended', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 10)
    settleDown(rig)
    const amended = rig.command({ kind: 'amend-order', ...rig.asked(), order: livePiece(rig, stop).id, trigger: ticks(9_500) })
    expect(amended.events[0]).toMatchObject({ kind: 'command-taken', orders: [stop] })
    const canceled = rig.command({ kind: 'cancel-order', ...rig.asked(), order: livePiece(rig, target).id })
    expect(canceled.events[0]).toMatchObject({ kind: 'command-taken', orders: [target] })
    settleDown(rig)
    expect(livePiece(rig, stop).venueSpec).toMatchObject({ trigger: ticks(9_500), lots: lots(10) })
    expect([rig.order(target).status, rig.order(target).endedBy, openLots(rig, target)]).toEqual(['canceled', 'person', 0])
    expectReplayed(rig)
  })

  it('ends an iceberg whose slice is canceled', () => {
    const rig = Rig.active()
    const parent = rig.place({ display: lots(4) })
    rig.accept(livePiece(rig, parent).id)
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: livePiece(rig, parent).id })
    settleDown(rig)
    expect([rig.order(parent).status, openLots(rig, parent)]).toEqual(['canceled', 0])
  })

  it('does not bring back a stop that a person canceled when the entry fills late, and flags it', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    settleDown(rig)
    for (const leg of [stop, target]) rig.command({ kind: 'cancel-order', ...rig.asked(), order: leg })
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: entry })
    settleDown(rig)
    expect(rig.kinds()).toContain('group-ended')
    rig.fill(entry, 3)
    settleDown(rig)
    expect(openLots(rig, stop)).toBe(0)
  })

  it('lets a stop grow by an amend of what rests for it while trading is halted', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    rig.pass(100)
    rig.fill(entry, 3)
    expect(livePiece(rig, stop)).toMatchObject({ amend: 'sending', amendTo: { lots: lots(7) } })
  })

  it('refuses a group that cannot stand together, and makes nothing of it', () => {
    const rig = Rig.active()
    const wrong = stopOf(rig, { trigger: { price: ticks(11_000), source: 'last' } })
    const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec(), wrong] })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'order.malformed' } }])
    expect([...rig.engine.orders()]).toEqual([])
  })
})

describe('a fill that comes after the end', () => {
  it('of the group has its stop at once', () => {
    const { rig, entry, stop, target } = bracketOn(perpetual.instrument.id)
    rig.fill(entry, 4)
    for (const leg of [stop, target]) rig.accept(livePiece(rig, leg).id)
    rig.fill(livePiece(rig, stop).id, 4, { price: ticks(9_000) })
    for (const { id, cancel } of [...rig.engine.orders()]) if (cancel === 'sending') rig.report(id, { status: 'canceled' })
    expect(rig.kinds()).toContain('group-ended')
    expect(rig.order(entry).status).toBe('canceled')
    rig.fill(entry, 3)
    expect(openLots(rig, stop)).toBe(3)
    expectReplayed(rig)
  })
})

describe('a fee in the coin that was bought', () => {
  it('leaves a stop on spot no larger than what is there to be sold', () => {
    const rig = new Rig()
    rig.balances = [{ asset: 'USD', total: amountFromRaw(1_000_000_000_000), free: amountFromRaw(1_000_000_000_000) }]
    rig.start()
    rig.answerEpoch()
    rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
    rig.quoteAll()
    const { entry, stop } = bracketOn(spot.instrument.id, rig)
    // A lot is 100,000 units of the coin, and a fee of one unit takes a whole lot.
    rig.fill(entry, 10, { fee: amountFromRaw(1), feeAsset: 'BTC' })
    expect(openLots(rig, stop)).toBe(9)
  })
})

describe('a stop that the engine holds over what is held', () => {
  it('stays when trading is halted, and leaves when its price comes', () => {
    const rig = Rig.active()
    const { limit: _limit, ...plain } = rig.spec({ instrument: spot.instrument.id, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'mid' } })
    const stop = placeHeld(rig, plain)
    rig.restart()
    rig.process({
      kind: 'program-started', at: rig.at, version: '1.0.0', left: { mode: 'halted', since: rig.at, reason: 'a test', actor: 'hand' },
    })
    expect(rig.engine.mode.mode).toBe('halted')
    rig.quoteAll()
    expect(rig.order(stop)).toMatchObject({ status: 'held', triggered: false })
    rig.quoteAll(8_000, 8_010)
    expect(rig.sends(stop)).toMatchObject([{ spec: { type: 'market', side: 'sell', lots: lots(10) } }])
  })
})
