import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { Tradable } from '../../../../src-main/domain/index.ts'
import { liquidationPriceOf, unrealisedOf } from '../../../../src-main/engine/accounting/index.ts'
import type { HeldLots } from '../../../../src-main/engine/accounting/index.ts'
import { perpetual } from '../../../unit/risk/sample-tradables.ts'

const numRuns = 2_000

const scene = fc.record({
  lots: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 900_000 })),
  isShort: fc.boolean(),
  entry: fc.integer({ min: 1, max: 10_000_000 }),
  backing: fc.oneof(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 0, max: 900_000_000_000 })),
  maintenance: fc.integer({ min: 0, max: 100_000_000 }),
  unevenScale: fc.boolean(),
})

/** Is what backs the position and its profit more than the maintenance margin? Multiplied out, so that nothing is rounded. */
const survives = (held: HeldLots, backing: number, price: bigint, { scale, maintenanceMargin }: Tradable): boolean => {
  const [lots, down] = [BigInt(rawOf(held.lots)), BigInt(scale.denominator)]
  const size = lots < 0n ? -lots : lots
  const value = price * size * BigInt(scale.numerator)
  const paid = BigInt(rawOf(held.cost)) * down
  const profit = lots < 0n ? paid - value : value - paid
  return (BigInt(backing) * down + profit) * 1_000_000_000n > value * BigInt(rawOf(maintenanceMargin))
}

describe('the liquidation price', () => {
  it('is where the backing ends: a little to the good side of it the position lives, to the bad side it does not', () => {
    fc.assert(
      fc.property(scene, ({ lots, isShort, entry, backing, maintenance, unevenScale }) => {
        const tradable = { ...perpetual, maintenanceMargin: rateFromRaw(maintenance), ...(unevenScale ? { scale: { numerator: 1, denominator: 3 } } : {}) }
        const cost = unrealisedOf({ lots: lotsFromRaw(lots), cost: amountFromRaw(0) }, ticksFromRaw(entry), tradable)
        const held = { lots: lotsFromRaw(isShort ? -lots : lots), cost }
        const price = liquidationPriceOf(held, amountFromRaw(backing), tradable)
        // A long one that no price takes away is paid for; a short one that none would leave is lost at the smallest.
        if (price === undefined) {
          expect(survives(held, backing, 1n, tradable)).toBe(!isShort)
          return
        }
        // A minor unit may be worth some ticks where there are few lots.
        const slack = 2n + (BigInt(tradable.scale.denominator) * 2n) / (BigInt(lots) * BigInt(tradable.scale.numerator))
        const [at, away] = [BigInt(rawOf(price)), isShort ? -slack : slack]
        expect(survives(held, backing, at + away, tradable), 'on the good side').toBe(true)
        expect(survives(held, backing, at - away, tradable), 'on the bad side').toBe(false)
      }),
      { numRuns },
    )
  })
})
