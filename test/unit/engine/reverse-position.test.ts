import { describe, expect, it } from 'vitest'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

const reverse = (rig: Rig) => rig.command({ kind: 'reverse-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
const close = (rig: Rig) => rig.command({ kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id })
const marketSells = (rig: Rig) => rig.sends().filter(({ spec }) => spec.type === 'market' && spec.side === 'sell')

const long = (): Rig => {
  const rig = Rig.active()
  rig.fill(rig.work(), 10)
  return rig
}
const fillMarket = (rig: Rig, place: number): void => {
  const sent = marketSells(rig)[place]
  if (sent === undefined) throw new Error('nothing was sent')
  rig.accept(sent.order)
  rig.fill(sent.order, Number(sent.spec.lots))
}

describe('turning a position', () => {
  it('leaves as one order where nothing stands in its way', () => {
    const rig = long()
    reverse(rig)
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(20) } }])
  })

  it('is refused while an order that was asked for is still on its way', () => {
    const rig = long()
    reverse(rig)
    expect(reverse(rig).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'instrument.reducing' } }])
    fillMarket(rig, 0)
    expect(rig.held()).toBe(-10)
  })

  it('takes the exits of the old side back first, then closes, then opens what it closed', () => {
    const rig = long()
    const target = rig.work({ side: 'sell', limit: ticks(11_000) })
    const stop = rig.work({ type: 'stop', side: 'sell', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
    reverse(rig)
    expect(rig.cancels(target)).toHaveLength(1)
    expect(rig.cancels(stop)).toHaveLength(1)
    expect(marketSells(rig)).toEqual([])
    rig.report(target, { status: 'canceled' })
    rig.report(stop, { status: 'canceled' })
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10), reduceOnly: true } }])
    fillMarket(rig, 0)
    expect(marketSells(rig)).toMatchObject([{ spec: { lots: lots(10), reduceOnly: true } }, { spec: { lots: lots(10), reduceOnly: false } }])
    fillMarket(rig, 1)
    expect(rig.held()).toBe(-10)
    expect([...rig.engine.openOrders()]).toEqual([])
    const before = rig.state()
    rig.restart()
    expect(rig.state()).toBe(before)
  })

  it('opens nothing where an exit closed the position meanwhile', () => {
    const rig = long()
    const stop = rig.work({ type: 'stop', side: 'sell', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
    reverse(rig)
    rig.fill(stop, 10, { price: ticks(9_000) })
    rig.pass(2_000)
    expect(marketSells(rig)).toEqual([])
    expect(rig.held()).toBe(0)
    expect([...rig.engine.openOrders()]).toEqual([])
  })

  it('comes to a plain close where trading is killed in between', () => {
    const rig = long()
    const stop = rig.work({ type: 'stop', side: 'sell', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
    reverse(rig)
    rig.process({ kind: 'kill-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    rig.report(stop, { status: 'canceled' })
    rig.pass(1_000)
    fillMarket(rig, 0)
    rig.pass(1_000)
    expect(rig.held()).toBe(0)
    expect(marketSells(rig)).toHaveLength(1)
    expect([...rig.engine.openOrders()]).toEqual([])
  })

  it('of a bracket leaves no leg of the bracket behind', () => {
    const rig = Rig.active()
    const { limit: _limit, ...guard } = rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' } })
    rig.command({ kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec(), guard, rig.spec({ side: 'sell', limit: ticks(12_000) })] })
    const acceptAll = () => { for (const { id, status } of [...rig.engine.orders()]) if (status === 'sending') rig.accept(id) }
    acceptAll()
    const [entry] = [...rig.engine.openOrders()]
    if (entry === undefined) throw new Error('there is no entry')
    rig.fill(entry.id, 10)
    acceptAll()
    reverse(rig)
    for (const { order } of rig.cancels()) rig.report(order, { status: 'canceled' })
    fillMarket(rig, 0)
    fillMarket(rig, 1)
    acceptAll()
    rig.pass(2_000)
    for (const { id, cancel } of [...rig.engine.openOrders()]) if (cancel === 'sending') rig.report(id, { status: 'canceled' })
    expect(rig.held()).toBe(-10)
    expect([...rig.engine.openOrders()]).toEqual([])
  })
})

describe('an account that holds long and short apart', () => {
  const apart = (): Rig => {
    const rig = new Rig()
    Object.assign(rig.setup, { accounts: rig.setup.accounts.map((account) => ({ ...account, positions: 'hedging' })) })
    rig.positions = [
      { instrument: perpetual.instrument.id, positionSide: 'long', lots: lots(10), entryPrice: ticks(9_000) },
      { instrument: perpetual.instrument.id, positionSide: 'short', lots: lots(-4), entryPrice: ticks(9_000) },
    ]
    rig.restart([])
    rig.start()
    rig.answerEpoch()
    rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
    rig.quoteAll()
    return rig
  }

  it('closes both sides', () => {
    const rig = apart()
    close(rig)
    expect(rig.sends().map(({ spec }) => [spec.side, spec.positionSide, Number(spec.lots)])).toEqual([['sell', 'long', 10], ['buy', 'short', 4]])
  })

  it('is not turned, and says why', () => {
    expect(reverse(apart()).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'order.malformed' } }])
  })
})
