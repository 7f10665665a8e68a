import { fail, isLess, isPositive, lotsFromRaw, minimum, ok, settle, tryLotsFor } from '../../base/index.ts'
import type { Amount, Lots, NotionalScale, Result, Ticks, Unsettled } from '../../base/index.ts'

export type SizingFault = 'no-equity' | 'no-price' | 'out-of-range' | 'overflow'

/** How large an order may become, whatever the method says: the smallest of what the venue and the trader allow. */
export interface SizeRoom {
  readonly price: Ticks
  readonly scale: NotionalScale
  /** Below this the venue takes none, so the size is nothing. */
  readonly lotsMin: Lots
  readonly lotsMax: Lots
  /** In the quote currency. */
  readonly notionalMax: Amount
}

const none = lotsFromRaw(0)

/** What `wanted` money is in lots, never more than there is room for; always rounded down, so that no more is risked than was said. */
export const fitted = (wanted: Unsettled<Amount>, unitPrice: Ticks, room: SizeRoom): Result<Lots, SizingFault> => {
  if (!isPositive(unitPrice) || !isPositive(room.price)) return fail('no-price')
  const cash = settle(wanted)
  if (!cash.ok) return cash
  if (!isPositive(cash.value)) return ok(none)
  const lots = settle(tryLotsFor(cash.value, unitPrice, room.scale, 'floor'))
  const most = settle(tryLotsFor(room.notionalMax, room.price, room.scale, 'floor'))
  // More lots than can be counted is more than any room that can.
  const wantedLots = lots.ok ? lots.value : room.lotsMax
  const size = minimum(minimum(wantedLots, room.lotsMax), most.ok ? most.value : room.lotsMax)
  return ok(isLess(size, room.lotsMin) || !isPositive(size) ? none : size)
}
