import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import { refuseNegative, refuseNotFinite, refuseNotPositive } from './conditions.ts'

export interface Liquidation {
  /** Units to sell, negative to buy. */
  readonly size: number
  /** Into how many steps. */
  readonly steps: number
  /** Time of one step. */
  readonly tau: number
  /** Absolute volatility of the price for the square root of one unit of time. */
  readonly sigma: number
  /** Temporary impact: price for one unit in one unit of time. */
  readonly eta: number
  /** Fixed cost of a unit: half of the spread and fees. */
  readonly epsilon: number
  /** Permanent impact: price for one unit. */
  readonly gamma: number
  /** Risk aversion; 0 spreads evenly. */
  readonly lambda: number
}

export interface LiquidationPlan {
  readonly kappa: number
  readonly etaTilde: number
  /** What is left, from the start to the end: one more than there are steps. */
  readonly holdings: Float64Array
  readonly trades: Float64Array
  readonly expectedCost: number
  readonly variance: number
}

/** Optimal execution with linear impact (Almgren and Chriss 2000, section 2). */
export function almgrenChriss(task: Liquidation): Result<LiquidationPlan, QuantError> {
  const { size, steps, tau, sigma, eta, epsilon, gamma, lambda } = task
  const refusal = refuseNotFinite({ size }) ?? refuseNotPositive({ tau, eta }) ?? refuseNegative({ sigma, epsilon, gamma, lambda })
  if (refusal !== undefined) return refusal
  if (!Number.isInteger(steps) || steps < 1 || steps > 1_000_000) {
    return refuse('bad-parameter', `The steps are expected to be a whole number from 1 to 1000000, but were ${steps}.`)
  }
  const etaTilde = eta - (gamma * tau) / 2
  if (!(etaTilde > 0)) {
    return refuse('degenerate', `The temporary impact eta is expected to be above gamma tau / 2 = ${(gamma * tau) / 2}, but it was ${eta}.`)
  }
  const stepKappa = acoshOfOnePlus((lambda * sigma * sigma * tau * tau) / (2 * etaTilde))
  const holdings = Float64Array.from({ length: steps + 1 }, (_each, step) => size * shareLeft(stepKappa, step, steps))
  const trades = Float64Array.from({ length: steps }, (_each, step) => (holdings[step] as number) - (holdings[step + 1] as number))
  const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)
  return ok({
    kappa: stepKappa / tau, etaTilde, holdings, trades,
    expectedCost: (gamma * size * size) / 2 + epsilon * Math.abs(size) + (etaTilde / tau) * sumOfSquares(trades),
    variance: sigma * sigma * tau * sumOfSquares(holdings.subarray(1)),
  })
}

/** sinh(κ(T - t)) / sinh(κT), written so that a large κT does not overflow. */
function shareLeft(stepKappa: number, step: number, steps: number): number {
  if (stepKappa === 0) return 1 - step / steps
  return (Math.exp(-stepKappa * step) * Math.expm1(-2 * stepKappa * (steps - step))) / Math.expm1(-2 * stepKappa * steps)
}

/** arcosh(1 + x), which has all of its digits for small x too. */
const acoshOfOnePlus = (x: number): number => Math.log1p(x + Math.sqrt(x * (2 + x)))
