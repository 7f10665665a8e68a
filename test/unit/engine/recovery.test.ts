import { describe, expect, it } from 'vitest'
import { amount, lots, perpetual, Rig, ticks, venueOrderOf } from './trading-rig.ts'

const halt = (rig: Rig) => rig.process({ kind: 'halt-trading', at: rig.at, reason: 'looked wrong', actor: 'hand' })
const kill = (rig: Rig) => rig.process({ kind: 'kill-trading', at: rig.at, reason: 'enough', actor: 'hand' })
const resume = (rig: Rig) => rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'looked again', actor: 'hand' })

const strangersOrder = (rig: Rig) => ({
  venueOrder: 'v-stranger', instrument: perpetual.instrument.id, side: 'buy' as const, lots: lots(3), limit: ticks(9_900), updatedAt: rig.at,
})

describe('a start', () => {
  it('asks every account first, and takes no order before the answer', () => {
    const rig = new Rig()
    rig.start()
    rig.quoteAll()
    expect(rig.requests).toMatchObject([{ kind: 'fetch-epoch', account: 'main', needs: 0 }])
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'mode.not-allowed' } }])
  })

  it('takes what the account holds for its opening, once', () => {
    const rig = Rig.active()
    expect(rig.engine.balances('main')).toMatchObject([{ asset: 'BTC', total: amount(100_000_000) }, { asset: 'USD', total: amount(1_000_000_000_000) }])
    rig.pass(61_000)
    rig.answerEpoch()
    expect(rig.kinds().filter((kind) => kind === 'opening-taken')).toHaveLength(1)
  })

  it('counts what somebody did before the first sight in the opening alone', () => {
    const rig = new Rig()
    rig.start()
    const told = { ...strangersOrder(rig), status: 'open' as const, filled: lots(0) }
    rig.process({ kind: 'order-reported', at: rig.at, account: 'main', via: 'stream', view: told })
    expect([...rig.engine.openOrders()]).toEqual([])
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(3), entryPrice: ticks(9_900) }]
    const ended = { ...told, status: 'filled' as const, filled: lots(3) }
    rig.at += 60_000
    rig.pass(61_000)
    rig.answerEpoch({ closedOrders: { ok: true, items: [ended] } })
    for (let round = 0; round < 3; round += 1) {
      rig.pass(200_000)
      rig.answerEpoch({ closedOrders: { ok: true, items: [ended] } })
    }
    expect(rig.held()).toBe(3)
    expect(rig.kinds()).toContain('opening-taken')
    expect(rig.kinds()).not.toContain('external-adopted')
    expect(rig.kinds()).not.toContain('order-filled')
  })

  it('takes off what the trades of the first sight show, though the list of orders lags behind them', () => {
    const rig = new Rig()
    rig.start()
    const told = { ...strangersOrder(rig), status: 'open' as const, filled: lots(0) }
    const trade = {
      trade: 's1', venueOrder: told.venueOrder, instrument: told.instrument, side: told.side, price: ticks(9_900), lots: lots(2), liquidity: 'maker' as const,
      fee: amount(0), feeAsset: 'USD', at: rig.at,
    }
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(2), entryPrice: ticks(9_900) }]
    rig.at += 60_000
    rig.pass(61_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [told] }, trades: { ok: true, items: [trade] } })
    rig.pass(200_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [{ ...told, filled: lots(2) }] }, trades: { ok: true, items: [trade] } })
    expect(rig.held()).toBe(2)
    expect(rig.kinds()).not.toContain('order-filled')
  })

  it('stays in starting while a part of the round fails, and changes nothing', () => {
    const rig = new Rig()
    rig.start()
    rig.answerEpoch({ positions: { ok: false, why: 'HTTP 504' } })
    expect(rig.engine.mode.mode).toBe('starting')
    expect(rig.events.at(-1)).toMatchObject({ kind: 'epoch-closed', outcome: 'inconclusive' })
    expect(rig.kinds()).not.toContain('opening-taken')
  })

  it('returns to the mode before it where the installation says so, and else may only reduce', () => {
    for (const afterCleanStart of ['previous', 'reducing'] as const) {
      const rig = Rig.active({ afterCleanStart })
      rig.restart()
      rig.start()
      expect(rig.engine.mode.mode).toBe('starting')
      rig.answerEpoch()
      expect(rig.engine.mode.mode).toBe(afterCleanStart === 'previous' ? 'active' : 'reducing')
    }
  })

  it('waits in starting while a difference is not explained, and says what it is', () => {
    const rig = Rig.active()
    rig.restart()
    rig.at += 10_000
    rig.start()
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(5) }]
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('starting')
    expect(rig.events).toContainEqual(expect.objectContaining({ kind: 'break-seen', what: 'position', instrument: perpetual.instrument.id }))
    rig.positions = []
    rig.pass(3_000)
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('active')
  })

  it('makes what was in flight unknown, and never sends it again', () => {
    const rig = Rig.active()
    const id = rig.place()
    rig.restart()
    rig.start()
    expect(rig.order(id).status).toBe('unknown')
    rig.pass(20_000)
    rig.answerEpoch()
    expect(rig.sends(id)).toHaveLength(1)
  })

  it('ends what was intended and whose sending was lost: nothing of it left', () => {
    const rig = Rig.active()
    const id = rig.place()
    const kept = rig.events.slice(0, rig.events.findIndex(({ kind }) => kind === 'order-sending'))
    rig.restart(kept)
    rig.at += 1
    rig.start()
    expect(rig.order(id).status).toBe('canceled')
  })

  it('makes new ids even where the clock stands still', () => {
    const rig = Rig.active()
    const first = rig.place()
    rig.restart()
    rig.start()
    rig.answerEpoch()
    rig.quoteAll()
    const second = rig.place({ instrument: 'SOL/USD:PERP' })
    expect(second.slice(0, 24)).not.toBe(first.slice(0, 24))
    expect(second.slice(0, 12)).toBe('aabbccddeeff')
  })

  it('finds the fills that it missed, and ends what ended meanwhile', () => {
    const rig = Rig.active()
    const id = rig.work()
    const trade = rig.trade(id, 10)
    rig.restart()
    rig.at += 60_000
    rig.start()
    rig.positions = [{ instrument: perpetual.instrument.id, positionSide: 'net', lots: lots(10) }]
    rig.answerEpoch({
      closedOrders: { ok: true, items: [rig.view(id, { status: 'filled', filled: lots(10), updatedAt: trade.at })] }, trades: { ok: true, items: [trade] },
    })
    expect(rig.order(id)).toMatchObject({ status: 'filled', filled: lots(10) })
    expect(rig.held()).toBe(10)
    expect(rig.events.at(-2)).toMatchObject({ kind: 'epoch-closed', outcome: 'clean' })
  })

  it('that finds trading being killed goes on with it', () => {
    const rig = Rig.active()
    kill(rig)
    rig.restart()
    rig.start()
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('killing')
  })
})

describe('a halt', () => {
  it('raises the send epoch and takes everything away at once, but for what protects and what is not ours', () => {
    const rig = Rig.active()
    const entry = rig.work()
    const stop = rig.work({ side: 'buy', type: 'stop', trigger: { price: ticks(10_500), source: 'last' } })
    rig.process({
      kind: 'order-reported', at: rig.at, account: 'main', via: 'stream',
      view: { venueOrder: 'somebody', instrument: perpetual.instrument.id, side: 'sell', status: 'open', lots: lots(3), filled: lots(0), limit: ticks(10_900), updatedAt: rig.at },
    })
    const before = rig.engine.sendEpoch
    const { requests } = halt(rig)
    expect(rig.engine.sendEpoch).toBe(before + 1)
    expect(requests.filter(({ kind }) => kind === 'send-cancel')).toMatchObject([{ order: entry, needs: 0 }, { order: stop, needs: 0 }])
    expect(requests.at(-1)).toMatchObject({ kind: 'keep-latch' })
    const adopted = [...rig.engine.orders()].find(({ isExternal }) => isExternal)
    expect(adopted).toMatchObject({ status: 'working', cancel: 'none' })
  })

  it('leaves the stop that protects a position', () => {
    const rig = Rig.active()
    const entry = rig.work()
    rig.fill(entry, 10)
    const stop = rig.work({ side: 'sell', type: 'stop', trigger: { price: ticks(9_500), source: 'last' }, reduceOnly: true })
    kill(rig)
    expect(rig.cancels(stop)).toEqual([])
    expect(rig.order(stop).status).toBe('working')
  })

  it('cancels again what is accepted after it', () => {
    const rig = Rig.active()
    const id = rig.place()
    kill(rig)
    expect(rig.cancels(id)).toHaveLength(1)
    rig.process({ kind: 'cancel-reported', at: rig.at, account: 'main', order: id, outcome: 'refused', detail: 'unknown order' })
    rig.accept(id)
    expect(rig.cancels(id)).toHaveLength(2)
    expect(rig.cancels(id).at(-1)).toMatchObject({ venueOrder: venueOrderOf(id) })
  })

  it('takes no order, and is left only after a round that was asked since', () => {
    const rig = Rig.active()
    rig.at += 1
    halt(rig)
    expect(rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() }).events).toMatchObject([{ refusal: { rule: 'mode.not-allowed' } }])
    rig.at += 1
    resume(rig)
    expect(rig.engine.mode.mode).toBe('halted')
    rig.pass(5_000)
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('active')
  })

  it('that is asked for while a resume waits wins', () => {
    const rig = Rig.active()
    rig.at += 1
    halt(rig)
    rig.at += 1
    resume(rig)
    kill(rig)
    rig.pass(5_000)
    rig.answerEpoch()
    expect(rig.engine.mode.mode).toBe('killing')
  })

  it('refuses a resume that no round confirmed for two minutes', () => {
    const rig = Rig.active()
    rig.at += 1
    halt(rig)
    resume(rig)
    rig.pass(121_000)
    expect(rig.events.findLast(({ kind }) => kind === 'mode-refused')).toMatchObject({ mode: 'halted', wanted: 'active' })
  })
})

describe('reducing', () => {
  it('lets through what lowers a position, and refuses what would raise it', () => {
    const rig = Rig.active()
    rig.fill(rig.work(), 10)
    rig.process({ kind: 'machine-slept', at: rig.at })
    expect(rig.engine.mode.mode).toBe('reducing')
    const more = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() })
    expect(more.events).toMatchObject([{ refusal: { rule: 'mode.not-allowed' } }])
    const less = rig.place({ side: 'sell', limit: ticks(10_020), reduceOnly: true })
    expect(rig.order(less).status).toBe('sending')
  })
})
