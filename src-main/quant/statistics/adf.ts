import { assert, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseLag, refuseSeries } from '../entry-form/index.ts'
import { at, entryOf, isConstant, leastSquares, matrixOf, type LeastSquares } from '../numeric/index.ts'
import { mackinnonCritical, mackinnonP, type CriticalValues, type Trend } from './mackinnon.ts'

export type LagChoice = 'AIC' | 'BIC' | 't-stat'

export interface AdfOptions {
  readonly trend?: Trend
  /** Either a fixed number of lagged differences, */
  readonly lags?: number
  /** or the most among which the choice is made; absent, Schwert's 12·(n/100)^¼. */
  readonly lagsMost?: number
  readonly choice?: LagChoice
}

export interface AdfResult {
  readonly stat: number
  readonly p: number
  readonly usedLag: number
  readonly nobs: number
  readonly crit: CriticalValues | undefined
  /** Of the chosen lag on the sample that all candidates share. */
  readonly icbest: number | undefined
}

const trendTerms = { n: 0, c: 1, ct: 2, ctt: 3 } as const satisfies Record<Trend, number>
/** Two-sided 10 % of the normal law. */
const tStatLeast = 1.6448536269514722

/**
 * The augmented test of Dickey and Fuller for a unit root: Δy on the trend, y₋₁ and lagged Δy; the statistic is that of y₋₁.
 * A chosen lag is fitted again on all the rows that it leaves.
 */
export function adf(values: Float64Array, options: AdfOptions = {}): Result<AdfResult, QuantError> {
  const { trend = 'c', choice = 'AIC' } = options
  const terms = trendTerms[trend]
  const refusal = refuseSeries('The series', values, terms + 5)
  if (refusal !== undefined) return refusal
  if (isConstant(values)) return constantSeries
  const lagsAllowed = Math.floor(values.length / 2) - terms - 1
  const isFixed = options.lags !== undefined
  const schwert = Math.min(Math.ceil(12 * (values.length / 100) ** 0.25), lagsAllowed)
  const lagsMost = options.lags ?? options.lagsMost ?? schwert
  const lagRefusal = refuseLag(lagsMost, lagsAllowed)
  if (lagRefusal !== undefined) return lagRefusal
  const chosen = isFixed ? ok({ lag: lagsMost, icbest: undefined }) : chooseLag(values, terms, lagsMost, choice)
  if (!chosen.ok) return chosen
  const { lag, icbest } = chosen.value
  const fit = regress(values, terms, lag, lag)
  if (!fit.ok) return fit
  const stat = tRatio(fit.value, 0)
  const nobs = values.length - 1 - lag
  return ok({ stat, p: mackinnonP(stat, trend), usedLag: lag, nobs, crit: mackinnonCritical(nobs, trend), icbest })
}

/** Rows from `skip` on, so that fits of different lags can share a sample. Columns: y₋₁, lagged differences, trend. */
function regress(values: Float64Array, terms: number, lag: number, skip: number): Result<LeastSquares, QuantError> {
  const rows = values.length - 1 - skip
  const difference = (index: number): number => at(values, index + 1) - at(values, index)
  const design = matrixOf(rows, 1 + lag + terms, (row, column) => {
    const index = row + skip
    if (column === 0) return at(values, index)
    if (column <= lag) return difference(index - column)
    // Scaled to at most 1: the square of a long trend would hide the rest.
    return ((row + 1) / rows) ** (column - lag - 1)
  })
  const fit = leastSquares(design, Float64Array.from({ length: rows }, (_each, row) => difference(row + skip)))
  if (rows <= 1 + lag + terms) {
    return refuse('too-short', `Expected more than ${1 + lag + terms} rows for as many coefficients, but there were ${rows}.`)
  }
  if (fit.ok && !(fit.value.sumOfSquares > 0)) {
    return refuse('degenerate', 'The differences follow the regression without an error.')
  }
  return fit
}

function tRatio(fit: LeastSquares, column: number): number {
  const freedom = fit.residuals.length - fit.coefficients.length
  return at(fit.coefficients, column) / Math.sqrt((fit.sumOfSquares / freedom) * entryOf(fit.inverseCross, column, column))
}

interface ChosenLag {
  readonly lag: number
  readonly icbest: number
}

function chooseLag(values: Float64Array, terms: number, lagsMost: number, choice: LagChoice): Result<ChosenLag, QuantError> {
  let best: ChosenLag | undefined
  // From the longest down: the t-statistic stops at the first that counts, the criteria keep the shortest of equals.
  for (let lag = lagsMost; lag >= 0; lag--) {
    const fit = regress(values, terms, lag, lagsMost)
    if (!fit.ok) return fit
    if (choice === 't-stat') {
      best = { lag, icbest: Math.abs(tRatio(fit.value, lag)) }
      if (best.icbest >= tStatLeast) break
      continue
    }
    const icbest = criterion(fit.value, choice)
    if (best === undefined || icbest <= best.icbest) best = { lag, icbest }
  }
  assert(best !== undefined, 'expected at least one lag to choose from')
  return ok(best)
}

function criterion({ sumOfSquares, residuals, coefficients }: LeastSquares, choice: 'AIC' | 'BIC'): number {
  const n = residuals.length
  const minusTwiceLogLikelihood = n * (Math.log((2 * Math.PI * sumOfSquares) / n) + 1)
  return minusTwiceLogLikelihood + coefficients.length * (choice === 'AIC' ? 2 : Math.log(n))
}
