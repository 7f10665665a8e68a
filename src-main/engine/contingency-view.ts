import { ensureDefined, lotsFromRaw, rawOf } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { OrderId, PositionSide, Tradable } from '../domain/index.ts'
import type { ContingencyView } from './contingency/index.ts'
import type { EngineState } from './engine-state.ts'
import type { OurOrder } from './our-order.ts'

/** The state of the engine as the contingencies see it. Read only. */
export function contingencyViewOf(state: EngineState, tradables: ReadonlyMap<string, Tradable>): ContingencyView {
  const ordersOf = (ids: readonly OrderId[] | undefined): readonly OurOrder[] =>
    (ids ?? []).flatMap((id) => state.orders.get(id) ?? [])
  return {
    order: (id) => state.orders.get(id),
    membersOf: (group) => ordersOf(state.groups.get(group)),
    hasGroupEnded: (group) => state.endedGroups.has(group),
    piecesOf: (order) => ordersOf(state.pieces.get(order)),
    openOrders: (account, instrument) => [...(state.liveIn.get(`${account}|${instrument}`)?.values() ?? [])],
    openInOtherPairs: (account, instrument) => otherPairsOf(state, account, tradables.get(instrument)).flatMap((pair) => [...(state.liveIn.get(`${account}|${pair}`)?.values() ?? [])]),
    tradable: (_account, instrument) => ensureDefined(tradables.get(instrument), 'an instrument of this engine'),
    deliverable: (account, instrument) => deliverableOf(state, account, tradables.get(instrument)),
    position: (account, instrument, side) => positionOf(state, account, instrument, side),
  }
}

const noPairs: readonly string[] = []

function otherPairsOf(state: EngineState, account: string, tradable: Tradable | undefined): readonly string[] {
  if (tradable === undefined || tradable.settlement !== 'delivery') return noPairs
  const { id, base } = tradable.instrument
  return state.accounts.get(account)?.books.pairs(base).flatMap(({ instrument }) => (instrument.id === id ? [] : [instrument.id])) ?? noPairs
}

function positionOf(state: EngineState, account: string, instrument: string, side: PositionSide): Lots | undefined {
  const known = state.accounts.get(account)
  return known?.hasOpening === true ? known.books.closable(instrument, side) : undefined
}

/** In whole lots, rounded down: what a fee in the coin itself took is not there to be sold. */
function deliverableOf(state: EngineState, account: string, tradable: Tradable | undefined): Lots | undefined {
  const known = state.accounts.get(account)
  if (tradable === undefined || tradable.settlement !== 'delivery' || known?.hasOpening !== true) return undefined
  return lotsFromRaw(Math.floor(rawOf(known.books.balance(tradable.instrument.base)) / tradable.baseUnitsPerLot))
}
