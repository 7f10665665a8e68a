import { describe, expect, it } from 'vitest'
import type { AnyEvent } from '../../../src-main/engine/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import type { ReviewLimits } from '../../../src-main/risk/index.ts'
import type { TradingCommand } from '../../../src-main/domain/index.ts'
import { amount, lots, perpetual, Rig, ticks } from './trading-rig.ts'

const strict: ReviewLimits = { ...boundlessLimits, driftMaxMs: 1_000, commandAgeMaxMs: 5_000, priceAgeMaxMs: 2_000 }

/** One of each that leads to something. */
const commandsOf = (rig: Rig): readonly TradingCommand[] => {
  rig.fill(rig.work(), 10)
  const open = rig.work({ limit: ticks(9_800) })
  const { limit: _limit, ...stop } = rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, reduceOnly: true })
  const target = rig.spec({ side: 'sell', limit: ticks(12_000), reduceOnly: true })
  return [
    { kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(9_700) }) },
    { kind: 'place-order', ...rig.asked(), order: { ...stop, trigger: { price: ticks(9_000), source: 'mid' } } },
    { kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(9_600), display: lots(5) }) },
    { kind: 'place-group', ...rig.asked(), group: 'oco', orders: [stop, target] },
    { kind: 'place-group', ...rig.asked(), group: 'bracket', orders: [rig.spec({ limit: ticks(9_500) }), stop, target] },
    { kind: 'amend-order', ...rig.asked(), order: open, limit: ticks(9_790) },
    { kind: 'cancel-order', ...rig.asked(), order: open },
    { kind: 'close-position', ...rig.asked(), account: 'main', instrument: perpetual.instrument.id },
    { kind: 'cancel-all', ...rig.asked() },
    { kind: 'record-transfer', ...rig.asked(), account: 'main', asset: 'USD', amount: amount(5), reason: 'a test' },
  ]
}

describe('the answer to a command', () => {
  it('comes before everything that the command causes, so that no crash between them makes it new again', () => {
    const rig = Rig.active()
    for (const command of commandsOf(rig)) {
      const { events, requests } = rig.command(command)
      expect(events[0]).toMatchObject({ kind: 'command-taken', commandId: command.commandId, command: command.kind })
      for (const request of requests) if ('needs' in request && request.needs > 0) expect(request.needs).toBeGreaterThan(events[0]?.sequence ?? Infinity)
    }
  })

  it('is what a crash right behind it leaves, and the command asked again makes nothing', () => {
    for (let place = 0; place < 10; place += 1) {
      const rig = Rig.active()
      const command = commandsOf(rig)[place]
      if (command === undefined) throw new Error('there are ten commands')
      const told = rig.events.length
      rig.command(command)
      const kept: AnyEvent[] = rig.events.slice(0, told + 1)
      rig.restart(kept)
      expect(rig.process(command)).toEqual({ events: [], requests: [] })
    }
  })
})

describe('a command whose orders a crash took away', () => {
  it('is said to be lost at the next start, and asked again it says so and sends nothing', () => {
    const rig = Rig.active()
    const done = { kind: 'place-order', ...rig.asked(), order: rig.spec() } as const
    const lost = { kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(9_800) }) } as const
    rig.command(done)
    const told = rig.events.length
    rig.command(lost)
    rig.restart(rig.events.slice(0, told + 1))
    rig.at += 1
    const before = rig.events.length
    rig.start()
    expect(rig.events.slice(before).filter(({ kind }) => kind === 'command-lost')).toMatchObject([{ commandId: lost.commandId }])
    expect(rig.engine.answerTo(lost.commandId)).toMatchObject({ orders: [], refusal: { rule: 'order.not-found' } })
    expect(rig.engine.answerTo(done.commandId)?.orders).toHaveLength(1)
    expect(rig.command(lost)).toEqual({ events: [], requests: [] })
  })
})

describe('the time of a command', () => {
  it('is the word of whoever gave it: one from the past is a replay, however fresh the prices were then', () => {
    const rig = Rig.active({ limits: strict })
    rig.pass(60_000)
    rig.quoteAll()
    const old = { kind: 'place-order', commandId: 'old', at: rig.at - 30_000, order: rig.spec() } as const
    expect(rig.command(old).events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'time.replayed' } }])
  })

  it('moves no clock of ours: one from the future is refused, and what was answered before stays answered', () => {
    const rig = Rig.active({ limits: strict })
    const first = { kind: 'place-order', ...rig.asked(), order: rig.spec() } as const
    rig.command(first)
    const ahead = { kind: 'place-order', commandId: 'ahead', at: rig.at + 2 * 86_400_000, order: rig.spec({ limit: ticks(9_000) }) } as const
    expect(rig.command(ahead).events).toMatchObject([{ kind: 'command-refused', at: rig.at, refusal: { rule: 'time.drift' } }])
    expect(rig.command(first)).toEqual({ events: [], requests: [] })
    expect(rig.sends()).toHaveLength(1)
  })

  it('may be ahead by as much as clocks may differ', () => {
    const rig = Rig.active({ limits: strict })
    const { events } = rig.command({ kind: 'place-order', commandId: 'near', at: rig.at + 900, order: rig.spec() })
    expect(events[0]).toMatchObject({ kind: 'command-taken', at: rig.at + 900 })
  })
})
