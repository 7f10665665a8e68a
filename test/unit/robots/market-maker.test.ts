import { describe, expect, it } from 'vitest'
import { lotsFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { quoteBothSides, type MakerSettings, type OwnOrder, type RobotSight } from '../../../src-main/robots/index.ts'

const settings: MakerSettings = {
  instrument: 'BTC/USD:PERP', owner: 'market-maker', lots: 5, positionMost: 30, halfSpreadPpm: 1_000, tolerancePpm: 500, canAmend: true, isLongOnly: false,
}
const sight = (more: Partial<RobotSight> = {}): RobotSight =>
  ({ account: 'paper', bid: ticksFromRaw(99_990), ask: ticksFromRaw(100_010), position: lotsFromRaw(0), orders: [], ...more })
const own = (side: 'buy' | 'sell', limit: number, isSettled = true): OwnOrder =>
  ({ id: `${side}-1` as OrderId, side, limit: ticksFromRaw(limit), isSettled })

const quotes = (seen: RobotSight, wanted = settings): readonly (readonly [string, number])[] => quoteBothSides(wanted, seen).map((wish) => {
  if (wish.kind === 'place-order') return [wish.order.side, rawOf(wish.order.limit ?? ticksFromRaw(0))]
  return [wish.kind, wish.kind === 'amend-order' ? rawOf(wish.limit) : 0]
})

describe('the market maker', () => {
  it('quotes both sides at the same distance from the middle while it holds nothing, and never takes', () => {
    expect(quotes(sight())).toEqual([['buy', 99_900], ['sell', 100_100]])
    expect(quoteBothSides(settings, sight()).every((wish) => wish.kind === 'place-order' && wish.order.postOnly === true)).toBe(true)
  })

  it('moves both quotes down with what it holds, and up with what it owes', () => {
    expect(quotes(sight({ position: lotsFromRaw(15) }))).toEqual([['buy', 99_875], ['sell', 100_075]])
    expect(quotes(sight({ position: lotsFromRaw(-15) }))).toEqual([['buy', 99_925], ['sell', 100_125]])
  })

  it('stays out of the way of the best price of the other side', () => {
    expect(quotes(sight({ position: lotsFromRaw(25) }), { ...settings, halfSpreadPpm: 20 })).toEqual([['buy', 99_998], ['sell', 100_002]])
    expect(quotes(sight({ bid: ticksFromRaw(99_999), ask: ticksFromRaw(100_000) }), { ...settings, halfSpreadPpm: 0 })).toEqual([['buy', 99_998], ['sell', 100_000]])
  })

  it('ends the side that would take it past the most, and places nothing there', () => {
    expect(quotes(sight({ position: lotsFromRaw(30), orders: [own('buy', 99_900)] }))).toEqual([['cancel-order', 0], ['sell', 100_050]])
    expect(quotes(sight({ position: lotsFromRaw(-30), orders: [own('sell', 100_100, false)] }))).toEqual([['buy', 99_950]])
  })

  it('sells nothing that it does not hold where that cannot be borrowed', () => {
    expect(quotes(sight({ position: lotsFromRaw(4) }), { ...settings, isLongOnly: true }).map(([side]) => side)).toEqual(['buy'])
    expect(quotes(sight({ position: lotsFromRaw(5) }), { ...settings, isLongOnly: true }).map(([side]) => side)).toEqual(['buy', 'sell'])
  })

  it('leaves a quote where it is within the tolerance, and one that is under way in any case', () => {
    expect(quotes(sight({ orders: [own('buy', 99_860), own('sell', 100_140)] }))).toEqual([])
    expect(quotes(sight({ orders: [own('buy', 99_000, false), own('sell', 101_000, false)] }))).toEqual([])
  })

  it('moves a quote that is further off, by amending it where the venue can and by ending it where not', () => {
    const orders = [own('buy', 99_800), own('sell', 100_140)]
    expect(quotes(sight({ orders }))).toEqual([['amend-order', 99_900]])
    expect(quotes(sight({ orders }), { ...settings, canAmend: false })).toEqual([['cancel-order', 0]])
  })

  it('asks for nothing on prices that contradict each other', () => {
    expect(quotes(sight({ bid: ticksFromRaw(100_010), ask: ticksFromRaw(99_990) }))).toEqual([])
  })
})
