import { describe, expect, it } from 'vitest'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

describe('a close that takes the place of what rests', () => {
  it('waits for the end of that one by name, whatever else ends in the instrument meanwhile', () => {
    const rig = Rig.active()
    const bought = rig.work()
    rig.fill(bought, 10)
    const resting = rig.work({ side: 'sell', limit: ticks(11_000), size: { by: 'quantity', lots: lots(5) } })
    const { events } = rig.command({ kind: 'reverse-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
    const taken = events.find(({ kind }) => kind === 'command-taken')
    const [close, turned] = taken?.kind === 'command-taken' ? taken.orders : []
    if (close === undefined || turned === undefined) throw new Error(`expected two orders: ${JSON.stringify(events)}`)
    expect(rig.order(close)).toMatchObject({ status: 'held', replaces: resting })
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: turned })
    expect(rig.sends(close)).toEqual([])
    rig.pass(1_000)
    expect(rig.sends(close)).toEqual([])
    rig.report(resting, { status: 'canceled' })
    expect(rig.sends(close)).toHaveLength(1)
  })
})
