import type { Tradable } from '../../../../src-main/domain/index.ts'
import { orderSpec, SmallEngine, ticks } from './small-engine.ts'
import type { SmallOrder } from './small-engine.ts'

export const entrySpec = orderSpec({ side: 'buy', type: 'limit', limit: ticks(100) })
export const stopSpec = orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(90), source: 'last' } })
export const targetSpec = orderSpec({ side: 'sell', type: 'limit', limit: ticks(120) })

export interface Bracket {
  readonly engine: SmallEngine
  readonly entry: SmallOrder
  readonly stop: SmallOrder
  readonly target: SmallOrder
}

export const bracketOn = (tradable: Tradable): Bracket => {
  const engine = new SmallEngine(tradable)
  const [entry, stop, target] = engine.placeGroup('g1', 'bracket', [entrySpec, stopSpec, targetSpec]) as [SmallOrder, SmallOrder, SmallOrder]
  engine.accept(entry)
  return { engine, entry, stop, target }
}

export const statuses = (...orders: readonly SmallOrder[]): readonly string[] => orders.map(({ status }) => status)
