import { describe, expect, it } from 'vitest'
import {
  amountFromRaw, countFromRaw, InvariantError, lotsFromRaw, quantityMax, rateDecimals, rateDenominator, rateFromRaw, rawOf,
  ticksFromRaw,
} from '../../../src-main/base/index.ts'

const doors = { ticksFromRaw, lotsFromRaw, amountFromRaw, rateFromRaw, countFromRaw }

describe.each(Object.entries(doors))('%s', (_name, fromRaw) => {
  it.each([0, 1, -1, quantityMax, -quantityMax])('lets %d through unchanged', (raw) => {
    expect(rawOf(fromRaw(raw))).toBe(raw)
  })

  it('makes no difference between zero and minus zero', () => {
    expect(Object.is(rawOf(fromRaw(-0)), 0)).toBe(true)
  })

  it.each([0.5, NaN, Infinity, -Infinity, quantityMax + 1, -quantityMax - 1])('refuses %d as a bug', (raw) => {
    expect(() => fromRaw(raw)).toThrow(InvariantError)
  })

  it('refuses the row that a column does not have', () => {
    const column = Float64Array.of(7, 8)
    expect(rawOf(fromRaw(column[1]))).toBe(8)
    expect(() => fromRaw(column[2])).toThrow(InvariantError)
  })
})

describe('a rate', () => {
  it('counts in units of its last decimal', () => {
    expect(10 ** rateDecimals).toBe(rateDenominator)
  })
})
