import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../../src-main/base/index.ts'
import { grossOf, initialMarginOf, liquidationPriceOf, maintenanceMarginOf, unrealisedOf } from '../../../../src-main/engine/accounting/index.ts'
import { usd } from '../../risk/review-rig.ts'
import { perpetual, spot } from '../../risk/sample-tradables.ts'

/** Two coins, bought or sold at 100. */
const long = { lots: lotsFromRaw(2_000), cost: usd(200) }
const short = { lots: lotsFromRaw(-2_000), cost: usd(200) }
const at = ticksFromRaw

describe('what a position is worth', () => {
  it('is the profit of leaving it at a price, with the opposite sign for a short one', () => {
    expect(unrealisedOf(long, at(11_000), perpetual)).toBe(20_000_000)
    expect(unrealisedOf(short, at(11_000), perpetual)).toBe(-20_000_000)
    expect(unrealisedOf({ lots: lotsFromRaw(0), cost: usd(0) }, at(11_000), perpetual)).toBe(0)
  })

  it('ties up a part of its gross worth, and loses it below a smaller one; what is delivered ties up nothing', () => {
    expect([grossOf(short, at(11_000), perpetual), initialMarginOf(short, at(11_000), perpetual), maintenanceMarginOf(short, at(11_000), perpetual)])
      .toEqual([220_000_000, 11_000_000, 1_100_000])
    expect([grossOf(long, at(11_000), spot), initialMarginOf(long, at(11_000), spot), maintenanceMarginOf(long, at(11_000), spot)]).toEqual([220_000_000, 0, 0])
    expect(initialMarginOf(long, at(11_000), { ...perpetual, leverageMax: 0 }), 'nothing may be borrowed').toBe(220_000_000)
  })

  it('is taken away where its backing ends', () => {
    // 20 dollars behind 2 coins: 180 / 2 / 0.995 = 90.452, and 220 / 2 / 1.005 = 109.452.
    expect(liquidationPriceOf(long, usd(20), perpetual)).toBe(9_046)
    expect(liquidationPriceOf(short, usd(20), perpetual)).toBe(10_945)
  })

  it('is never taken away where it is paid for, delivered or not there', () => {
    expect(liquidationPriceOf(long, usd(200), perpetual)).toBeUndefined()
    expect(liquidationPriceOf(short, usd(-200), perpetual)).toBeUndefined()
    expect(liquidationPriceOf(long, usd(1), spot)).toBeUndefined()
    expect(liquidationPriceOf({ lots: lotsFromRaw(0), cost: amountFromRaw(0) }, usd(1), perpetual)).toBeUndefined()
    expect(liquidationPriceOf(long, usd(1), { ...perpetual, maintenanceMargin: rateFromRaw(1_000_000_000) })).toBeUndefined()
  })
})
