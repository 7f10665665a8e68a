import { ticksFromRaw } from '../../base/index.ts'
import type { Ticks } from '../../base/index.ts'
import type { Side, Trail, TriggerSource } from '../../domain/index.ts'
import type { OrderSeen } from './order-seen.ts'
import { isStopType, isTakeProfitType } from './placement.ts'
import { nextMoveAt } from './trail.ts'

/** `bid` and `ask` are the side of the market that an order would be filled at. */
export type PriceSource = TriggerSource | 'bid' | 'ask'

/** A price that is waited for, and from which side it is reached. */
export interface TriggerWatch {
  readonly source: PriceSource
  readonly from: 'above' | 'below'
  readonly price: Ticks
  /** `fire` pulls the trigger; `trail` has the stop looked at. */
  readonly does: 'fire' | 'trail'
}

/** A stop leaves when the market goes against it, a take-profit when it comes towards it. */
const stopFrom = (side: Side): 'above' | 'below' => (side === 'buy' ? 'above' : 'below')
const profitFrom = (side: Side): 'above' | 'below' => (side === 'buy' ? 'below' : 'above')

/** Before it is active a trail waits for its activation, or for any price at all. */
const trailWatches = (side: Side, trail: Trail, stop: Ticks | undefined): readonly TriggerWatch[] => {
  const { source, activation, distance } = trail
  const towards = profitFrom(side)
  if (stop === undefined) {
    const anyPrice = ticksFromRaw(towards === 'above' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER)
    return [{ source, from: towards, price: activation ?? anyPrice, does: 'trail' }]
  }
  return [
    { source, from: stopFrom(side), price: stop, does: 'fire' },
    { source, from: towards, price: nextMoveAt(side, stop, distance), does: 'trail' },
  ]
}

/** What an order that the engine holds waits for. */
export const watchesOf = (seen: OrderSeen): readonly TriggerWatch[] => {
  const { spec, trigger, limit } = seen
  const { side } = spec
  if (spec.type === 'trailing-stop') return spec.trail === undefined ? [] : trailWatches(side, spec.trail, trigger)
  if (isStopType(spec.type) && trigger !== undefined) {
    return [{ source: spec.trigger?.source ?? 'last', from: stopFrom(side), price: trigger, does: 'fire' }]
  }
  if (isTakeProfitType(spec.type) && trigger !== undefined) {
    return [{ source: spec.trigger?.source ?? 'last', from: profitFrom(side), price: trigger, does: 'fire' }]
  }
  // A limit that may not rest yet: its turn comes when the market would fill it.
  if (spec.type !== 'limit' || limit === undefined) return []
  return [{ source: side === 'sell' ? 'bid' : 'ask', from: profitFrom(side), price: limit, does: 'fire' }]
}
