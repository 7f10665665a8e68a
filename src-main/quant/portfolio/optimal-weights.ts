import { fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import { at, cholesky, dot, solveCholesky, type Matrix } from '../numeric/index.ts'
import { isFree, limitsOf, type PortfolioConstraints, type WeightLimits } from './constraints.ts'
import { ensureFeasible, optimiseLinear, withRow } from './feasibility.ts'
import { highestRatio, leastVariance, singular } from './limited-quadratic.ts'
import { deviationsOf, normalised, varianceUnder, type Moments } from './moments.ts'

export interface VarianceWeights {
  readonly weights: Float64Array
  /** Per period. */
  readonly variance: number
}

/** The least variance; without any limit `S⁻¹1 / 1'S⁻¹1`. */
export function minimumVariance(covariance: Matrix, constraints: PortfolioConstraints): Result<VarianceWeights, QuantError> {
  const limits = feasibleLimits(covariance, constraints)
  if (!limits.ok) return limits
  const ones = new Float64Array(covariance.rows).fill(1)
  const weights = isFree(limits.value) ? freeWeights(covariance, ones) : leastVariance(covariance, limits.value)
  return weights.ok ? ok({ weights: weights.value, variance: varianceUnder(covariance, weights.value) }) : weights
}

export interface SharpeChoice extends PortfolioConstraints {
  /** Per period. */
  readonly riskFree: number
}

export interface SharpeWeights {
  readonly weights: Float64Array
  /** Per period. */
  readonly sharpe: number
}

/**
 * The tangency portfolio; without any limit `S⁻¹(μ − rf)`, scaled to a sum of one. Where the least-variance portfolio earns
 * less than rf that scaling turns it round: it is then the worst, which its negative Sharpe ratio says.
 */
export function maximumSharpe(
  { means, covariance }: Moments, { riskFree, ...constraints }: SharpeChoice,
): Result<SharpeWeights, QuantError> {
  if (!Number.isFinite(riskFree)) return refuse('bad-parameter', 'rf is expected to be a finite number.')
  const limits = feasibleLimits(covariance, constraints)
  if (!limits.ok) return limits
  const excess = means.map((mean) => mean - riskFree)
  const weights = isFree(limits.value) ? freeWeights(covariance, excess) : rewardedWeights(covariance, excess, limits.value)
  if (!weights.ok) return weights
  return ok({ weights: weights.value, sharpe: dot(weights.value, excess) / Math.sqrt(varianceUnder(covariance, weights.value)) })
}

export interface TargetChoice extends PortfolioConstraints {
  /** Mean return per period. */
  readonly targetReturn: number
}

/** The least variance of the portfolios whose mean return is the target. */
export function meanVarianceTarget(
  { means, covariance }: Moments, { targetReturn, ...constraints }: TargetChoice,
): Result<VarianceWeights, QuantError> {
  if (!Number.isFinite(targetReturn)) return refuse('bad-parameter', 'targetReturn is expected to be a finite number.')
  const limits = feasibleLimits(covariance, constraints)
  if (!limits.ok) return limits
  const reachable = ensureReachable(means, targetReturn, limits.value)
  if (!reachable.ok) return reachable
  const size = sizeOf(means)
  const target = {
    name: 'targetReturn', coefficients: means.map((mean) => mean / size), least: targetReturn / size, most: targetReturn / size,
  }
  const weights = leastVariance(covariance, withRow(limits.value, target))
  return weights.ok ? ok({ weights: weights.value, variance: varianceUnder(covariance, weights.value) }) : weights
}

export interface DiversifiedWeights {
  readonly weights: Float64Array
  /** The weighted mean of the deviations over the deviation of the whole. */
  readonly diversificationRatio: number
}

/** The most diversified portfolio (Choueifaty and Coignard 2008). */
export function maximumDiversification(covariance: Matrix, constraints: PortfolioConstraints): Result<DiversifiedWeights, QuantError> {
  const deviations = deviationsOf(covariance)
  if (!deviations.ok) return deviations
  const limits = feasibleLimits(covariance, constraints)
  if (!limits.ok) return limits
  const weights = isFree(limits.value) ? freeWeights(covariance, deviations.value) : rewardedWeights(
    covariance, deviations.value, limits.value,
  )
  if (!weights.ok) return weights
  return ok(
    {
      weights: weights.value,
      diversificationRatio: dot(weights.value, deviations.value) / Math.sqrt(varianceUnder(covariance, weights.value)),
    },
  )
}

/** Each weight as one over its deviation. */
export function inverseVolatility(covariance: Matrix): Result<Float64Array, QuantError> {
  const deviations = deviationsOf(covariance)
  return deviations.ok ? ok(normalised(deviations.value.map((deviation) => 1 / deviation))) : deviations
}

function feasibleLimits(covariance: Matrix, constraints: PortfolioConstraints): Result<WeightLimits, QuantError> {
  const limits = limitsOf(covariance.rows, constraints)
  if (!limits.ok) return limits
  const feasible = ensureFeasible(limits.value)
  return feasible.ok ? limits : feasible
}

/** `S⁻¹ reward`, scaled to a sum of one. */
function freeWeights(covariance: Matrix, reward: Float64Array): Result<Float64Array, QuantError> {
  const lower = cholesky(covariance)
  if (!lower.ok) return fail(singular)
  const direction = solveCholesky(lower.value, reward)
  const sum = direction.reduce((total, value) => total + value, 0)
  const size = direction.reduce((total, value) => total + Math.abs(value), 0)
  if (!(Math.abs(sum) > 1e-12 * size)) {
    return refuse('degenerate', 'The best portfolio has no net position and cannot be scaled to a sum of one.')
  }
  return ok(direction.map((value) => value / sum))
}

function rewardedWeights(covariance: Matrix, reward: Float64Array, limits: WeightLimits): Result<Float64Array, QuantError> {
  const best = extremeOf(reward, limits, 1)
  if (best !== undefined && best <= 1e-12 * sizeOf(reward)) {
    return refuse('degenerate', 'No portfolio within the limits earns more than rf.')
  }
  return highestRatio(covariance, reward, limits)
}

function ensureReachable(means: Float64Array, target: number, limits: WeightLimits): Result<void, QuantError> {
  const slack = 1e-12 * sizeOf(means)
  const highest = extremeOf(means, limits, 1) ?? Infinity
  if (target > highest + slack) {
    return refuse('bad-parameter', `targetReturn ${target} is above the highest mean return within the limits, ${highest}.`)
  }
  const lowest = extremeOf(means, limits, -1) ?? -Infinity
  if (target < lowest - slack) {
    return refuse('bad-parameter', `targetReturn ${target} is below the lowest mean return within the limits, ${lowest}.`)
  }
  return ok(undefined)
}

/** The highest (1) or lowest (-1) reward within the limits; undefined when there is none. */
function extremeOf(reward: Float64Array, limits: WeightLimits, sign: 1 | -1): number | undefined {
  const size = sizeOf(reward)
  const answer = optimiseLinear(limits, reward.map((value) => (-sign * value) / size))
  return answer.kind === 'optimal' ? dot(answer.point, reward) : undefined
}

const sizeOf = (values: Float64Array): number => values.reduce(
  (most, _value, index) => Math.max(most, Math.abs(at(values, index))), 0,
) || 1
