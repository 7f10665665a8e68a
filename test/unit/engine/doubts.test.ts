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

  it('is proven absent though the word that the venue is well again was slept over, by answers from after the sleep alone', () => {
    const { rig, id } = inDoubt()
    rig.process({ kind: 'venue-health-reported', at: rig.at, account: 'main', state: 'maintenance', detail: 'announced' })
    rig.pass(windowMs)
    rig.lookup(id, 'not-found')
    rig.at += 300_000
    rig.process({ kind: 'machine-slept', at: rig.at })
    rig.pass(windowMs)
    rig.lookup(id, 'not-found')
    rig.answerEpoch()
    expect(rig.order(id).status).toBe('unknown')
    rig.pass(gapMs)
    rig.lookup(id, 'not-found')
    expect(rig.order(id).status).toBe('absent')
  })

  it('waits for no longer than an hour for the word that the venue is well again', () => {
    const { rig, id } = inDoubt()
    rig.process({ kind: 'venue-health-reported', at: rig.at, account: 'main', state: 'degraded', detail: 'HTTP 503' })
    const prove = () => {
      rig.pass(60_000)
      rig.lookup(id, 'not-found')
      rig.answerEpoch()
    }
    for (let minute = 1; minute < 60; minute += 1) prove()
    expect(rig.order(id).status).not.toBe('absent')
    prove()
    expect(rig.order(id).status).toBe('absent')
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
    expect(rig.pass(6 * gapMs).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
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

describe('questions', () => {
  it('for an order are asked one at a time, whatever happens to it and however long they take', () => {
    const { rig, id } = inDoubt()
    const { questionPatienceMs, lookupGapMs } = rig.setup.timings
    const questions = () => rig.requests.filter((request) => request.kind === 'look-up-order' && request.order === id).length
    rig.pass(lookupGapMs)
    expect(questions()).toBe(1)
    // The question is under way, and everything that makes one wanted happens again.
    for (let passed = 0; passed < questionPatienceMs - lookupGapMs; passed += 1_000) {
      rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: id, why: 'told again' })
      rig.report(id, { status: 'open' }, 'stream')
      rig.command({ kind: 'cancel-order', ...rig.asked(), order: id })
      rig.process({ kind: 'cancel-reported', at: rig.at, account: 'main', order: id, outcome: 'unknown', detail: 'timeout' })
      rig.pass(1_000)
      expect(questions()).toBe(1)
    }
    rig.lookup(id, 'failed')
    rig.pass(lookupGapMs)
    expect(questions()).toBe(2)
  })

  it('that were never answered are asked again, once', () => {
    const { rig, id } = inDoubt()
    const questions = () => rig.requests.filter((request) => request.kind === 'look-up-order' && request.order === id).length
    rig.pass(gapMs)
    rig.pass(rig.setup.timings.questionPatienceMs)
    rig.pass(1_000)
    expect(questions()).toBe(2)
  })

  it('are not asked while a venue said that it answers none, and cancels leave all the same', () => {
    const { rig, id } = inDoubt()
    rig.process({ kind: 'venue-health-reported', at: rig.at, account: 'main', state: 'banned', until: rig.at + 60_000, detail: 'HTTP 418' })
    const before = rig.requests.length
    for (let passed = 0; passed < 59_000; passed += 1_000) rig.pass(1_000)
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: id })
    expect(rig.requests.slice(before)).toMatchObject([{ kind: 'send-cancel', order: id }])
    rig.pass(2_000)
    expect(rig.requests.at(-1)).toMatchObject({ kind: 'fetch-epoch' })
  })
})

describe('an order that the venue has forgotten', () => {
  it('is stuck once no question has found it for long enough, was placed all the same, and is a person’s to settle', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.restart()
    rig.at += 1
    rig.start()
    for (let passed = 0; passed <= rig.setup.timings.stuckAfterMs + 20_000; passed += gapMs) {
      rig.pass(gapMs)
      rig.lookup(id, 'not-found')
      rig.answerEpoch()
    }
    expect(rig.order(id).status).toBe('stuck')
    expect(rig.kinds()).not.toContain('order-absent')
    rig.command({ kind: 'settle-stuck', ...rig.asked(), order: id, verdict: 'canceled', reason: 'looked at the venue' })
    expect(rig.order(id)).toMatchObject({ status: 'canceled', endedBy: 'person' })
  })

  it('does not keep the venue busy: what has not changed is looked at every minute', () => {
    const rig = Rig.active()
    rig.work()
    rig.pass(10_000)
    let rounds = 0
    for (let passed = 0; passed < 600_000; passed += 1_000) {
      const { requests } = rig.pass(1_000)
      if (!requests.some(({ kind }) => kind === 'fetch-epoch')) continue
      rounds += 1
      rig.answerEpoch()
    }
    expect(rounds).toBeLessThan(30)
    expect(rig.events.filter(({ kind }) => kind === 'break-seen')).toHaveLength(1)
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

describe('an order that has ended', () => {
  it('stays ended when a question from before its end shows it open, though our clock is far behind the venue’s', () => {
    const rig = Rig.active()
    const order = rig.work()
    const hour = 3_600_000
    rig.report(order, { status: 'canceled', updatedAt: rig.at + hour })
    rig.found(order, { status: 'open', updatedAt: rig.at + hour - 5_000 })
    expect(rig.order(order).status).toBe('canceled')
  })

  it('comes back when the venue shows it open later than it ended, by the venue’s own clock', () => {
    const rig = Rig.active()
    const order = rig.work()
    const hour = 3_600_000
    rig.report(order, { status: 'canceled', updatedAt: rig.at - hour })
    rig.found(order, { status: 'open', updatedAt: rig.at - hour + 5_000 })
    expect(rig.order(order).status).toBe('working')
  })
})
