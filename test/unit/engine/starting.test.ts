import { describe, expect, it } from 'vitest'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, spot, ticks } from './trading-rig.ts'

interface Bracket { readonly entry: OrderId; readonly stop: OrderId }

const bracket = (rig: Rig, instrument: string): Bracket => {
  const { limit: _limit, ...stop } = rig.spec({ instrument, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
  const orders: readonly OrderSpec[] = [rig.spec({ instrument }), stop, rig.spec({ instrument, side: 'sell', limit: ticks(12_000) })]
  const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders })
  const taken = events.find((event) => event.kind === 'command-taken')
  const [entry, leg] = taken?.kind === 'command-taken' ? taken.orders : []
  if (entry === undefined || leg === undefined) throw new Error('the bracket was not taken')
  rig.accept(entry)
  return { entry, stop: leg }
}

const startAgain = (rig: Rig): void => {
  rig.restart()
  rig.at += 1
  rig.start()
}

describe('a fill before the first clean round of a start', () => {
  it('has its stop at once where the venue keeps that from growing a position', () => {
    const rig = Rig.active()
    const { entry, stop } = bracket(rig, perpetual.instrument.id)
    startAgain(rig)
    const before = rig.requests.length
    rig.fill(entry, 4)
    expect(rig.engine.mode.mode).toBe('starting')
    expect(rig.requests.slice(before).filter(({ kind }) => kind === 'send-order')).toMatchObject([{ spec: { type: 'stop', side: 'sell', lots: lots(4), reduceOnly: true } }])
    expect([...rig.engine.openOrders()].find(({ onBehalfOf }) => onBehalfOf === stop)).toMatchObject({ status: 'sending' })
  })

  it('lets a stop that rests grow with the next fill', () => {
    const rig = Rig.active()
    const { entry, stop } = bracket(rig, perpetual.instrument.id)
    rig.fill(entry, 4)
    const piece = [...rig.engine.openOrders()].find(({ onBehalfOf }) => onBehalfOf === stop)
    if (piece === undefined) throw new Error('the stop has no piece')
    rig.accept(piece.id)
    startAgain(rig)
    rig.fill(entry, 3)
    expect(rig.requests.at(-1)).toMatchObject({ kind: 'send-amend', order: piece.id, lots: lots(7) })
  })

  it('is said to be naked where nothing but our books would keep the stop from selling what is not there, and has its stop after the round', () => {
    const rig = Rig.active()
    const { entry, stop } = bracket(rig, spot.instrument.id)
    startAgain(rig)
    const before = rig.sends().length
    rig.fill(entry, 4)
    rig.pass(1_000)
    expect(rig.sends()).toHaveLength(before)
    expect(rig.events.filter(({ kind }) => kind === 'order-flagged')).toMatchObject([{ order: stop, what: 'naked', lots: lots(4) }])
    rig.fill(entry, 2)
    expect(rig.events.filter(({ kind }) => kind === 'order-flagged')).toMatchObject([{ lots: lots(4) }, { order: stop, what: 'naked', lots: lots(6) }])
    rig.pass(10_000)
    rig.answerEpoch({
      openOrders: { ok: true, items: [rig.view(entry)] },
      balances: { ok: true, items: rig.engine.balances('main').map(({ asset, total }) => ({ asset, total, free: total })) },
    })
    expect(rig.engine.mode.mode).toBe('active')
    expect(rig.sends().at(-1)).toMatchObject({ spec: { type: 'stop', lots: lots(6) } })
  })

  it('brings out nothing but stops', () => {
    const rig = Rig.active()
    const { entry } = bracket(rig, perpetual.instrument.id)
    startAgain(rig)
    const before = rig.sends().length
    rig.fill(entry, 10)
    expect(rig.sends().slice(before).map(({ spec }) => spec.type)).toEqual(['stop'])
    expect(rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ side: 'sell', reduceOnly: true }) }).events).toMatchObject([{ refusal: { rule: 'mode.not-allowed' } }])
  })
})

describe('a start of books that know of no mode before', () => {
  const modeAfterRound = (rig: Rig): string => {
    rig.start()
    expect(rig.engine.mode.mode).toBe('starting')
    rig.answerEpoch()
    return rig.engine.mode.mode
  }

  it('leads to the first mode of its setup, and to reducing where none is said', () => {
    expect(modeAfterRound(new Rig({ firstMode: 'active' }))).toBe('active')
    expect(modeAfterRound(new Rig())).toBe('reducing')
  })

  it('is active nowhere but where a start returns to the mode before', () => {
    expect(modeAfterRound(new Rig({ firstMode: 'active', afterCleanStart: 'reducing' }))).toBe('reducing')
  })

  it('gives way to whatever mode was in force since', () => {
    const rig = new Rig({ firstMode: 'active' })
    expect(modeAfterRound(rig)).toBe('active')
    rig.process({ kind: 'machine-slept', at: rig.at })
    rig.restart()
    rig.at += 60_000
    expect(modeAfterRound(rig)).toBe('reducing')
  })
})
