import { expect } from 'vitest'
import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderId, OrderSpec } from '../../../src-main/domain/index.ts'
import { Rig, ticks } from './trading-rig.ts'

export type Group = 'oco' | 'oto' | 'bracket'

/** The ids of the orders that a group made. */
export const placeGroup = (rig: Rig, group: Group, orders: readonly OrderSpec[]): readonly OrderId[] => {
  const { events } = rig.command({ kind: 'place-group', ...rig.asked(), group, orders })
  const taken = events.find((event) => event.kind === 'command-taken')
  if (taken?.kind !== 'command-taken') throw new Error(`the group was not taken: ${JSON.stringify(events)}`)
  return taken.orders
}

export const stopOf = (rig: Rig, change: Partial<OrderSpec> = {}): OrderSpec => {
  const { limit: _limit, ...spec } = rig.spec({ side: 'sell', type: 'stop', trigger: { price: ticks(9_000), source: 'last' }, ...change })
  return spec
}

/** The id of an order that the engine holds. */
export const placeHeld = (rig: Rig, order: OrderSpec): OrderId => {
  const { events } = rig.command({ kind: 'place-order', ...rig.asked(), order })
  const taken = events.find((event) => event.kind === 'command-taken')
  const id = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
  if (id === undefined) throw new Error(`the order was not taken: ${JSON.stringify(events)}`)
  return id
}

/** What left on behalf of an order and has not ended. */
export const livePieces = (rig: Rig, of: OrderId) => [...rig.engine.orders()].filter(({ onBehalfOf, status }) => onBehalfOf === of && !isTerminal(status))
export const openLots = (rig: Rig, of: OrderId): number => livePieces(rig, of).reduce((sum, { lots: size, filled }) => sum + rawOf(size) - rawOf(filled), 0)
export const livePiece = (rig: Rig, of: OrderId) => {
  const [piece, more] = livePieces(rig, of)
  if (piece === undefined || more !== undefined) throw new Error('expected exactly one live piece')
  return piece
}

export interface Bracket {
  readonly rig: Rig
  readonly entry: OrderId
  readonly stop: OrderId
  readonly target: OrderId
}

export const bracketOn = (instrument: string, rig = Rig.active()): Bracket => {
  const [entry, stop, target] = placeGroup(rig, 'bracket', [
    rig.spec({ instrument }), stopOf(rig, { instrument }), rig.spec({ instrument, side: 'sell', limit: ticks(12_000) }),
  ]) as [OrderId, OrderId, OrderId]
  rig.accept(entry)
  return { rig, entry, stop, target }
}

export const expectReplayed = (rig: Rig): void => {
  const before = rig.state()
  rig.restart()
  expect(rig.state()).toBe(before)
}
