import { isLess, isMore, settle, tryNotional } from '../base/index.ts'
import type { Lots, Ticks } from '../base/index.ts'
import type { OrderSpec, Refusal, Tradable } from '../domain/index.ts'
import { refuse, refuseOver, refuseQuantity } from './refuse.ts'
import type { ReferencePrice, RiskView } from './risk-view.ts'
import { isInSession } from './session-hours.ts'
import { loweredBy, raisedBy } from './worst-price.ts'

/** What the venue would refuse is not sent: the grid holds by the types, the rest is looked at here. */
export interface FilteredOrder {
  readonly spec: OrderSpec
  readonly lots: Lots
  readonly limit: Ticks | undefined
  readonly trigger: Ticks | undefined
  readonly at: number
  /** An amend takes no further place among the open orders. */
  readonly isNew: boolean
}

const quantityFault = ({ lots }: FilteredOrder, { rules }: Tradable): Refusal | undefined => {
  if (isLess(lots, rules.quantityMin)) return refuseQuantity('filter.quantity-min', 'the quantity in lots', rules.quantityMin, lots)
  return isMore(lots, rules.quantityMax) ? refuseQuantity('filter.quantity-max', 'the quantity in lots', rules.quantityMax, lots) : undefined
}

const rangeFault = (price: Ticks | undefined, { rules }: Tradable): Refusal | undefined => {
  if (price === undefined) return undefined
  if (isLess(price, rules.priceMin)) return refuseQuantity('filter.price-range', 'the price in ticks', rules.priceMin, price)
  return isMore(price, rules.priceMax) ? refuseQuantity('filter.price-range', 'the price in ticks', rules.priceMax, price) : undefined
}

/** Venues count a market order at the last price they know; the bid is what we know of it. */
const notionalFault = ({ limit, trigger, lots }: FilteredOrder, { rules, scale }: Tradable, reference: ReferencePrice | undefined): Refusal | undefined => {
  const price = limit ?? trigger ?? reference?.bid
  if (price === undefined || (rules.notionalMin === undefined && rules.notionalMax === undefined)) return undefined
  const value = settle(tryNotional(price, lots, scale, 'floor'))
  if (!value.ok) return refuse('risk.overflow', 'price times quantity is larger than can be counted')
  const { notionalMin, notionalMax } = rules
  if (notionalMin !== undefined && isLess(value.value, notionalMin)) return refuseQuantity('filter.notional-min', 'price times quantity', notionalMin, value.value)
  if (notionalMax !== undefined && isMore(value.value, notionalMax)) return refuseQuantity('filter.notional-max', 'price times quantity', notionalMax, value.value)
  return undefined
}

/** A venue's band reaches both ways from the price it last knew. */
const bandFault = ({ limit }: FilteredOrder, { rules }: Tradable, reference: ReferencePrice | undefined): Refusal | undefined => {
  if (limit === undefined || rules.priceBand === undefined || reference === undefined) return undefined
  const highest = raisedBy(reference.ask, rules.priceBand, 'floor')
  const lowest = loweredBy(reference.bid, rules.priceBand, 'ceil')
  if (!highest.ok || !lowest.ok) return refuse('risk.overflow', 'the price band is wider than can be counted')
  if (isMore(limit, highest.value)) return refuseQuantity('filter.price-band', 'the limit price in ticks', highest.value, limit)
  return isLess(limit, lowest.value) ? refuseQuantity('filter.price-band', 'the limit price in ticks', lowest.value, limit) : undefined
}

const placeFault = (order: FilteredOrder, { rules, instrument, abilities }: Tradable, view: RiskView): Refusal | undefined => {
  if (!order.isNew) return undefined
  const waits = abilities.triggerOrders && order.trigger !== undefined
  const open = waits ? view.triggersOpen(instrument.id) : view.ordersOpen(instrument.id) - view.triggersOpen(instrument.id)
  const max = waits ? rules.triggersOpenMax : rules.ordersOpenMax
  return open >= max ? refuseOver('filter.orders-open', 'the number of orders open in the instrument', max, open) : undefined
}

const clockFault = ({ spec, at }: FilteredOrder, { instrument }: Tradable): Refusal | undefined => {
  if (!isInSession(instrument.hours, at)) return refuse('filter.session-closed', `${instrument.id} does not trade at this time`)
  if (spec.expiresAt === undefined || spec.expiresAt > at) return undefined
  return refuseOver('filter.expiry-past', 'the present time', spec.expiresAt, at)
}

export const reviewFilters = (order: FilteredOrder, tradable: Tradable, view: RiskView): Refusal | undefined => {
  const reference = view.price(tradable.instrument.id)
  return quantityFault(order, tradable)
    ?? rangeFault(order.limit, tradable)
    ?? rangeFault(order.trigger, tradable)
    ?? clockFault(order, tradable)
    ?? placeFault(order, tradable, view)
    ?? notionalFault(order, tradable, reference)
    ?? bandFault(order, tradable, reference)
}
