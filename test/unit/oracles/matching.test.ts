import { describe, expect, it } from 'vitest'
import { createMatchingOracle, divideHalfEven } from '../../oracles/index.ts'

describe('the oracle of matching', () => {
  it('fills the best price first, and the oldest of one price', () => {
    const oracle = createMatchingOracle()
    for (const [id, price] of [['a', 101n], ['b', 100n], ['c', 100n]] as const) oracle.place({ id, side: 'sell', price, lots: 5n })
    expect(oracle.place({ id: 'd', side: 'buy', price: 101n, lots: 12n })).toEqual({
      trades: [
        { maker: 'b', taker: 'd', price: 100n, lots: 5n }, { maker: 'c', taker: 'd', price: 100n, lots: 5n }, { maker: 'a', taker: 'd', price: 101n, lots: 2n },
      ],
      resting: 0n, ended: 0n,
    })
    expect(oracle.resting()).toEqual([{ id: 'a', side: 'sell', price: 101n, lots: 3n }])
  })

  it('lets rest what may, and ends what may not', () => {
    const oracle = createMatchingOracle()
    expect(oracle.place({ id: 'a', side: 'buy', price: 99n, lots: 5n })).toEqual({ trades: [], resting: 5n, ended: 0n })
    expect(oracle.place({ id: 'b', side: 'sell', lots: 7n })).toMatchObject({ trades: [{ maker: 'a', lots: 5n }], resting: 0n, ended: 2n })
    expect(oracle.place({ id: 'c', side: 'sell', price: 99n, lots: 7n, timeInForce: 'ioc' })).toEqual({ trades: [], resting: 0n, ended: 7n })
    oracle.place({ id: 'd', side: 'buy', price: 99n, lots: 5n })
    expect(oracle.place({ id: 'e', side: 'sell', price: 99n, lots: 6n, timeInForce: 'fok' })).toEqual({ trades: [], resting: 0n, ended: 6n })
    expect(oracle.place({ id: 'f', side: 'sell', price: 99n, lots: 1n, postOnly: true })).toEqual({ trades: [], resting: 0n, ended: 1n })
    expect([oracle.cancel('d'), oracle.cancel('d')]).toEqual([5n, 0n])
  })
})

describe('the oracle of rounding', () => {
  it('takes the even neighbour of a half, on both sides of zero', () => {
    expect([1n, 3n, 5n, -1n, -3n, -5n].map((n) => divideHalfEven(n, 2n))).toEqual([0n, 2n, 2n, 0n, -2n, -2n])
    expect([7n, 8n, -7n, -8n].map((n) => divideHalfEven(n, 3n))).toEqual([2n, 3n, -2n, -3n])
    expect(divideHalfEven(7n, -2n)).toBe(-4n)
  })
})
