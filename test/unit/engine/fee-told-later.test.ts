import { describe, expect, it } from 'vitest'
import { amount, lots, Rig } from './trading-rig.ts'

const wealth = (rig: Rig): number => Number(rig.engine.balances('main').find(({ asset }) => asset === 'USD')?.total)
const noFee = { fee: amount(0), feeAsset: '' }

const tell = (rig: Rig, trade: ReturnType<Rig['trade']>): void => {
  rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'query', trade })
}

describe('a trade that is told without its fee first', () => {
  it('costs its fee once that is told, once, and is no conflict', () => {
    const rig = Rig.active()
    const id = rig.work()
    const before = wealth(rig)
    const trade = rig.fill(id, 4, noFee)
    const whole = { ...trade, fee: amount(700), feeAsset: 'USD' }
    tell(rig, whole)
    tell(rig, whole)
    tell(rig, trade)
    expect(rig.kinds()).not.toContain('trade-conflicted')
    expect(before - wealth(rig)).toBe(700)
    expect(rig.order(id)).toMatchObject({ filled: lots(4), status: 'partial' })
    expect(rig.held()).toBe(4)
    const state = rig.state()
    rig.restart()
    expect(rig.state()).toBe(state)
  })

  it('is completed by a round, and after its order was full', () => {
    const rig = Rig.active()
    const id = rig.work()
    const before = wealth(rig)
    const trade = rig.fill(id, 10, noFee)
    rig.positions = [{ instrument: trade.instrument, positionSide: 'net', lots: lots(10) }]
    rig.balances = rig.balances.map((balance) => (balance.asset === 'USD' ? { ...balance, total: amount(before - 700) } : balance))
    rig.pass(60_000)
    rig.answerEpoch({ trades: { ok: true, items: [{ ...trade, fee: amount(700), feeAsset: 'USD' }] } })
    rig.pass(60_000)
    rig.answerEpoch({ trades: { ok: true, items: [trade] } })
    expect(rig.events.findLast(({ kind }) => kind === 'epoch-closed')).toMatchObject({ outcome: 'clean' })
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(10), overfill: lots(0) })
  })

  it('stays as it was where the second word differs in more than the fee', () => {
    const rig = Rig.active()
    const trade = rig.fill(rig.work(), 4, noFee)
    const before = wealth(rig)
    tell(rig, { ...trade, lots: lots(5), fee: amount(700), feeAsset: 'USD' })
    expect(rig.kinds()).toContain('trade-conflicted')
    expect(wealth(rig)).toBe(before)
    expect(rig.held()).toBe(4)
  })
})
