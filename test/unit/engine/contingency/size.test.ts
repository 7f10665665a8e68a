import { describe, expect, it } from 'vitest'
import { amountFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { OrderSpec } from '../../../../src-main/domain/index.ts'
import { closableLots, resolveSize, worstPriceOf } from '../../../../src-main/engine/contingency/index.ts'
import type { SizeFacts } from '../../../../src-main/engine/contingency/index.ts'
import { lots, orderSpec, perpetual, spot, ticks } from './small-engine.ts'

// One tick times one lot is 0.0001 of the quote currency: 100 of its minor units.
const facts = (parts: Partial<SizeFacts> = {}): SizeFacts => ({ price: ticks(10_000), position: lots(0), otherExits: lots(0), ...parts })
const market = (side: 'buy' | 'sell', size: OrderSpec['size'], reduceOnly = false): OrderSpec => ({ ...orderSpec({ side, type: 'market' }), size, reduceOnly })
const cash = (raw: number): OrderSpec['size'] => ({ by: 'cash', cash: amountFromRaw(raw) })
const all: OrderSpec['size'] = { by: 'all' }
const sizeOf = (spec: OrderSpec, known: SizeFacts, tradable = spot()): number | string => {
  const size = resolveSize(spec, known, tradable)
  return size.ok ? rawOf(size.value) : size.error.rule
}

describe('the size of an order', () => {
  it('is what was asked for where it was asked for in lots', () => {
    expect(sizeOf(market('buy', { by: 'quantity', lots: lots(7) }), facts())).toBe(7)
  })

  it('in cash comes to whole lots that cost at most that cash, bought or sold', () => {
    expect(sizeOf(market('buy', cash(10_000_000)), facts())).toBe(10)
    expect(sizeOf(market('buy', cash(10_999_999)), facts())).toBe(10)
    expect(sizeOf(market('sell', cash(10_999_999)), facts())).toBe(10)
    expect(sizeOf(market('buy', cash(999_999)), facts())).toBe('nothing-to-do')
  })

  it('in cash is refused without a price that can be trusted', () => {
    expect(sizeOf(market('buy', cash(10_000_000)), facts({ price: undefined }))).toBe('risk.no-price')
    expect(sizeOf(market('buy', cash(10_000_000)), facts({ price: ticksFromRaw(0) }))).toBe('risk.no-price')
  })

  it('in cash is refused where it cannot be counted exactly', () => {
    const tradable = { ...spot(), scale: { numerator: 1, denominator: 1_000 } }
    expect(sizeOf(market('buy', cash(Number.MAX_SAFE_INTEGER)), facts({ price: ticks(1) }), tradable)).toBe('risk.overflow')
  })

  it('"all" of a spot sell is the free base, cut down to whole lots', () => {
    expect(sizeOf(market('sell', all), facts({ free: amountFromRaw(5_999_999) }))).toBe(5)
    expect(sizeOf(market('sell', all), facts({ free: amountFromRaw(999_999) }))).toBe('nothing-to-do')
  })

  it('that only reduces is no more of a coin than there is to be sold, after a fee in the coin itself', () => {
    const known = facts({ position: lots(10), free: amountFromRaw(9_999_999) })
    expect(sizeOf(market('sell', all, true), known)).toBe(9)
    expect(sizeOf(market('sell', { by: 'quantity', lots: lots(10) }, true), known)).toBe(9)
    expect(sizeOf(market('sell', all, true), known, perpetual())).toBe(10)
  })

  it('"all" of a spot buy leaves room for the fee', () => {
    expect(sizeOf(market('buy', all), facts({ free: amountFromRaw(10_000_000) }))).toBe(9)
    expect(sizeOf(market('buy', all), facts({ free: amountFromRaw(10_020_000) }))).toBe(10)
  })

  it('"all" is refused where the balance is not known, and nothing where it is owed', () => {
    expect(sizeOf(market('sell', all), facts())).toBe('risk.no-balance')
    expect(sizeOf(market('sell', all), facts({ free: amountFromRaw(-5) }))).toBe('nothing-to-do')
  })

  it('"all" of a contract closes the position less what other exits take', () => {
    expect(sizeOf(market('sell', all), facts({ position: lots(40), otherExits: lots(15) }), perpetual())).toBe(25)
    expect(sizeOf(market('buy', all), facts({ position: lots(-40) }), perpetual())).toBe(40)
  })

  it('reduce-only is cut down to what is left to close, and nothing where there is no position on the other side', () => {
    const hundred: OrderSpec['size'] = { by: 'quantity', lots: lots(100) }
    expect(sizeOf(market('sell', hundred, true), facts({ position: lots(40), otherExits: lots(15) }), perpetual())).toBe(25)
    expect(sizeOf(market('buy', hundred, true), facts({ position: lots(40) }), perpetual())).toBe('nothing-to-do')
    expect(sizeOf(market('sell', hundred, true), facts({ position: lots(40), otherExits: lots(60) }), perpetual())).toBe('nothing-to-do')
    expect(rawOf(closableLots('buy', lots(-30), lots(10)))).toBe(20)
  })

  it('is priced at the worst: the limit, else the trigger, else the far side of the market', () => {
    const touch = { bid: ticks(99), ask: ticks(101) }
    expect(worstPriceOf(orderSpec({ side: 'buy', type: 'limit', limit: ticks(90) }), touch)).toBe(ticks(90))
    expect(worstPriceOf(orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(80), source: 'last' } }), touch)).toBe(ticks(80))
    expect(worstPriceOf(orderSpec({ side: 'buy', type: 'market' }), touch)).toBe(ticks(101))
    expect(worstPriceOf(orderSpec({ side: 'sell', type: 'market' }), touch)).toBe(ticks(99))
  })
})
