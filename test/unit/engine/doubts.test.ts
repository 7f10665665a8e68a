import { describe, expect, it } from 'vitest'
import { lots, Rig, venueOrderOf } from './trading-rig.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'

function inDoubt(): { readonly rig: Rig; readonly id: OrderId } {
  const rig = Rig.active()
  const id = rig.place()
  rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: id, why: 'timeout' })
  return { rig, id }
}

/** Past the window of the send, the error of the clocks and the margin: from here on an answer can speak of absence. */
const windowMs = 11_000
const gapMs = 5_000

describe('an order of unknown fate', () => {
  it('keeps its exposure and is asked for by name, and by a whole round', () => {
    const { rig, id } = inDoubt()
    expect(rig.order(id).status).toBe('unknown')
    const { requests } = rig.pass(gapMs)
    expect(requests).toMatchObject([{ kind: 'look-up-order', order: id, needs: 0 }, { kind: 'fetch-epoch' }])
    const full = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() })
    expect(full.events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'instrument.reducing' } }])
  })

  it('is absent only by the whole proof: two answers apart after its window, and a round without it', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs)
    rig.lookup(id, 'not-found')
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('unknown')
    rig.answerEpoch()
    expect(rig.order(id).status).toBe('absent')
  })

  it('does not count answers to questions that were asked within its window', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs - 1)
    rig.lookup(id, 'not-found')
    rig.answerEpoch()
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    rig.answerEpoch()
    expect(rig.order(id).status).toBe('unknown')
  })

  it('does not count answers of within its window, even where a round after it shows nothing', () => {
    const { rig, id } = inDoubt()
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    rig.answerEpoch()
    rig.pass(windowMs)
    rig.answerEpoch()
    expect(rig.order(id).status).toBe('unknown')
  })

  it('does not count two answers that are too close together', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs)
    rig.answerEpoch()
    rig.lookup(id, 'not-found')
    rig.pass(gapMs - 1)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('unknown')
    rig.pass(1)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('absent')
  })

  it('takes a question that failed for nothing', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs)
    rig.answerEpoch()
    for (let round = 0; round < 5; round += 1) {
      rig.lookup(id, 'failed')
      rig.pass(gapMs)
    }
    expect(rig.order(id).status).toBe('unknown')
  })

  it('takes a round of which a part failed for nothing', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs)
    rig.lookup(id, 'not-found')
    rig.answerEpoch({ closedOrders: { ok: false, why: 'HTTP 502' } })
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('unknown')
  })

  it('gathers its proof anew when the venue was not well in between', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs)
    rig.answerEpoch()
    rig.lookup(id, 'not-found')
    rig.process({ kind: 'venue-health-reported', at: rig.at, account: 'main', state: 'degraded', detail: 'HTTP 503' })
    rig.process({ kind: 'venue-health-reported', at: rig.at, account: 'main', state: 'well', detail: 'HTTP 200' })
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('unknown')
  })

  it('gathers its proof anew when the clock jumped, and waits a whole window', () => {
    const { rig, id } = inDoubt()
    rig.pass(3_600_000)
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs: 3_590_000 })
    rig.pass(gapMs)
    rig.answerEpoch()
    rig.lookup(id, 'not-found')
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).not.toBe('absent')
  })

  it('works once it is found, and is never sent again', () => {
    const { rig, id } = inDoubt()
    rig.pass(gapMs)
    rig.found(id, {}, [rig.trade(id, 3)])
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(3), venueOrder: venueOrderOf(id) })
    expect(rig.sends(id)).toHaveLength(1)
  })

  it('is stuck after its bound, goes on being asked for, and a person may settle it', () => {
    const { rig, id } = inDoubt()
    rig.pass(rig.setup.timings.stuckAfterMs)
    expect(rig.order(id).status).toBe('stuck')
    rig.lookup(id, 'failed')
    expect(rig.pass(gapMs).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
    rig.command({ kind: 'settle-stuck', ...rig.asked(), order: id, verdict: 'never-placed', reason: 'looked at the venue' })
    expect(rig.order(id).status).toBe('absent')
  })

  it('is settled by nobody while it is not stuck', () => {
    const { rig, id } = inDoubt()
    const { events } = rig.command({ kind: 'settle-stuck', ...rig.asked(), order: id, verdict: 'canceled', reason: 'a guess' })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'order.malformed' } }])
    expect(rig.order(id).status).toBe('unknown')
  })

  it('comes of a send that nobody answered', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.pass(windowMs - 1)
    expect(rig.order(id).status).toBe('sending')
    rig.pass(1)
    expect(rig.order(id).status).toBe('unknown')
  })

  it('that is shown by a trade was there, whatever was proven before', () => {
    const { rig, id } = inDoubt()
    rig.pass(windowMs)
    rig.lookup(id, 'not-found')
    rig.answerEpoch()
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('absent')
    rig.fill(id, 4)
    expect(rig.order(id)).toMatchObject({ status: 'partial', filled: lots(4) })
    expect(rig.kinds()).toContain('order-corrected')
  })
})

describe('a rejection', () => {
  it('ends an order by its proof', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order: id, proof: 'HTTP 400 -1013' })
    expect(rig.order(id).status).toBe('rejected')
    expect(rig.events.at(-1)).toMatchObject({ kind: 'order-rejected', proof: 'HTTP 400 -1013' })
  })

  it('does not undo what the venue has shown, and leads to a question', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.report(id)
    rig.process({ kind: 'send-rejected', at: rig.at, account: 'main', order: id, proof: 'HTTP 400 -2010' })
    expect(rig.order(id).status).toBe('working')
    expect(rig.pass(6_000).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
  })
})
