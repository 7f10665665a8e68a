import { describe, expect, it } from 'vitest'
import type { MarketReport } from '../../../src-main/domain/index.ts'
import { lots, perpetual, Rig, ticks } from './trading-rig.ts'

const instrument = perpetual.instrument.id

/** Long, with a stop that the engine holds, by each price that can pull it. */
function held(source: 'last' | 'mark' | 'index' | 'mid'): Rig {
  const rig = Rig.active({ tradables: [{ ...perpetual, abilities: { ...perpetual.abilities, triggerOrders: false } }] })
  rig.fill(rig.work(), 10)
  rig.place({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source }, reduceOnly: true, size: { by: 'quantity', lots: lots(10) } })
  return rig
}

const saw = (rig: Rig, report: MarketReport): readonly string[] => rig.process(report).events.map(({ kind }) => kind)

describe('a price of zero or below', () => {
  it.each([0, -1])('of %s pulls no stop, whoever tells it', (none) => {
    const last = held('last')
    expect(saw(last, { kind: 'last-seen', at: last.at, instrument, price: ticks(none) })).toEqual([])
    const mark = held('mark')
    expect(saw(mark, { kind: 'mark-seen', at: mark.at, instrument, mark: ticks(none), index: ticks(10_000), fundingRate: 0 as never })).toEqual([])
    const index = held('index')
    expect(saw(index, { kind: 'mark-seen', at: index.at, instrument, mark: ticks(10_000), index: ticks(none), fundingRate: 0 as never })).toEqual([])
    const mid = held('mid')
    expect(saw(mid, { kind: 'quote-seen', at: mid.at, instrument, bid: ticks(none), ask: ticks(10_010) })).toEqual([])
  })

  it('on one side of the book makes its trades unbelievable until it is whole again', () => {
    const rig = held('last')
    rig.process({ kind: 'quote-seen', at: rig.at, instrument, bid: ticks(0), ask: ticks(10_010) })
    expect(saw(rig, { kind: 'last-seen', at: rig.at, instrument, price: ticks(8_900) })).toEqual([])
    rig.process({ kind: 'quote-seen', at: rig.at, instrument, bid: ticks(8_900), ask: ticks(8_910) })
    expect(saw(rig, { kind: 'last-seen', at: rig.at, instrument, price: ticks(8_900) })).toContain('order-triggered')
  })
})
