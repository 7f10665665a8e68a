import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseOutside, refuseSeries } from '../entry-form/index.ts'
import { deviationOf, excessKurtosisOf, momentsOf, skewOf } from '../numeric/index.ts'
import { normalCdf, normalQuantile } from '../special/index.ts'

export interface ProbabilisticSharpe {
  /** Of a period. */
  readonly sharpe: number
  /** The chance that the true ratio is above the benchmark. */
  readonly psr: number
}

/** Bailey and López de Prado (2012). The benchmark is a ratio of a period, as the estimate is. */
export function probabilisticSharpe(
  returns: Float64Array, { benchmark }: { readonly benchmark: number },
): Result<ProbabilisticSharpe, QuantError> {
  const estimate = estimateOf(returns)
  if (!estimate.ok) return estimate
  const refusal = refuseOutside('benchmark', benchmark, -Infinity, Infinity)
  if (refusal !== undefined) return refusal
  const { ratio, spread } = estimate.value
  return ok({ sharpe: ratio, psr: normalCdf(((ratio - benchmark) * Math.sqrt(returns.length - 1)) / spread) })
}

export interface Trials {
  /** How many strategies were tried before this one was chosen. */
  readonly trials: number
  /** The variance of their ratios of a period. */
  readonly trialsSharpeVariance: number
}

export interface DeflatedSharpe {
  /** What the best of so many worthless strategies would show. */
  readonly expectedMaxSharpe: number
  readonly dsr: number
}

/** The probabilistic ratio against the best that chance would have given (Bailey and López de Prado 2014). */
export function deflatedSharpe(returns: Float64Array, trials: Trials): Result<DeflatedSharpe, QuantError> {
  const expected = expectedMaximum(trials)
  if (!expected.ok) return expected
  const tested = probabilisticSharpe(returns, { benchmark: expected.value })
  if (!tested.ok) return tested
  return ok({ expectedMaxSharpe: expected.value, dsr: tested.value.psr })
}

/** The periods that a ratio such as this needs to be above the benchmark with the given confidence; null when it is not above. */
export function minTrackRecord(
  returns: Float64Array,
  { benchmark, confidence }: { readonly benchmark: number; readonly confidence: number },
): Result<number | null, QuantError> {
  const estimate = estimateOf(returns)
  if (!estimate.ok) return estimate
  const refusal = refuseOutside('confidence', confidence, 0, 1) ?? refuseOutside('benchmark', benchmark, -Infinity, Infinity)
  if (refusal !== undefined) return refusal
  const { ratio, spread } = estimate.value
  if (ratio <= benchmark) return ok(null)
  return ok(1 + ((spread * normalQuantile(confidence)) / (ratio - benchmark)) ** 2)
}

const eulerGamma = 0.5772156649015329

function expectedMaximum({ trials, trialsSharpeVariance }: Trials): Result<number, QuantError> {
  if (!Number.isInteger(trials) || trials < 1) {
    return refuse('bad-parameter', `Trials are expected to be a whole number of at least 1, but were ${trials}.`)
  }
  if (!(trialsSharpeVariance >= 0 && trialsSharpeVariance < Infinity)) {
    return refuse('bad-parameter', `The variance of the trials is expected to be at least 0, but it was ${trialsSharpeVariance}.`)
  }
  // One trial has no choice behind it: the formula's quantile of 0 would be minus infinity.
  if (trials === 1) return ok(0)
  const best = (1 - eulerGamma) * normalQuantile(1 - 1 / trials) + eulerGamma * normalQuantile(1 - 1 / (trials * Math.E))
  return ok(Math.sqrt(trialsSharpeVariance) * best)
}

interface Estimate {
  readonly ratio: number
  /** The standard deviation of the estimate, times √(n - 1). */
  readonly spread: number
}

/** Ratio with ddof 1, spread with the biased third and fourth moments (Mertens 2002). */
function estimateOf(returns: Float64Array): Result<Estimate, QuantError> {
  const refusal = refuseSeries('returns', returns, 2)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(returns)
  if (moments.isConstant) return refuse('degenerate', 'The returns are constant, so they have no Sharpe ratio.')
  const ratio = moments.mean / deviationOf(moments, 1)
  const kurtosis = excessKurtosisOf(moments) + 3
  const square = 1 - skewOf(moments) * ratio + ((kurtosis - 1) / 4) * ratio * ratio
  if (!(square > 0)) return refuse('degenerate', 'The variance of the Sharpe ratio comes out at 0 or below for these moments.')
  return ok({ ratio, spread: Math.sqrt(square) })
}
