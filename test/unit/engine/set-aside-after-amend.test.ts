import { describe, expect, it } from 'vitest'
import type { AmendOrder, OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { amount, lots, other, Rig, spot, ticks } from './trading-rig.ts'

const quantity = (count: number): OrderSpec['size'] => ({ by: 'quantity', lots: lots(count) })

/** 1,000 USD are free. */
const withMoney = (): Rig => {
  const rig = new Rig()
  rig.balances = [{ asset: 'USD', total: amount(1_000_000_000), free: amount(1_000_000_000) }]
  rig.start()
  rig.answerEpoch()
  rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
  rig.quoteAll()
  return rig
}

const amend = (rig: Rig, order: OrderId, change: Partial<AmendOrder>) => rig.command({ kind: 'amend-order', ...rig.asked(), order, ...change })
const answer = (rig: Rig, order: OrderId, outcome: 'accepted' | 'refused') =>
  rig.process({ kind: 'amend-reported', at: rig.at, account: 'main', order, amendment: 1, outcome, detail: '' })
const ruleOf = (rig: Rig, change: Partial<OrderSpec>): string | undefined => {
  const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec(change) })
  const [first] = events
  return first?.kind === 'command-refused' ? first.refusal.rule : undefined
}

/** 500 USD, amended to 950. */
const dearer = (rig: Rig): OrderId => {
  const id = rig.work({ instrument: spot.instrument.id, size: quantity(5_000), limit: ticks(10_000) })
  amend(rig, id, { limit: ticks(19_000) })
  return id
}
const further = { instrument: spot.instrument.id, size: quantity(4_500), limit: ticks(10_000) }

/** A sell that only reduced, amended to one of 9,090 USD, which ties up 909. */
const shorter = (rig: Rig): OrderId => {
  rig.fill(rig.work({ size: quantity(10) }), 10)
  const id = rig.work({ side: 'sell', size: quantity(10), limit: ticks(10_100) })
  amend(rig, id, { lots: lots(90_000) })
  return id
}
const furtherMargin = { instrument: other.instrument.id, size: quantity(90_000) }

describe('what is set aside for an order that was amended', () => {
  it('is what it costs at its new price, under way and acknowledged', () => {
    const rig = withMoney()
    const id = dearer(rig)
    expect(ruleOf(rig, further)).toBe('risk.balance')
    answer(rig, id, 'accepted')
    expect(ruleOf(rig, further)).toBe('risk.balance')
  })

  it('is what it was where the amend came to nothing', () => {
    const rig = withMoney()
    answer(rig, dearer(rig), 'refused')
    expect(ruleOf(rig, further)).toBeUndefined()
  })

  it('is the margin of what it opens now, where it only reduced before', () => {
    const rig = withMoney()
    const id = shorter(rig)
    expect(ruleOf(rig, furtherMargin)).toBe('risk.balance')
    answer(rig, id, 'accepted')
    expect(ruleOf(rig, furtherMargin)).toBe('risk.balance')
  })

  it('is the same after a restart, from the journal and from a snapshot', () => {
    const rig = withMoney()
    answer(rig, shorter(rig), 'accepted')
    const before = rig.state()
    const past = rig.engine.snapshot()
    rig.restart()
    expect(rig.state()).toBe(before)
    rig.quoteAll()
    expect(ruleOf(rig, furtherMargin)).toBe('risk.balance')
    rig.restart([], past)
    rig.quoteAll()
    expect(ruleOf(rig, furtherMargin)).toBe('risk.balance')
  })
})
