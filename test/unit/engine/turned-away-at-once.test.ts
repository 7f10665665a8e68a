import { describe, expect, it } from 'vitest'
import { lots, Rig, ticks } from './trading-rig.ts'

describe('pieces of a target that are turned away while others are still on their way', () => {
  it('are tried again after a wait that grows, not at once', () => {
    const rig = Rig.active()
    const size = { by: 'quantity' as const, lots: lots(30) }
    const entry = rig.spec({ size })
    const stop = rig.spec({ size, side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
    const target = rig.spec({ size, side: 'sell', limit: ticks(11_000), reduceOnly: true })
    const taken = rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [entry, stop, target] }).events.find(({ kind }) => kind === 'command-taken')
    const id = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
    if (id === undefined) throw new Error('the bracket was not taken')
    rig.accept(id)
    for (let fill = 0; fill < 3; fill++) rig.fill(id, 5)
    const targets = () => rig.sends().filter(({ spec }) => spec.limit !== undefined && spec.side === 'sell')
    expect(targets()).toHaveLength(3)
    const refuse = (from: number): void => {
      for (const { order } of targets().slice(from)) rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order, proof: 'reduce-only' })
    }
    refuse(0)
    expect(targets()).toHaveLength(3)
    rig.pass(100)
    expect(targets()).toHaveLength(3)
    rig.pass(2_500)
    const again = targets().length
    expect(again).toBeGreaterThan(3)
    refuse(3)
    rig.pass(900)
    expect(targets()).toHaveLength(again)
  })
})
