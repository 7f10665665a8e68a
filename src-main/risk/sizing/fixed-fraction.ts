import { fail, isNegative, isPositive, tryApplyRate } from '../../base/index.ts'
import type { Amount, Lots, Rate, Result } from '../../base/index.ts'
import { fitted } from './size-room.ts'
import type { SizeRoom, SizingFault } from './size-room.ts'

/** A fixed part of the equity in each trade. */
export interface FixedFraction {
  readonly equity: Amount
  readonly fraction: Rate
}

export const sizeByFraction = ({ equity, fraction }: FixedFraction, room: SizeRoom): Result<Lots, SizingFault> => {
  if (!isPositive(equity)) return fail('no-equity')
  if (isNegative(fraction)) return fail('out-of-range')
  return fitted(tryApplyRate(equity, fraction, 'floor'), room.price, room)
}
