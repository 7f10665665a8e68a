import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { lots, Rig, ticks } from './trading-rig.ts'

const gapMs = 5_000
const hourMs = 3_600_000

/** The process dies with its records safe; meanwhile the clock moves by so much, and nobody says so. */
function restart(rig: Rig, byMs: number): void {
  rig.restart()
  rig.at += byMs
  rig.start()
}

const lookBlank = (rig: Rig, id: OrderId): void => {
  rig.pass(gapMs)
  rig.lookup(id, 'not-found')
  rig.answerEpoch()
}

describe('over a restart', () => {
  it('no time counts as waited: an order is not proven absent by a clock that went ahead meanwhile', () => {
    const rig = Rig.active()
    const id = rig.place()
    restart(rig, hourMs)
    rig.lookup(id, 'not-found')
    rig.answerEpoch()
    lookBlank(rig, id)
    lookBlank(rig, id)
    expect(rig.order(id).status).toBe('unknown')
    lookBlank(rig, id)
    lookBlank(rig, id)
    expect(rig.order(id).status).toBe('absent')
  })

  it('an amend may still arrive: what the venue shows at once does not undo it', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.command({ kind: 'amend-order', ...rig.asked(), order: id, lots: lots(15), limit: ticks(9_800) })
    restart(rig, 1)
    rig.pass(gapMs)
    rig.found(id, { lots: lots(10), limit: ticks(9_900) })
    expect(rig.order(id)).toMatchObject({ amend: 'unknown', lots: lots(10) })
    rig.found(id, { lots: lots(15), limit: ticks(9_800) })
    expect(rig.order(id)).toMatchObject({ amend: 'none', lots: lots(15) })
  })

  it.each(['restart', 'sleep'] as const)('and a sleep, rounds reach back an hour behind the last clean one, until there is another (%s)', (how) => {
    const rig = Rig.active()
    const clean = rig.at
    // Nine hours pass of which the clock shows eight: the last clean round lies an hour further back than it says.
    if (how === 'restart') restart(rig, 8 * hourMs)
    else {
      rig.at += 8 * hourMs
      rig.process({ kind: 'machine-slept', at: rig.at })
      rig.pass(gapMs)
    }
    const asked = () => rig.requests.findLast(({ kind }) => kind === 'fetch-epoch')
    expect(asked()).toMatchObject({ since: clean - hourMs })
    rig.answerEpoch({ trades: { ok: false, why: 'HTTP 502' } })
    rig.pass(gapMs)
    expect(asked()).toMatchObject({ since: clean - hourMs })
    const again = rig.at
    rig.answerEpoch()
    rig.pass(60_000)
    expect(asked()).toMatchObject({ since: again - 60_000 })
  })
})

describe('a question that failed', () => {
  it('is on record, and stirs nothing that waits for its own time', () => {
    const rig = Rig.active()
    const doubtful = rig.place({ side: 'buy', limit: ticks(9_000) })
    const { events } = rig.command({
      kind: 'place-group', ...rig.asked(), group: 'bracket',
      orders: [
        rig.spec(), { ...rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_500), source: 'last' } }) }, rig.spec({ side: 'sell', limit: ticks(12_000) }),
      ],
    })
    const taken = events.find(({ kind }) => kind === 'command-taken')
    const entry = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
    if (entry === undefined) throw new Error('expected a group')
    rig.accept(entry)
    rig.fill(entry, 10)
    const target = rig.sends().findLast(({ spec }) => spec.type === 'limit')
    if (target === undefined) throw new Error('expected a target')
    rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: doubtful, why: 'timeout' })
    rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order: target.order, proof: 'HTTP 400' })
    rig.at += 10_000
    const sent = rig.sends().length
    const before = rig.events.length
    rig.lookup(doubtful, 'failed')
    expect(rig.events.slice(before).map(({ kind }) => kind)).toEqual(['order-looked-up'])
    expect(rig.sends()).toHaveLength(sent)
    rig.pass(0)
    expect(rig.sends().length).toBeGreaterThan(sent)
  })
})
