import { describe, expect, it } from 'vitest'
import { portableExp, portableLog, smallGrowth } from '../../../../src-main/venues/sim/portable-math.ts'

/** Apart by a share of the value, as both the machine's form and ours round. */
const apart = (left: number, right: number): number => Math.abs(left - right) / Math.max(1e-300, Math.abs(right))

describe('portable exponential and logarithm', () => {
  it('agree with the machine to fifteen digits over all the numbers a price can make', () => {
    for (let x = -40; x <= 40; x += 0.0371) {
      expect(apart(portableExp(x), Math.exp(x))).toBeLessThan(1e-14)
      expect(Math.abs(portableLog(Math.exp(x)) - x)).toBeLessThan(1e-13)
    }
  })

  it('are exact where the answer is a whole number', () => {
    expect(portableExp(0)).toBe(1)
    expect(portableLog(1)).toBe(0)
    expect(smallGrowth(0)).toBe(0)
  })

  it('give the very bits that were written down once, so that another machine cannot differ unseen', () => {
    expect([portableExp(1), portableExp(-3.7), portableLog(64_000), portableLog(0.3)]).toEqual([
      2.7182818284590455, 0.024723526470339388, 11.06663836234181, -1.203972804325936,
    ])
  })

  it('refuses an exponent that no price can have', () => {
    expect(() => portableExp(800)).toThrow('within ±690')
    expect(() => portableExp(Number.NaN)).toThrow('within ±690')
  })

  it('takes the short form of small growth for no more than it is', () => {
    for (const x of [-0.02, -0.001, 0.0005, 0.01]) expect(Math.abs(smallGrowth(x) - Math.expm1(x))).toBeLessThan(1e-10)
  })
})
