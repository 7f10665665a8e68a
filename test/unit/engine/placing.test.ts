import { describe, expect, it } from 'vitest'
import { Rig, lots, ticks, venueOrderOf } from './trading-rig.ts'

describe('the way of an order', () => {
  it('leaves only with the number of its record, which is that of order-sending', () => {
    const rig = Rig.active()
    const id = rig.place()
    const sending = rig.events.find((event) => event.kind === 'order-sending')
    expect(rig.sends()).toMatchObject([{ order: id, needs: sending?.sequence, sendEpoch: rig.engine.sendEpoch }])
    expect(rig.order(id)).toMatchObject({ status: 'sending', lots: lots(10) })
  })

  it('works once it is accepted, and is filled by its trades', () => {
    const rig = Rig.active()
    const id = rig.work()
    expect(rig.order(id)).toMatchObject({ status: 'working', venueOrder: venueOrderOf(id) })
    rig.fill(id, 4)
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(4) })
    rig.fill(id, 6)
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(10) })
    expect(rig.held()).toBe(10)
  })

  it('is canceled by the venue, not by the wish', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: id })
    expect(rig.order(id)).toMatchObject({ status: 'working', cancel: 'sending' })
    expect(rig.cancels(id)).toMatchObject([{ needs: 0, venueOrder: venueOrderOf(id) }])
    rig.report(id, { status: 'canceled' })
    expect(rig.order(id)).toMatchObject({ status: 'canceled', cancel: 'none' })
  })

  it('answers a command that is asked again, and does nothing for it', () => {
    const rig = Rig.active()
    const command = { kind: 'place-order', ...rig.asked(), order: rig.spec() } as const
    const first = rig.command(command)
    const before = rig.state()
    expect(first.requests).toHaveLength(1)
    expect(rig.command(command)).toEqual({ events: [], requests: [] })
    expect(rig.state()).toBe(before)
    expect(rig.engine.answerTo(command.commandId)?.orders).toHaveLength(1)
  })

  it('refuses what risk refuses, and nothing leaves', () => {
    const rig = Rig.active()
    const outcome = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(0) }) })
    expect(outcome.requests).toEqual([])
    expect(outcome.events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'order.malformed' } }])
  })
})
