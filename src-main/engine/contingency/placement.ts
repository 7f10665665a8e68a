import type { OrderHeld, OrderSpec, OrderType, Tradable, VenueOrderSpec } from '../../domain/index.ts'
import type { Lots } from '../../base/index.ts'
import { expiryOf } from './expiry.ts'
import type { OrderSeen } from './order-seen.ts'

export const isStopType = (type: OrderType): boolean => type === 'stop' || type === 'stop-limit' || type === 'trailing-stop'
export const isTakeProfitType = (type: OrderType): boolean => type === 'take-profit' || type === 'take-profit-limit'
export const needsTrigger = (type: OrderType): boolean => isStopType(type) || isTakeProfitType(type)

/** No venue knows our mid price, and trailing differs from venue to venue: both are always ours. */
export const isTriggerAtVenue = (spec: OrderSpec, { abilities }: Tradable): boolean =>
  abilities.triggerOrders && needsTrigger(spec.type) && spec.type !== 'trailing-stop' && spec.trigger?.source !== 'mid'

export const isIcebergOfOurs = (spec: OrderSpec, { abilities }: Tradable): boolean =>
  spec.display !== undefined && !abilities.iceberg

/**
 * Where a new order begins: at the venue, or held and for what. The legs of a group are held from the start, and pieces are sent
 * on their behalf; the entry of a group is placed like any other order.
 */
export const heldFor = (spec: OrderSpec, tradable: Tradable, role?: 'parent' | 'child'): OrderHeld['why'] | 'nothing' => {
  if (role === 'child') return 'parent'
  if (needsTrigger(spec.type) && !isTriggerAtVenue(spec, tradable)) return 'trigger'
  return isIcebergOfOurs(spec, tradable) ? 'iceberg' : 'nothing'
}

/** What is left of a type once its trigger was pulled. */
export const plainTypeOf = (type: OrderType): 'market' | 'limit' =>
  type === 'limit' || type === 'stop-limit' || type === 'take-profit-limit' ? 'limit' : 'market'

const typeAtVenue = (seen: OrderSeen, tradable: Tradable): VenueOrderSpec['type'] => {
  const { type } = seen.spec
  if (!needsTrigger(type) || seen.triggered || !isTriggerAtVenue(seen.spec, tradable)) return plainTypeOf(type)
  return type === 'trailing-stop' ? 'stop' : type
}

/** A market order rests nowhere; `day` is ours, and a date is given away only where it is understood. */
const timeAtVenue = (
  seen: OrderSeen, type: VenueOrderSpec['type'], tradable: Tradable,
): Pick<VenueOrderSpec, 'timeInForce' | 'expiresAt'> => {
  const { timeInForce } = seen.spec
  if (timeInForce === 'ioc' || timeInForce === 'fok') return { timeInForce }
  const expiresAt = expiryOf(seen.spec, tradable, seen.intendedAt)
  if (expiresAt === undefined || type === 'market' || !tradable.abilities.goodTillDate) return { timeInForce: 'gtc' }
  return { timeInForce: 'gtd', expiresAt }
}

/** The order as this venue understands it, of the given size, as things stand now. */
export const venueSpecOf = (seen: OrderSeen, lots: Lots, tradable: Tradable): VenueOrderSpec => {
  const { spec } = seen
  const type = typeAtVenue(seen, tradable)
  const hasLimit = type === 'limit' || type === 'stop-limit' || type === 'take-profit-limit'
  const hasTrigger = type !== 'limit' && type !== 'market'
  const source = spec.trigger?.source
  return {
    instrument: spec.instrument,
    side: spec.side,
    type,
    lots,
    ...(hasLimit && seen.limit !== undefined ? { limit: seen.limit } : {}),
    ...(hasTrigger && seen.trigger !== undefined ? { trigger: seen.trigger } : {}),
    ...(hasTrigger && source !== undefined && source !== 'mid' ? { triggerSource: source } : {}),
    ...timeAtVenue(seen, type, tradable),
    postOnly: spec.postOnly === true && tradable.abilities.postOnly && hasLimit,
    reduceOnly: spec.reduceOnly === true && tradable.abilities.reduceOnly,
    ...(spec.display !== undefined && tradable.abilities.iceberg && type === 'limit' ? { display: spec.display } : {}),
    positionSide: spec.positionSide ?? 'net',
  }
}
