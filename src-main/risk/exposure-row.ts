import { absolute, amountFromRaw, ensureSettled, hasOverflowed, isNegative, isPositive, isZero, negate, tryNotional, trySubtract } from '../base/index.ts'
import type { Amount, Lots, Ticks, Unsettled } from '../base/index.ts'
import type { Tradable } from '../domain/index.ts'
import { noLots, worstPosition } from './reduction.ts'
import { marginOf, noAmount } from './requirement.ts'
import type { Exposure, ReferencePrice } from './risk-view.ts'

/** What a row is worth at the present prices, in the quote currency. */
export interface RowWorth {
  readonly gross: Amount
  /** Of a linear contract: what its position ties up, and what it would win or lose. */
  readonly margin: Amount
  readonly profit: Amount
}

/** One position with its orders. The exposure is changed in place, because it changes with every event. */
export interface ExposureRow extends Exposure {
  position: Lots
  buying: Lots
  selling: Lots
  reducingBuys: Lots
  reducingSells: Lots
  /** What the position cost, as a magnitude in the quote currency. */
  cost: Amount
  /** As it was last added up. None: a price is missing, or it is past counting. */
  worth: RowWorth | undefined
  reported: Amount
  isStale: boolean
}

const nothing: RowWorth = { gross: noAmount, margin: noAmount, profit: noAmount }

export const createExposureRow = (): ExposureRow =>
  ({ position: noLots, buying: noLots, selling: noLots, reducingBuys: noLots, reducingSells: noLots, cost: amountFromRaw(0), worth: nothing, reported: noAmount, isStale: false })

/** Nothing is held and nothing may fill: its worth is nothing at any price. */
export const isEmpty = ({ position, buying, selling, reducingBuys, reducingSells }: Exposure): boolean =>
  isZero(position) && isZero(buying) && isZero(selling) && isZero(reducingBuys) && isZero(reducingSells)

/** At the ask for the worst case, and at the price at which the position would be left for its profit. */
export const worthOf = (row: ExposureRow, tradable: Tradable, price: ReferencePrice | undefined): RowWorth | undefined => {
  const worst = worstPosition(row)
  if (worst === undefined) return undefined
  if (isZero(worst)) return nothing
  if (price === undefined || !isPositive(price.ask)) return undefined
  const gross = tryNotional(price.ask, worst, tradable.scale, 'ceil')
  if (hasOverflowed(gross)) return undefined
  if (tradable.settlement === 'delivery' || isZero(row.position)) return { gross: ensureSettled(gross), margin: noAmount, profit: noAmount }
  const margin = marginOf(tradable, tryNotional(price.ask, absolute(row.position), tradable.scale, 'ceil'))
  const profit = profitOf(row, tradable, isNegative(row.position) ? price.ask : price.bid)
  if (hasOverflowed(margin) || hasOverflowed(profit)) return undefined
  const gain = ensureSettled(profit)
  return { gross: ensureSettled(gross), margin: ensureSettled(margin), profit: isNegative(row.position) ? negate(gain) : gain }
}

/** Of a long one; a short one has the opposite. */
const profitOf = (row: ExposureRow, tradable: Tradable, leaving: Ticks): Unsettled<Amount> =>
  trySubtract<Amount>(tryNotional(leaving, absolute(row.position), tradable.scale, 'floor'), row.cost)
