import { isLess, isMore } from '../../base/index.ts'
import type { GroupKind, OrderSpec, Refusal } from '../../domain/index.ts'
import { isStopType, isTakeProfitType } from './placement.ts'

const malformed = (detail: string): Refusal => ({ rule: 'order.malformed', detail })

/** The price at which a leg would trade, as far as its form says. */
const priceOf = ({ limit, trigger }: OrderSpec): OrderSpec['limit'] => trigger?.price ?? limit

/** A stop beyond the entry, or a target before it, would leave the moment the entry fills. */
const isOnWrongSide = (entry: OrderSpec, leg: OrderSpec): boolean => {
  const price = priceOf(leg)
  if (entry.limit === undefined || price === undefined) return false
  const isAbove = isStopType(leg.type) === (entry.side === 'sell')
  return isAbove ? !isMore(price, entry.limit) : !isLess(price, entry.limit)
}

const refusalOfLeg = (entry: OrderSpec, leg: OrderSpec): Refusal | undefined => {
  if (leg.side === entry.side) return malformed('A leg of a bracket closes what the entry opens, so it is on the other side.')
  if (!isStopType(leg.type) && !isTakeProfitType(leg.type) && leg.type !== 'limit') {
    return malformed('A leg of a bracket is a stop, a take-profit or a limit order.')
  }
  if (leg.size.by === 'cash') return malformed('The size of a leg is a quantity, or all of its entry.')
  if ((leg.positionSide ?? 'net') !== (entry.positionSide ?? 'net')) {
    return malformed('A leg closes the same side of the position that its entry opens.')
  }
  return isOnWrongSide(entry, leg) ? malformed('A stop or a target of the bracket is on the wrong side of its entry.') : undefined
}

const refusalOfBracket = ([entry, ...legs]: readonly OrderSpec[]): Refusal | undefined => {
  if (entry === undefined || legs.length === 0) return malformed('A bracket is an entry and at least one leg.')
  if (entry.reduceOnly === true) return malformed('The entry of a bracket opens a position, so it is not reduce-only.')
  if (legs.filter(({ type }) => isStopType(type)).length > 1) return malformed('A bracket has one stop.')
  for (const leg of legs) {
    const refusal = refusalOfLeg(entry, leg)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const refusalOfOco = (legs: readonly OrderSpec[]): Refusal | undefined => {
  if (legs.length < 2) return malformed('An oco has at least two legs.')
  if (legs.some(({ size }) => size.by === 'cash')) return malformed('The size of a leg is a quantity, or all there is.')
  const all = legs.filter(({ size }) => size.by === 'all').length
  if (all > 0 && all < legs.length) return malformed('Either all legs of an oco are for all there is, or none of them.')
  return legs.some(({ type, timeInForce }) => type === 'market' || timeInForce === 'ioc' || timeInForce === 'fok')
    ? malformed('A leg of an oco waits, so it is neither a market order nor for the instant only.')
    : undefined
}

/** Whether orders may stand together as this kind of group; each by itself was reviewed before. */
export const reviewGroupForm = (kind: GroupKind, orders: readonly OrderSpec[]): Refusal | undefined => {
  if (kind === 'oco') return refusalOfOco(orders)
  if (kind === 'bracket') return refusalOfBracket(orders)
  const [entry, ...children] = orders
  if (entry === undefined || children.length === 0) return malformed('An oto is an entry and at least one order that follows it.')
  const hasCash = children.some(({ size }) => size.by === 'cash')
  return hasCash ? malformed('The size of an order that follows an entry is a quantity, or all of its entry.') : undefined
}
