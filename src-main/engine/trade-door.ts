import { hasOverflowed, isEqual, isPositive, isZero, tryAdd, tryNotional } from '../base/index.ts'
import type { PositionSide, VenueTrade } from '../domain/index.ts'
import { accountOf } from './core.ts'
import type { Core } from './core.ts'
import { hasNeverLeft, standIns } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * What a trade has to be before the books take it. It must never let in what cannot be counted or is not of the order that it names: a throw in the middle
 * of the fold would come again at every start.
 */

/** In itself, and beside its order: why not; none where it may come in. */
export function faultOfTrade(core: Core, order: OurOrder | undefined, told: VenueTrade): string | undefined {
  const { instrument, side, price, lots } = told
  const tradable = core.tradables.get(instrument)
  if (tradable === undefined) return `it is in ${instrument}, which is not traded here`
  if (!isPositive(lots) || !isPositive(price)) return 'its size or its price is not above zero'
  if (hasOverflowed(tryNotional(price, lots, tradable.scale, 'ceil'))) return 'it is larger than can be counted'
  if (order === undefined) return undefined
  if (hasNeverLeft(order)) return 'it names an order that never left'
  if (order.spec.instrument !== instrument || order.spec.side !== side) return 'it names an order of another instrument or side'
  return faultOfSide(core, order, told.positionSide)
}

/** Where long and short are held apart, it has to be known which of the two a trade moved. */
function faultOfSide(core: Core, { spec }: OurOrder, told: PositionSide | undefined): string | undefined {
  if (!isHedging(core, spec.account)) return undefined
  const named = spec.positionSide === 'net' ? undefined : spec.positionSide
  const shown = told === 'net' ? undefined : told
  if (named === undefined && shown === undefined) return 'neither it nor its order says whether it is of the long or of the short position'
  return named !== undefined && shown !== undefined && named !== shown ? `it is of the ${shown} position, and its order of the ${named} one` : undefined
}

/** Told twice, once with its side and once without, it is the same trade: it gets the side of its order, and none where there is only one position. */
export function completed(core: Core, { spec }: OurOrder, trade: VenueTrade): VenueTrade {
  const { positionSide: told } = trade
  if (!isHedging(core, spec.account)) return told === undefined ? trade : withoutSide(trade)
  const positionSide = spec.positionSide === undefined || spec.positionSide === 'net' ? told : spec.positionSide
  return positionSide === undefined || positionSide === told ? trade : { ...trade, positionSide }
}

function withoutSide(trade: VenueTrade): VenueTrade {
  const { positionSide: _, ...rest } = trade
  return rest
}

const isHedging = (core: Core, account: string): boolean => core.risk.get(account)?.positions === 'hedging'

/** Whether the books can still count everything with it, once what stood in for it is taken back. */
export function hasRoomFor(core: Core, order: OurOrder, trade: VenueTrade): boolean {
  for (let grown: OurOrder | undefined = order; grown !== undefined; grown = grown.onBehalfOf === undefined ? undefined : core.state.orders.get(grown.onBehalfOf)) {
    if (hasOverflowed(tryAdd(tryAdd(grown.filled, grown.filledBefore), trade.lots))) return false
  }
  return accountOf(core, order.spec.account).books.hasRoomFor(trade, standIns(order).map((fill) => fill.trade))
}

/** Before the account was first seen, what others did on it is in its opening; and what is as old as what was forgotten was counted once. */
export const isInOpening = (core: Core, order: OurOrder | undefined, account: string, { at }: VenueTrade): boolean => {
  const { openedUpTo, forgottenUpTo } = accountOf(core, account)
  return order === undefined ? at <= Math.max(openedUpTo, forgottenUpTo) : order.isExternal && at <= openedUpTo
}

/** A stream may leave the fee out; a question tells it. */
const hasNoFee = ({ fee, feeAsset }: VenueTrade): boolean => feeAsset === '' && isZero(fee)

/** The same trade but for a fee that was not told the first time. */
export const tellsTheFee = (known: VenueTrade, told: VenueTrade): boolean =>
  hasNoFee(known) && !hasNoFee(told) && isEqual(known.price, told.price) && isEqual(known.lots, told.lots)

/** Whether `b` says the same of the trade as `a` did, or less. */
export const isSameTrade = (a: VenueTrade, b: VenueTrade): boolean =>
  isEqual(a.price, b.price) && isEqual(a.lots, b.lots) && (hasNoFee(b) || (isEqual(a.fee, b.fee) && a.feeAsset === b.feeAsset))
