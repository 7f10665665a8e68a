import { describe, expect, it } from 'vitest'
import { canonicalJson, TradingEngine } from '../../../src-main/engine/index.ts'
import { amount, lots, other, perpetual, Rig, ticks } from './trading-rig.ts'

const biggest = Number.MAX_SAFE_INTEGER

/** The state is what a replay makes of the events, and the engine can still be stopped. */
function expectSound(rig: Rig): void {
  const replayed = new TradingEngine(rig.setup)
  for (const event of rig.events) replayed.replay(event)
  expect(canonicalJson(replayed.snapshot())).toBe(rig.state())
  rig.process({ kind: 'kill-trading', at: rig.at, reason: 'a test', actor: 'hand' })
  expect(rig.engine.mode.mode).toBe('killing')
}

const tradeBreaks = (rig: Rig) => rig.events.filter((event) => event.kind === 'break-seen' && event.what === 'trade')

describe('a trade that no books could hold', () => {
  const wrong: readonly (readonly [string, number, Parameters<Rig['trade']>[2]])[] = [
    ['in an instrument that nobody knows', 1, { instrument: 'NEW/USD' }],
    ['of less than nothing', -1, {}],
    ['at a price below zero', 1, { price: ticks(-5) }],
    ['at a price past counting', 10, { price: ticks(biggest) }],
    ['of a size past counting', biggest, {}],
    ['with a fee past counting', 1, { fee: amount(-biggest) }],
  ]

  it.each(wrong)('%s is a difference that is told once, and moves nothing', (_name, size, change) => {
    const rig = Rig.active()
    const id = rig.work()
    const trade = rig.trade(id, size, change)
    for (let time = 0; time < 3; time += 1) rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade })
    expect(rig.order(id).filled).toBe(0)
    expect(tradeBreaks(rig)).toMatchObject([{ instrument: perpetual.instrument.id }])
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(9_800) }) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'instrument.reducing' } }])
    expectSound(rig)
  })

  it('stays one difference while rounds show it, and heals when they do not', () => {
    const rig = Rig.active()
    const id = rig.work()
    const trade = rig.trade(id, -1, { at: rig.at + 1 })
    const views = { ok: true, items: [rig.view(id)] } as const
    for (let round = 0; round < 3; round += 1) {
      rig.pass(61_000)
      rig.answerEpoch({ openOrders: views, trades: { ok: true, items: [trade] } })
    }
    expect(rig.kinds().filter((kind) => kind.startsWith('break-'))).toEqual(['break-seen'])
    rig.pass(61_000)
    rig.answerEpoch({ openOrders: views })
    expect(rig.kinds().filter((kind) => kind.startsWith('break-'))).toEqual(['break-seen', 'break-healed'])
  })

  it('is turned away where each of several could be counted, and all of them could not', () => {
    const rig = Rig.active()
    const id = rig.work()
    const third = Math.floor(biggest / 30)
    for (let time = 0; time < 6; time += 1) rig.fill(id, third, { price: ticks(1) })
    expect(Number(rig.order(id).filled)).toBeGreaterThanOrEqual(third)
    expect(tradeBreaks(rig)).toHaveLength(1)
    expectSound(rig)
  })

  it('of an account that is not set up here is of no account', () => {
    const rig = Rig.active()
    const id = rig.work()
    expect(rig.process({ kind: 'trade-reported', at: rig.at, account: 'nobody', via: 'stream', trade: rig.trade(id, 1) })).toEqual({ events: [], requests: [] })
  })
})

describe('an order of somebody else that is past counting', () => {
  const moon = (rig: Rig, venueOrder: string, size: number, limit: number) => rig.process({
    kind: 'order-reported', at: rig.at, account: 'main', via: 'stream',
    view: { venueOrder, instrument: other.instrument.id, side: 'sell', status: 'open', lots: lots(size), filled: lots(0), limit: ticks(limit), updatedAt: rig.at },
  })

  it('is adopted, allows no new risk while it is there, and leaves no trace when it is gone', () => {
    const rig = Rig.active()
    for (const name of ['m1', 'm2', 'm3']) moon(rig, name, biggest, 900_000_000)
    const [first] = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() }).events
    expect(first).toMatchObject({ kind: 'command-refused', refusal: { rule: 'risk.no-price' } })
    for (const order of [...rig.engine.openOrders()]) {
      const { id, venueOrder = '', spec } = order
      const view = { venueOrder, instrument: spec.instrument, side: spec.side, status: 'canceled' as const, lots: order.lots, filled: lots(0), updatedAt: rig.at + 1 }
      rig.process({ kind: 'lookup-reported', at: rig.at, account: 'main', order: id, askedAt: rig.at, answer: { kind: 'found', view, trades: [] } })
    }
    rig.place()
    expectSound(rig)
  })

  it('of less than nothing is a difference', () => {
    const rig = Rig.active()
    moon(rig, 'm1', -5, 9_000)
    expect(rig.kinds()).not.toContain('external-adopted')
    expect(rig.events).toContainEqual(expect.objectContaining({ kind: 'break-seen', what: 'order', instrument: other.instrument.id }))
    expectSound(rig)
  })
})

describe('money past counting', () => {
  it('is not posted, by a venue or by a person', () => {
    const rig = Rig.active()
    const before = rig.engine.balances('main')
    const posting = { reference: 'p', reason: 'deposit' as const, asset: 'USD', amount: amount(biggest), at: rig.at + 1 }
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting })
    const { events } = rig.command({ kind: 'record-transfer', ...rig.asked(), account: 'main', asset: 'USD', amount: amount(biggest), reason: 'a slip' })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'risk.overflow' } }])
    expect(rig.engine.balances('main')).toEqual(before)
    for (let round = 0; round < 2; round += 1) {
      rig.pass(61_000)
      rig.answerEpoch({ postings: { ok: true, items: [posting] } })
    }
    expect(rig.kinds().filter((kind) => kind.startsWith('break-'))).toEqual(['break-seen'])
    expectSound(rig)
  })

  it('is not recorded before the account was seen, where the first look counts it already', () => {
    const rig = new Rig()
    rig.start()
    const { events } = rig.command({ kind: 'record-transfer', ...rig.asked(), account: 'main', asset: 'USD', amount: amount(5), reason: 'early' })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'risk.no-balance' } }])
    rig.pass(10_000)
    rig.answerEpoch()
    expect(rig.engine.balances('main').find(({ asset }) => asset === 'USD')?.total).toBe(1_000_000_000_000)
  })

  it('does not open an account: it is looked at again, and trading does not start', () => {
    const rig = new Rig()
    rig.start()
    rig.pass(10_000)
    rig.balances = [{ asset: 'USD', total: amount(biggest), free: amount(0) }, { asset: 'USD', total: amount(biggest), free: amount(0) }]
    rig.answerEpoch()
    expect(rig.events.at(-1)).toMatchObject({ kind: 'epoch-closed', outcome: 'inconclusive' })
    expect(rig.engine.mode.mode).toBe('starting')
  })
})

describe('prices past counting', () => {
  it('take no held position and no trailing stop down', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    rig.place({ type: 'trailing-stop', side: 'sell', trail: { distance: { by: 'percent', rate: 999_999_999 as never }, source: 'last' } })
    rig.place({ type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticks(1_000) }, source: 'last' } })
    for (const price of [biggest, 1, biggest - 1]) rig.quote(perpetual.instrument.id, price, price)
    rig.pass(1_000)
    rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ instrument: other.instrument.id }) })
    expectSound(rig)
  })

  it('infer no fill', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.pass(130_000)
    for (const claim of [{ filled: lots(3), averagePrice: ticks(-3) }, { filled: lots(biggest) }]) {
      rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id, { ...claim, updatedAt: rig.at - 100_000 })] } })
      rig.pass(61_000)
    }
    expect(rig.order(id).filled).toBe(0)
    expect(tradeBreaks(rig)).toHaveLength(1)
    expectSound(rig)
  })
})
