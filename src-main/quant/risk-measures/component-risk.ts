import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { firstRefusal, refuse, refuseOutside, refuseSeries, refuseSeriesOf } from '../entry-form/index.ts'
import { meanOf, snapped } from '../numeric/index.ts'
import { standardShortfall } from './expected-shortfall.ts'
import { refuseFreedom, standardQuantile } from './value-at-risk.ts'
import type { ParametricRisk, RiskLevel } from './value-at-risk.ts'

export interface ComponentRisk {
  readonly total: number
  /** By how much the total grows for one more unit of weight. */
  readonly marginal: Float64Array
  /** Weight times marginal: they sum to the total (Euler). */
  readonly component: Float64Array
}

export interface PortfolioRisk {
  readonly valueAtRisk: ComponentRisk
  readonly expectedShortfall: ComponentRisk
}

/** What each position adds to the parametric VaR and ES of a portfolio. One series of returns for each weight. */
export function componentRisk(
  weights: Float64Array,
  assets: readonly Float64Array[],
  { level, ddof, freedom }: ParametricRisk,
): Result<PortfolioRisk, QuantError> {
  const refusal = refusePortfolio(weights, assets, level, ddof + 1) ?? refuseFreedom(freedom)
  if (refusal !== undefined) return refusal
  const portfolio = portfolioReturns(weights, assets)
  const covariances = covariancesWith(portfolio, assets, ddof)
  const variance = weights.reduce((sum, weight, at) => sum + weight * (covariances[at] as number), 0)
  if (!(variance > 0)) return refuse('degenerate', 'The return of the portfolio never changes, so its risk has no parts.')
  const deviation = Math.sqrt(variance)
  const means = assets.map(meanOf)
  const spread = (factor: number): ComponentRisk => {
    const marginal = covariances.map((covariance, at) => (factor * covariance) / deviation - (means[at] as number))
    return withComponents(weights, marginal)
  }
  return ok({
    valueAtRisk: spread(-standardQuantile(1 - level, freedom)),
    expectedShortfall: spread(standardShortfall(1 - level, freedom)),
  })
}

/** The same split for the historical ES: each asset's mean loss over the portfolio's worst periods, the last one by its fraction. */
export function componentShortfall(
  weights: Float64Array,
  assets: readonly Float64Array[],
  { level }: RiskLevel,
): Result<ComponentRisk, QuantError> {
  const refusal = refusePortfolio(weights, assets, level, 1)
  if (refusal !== undefined) return refusal
  const portfolio = portfolioReturns(weights, assets)
  const worstFirst = Array.from(portfolio.keys()).sort((a, b) => (portfolio[a] as number) - (portfolio[b] as number) || a - b)
  const size = snapped(portfolio.length * (1 - level))
  const marginal = Float64Array.from(assets, (returns) => {
    let sum = 0
    for (const [rank, at] of worstFirst.entries()) {
      if (rank >= size) break
      sum += Math.min(1, size - rank) * (returns[at] as number)
    }
    return -sum / size
  })
  return ok(withComponents(weights, marginal))
}

function withComponents(weights: Float64Array, marginal: Float64Array): ComponentRisk {
  const component = marginal.map((value, at) => value * (weights[at] as number))
  return { total: component.reduce((sum, value) => sum + value, 0), marginal, component }
}

function refusePortfolio(weights: Float64Array, assets: readonly Float64Array[], level: number, least: number) {
  const named = Object.fromEntries(assets.map((returns, at) => [`asset ${at}`, returns]))
  const mismatch = weights.length === assets.length
    ? undefined
    : refuse('bad-input', `One weight for each of the ${assets.length} assets is expected, but there are ${weights.length}.`)
  return firstRefusal(refuseOutside('level', level, 0, 1), refuseSeries('weights', weights, 1), mismatch, refuseSeriesOf(named, least))
}

function portfolioReturns(weights: Float64Array, assets: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: assets[0]?.length ?? 0 }, (_each, at) => {
    let sum = 0
    for (const [asset, returns] of assets.entries()) sum += (weights[asset] as number) * (returns[at] as number)
    return sum
  })
}

function covariancesWith(portfolio: Float64Array, assets: readonly Float64Array[], ddof: number): Float64Array {
  const center = meanOf(portfolio)
  return Float64Array.from(assets, (returns) => {
    const ownCenter = meanOf(returns)
    let sum = 0
    for (const [at, value] of returns.entries()) sum += (value - ownCenter) * ((portfolio[at] as number) - center)
    return sum / (returns.length - ddof)
  })
}
