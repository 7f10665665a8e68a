import { fail, isMore, ok, settle, trySubtract } from '../base/index.ts'
import type { Amount, Lots, Result, Ticks } from '../base/index.ts'
import type { OrderSpec, Refusal, Tradable, Trigger } from '../domain/index.ts'
import { cannotGrow, isWithinPosition, leavesPosition, withOrder, worstPosition } from './reduction.ts'
import { refuse, refuseOver, refuseQuantity } from './refuse.ts'
import { baseUnitsOf } from './requirement.ts'
import { reviewFilters } from './review-filters.ts'
import { limitsFor } from './review-limits.ts'
import type { InstrumentLimits, ReviewLimits } from './review-limits.ts'
import { reviewBand, reviewReference } from './review-price.ts'
import { reviewBalance, reviewGross, reviewNotional, reviewPosition } from './review-room.ts'
import type { Exposure, ReferencePrice, RiskView } from './risk-view.ts'
import { worstPriceOf } from './worst-price.ts'

/** An order as it will be: a new one, or one that is amended. */
export interface ReviewedOrder {
  readonly spec: OrderSpec
  readonly limit: Ticks | undefined
  readonly trigger: Trigger | undefined
  /** The whole of it, and what of it may still fill. */
  readonly lots: Lots
  readonly remaining: Lots
  /** With the order as it is now, and without it; the same for a new one. */
  readonly before: Exposure
  readonly without: Exposure
  readonly setAside: Amount
  readonly at: number
  readonly askedAt: number
  readonly isNew: boolean
}

export interface Judgement {
  readonly worstPrice: Ticks
  readonly reduces: boolean
}

interface WorstCases {
  readonly worstBefore: Lots
  readonly worstAfter: Lots
  readonly reduces: boolean
}

/** Does the venue itself keep this order from growing a position? */
export const isKeptFromGrowing = (spec: OrderSpec, { abilities }: Tradable): boolean => spec.reduceOnly === true && abilities.reduceOnly

const overflow = fail(refuse('risk.overflow', 'the positions and orders of the instrument are larger than can be counted'))

/**
 * What sales in other pairs of the coin hold back is not there to be sold. And a coin that seems to be owed is one whose trade was not told yet: nobody lent it,
 * so there is nothing to buy back.
 */
const canDeliver = ({ spec, remaining, setAside }: ReviewedOrder, view: RiskView, tradable: Tradable): boolean => {
  if (tradable.settlement === 'linear') return true
  if (spec.side === 'buy') return false
  const free = view.free(tradable.instrument.base)
  const needed = settle(trySubtract(baseUnitsOf(tradable, remaining), setAside))
  return free === undefined || (needed.ok && !isMore(needed.value, free))
}

const worstCases = (order: ReviewedOrder, view: RiskView, tradable: Tradable): Result<WorstCases, Refusal> => {
  const { spec, remaining, before, without } = order
  const isKept = isKeptFromGrowing(spec, tradable)
  const withIt = withOrder(without, spec.side, remaining, cannotGrow(spec.side, isKept, tradable))
  const worstBefore = worstPosition(before)
  const worstAfter = withIt === undefined ? undefined : worstPosition(withIt)
  if (worstBefore === undefined || worstAfter === undefined) return overflow
  const isWithin = isWithinPosition(without, spec.side, remaining) && canDeliver(order, view, tradable)
  const reduces = isWithin && (isKept ? !isMore(worstAfter, worstBefore) : leavesPosition(without, spec.side, remaining))
  if (spec.reduceOnly === true && !(isKept ? isWithin : reduces)) {
    return fail(refuseQuantity('risk.not-reducing', 'the quantity in lots of a reduce-only order', without.position, remaining))
  }
  return ok({ worstBefore, worstAfter, reduces })
}

const reviewTime = ({ at, askedAt }: ReviewedOrder, { driftMaxMs, commandAgeMaxMs }: ReviewLimits): Refusal | undefined => {
  if (askedAt - at > driftMaxMs) return refuseOver('time.drift', 'the time by which the command is ahead, in milliseconds,', driftMaxMs, askedAt - at)
  return at - askedAt > commandAgeMaxMs ? refuseOver('time.replayed', 'the age of the command in milliseconds', commandAgeMaxMs, at - askedAt) : undefined
}

const reviewCounts = ({ spec, lots, at, isNew }: ReviewedOrder, view: RiskView, limits: ReviewLimits, own: InstrumentLimits): Refusal | undefined => {
  if (isMore(lots, own.orderLotsMax)) return refuseQuantity('risk.order-quantity', 'the quantity in lots', own.orderLotsMax, lots)
  if (isNew) {
    const inInstrument = view.ordersOpen(spec.instrument)
    if (inInstrument >= own.ordersOpenMax) return refuseOver('risk.orders-open', 'the number of orders open in the instrument', own.ordersOpenMax, inInstrument)
    const open = view.ordersOpen()
    if (open >= limits.ordersOpenMax) return refuseOver('risk.orders-open', 'the number of orders open', limits.ordersOpenMax, open)
  }
  const inSecond = view.sentSince(at - 1_000)
  if (inSecond >= limits.ordersPerSecond) return refuseOver('risk.order-rate', 'the number of orders in the last second', limits.ordersPerSecond, inSecond)
  const inMinute = view.sentSince(at - 60_000)
  return inMinute >= limits.ordersPerMinute ? refuseOver('risk.order-rate', 'the number of orders in the last minute', limits.ordersPerMinute, inMinute) : undefined
}

/** The part that an order which truly reduces is spared. */
const reviewRisk = (order: ReviewedOrder, cases: WorstCases, reference: ReferencePrice, view: RiskView, limits: ReviewLimits, tradable: Tradable): Result<Ticks, Refusal> => {
  const own = limitsFor(limits, order.spec.instrument)
  const prices = { side: order.spec.side, limit: order.limit, trigger: order.trigger }
  const worstPrice = worstPriceOf(prices, reference, limits.marketSlippage)
  if (!worstPrice.ok) return overflow
  const { worstBefore, worstAfter } = cases
  const asked = { side: order.spec.side, lots: order.remaining, worstPrice: worstPrice.value, setAside: order.setAside, worstBefore, worstAfter }
  const refusal = reviewReference(reference, order.at, limits.priceAgeMaxMs)
    ?? reviewTime(order, limits)
    ?? reviewCounts(order, view, limits, own)
    ?? reviewBand(prices, reference, own.priceBand)
    ?? reviewNotional(asked, tradable, view, own)
    ?? reviewPosition(asked, own)
    ?? reviewGross(asked, tradable, view, limits)
    ?? reviewBalance(asked, tradable, view)
  return refusal === undefined ? worstPrice : fail(refusal)
}

/** All but the form: filters of the venue for every order, limits of ours for those that bring new risk. */
export const reviewOrder = (order: ReviewedOrder, view: RiskView, limits: ReviewLimits, tradable: Tradable): Result<Judgement, Refusal> => {
  const trigger = order.trigger?.price
  const filtered = reviewFilters({ spec: order.spec, lots: order.lots, limit: order.limit, trigger, at: order.at, isNew: order.isNew }, tradable, view)
  if (filtered !== undefined) return fail(filtered)
  const cases = worstCases(order, view, tradable)
  if (!cases.ok) return cases
  const reference = view.price(tradable.instrument.id)
  if (cases.value.reduces) {
    // Nothing is set aside by price for what reduces, so any price of the order will do where no other is known.
    return ok({ reduces: true, worstPrice: order.limit ?? trigger ?? reference?.ask ?? tradable.rules.priceMin })
  }
  if (reference === undefined) return fail(refuse('risk.no-price', `there is no price of ${tradable.instrument.id} yet`))
  const worstPrice = reviewRisk(order, cases.value, reference, view, limits, tradable)
  return worstPrice.ok ? ok({ reduces: false, worstPrice: worstPrice.value }) : worstPrice
}
