import { describe, expect, it } from 'vitest'
import {
  amountFromRaw, createNotionalScale, ensureOk, fail, InvariantError, lotsFor, lotsFromRaw, notional, OverflowError, priceOf,
  quantityMax, rawOf, settle, ticksFromRaw, tryNotional,
} from '../../../src-main/base/index.ts'

const spot = { units: 1, decimals: 0 }
/** BTC/USD: ticks of 0.01, lots of 0.00000001, money in millionths. */
const bitcoin = ensureOk(
  createNotionalScale({ tick: { units: 1, decimals: 2 }, lot: { units: 1, decimals: 8 }, multiplier: spot, amountDecimals: 6 }),
  'the scale of bitcoin',
)
/** An index future: ticks of 0.25, whole contracts of 50 dollars a point, money in cents. */
const future = ensureOk(
  createNotionalScale({
    tick: { units: 25, decimals: 2 }, lot: { units: 1, decimals: 0 }, multiplier: { units: 50, decimals: 0 }, amountDecimals: 2,
  }),
  'the scale of the future',
)

describe('a notional scale', () => {
  it('is the worth of one tick times one lot in lowest terms', () => {
    expect(bitcoin).toEqual({ numerator: 1, denominator: 10_000 })
    expect(future).toEqual({ numerator: 1_250, denominator: 1 })
  })

  it('refuses steps that are none', () => {
    const parts = { tick: spot, lot: spot, multiplier: spot, amountDecimals: 2 }
    for (const [units, decimals] of [[0, 0], [1.5, 0], [1, -1], [1, 31]] as const) {
      expect(createNotionalScale({ ...parts, tick: { units, decimals } })).toEqual(fail('notAStep'))
    }
    expect(createNotionalScale({ ...parts, amountDecimals: NaN })).toEqual(fail('notAStep'))
  })

  it('refuses ratios that no safe number holds', () => {
    const tiny = { units: 1, decimals: 18 }
    expect(createNotionalScale({ tick: tiny, lot: spot, multiplier: spot, amountDecimals: 0 })).toEqual(fail('outOfRange'))
    const huge = { units: 10 ** 15, decimals: 0 }
    expect(createNotionalScale({ tick: huge, lot: spot, multiplier: spot, amountDecimals: 6 })).toEqual(fail('outOfRange'))
  })
})

describe('notional', () => {
  it('is price times quantity: 0.12345678 bitcoin at 64,123.45', () => {
    // 64123.45 * 0.12345678 = 7916.474659491, in millionths.
    const [ticks, lots] = [ticksFromRaw(6_412_345), lotsFromRaw(12_345_678)]
    expect(rawOf(notional(ticks, lots, bitcoin, 'floor'))).toBe(7_916_474_659)
    expect(rawOf(notional(ticks, lots, bitcoin, 'ceil'))).toBe(7_916_474_660)
  })

  it('carries the sign of the quantity', () => {
    expect(rawOf(notional(ticksFromRaw(4), lotsFromRaw(-2), future, 'floor'))).toBe(-10_000)
  })

  it('gives back price and quantity', () => {
    const worth = notional(ticksFromRaw(6_412_345), lotsFromRaw(12_345_678), bitcoin, 'halfEven')
    expect(rawOf(priceOf(worth, lotsFromRaw(12_345_678), bitcoin, 'halfEven'))).toBe(6_412_345)
    expect(rawOf(lotsFor(worth, ticksFromRaw(6_412_345), bitcoin, 'halfEven'))).toBe(12_345_678)
    expect(rawOf(lotsFor(amountFromRaw(1_000_000_000), ticksFromRaw(6_412_345), bitcoin, 'floor'))).toBe(1_559_491)
  })

  it('overflows as a value in the review, and as a bug where it was promised', () => {
    const [ticks, lots] = [ticksFromRaw(quantityMax), lotsFromRaw(quantityMax)]
    expect(settle(tryNotional(ticks, lots, future, 'ceil'))).toEqual({ ok: false, error: 'overflow' })
    expect(() => notional(ticks, lots, future, 'ceil')).toThrow(OverflowError)
  })

  it('takes a price for no lots, and lots at no price, for a bug', () => {
    expect(() => priceOf(amountFromRaw(1), lotsFromRaw(0), bitcoin, 'floor')).toThrow(InvariantError)
    expect(() => lotsFor(amountFromRaw(1), ticksFromRaw(0), bitcoin, 'floor')).toThrow(InvariantError)
  })
})
