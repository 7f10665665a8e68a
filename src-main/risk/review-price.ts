import { isLess, isMore, isPositive, maximum, minimum, rawOf } from '../base/index.ts'
import type { Rate, Ticks } from '../base/index.ts'
import type { Refusal } from '../domain/index.ts'
import { refuse, refuseOver, refuseQuantity } from './refuse.ts'
import type { ReferencePrice } from './risk-view.ts'
import { loweredBy, raisedBy } from './worst-price.ts'
import type { OrderPrices } from './worst-price.ts'

/** A price that nobody can trust is none: without one there is no new risk. */
export const reviewReference = (reference: ReferencePrice, at: number, ageMaxMs: number): Refusal | undefined => {
  const { bid, ask, state } = reference
  if (state === 'crossed' || rawOf(bid) >= rawOf(ask)) return refuse('risk.crossed-book', 'the best bid is not below the best ask')
  if (state !== 'live') return refuse('risk.stale-price', `the prices of the instrument are ${state}`)
  if (!isPositive(bid)) return refuse('risk.no-price', 'the best bid is not above zero')
  const age = at - reference.at
  return age > ageMaxMs ? refuseOver('risk.stale-price', 'the age of the price in milliseconds', ageMaxMs, age) : undefined
}

/** How far a limit reaches through the market, or past its own trigger. Far away on the other side it only waits. */
export const reviewBand = ({ side, limit, trigger }: OrderPrices, reference: ReferencePrice, band: Rate): Refusal | undefined => {
  if (limit === undefined) return undefined
  const edge = side === 'buy'
    ? raisedBy(furthest(maximum, reference.ask, trigger?.price), band, 'floor')
    : loweredBy(furthest(minimum, reference.bid, trigger?.price), band, 'ceil')
  if (!edge.ok) return refuse('risk.overflow', 'the price band is wider than can be counted')
  const isPast = side === 'buy' ? isMore(limit, edge.value) : isLess(limit, edge.value)
  return isPast ? refuseQuantity('risk.price-band', 'the limit price in ticks', edge.value, limit) : undefined
}

const furthest = (pick: (left: Ticks, right: Ticks) => Ticks, price: Ticks, trigger: Ticks | undefined): Ticks =>
  trigger === undefined ? price : pick(price, trigger)
