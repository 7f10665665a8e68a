import { describe, expect, it } from 'vitest'
import type { Tradable } from '../../../src-main/domain/index.ts'
import { Court } from '../../sim/checkers/court.ts'
import type { Scene } from '../../sim/checkers/scene.ts'
import { createStopCoverChecker } from '../../sim/checkers/stop-cover.ts'
import { Witness } from '../../sim/checkers/witness.ts'
import { amount, lots, Rig, spot, ticks } from '../engine/trading-rig.ts'

/** One lot is worth nine cents at the trigger: too little for an order of its own. */
const noAmend: Tradable = { ...spot, abilities: { ...spot.abilities, amend: false }, rules: { ...spot.rules, notionalMin: amount(200_000) } }

/** The entry of a bracket fills by five lots, which its stop covers, and then by one more. */
const eventsOfAPartialFill = () => {
  const rig = Rig.active({ tradables: [noAmend] })
  const exit = { instrument: noAmend.instrument.id, side: 'sell' as const, size: { by: 'all' as const } }
  const { limit: _limit, ...stop } = rig.spec({ ...exit, type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
  const { events } = rig.command({
    kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ instrument: noAmend.instrument.id }), stop, rig.spec({ ...exit, limit: ticks(11_000) })],
  })
  const taken = events.find((event) => event.kind === 'command-taken')
  const [entry] = taken?.kind === 'command-taken' ? taken.orders : []
  if (entry === undefined) throw new Error('the bracket was not taken')
  rig.accept(entry)
  rig.fill(entry, 5)
  for (const { id, status } of [...rig.engine.orders()]) if (status === 'sending') rig.accept(id)
  expect(rig.sends().at(-1)?.spec).toMatchObject({ type: 'stop', lots: lots(5) })
  const sent = rig.sends().length
  rig.fill(entry, 1)
  expect(rig.sends()).toHaveLength(sent)
  return rig.events
}

/** What the checker has to say half a second after those events, at a venue that is like this. */
const blamedAt = (tradable: Tradable, ordersPerSecond = 100, afterMs = 500): readonly string[] => {
  const court = new Court(0)
  const witness = new Witness([tradable])
  let now = 0
  const events = eventsOfAPartialFill()
  const facts: Scene['facts'] = {
    account: 'main', tradables: [tradable], staleQuoteMs: 0, receiveWindowMs: 0, clockErrorMs: 0, absenceMarginMs: 0, lookupGapMs: 0, notFoundCode: 0,
    positionMax: () => 0, ordersPerSecond, secret: '',
  }
  const unasked = (): never => {
    throw new Error('the checker of stops asks the events alone')
  }
  const truth: Scene['truth'] = { ordersOf: unasked, orders: unasked, trades: unasked, positions: unasked, balances: unasked }
  const checker = createStopCoverChecker({ court, witness, truth, facts, engine: unasked, now: () => now, isCalm: () => true })
  const input = { kind: 'time-passed', at: 0 } as const
  for (const event of events) {
    witness.read(event)
    checker.step?.({ input, events: [event], requests: [] })
  }
  now = afterMs
  checker.step?.({ input, events: [], requests: [] })
  return court.violations.map(({ id }) => id)
}

describe('the checker of stops that cover too little', () => {
  it('asks for no order that the venue would turn away, where it lets none grow', () => {
    expect(blamedAt(noAmend)).toEqual([])
  })

  it('blames what could have been sent alone', () => {
    expect(blamedAt({ ...noAmend, rules: spot.rules })).toEqual(['C1'])
  })

  it('blames what could have been added to the stop that rests', () => {
    expect(blamedAt({ ...noAmend, abilities: { ...noAmend.abilities, amend: true } })).toEqual(['C1'])
  })

  it('gives a change that the limit of orders a second holds up until the next try, and no longer', () => {
    const amends = { ...noAmend, abilities: { ...noAmend.abilities, amend: true } }
    expect(blamedAt(amends, 2)).toEqual([])
    expect(blamedAt(amends, 2, 3_000)).toEqual(['C1'])
  })
})
