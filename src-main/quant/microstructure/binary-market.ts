import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { normalCdf, normalLogSurvival, normalSurvival, studentTSurvival } from '../special/index.ts'
import { refuseNegative, refuseNotFinite, refuseNotPositive } from './conditions.ts'

export interface Diffusion {
  readonly spot: number
  /** Volatility of a year. */
  readonly sigma: number
  /** Growth of a year. */
  readonly mu: number
}

export interface BinaryMarket extends Diffusion {
  /** Degrees of freedom of a t law for ln S with the same mean and variance; the normal law where it is left out. */
  readonly freedom?: number
}

/** P(S_T > strike) after `tau` years, undiscounted. */
export function binaryProbAbove(market: BinaryMarket, strike: number, tau: number): Result<number, QuantError> {
  const refusal = refuseMarket(market) ?? refuseNotPositive({ strike }) ?? refuseNegative({ tau })
  if (refusal !== undefined) return refusal
  return ok(chanceAbove(market, strike, tau))
}

/** A row for each time left, a column for each strike. */
export function binaryProbAboveGrid(
  market: BinaryMarket, strikes: Float64Array, times: Float64Array,
): Result<readonly Float64Array[], QuantError> {
  const refusal = refuseMarket(market) ?? refuseSeries('strikes', strikes, 1) ?? refuseSeries('tau', times, 1)
  if (refusal !== undefined) return refusal
  if (strikes.some((strike) => strike <= 0)) return refuse('bad-parameter', 'The strikes are expected to be above 0.')
  if (times.some((tau) => tau < 0)) return refuse('bad-parameter', 'The times left are expected to be at least 0.')
  return ok(Array.from(times, (tau) => strikes.map((strike) => chanceAbove(market, strike, tau))))
}

function chanceAbove({ spot, sigma, mu, freedom }: BinaryMarket, strike: number, tau: number): number {
  const center = Math.log(spot / strike) + (mu - (sigma * sigma) / 2) * tau
  const deviation = sigma * Math.sqrt(tau)
  // Without time or volatility nothing is left to chance, and a price at the strike is not above it.
  if (deviation === 0) return center > 0 ? 1 : 0
  if (freedom === undefined) return normalSurvival(-center / deviation)
  return studentTSurvival(-center / (deviation * Math.sqrt((freedom - 2) / freedom)), freedom)
}

/** The chance that the price, watched without a break, touches the barrier within `tau` years (reflection principle). */
export function touchProbability(
  market: Diffusion,
  barrier: number,
  { tau, side }: { readonly tau: number; readonly side: 'upper' | 'lower' },
): Result<number, QuantError> {
  const refusal = refuseMarket(market) ?? refuseNotPositive({ barrier }) ?? refuseNegative({ tau })
  if (refusal !== undefined) return refusal
  const sign = side === 'upper' ? 1 : -1
  const distance = sign * Math.log(barrier / market.spot)
  if (distance <= 0) return ok(1)
  const drift = sign * (market.mu - (market.sigma * market.sigma) / 2)
  const deviation = market.sigma * Math.sqrt(tau)
  if (deviation === 0) return ok(drift * tau >= distance ? 1 : 0)
  const direct = normalCdf((drift * tau - distance) / deviation)
  // On the scale of logarithms, because one factor overflows where the other underflows.
  const reflected = (2 * drift * distance) / (market.sigma * market.sigma) + normalLogSurvival((distance + drift * tau) / deviation)
  return ok(Math.min(1, direct + Math.exp(reflected)))
}

function refuseMarket({ spot, sigma, mu, freedom }: BinaryMarket) {
  const refusal = refuseNotPositive({ spot }) ?? refuseNegative({ sigma }) ?? refuseNotFinite({ mu })
  if (refusal !== undefined || freedom === undefined || freedom > 2) return refusal
  return refuse('bad-parameter', `The degrees of freedom are expected to be above 2, but they were ${freedom}.`)
}
