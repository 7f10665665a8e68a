import { fail, isMore, isNegative, isPositive, mulDiv, ok, rateDenominator, rateFromRaw, settle, subtract, tryAdd, tryApplyRate, tryMulDiv, trySubtract } from '../../base/index.ts'
import type { Amount, Count, Lots, Rate, Result } from '../../base/index.ts'
import { fitted } from './size-room.ts'
import type { SizeRoom, SizingFault } from './size-room.ts'

/**
 * A small part of what Kelly (1956) would stake. What was measured on few trades is mostly luck, so the edge is shrunk towards none by
 * `samples / (samples + samplesDoubted)`: with as many trades as are doubted, half of it counts.
 */
export interface KellyStake {
  readonly equity: Amount
  readonly winRate: Rate
  /** Average win over average loss. */
  readonly payoff: Rate
  readonly samples: Count
  readonly samplesDoubted: Count
  readonly part: Rate
}

/** 0.08 of the full stake. */
export const kellyPart = rateFromRaw(80_000_000)

const whole = rateFromRaw(rateDenominator)
const nothing = rateFromRaw(0)

/** `p - (1 - p) / b`, shrunk: what part of the equity to stake, 0 without an edge. */
export const kellyFraction = ({ winRate, payoff, samples, samplesDoubted, part }: Omit<KellyStake, 'equity'>): Result<Rate, SizingFault> => {
  if (isNegative(winRate) || isMore(winRate, whole) || !isPositive(payoff)) return fail('out-of-range')
  if (isNegative(samples) || !isPositive(samplesDoubted) || isNegative(part) || isMore(part, whole)) return fail('out-of-range')
  const edge = settle(trySubtract(winRate, tryMulDiv<Rate, Rate>(subtract(whole, winRate), whole, payoff, 'ceil')))
  // Losses too large to count against the wins leave no edge.
  if (!edge.ok || !isPositive(edge.value)) return ok(nothing)
  const all = settle(tryAdd(samples, samplesDoubted))
  if (!all.ok) return all
  const trusted = mulDiv(edge.value, samples, all.value, 'floor')
  return ok(mulDiv(trusted, part, whole, 'floor'))
}

export const sizeByKelly = (stake: KellyStake, room: SizeRoom): Result<Lots, SizingFault> => {
  if (!isPositive(stake.equity)) return fail('no-equity')
  const fraction = kellyFraction(stake)
  return fraction.ok ? fitted(tryApplyRate(stake.equity, fraction.value, 'floor'), room.price, room) : fraction
}
