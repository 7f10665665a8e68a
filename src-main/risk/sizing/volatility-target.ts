import { fail, isNegative, isPositive, tryMulDiv } from '../../base/index.ts'
import type { Amount, Lots, Rate, Result } from '../../base/index.ts'
import { fitted } from './size-room.ts'
import type { SizeRoom, SizingFault } from './size-room.ts'

/** So much that the position swings as wide as is wanted of the account: half the swing of the market, half the equity in it. */
export interface VolatilityTarget {
  readonly equity: Amount
  /** Both over the same time, as parts of the value: yearly as a rule. */
  readonly target: Rate
  readonly volatility: Rate
}

export const sizeByVolatility = ({ equity, target, volatility }: VolatilityTarget, room: SizeRoom): Result<Lots, SizingFault> => {
  if (!isPositive(equity)) return fail('no-equity')
  // A market that does not move at all is one that was not measured.
  if (isNegative(target) || !isPositive(volatility)) return fail('out-of-range')
  return fitted(tryMulDiv<Amount, Rate>(equity, target, volatility, 'floor'), room.price, room)
}
