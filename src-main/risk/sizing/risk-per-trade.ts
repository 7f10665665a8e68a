import { absolute, fail, isNegative, isPositive, isZero, subtract, tryApplyRate } from '../../base/index.ts'
import type { Amount, Lots, Rate, Result, Ticks } from '../../base/index.ts'
import { fitted } from './size-room.ts'
import type { SizeRoom, SizingFault } from './size-room.ts'

/** So much that being stopped out costs a fixed part of the equity. Fees and slippage come on top. */
export interface RiskPerTrade {
  readonly equity: Amount
  readonly risk: Rate
  readonly entry: Ticks
  readonly stop: Ticks
}

export const sizeByRisk = ({ equity, risk, entry, stop }: RiskPerTrade, room: SizeRoom): Result<Lots, SizingFault> => {
  if (!isPositive(equity)) return fail('no-equity')
  if (!isPositive(entry) || !isPositive(stop)) return fail('no-price')
  const distance = absolute(subtract(entry, stop))
  if (isNegative(risk) || isZero(distance)) return fail('out-of-range')
  return fitted(tryApplyRate(equity, risk, 'floor'), distance, room)
}
