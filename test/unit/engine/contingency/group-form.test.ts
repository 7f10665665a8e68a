import { describe, expect, it } from 'vitest'
import { amountFromRaw } from '../../../../src-main/base/index.ts'
import type { GroupKind, OrderSpec } from '../../../../src-main/domain/index.ts'
import { reviewGroupForm } from '../../../../src-main/engine/contingency/index.ts'
import { orderSpec, ticks } from './small-engine.ts'

const limit = (side: 'buy' | 'sell', at: number, parts: Partial<OrderSpec> = {}): OrderSpec => orderSpec({ side, type: 'limit', limit: ticks(at), ...parts })
const stop = (side: 'buy' | 'sell', at: number, parts: Partial<OrderSpec> = {}): OrderSpec =>
  orderSpec({ side, type: 'stop', trigger: { price: ticks(at), source: 'last' }, ...parts })
const market = (side: 'buy' | 'sell', parts: Partial<OrderSpec> = {}): OrderSpec => orderSpec({ side, type: 'market', ...parts })
const all: Partial<OrderSpec> = { size: { by: 'all' } }
const cash: Partial<OrderSpec> = { size: { by: 'cash', cash: amountFromRaw(1) } }

describe('the form of a group', () => {
  it.each<readonly [string, GroupKind, readonly OrderSpec[]]>([
    ['a bracket on a buy', 'bracket', [limit('buy', 100), stop('sell', 90), limit('sell', 110)]],
    ['a bracket on a sell', 'bracket', [limit('sell', 100), stop('buy', 110), limit('buy', 90)]],
    ['a bracket on a market order, with two targets', 'bracket', [market('buy'), stop('sell', 90), limit('sell', 110), limit('sell', 120, all)]],
    ['an oco', 'oco', [limit('sell', 110), stop('sell', 90)]],
    ['an oco for all there is', 'oco', [limit('sell', 110, all), stop('sell', 90, all)]],
    ['an oto', 'oto', [limit('buy', 100), market('sell')]],
  ])('is taken: %s', (_name, kind, orders) => {
    expect(reviewGroupForm(kind, orders)).toBeUndefined()
  })

  it.each<readonly [string, GroupKind, readonly OrderSpec[]]>([
    ['a leg on the side of the entry', 'bracket', [limit('buy', 100), stop('buy', 110)]],
    ['a stop that the entry is beyond', 'bracket', [limit('buy', 100), stop('sell', 100)]],
    ['a stop above which a short would start', 'bracket', [limit('sell', 100), stop('buy', 99)]],
    ['a target below a long entry', 'bracket', [limit('buy', 100), stop('sell', 90), limit('sell', 99)]],
    ['a target above a short entry', 'bracket', [limit('sell', 100), limit('buy', 100)]],
    ['two stops', 'bracket', [limit('buy', 100), stop('sell', 90), stop('sell', 80)]],
    ['a leg by cash', 'bracket', [limit('buy', 100), stop('sell', 90, cash)]],
    ['a leg to the market', 'bracket', [limit('buy', 100), market('sell')]],
    ['an entry that only reduces', 'bracket', [limit('buy', 100, { reduceOnly: true }), stop('sell', 90)]],
    ['legs of another side of the position', 'bracket', [limit('buy', 100, { positionSide: 'long' }), stop('sell', 90, { positionSide: 'short' })]],
    ['an entry alone', 'bracket', [limit('buy', 100)]],
    ['an oco of one', 'oco', [limit('sell', 110)]],
    ['an oco by cash', 'oco', [limit('sell', 110), stop('sell', 90, cash)]],
    ['an oco in which one leg is for all', 'oco', [limit('sell', 110), stop('sell', 90, all)]],
    ['an oco with a market order', 'oco', [limit('sell', 110), market('sell')]],
    ['an oco for the instant', 'oco', [limit('sell', 110, { timeInForce: 'ioc' }), stop('sell', 90)]],
    ['an oto that nothing follows', 'oto', [limit('buy', 100)]],
    ['an oto whose second is by cash', 'oto', [limit('buy', 100), market('sell', cash)]],
  ])('is refused in one sentence: %s', (_name, kind, orders) => {
    const refusal = reviewGroupForm(kind, orders)
    expect(refusal?.rule).toBe('order.malformed')
    expect(refusal?.detail).toMatch(/^[A-Z].*\.$/)
  })
})
