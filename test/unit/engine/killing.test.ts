import { describe, expect, it } from 'vitest'
import { lots, perpetual, Rig, spot, ticks, venueOrderOf } from './trading-rig.ts'

const kill = (rig: Rig) => rig.process({ kind: 'kill-trading', at: rig.at, reason: 'enough', actor: 'hand' })
/** Longer than what was sent before a round can take to arrive, so that the next round is another proof. */
const apartMs = 11_000

/** A round that was asked now, answered. */
const round = (rig: Rig, change: Parameters<Rig['answerEpoch']>[0] = {}): void => {
  rig.pass(apartMs)
  rig.answerEpoch(change)
}

const stopOverHolding = { instrument: spot.instrument.id, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } } as const

describe('a kill', () => {
  it('is over only after two clean rounds that show nothing of ours', () => {
    const rig = Rig.active()
    kill(rig)
    expect(rig.engine.mode).toMatchObject({ mode: 'killing', reason: 'enough', actor: 'hand' })
    expect(rig.requests).toContainEqual(expect.objectContaining({ kind: 'keep-latch', state: expect.objectContaining({ mode: 'killed' }) }))
    round(rig)
    expect(rig.engine.mode.mode).toBe('killing')
    round(rig)
    expect(rig.engine.mode.mode).toBe('killed')
    expect(rig.events.at(-1)).toMatchObject({ kind: 'mode-changed', from: 'killing', to: 'killed', actor: 'engine' })
  })

  it('counts no round that was asked before it, and none too soon after the first', () => {
    const rig = Rig.active()
    rig.pass(61_000)
    kill(rig)
    rig.answerEpoch()
    round(rig)
    rig.process({ kind: 'stream-reported', at: rig.at, account: 'main', state: 'up' })
    rig.pass(3_000)
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('killing')
  })

  it('is not over while an order may be live, and names it', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: id, why: 'timeout' })
    kill(rig)
    for (let times = 0; times < 3; times += 1) round(rig, { openOrders: { ok: false, why: 'HTTP 504' } })
    round(rig)
    expect(rig.engine.mode.mode).toBe('killing')
    expect(rig.events).toContainEqual(expect.objectContaining({ kind: 'kill-delayed', account: 'main', orders: [id] }))
  })

  it('is not over on the word of books that the list of the venue contradicts', () => {
    const rig = Rig.active()
    const id = rig.work()
    kill(rig)
    rig.report(id, { status: 'canceled' })
    const shown = rig.view(id, { status: 'open', updatedAt: rig.at - 1 })
    round(rig, { openOrders: { ok: true, items: [shown] } })
    round(rig)
    expect(rig.engine.mode.mode).toBe('killing')
    round(rig)
    expect(rig.engine.mode.mode).toBe('killed')
  })

  it('begins its proof anew when something of ours turns up in between', () => {
    const rig = Rig.active()
    const id = rig.work()
    kill(rig)
    rig.report(id, { status: 'canceled' })
    round(rig)
    round(rig, { openOrders: { ok: true, items: [rig.view(id, { status: 'open', updatedAt: rig.at })] } })
    rig.report(id, { status: 'canceled', updatedAt: rig.at + 1 })
    round(rig)
    expect(rig.engine.mode.mode).toBe('killing')
    round(rig)
    expect(rig.engine.mode.mode).toBe('killed')
  })

  it('is proven although a stop that protects what is held stays, and counts it', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(10) }]
    const stop = rig.work({ side: 'sell', type: 'stop', trigger: { price: ticks(9_500), source: 'last' }, reduceOnly: true })
    kill(rig)
    const open = { openOrders: { ok: true as const, items: [rig.view(stop)] } }
    round(rig, open)
    round(rig, open)
    expect(rig.engine.mode).toMatchObject({ mode: 'killed', reason: expect.stringContaining('1 protecting orders stay') })
    expect(rig.cancels(stop)).toEqual([])
  })

  it('stays what it is over a replay, a snapshot and a restart, before and after its proof', () => {
    const rig = Rig.active()
    kill(rig)
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
    rig.at += 1
    rig.start()
    expect(rig.engine.mode.mode).toBe('killing')
    rig.answerEpoch()
    round(rig)
    expect(rig.engine.mode.mode).toBe('killed')
    rig.restart([], JSON.parse(rig.state()))
    rig.start()
    round(rig)
    expect(rig.engine.mode.mode).toBe('killed')
  })

  it('that only the latch knows of is proven anew, and takes away what its cancel was lost for', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.restart()
    rig.process({ kind: 'program-started', at: rig.at, version: '1.0.0', left: { mode: 'killed', since: rig.at, reason: 'enough', actor: 'hand' } })
    expect(rig.engine.mode.mode).toBe('killing')
    expect(rig.cancels(id)).toHaveLength(1)
  })

  it('is not softened by a halt and not left by a resume', () => {
    const rig = Rig.active()
    kill(rig)
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'late', actor: 'hand' })
    rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'please', actor: 'hand' })
    expect(rig.engine.mode.mode).toBe('killing')
    expect(rig.events.at(-1)).toMatchObject({ kind: 'mode-refused', mode: 'killing', wanted: 'active' })
    expect(rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() }).events).toMatchObject([{ refusal: { rule: 'mode.not-allowed' } }])
  })
})

describe('what turns up after trading was stopped', () => {
  it.each(['halt-trading', 'kill-trading'] as const)('although it was thought rejected is canceled, at a %s', (kind) => {
    const rig = Rig.active()
    const id = rig.place()
    rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order: id, proof: 'HTTP 400 -2010' })
    rig.process({ kind, at: rig.at, reason: 'looked wrong', actor: 'hand' })
    round(rig, { openOrders: { ok: true, items: [rig.view(id, { status: 'open', updatedAt: rig.at })] } })
    rig.pass(1_000)
    expect(rig.order(id).status).toBe('working')
    expect(rig.cancels(id)).toMatchObject([{ venueOrder: venueOrderOf(id) }])
  })
})

describe('what stays when trading stops', () => {
  it.each(['halt-trading', 'kill-trading'] as const)('a plain stop over what is held on spot, at a %s', (kind) => {
    const rig = Rig.active()
    const stop = rig.work(stopOverHolding)
    rig.process({ kind, at: rig.at, reason: 'looked wrong', actor: 'hand' })
    rig.pass(5_000)
    expect(rig.cancels(stop)).toEqual([])
    expect(rig.order(stop).status).toBe('working')
  })

  it('a stop of an oco over what is held, and not its target', () => {
    const rig = Rig.active()
    const limitless = { ...rig.spec(stopOverHolding) }
    const { events } = rig.command({
      kind: 'place-group', ...rig.asked(), group: 'oco', orders: [limitless, rig.spec({ instrument: spot.instrument.id, side: 'sell', limit: ticks(12_000) })],
    })
    const taken = events.find((event) => event.kind === 'command-taken')
    const [stop, target] = taken?.kind === 'command-taken' ? taken.orders : []
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'looked wrong', actor: 'hand' })
    rig.pass(1_000)
    expect([stop, target].map((id) => id !== undefined && rig.order(id).status)).toEqual(['held', 'canceled'])
  })

  it('stops that nobody called reduce-only, as far as the position goes, and no further', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const plain = { side: 'sell', type: 'stop', trigger: { price: ticks(9_500), source: 'last' }, size: { by: 'quantity', lots: lots(6) } } as const
    const first = rig.work(plain)
    const second = rig.work(plain)
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'looked wrong', actor: 'hand' })
    expect([rig.cancels(first).length, rig.cancels(second).length]).toEqual([0, 1])
  })

  it('no stop whose position has gone since', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    const stop = rig.work({ side: 'sell', type: 'stop', trigger: { price: ticks(9_500), source: 'last' } })
    const exit = rig.work({ side: 'sell', limit: ticks(10_500), reduceOnly: true })
    rig.process({ kind: 'halt-trading', at: rig.at, reason: 'looked wrong', actor: 'hand' })
    expect(rig.cancels(stop)).toEqual([])
    rig.fill(exit, 10)
    rig.pass(1_000)
    expect(rig.cancels(stop)).toMatchObject([{ venueOrder: venueOrderOf(stop) }])
  })
})
