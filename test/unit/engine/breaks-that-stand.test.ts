import { describe, expect, it } from 'vitest'
import { amount, lots, perpetual, Rig, ticks } from './trading-rig.ts'

const breaksOf = (rig: Rig) => rig.kinds().filter((kind) => kind === 'break-seen' || kind === 'break-healed')

describe('a difference about an order or a trade that stands', () => {
  it('is told once and not healed by the next round that still has it', () => {
    const rig = Rig.active()
    rig.work()
    for (let round = 0; round < 4; round += 1) {
      rig.pass(61_000)
      rig.answerEpoch()
    }
    expect(breaksOf(rig)).toEqual(['break-seen'])
    expect(rig.events.filter((event) => event.kind === 'epoch-closed').slice(-4)).toMatchObject(Array.from({ length: 4 }, () => ({ outcome: 'breaks' })))
    rig.quoteAll()
    const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ limit: ticks(9_800) }) })
    expect(events).toMatchObject([{ kind: 'command-refused', refusal: { rule: 'instrument.reducing' } }])
  })

  it('holds for the trade of an order that no list shows, as long as the trade is shown', () => {
    const rig = Rig.active()
    const stray = {
      trade: 's1', venueOrder: 'nowhere', instrument: perpetual.instrument.id, side: 'buy' as const, price: ticks(9_900), lots: lots(1), liquidity: 'taker' as const,
      fee: amount(0), feeAsset: 'USD', at: rig.at + 1,
    }
    for (let round = 0; round < 3; round += 1) {
      rig.pass(61_000)
      rig.answerEpoch({ trades: { ok: true, items: [stray] } })
    }
    expect(breaksOf(rig)).toEqual(['break-seen'])
  })

  it('holds for an order that is shown under another id of the venue than it was taken under, and is not asked about every two seconds for ever', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.quoteAll()
    let rounds = 0
    for (let second = 0; second < 600; second += 1) {
      const { requests } = rig.pass(1_000)
      if (!requests.some(({ kind }) => kind === 'fetch-epoch')) continue
      rounds += 1
      rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id, { venueOrder: 'v-other' })] } })
    }
    expect(breaksOf(rig)).toEqual(['break-seen'])
    expect(rig.order(id)).toMatchObject({ status: 'working' })
    expect(rounds).toBeLessThan(20)
    rig.pass(61_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id)] } })
    expect(breaksOf(rig)).toEqual(['break-seen', 'break-healed'])
  })

  it('heals when a round shows the order again', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.pass(61_000)
    rig.answerEpoch()
    rig.pass(61_000)
    rig.answerEpoch({ openOrders: { ok: true, items: [rig.view(id)] } })
    expect(breaksOf(rig)).toEqual(['break-seen', 'break-healed'])
  })
})
