import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseMatrix, refuseSeries } from '../entry-form/index.ts'
import { at, entryOf, isConstant, leastSquares, matrixOf, type Matrix } from '../numeric/index.ts'
import { adf, type LagChoice } from './adf.ts'
import { mackinnonCritical, mackinnonP, seriesMost, type CriticalValues } from './mackinnon.ts'

export interface CointegrationOptions {
  readonly trend?: 'n' | 'c' | 'ct' | 'ctt'
  readonly lags?: number
  readonly lagsMost?: number
  readonly choice?: LagChoice
}

export interface Cointegration {
  readonly stat: number
  readonly p: number
  readonly crit: CriticalValues | undefined
  readonly usedLag: number
  /** Undefined without a constant. */
  readonly const: number | undefined
  /** How much of each other series holds the first in balance. */
  readonly betas: Float64Array
  readonly residuals: Float64Array
}

const trendTerms = { n: 0, c: 1, ct: 2, ctt: 3 } as const

/** Engle and Granger (1987): the first series on the others, then a test of a unit root in the residuals, without a constant. */
export function engleGranger(
  target: Float64Array, others: Matrix, options: CointegrationOptions = {},
): Result<Cointegration, QuantError> {
  const { trend = 'c', ...lagOptions } = options
  const refusal = refuseSeries('The series', target, 8) ?? refuseMatrix('The matrix', others, 8)
  if (refusal !== undefined) return refusal
  if (others.rows !== target.length) {
    return refuse('bad-input', `Expected series of one length, but they have ${target.length} and ${others.rows} values.`)
  }
  const series = others.columns + 1
  if (series > seriesMost) return refuse('bad-input', `Expected at most ${seriesMost} series, but there were ${series}.`)
  const fit = regress(target, others, trendTerms[trend])
  if (!fit.ok) return fit
  const { coefficients, residuals } = fit.value
  const test = adf(residuals, { ...lagOptions, trend: 'n' })
  if (!test.ok) return test
  const { stat, usedLag } = test.value
  return ok({
    stat, usedLag, residuals,
    p: mackinnonP(stat, trend, series),
    // One observation is lost by the differences.
    crit: trend === 'n' ? undefined : mackinnonCritical(target.length - 1, trend, series),
    betas: coefficients.slice(0, others.columns),
    const: trend === 'n' ? undefined : at(coefficients, others.columns),
  })
}

function regress(target: Float64Array, others: Matrix, terms: number): ReturnType<typeof leastSquares> {
  const { columns } = others
  const design = matrixOf(target.length, columns + terms, (row, column) =>
    column < columns ? entryOf(others, row, column) : (row + 1) ** (column - columns))
  const fit = leastSquares(design, target)
  if (!fit.ok) return fit
  let squares = 0
  for (const value of target) squares += value * value
  // What is left is rounding: a test of it would test the rounding.
  return fit.value.sumOfSquares > 1e-22 * squares ? fit : refuse('degenerate', 'The first series is a combination of the others.')
}

export interface HalfLife {
  readonly slope: number
  /** Undefined for a spread that does not return. */
  readonly halfLife: number | undefined
  /** Of the autoregression itself instead of its limit in continuous time; undefined also where it overshoots in one step. */
  readonly halfLifeExact: number | undefined
}

/** How long a spread needs to lose half of its distance: Δs on a constant and s₋₁, halfLife = −ln 2/slope. */
export function ouHalfLife(spread: Float64Array): Result<HalfLife, QuantError> {
  const refusal = refuseSeries('The series', spread, 4)
  if (refusal !== undefined) return refusal
  if (isConstant(spread)) return constantSeries
  const rows = spread.length - 1
  const design = matrixOf(rows, 2, (row, column) => (column === 0 ? 1 : at(spread, row)))
  const fit = leastSquares(design, Float64Array.from({ length: rows }, (_each, row) => at(spread, row + 1) - at(spread, row)))
  if (!fit.ok) return fit
  const slope = at(fit.value.coefficients, 1)
  return ok({
    slope,
    halfLife: slope < 0 ? -Math.LN2 / slope : undefined,
    halfLifeExact: slope < 0 && slope > -1 ? -Math.LN2 / Math.log1p(slope) : undefined,
  })
}
