import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, quantityMax, rateFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { Lots, Result } from '../../../src-main/base/index.ts'
import { kellyFraction, kellyPart, sizeByFraction, sizeByKelly, sizeByRisk, sizeByVolatility } from '../../../src-main/risk/index.ts'
import type { SizeRoom, SizingFault } from '../../../src-main/risk/index.ts'
import { spot, uneven } from '../../unit/risk/sample-tradables.ts'

const numRuns = 1_000
const billion = 1_000_000_000n
const rate = fc.integer({ min: 0, max: 1_000_000_000 })
const equity = fc.integer({ min: 1, max: 9_000_000_000_000 })
const price = fc.integer({ min: 1, max: 20_000_000 })

const room: fc.Arbitrary<SizeRoom> = fc.record({
  price: price.map(ticksFromRaw),
  scale: fc.constantFrom(spot.scale, uneven.scale),
  lotsMin: fc.integer({ min: 0, max: 20 }).map(lotsFromRaw),
  lotsMax: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.constant(quantityMax)).map(lotsFromRaw),
  notionalMax: fc.oneof(fc.integer({ min: 0, max: 50_000_000 }), fc.constant(quantityMax)).map(amountFromRaw),
})

/** The most lots that `cash` pays for at `price`, and that there is room for: by the definition of each, not by a formula. */
const oracleLots = (cash: bigint, unitPrice: bigint, { price: at, scale, lotsMin, lotsMax, notionalMax }: SizeRoom): bigint => {
  const [up, down] = [BigInt(scale.numerator), BigInt(scale.denominator)]
  const payable = (money: bigint, ticks: bigint): bigint => (money <= 0n ? 0n : (money * down) / (ticks * up))
  const candidates = [payable(cash, unitPrice), payable(BigInt(rawOf(notionalMax)), BigInt(rawOf(at))), BigInt(rawOf(lotsMax))]
  const least = candidates.reduce((least, candidate) => (candidate < least ? candidate : least))
  return least < BigInt(rawOf(lotsMin)) ? 0n : least
}

const lotsIn = (result: Result<Lots, SizingFault>): bigint | string => (result.ok ? BigInt(rawOf(result.value)) : result.error)
const floorPart = (money: number, part: bigint): bigint => (BigInt(money) * part) / billion

describe('sizes beside bigints', () => {
  it('by a fixed fraction are what that part of the equity pays for', () => {
    fc.assert(
      fc.property(equity, rate, room, (money, fraction, space) => {
        const size = sizeByFraction({ equity: amountFromRaw(money), fraction: rateFromRaw(fraction) }, space)
        expect(lotsIn(size)).toBe(oracleLots(floorPart(money, BigInt(fraction)), BigInt(rawOf(space.price)), space))
      }),
      { numRuns },
    )
  })

  it('by a target of volatility are smaller the wilder the market', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), rate, fc.integer({ min: 1, max: 9_000_000_000 }), room, (money, target, volatility, space) => {
        const size = sizeByVolatility({ equity: amountFromRaw(money), target: rateFromRaw(target), volatility: rateFromRaw(volatility) }, space)
        const cash = (BigInt(money) * BigInt(target)) / BigInt(volatility)
        expect(lotsIn(size)).toBe(cash > BigInt(quantityMax) ? 'overflow' : oracleLots(cash, BigInt(rawOf(space.price)), space))
      }),
      { numRuns },
    )
  })

  it('by the risk of a trade lose no more than that at the stop', () => {
    fc.assert(
      fc.property(equity, rate, price, price, room, (money, risk, entry, stop, space) => {
        fc.pre(entry !== stop)
        const size = sizeByRisk({ equity: amountFromRaw(money), risk: rateFromRaw(risk), entry: ticksFromRaw(entry), stop: ticksFromRaw(stop) }, space)
        const lots = lotsIn(size)
        const distance = BigInt(Math.abs(entry - stop))
        expect(lots).toBe(oracleLots(floorPart(money, BigInt(risk)), distance, space))
        if (typeof lots === 'bigint') {
          const lost = lots * distance * BigInt(space.scale.numerator)
          expect(lost <= floorPart(money, BigInt(risk)) * BigInt(space.scale.denominator)).toBe(true)
        }
      }),
      { numRuns },
    )
  })

  it('by Kelly stake nothing without an edge, and never more than the part of the full stake', () => {
    const stake = fc.record({ winRate: rate, payoff: fc.integer({ min: 1, max: 20_000_000_000 }), samples: fc.nat(5_000), samplesDoubted: fc.integer({ min: 1, max: 5_000 }) })
    fc.assert(
      fc.property(equity, stake, room, (money, { winRate, payoff, samples, samplesDoubted }, space) => {
        const asked = {
          winRate: rateFromRaw(winRate), payoff: rateFromRaw(payoff), samples: countFromRaw(samples), samplesDoubted: countFromRaw(samplesDoubted), part: kellyPart,
        }
        const fraction = kellyFraction(asked)
        const [p, b] = [BigInt(winRate), BigInt(payoff)]
        const full = p - ((billion - p) * billion) / b
        const staked = fraction.ok ? BigInt(rawOf(fraction.value)) : -1n
        if (full <= 0n) expect(staked).toBe(0n)
        else {
          // Shrunk and cut: within the two units that rounding takes.
          const exact = (full * BigInt(samples) * 8n) / (BigInt(samples + samplesDoubted) * 100n)
          expect(staked <= exact && staked >= exact - 2n, `${staked} of ${exact}`).toBe(true)
        }
        expect(lotsIn(sizeByKelly({ ...asked, equity: amountFromRaw(money) }, space))).toBe(oracleLots(floorPart(money, staked), BigInt(rawOf(space.price)), space))
      }),
      { numRuns },
    )
  })
})
