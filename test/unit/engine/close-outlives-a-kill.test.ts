import { describe, expect, it } from 'vitest'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

const guarded = () => {
  const rig = Rig.active()
  rig.fill(rig.work(), 10)
  const stop = rig.work({ type: 'stop', side: 'sell', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
  return { rig, stop }
}
const close = (rig: Rig) => rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
const marketSells = (rig: Rig) => rig.sends().filter(({ spec }) => spec.type === 'market' && spec.side === 'sell')

describe.each(['halt-trading', 'kill-trading'] as const)('a close that is followed by %s', (kind) => {
  it('leaves once the stop is gone that it took back, and only reduces', () => {
    const { rig, stop } = guarded()
    close(rig)
    const { requests } = rig.process({ kind, at: rig.at, reason: 'a test', actor: 'hand' })
    expect(requests.some((request) => request.kind === 'send-order')).toBe(false)
    rig.report(stop, { status: 'canceled' })
    rig.pass(1_000)
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10), reduceOnly: true } }])
    const [sent] = marketSells(rig)
    if (sent === undefined) throw new Error('the close did not leave')
    rig.accept(sent.order)
    rig.fill(sent.order, 10)
    expect(rig.held()).toBe(0)
    rig.pass(1_000)
    expect([...rig.engine.openOrders()]).toEqual([])
  })

  it('does not leave with the stop of trading itself, though nothing is in its way any more', () => {
    const { rig, stop } = guarded()
    close(rig)
    // The stop is gone, and an order of ours that the close would meet is what it waits for.
    const resting = rig.work({ limit: ticks(9_500) })
    rig.report(stop, { status: 'canceled' })
    const { requests } = rig.process({ kind, at: rig.at, reason: 'a test', actor: 'hand' })
    expect(requests.some((request) => request.kind === 'send-order')).toBe(false)
    rig.report(resting, { status: 'canceled' })
    rig.pass(1_000)
    expect(marketSells(rig)).toHaveLength(1)
  })

  it('that was refused for now does not leave with it either', () => {
    // As many orders rest as the venue takes, so the close is refused once its stop is gone.
    const rig = Rig.active({ tradables: [{ ...perpetual, rules: { ...perpetual.rules, ordersOpenMax: 1 } }] })
    rig.fill(rig.work(), 10)
    const stop = rig.work({ type: 'stop', side: 'sell', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
    const resting = rig.work({ limit: ticks(5_000) })
    rig.place({ type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticks(100) }, source: 'last' } })
    close(rig)
    rig.report(stop, { status: 'canceled' })
    expect(rig.kinds()).toContain('order-flagged')
    rig.report(resting, { status: 'canceled' })
    rig.at += 10_000
    const { requests } = rig.process({ kind, at: rig.at, reason: 'a test', actor: 'hand' })
    expect(requests.some((request) => request.kind === 'send-order')).toBe(false)
    rig.pass(1_000)
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10) } }])
  })

  it('ends where the stop was filled instead', () => {
    const { rig, stop } = guarded()
    close(rig)
    rig.process({ kind, at: rig.at, reason: 'a test', actor: 'hand' })
    rig.fill(stop, 10, { price: ticks(9_000) })
    rig.pass(1_000)
    expect(marketSells(rig)).toEqual([])
    expect([...rig.engine.openOrders()]).toEqual([])
  })
})
