import { assert, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseLag, refuseSeries } from '../entry-form/index.ts'
import { at, isConstant, leastSquares, matrixOf } from '../numeric/index.ts'

export interface KpssResult {
  readonly stat: number
  /** Between the rows of the table; 0.01 means at most that, 0.1 at least. */
  readonly p: number
  readonly lags: number
}

/** Kwiatkowski, Phillips, Schmidt and Shin (1992), table 1. */
const shares = [0.1, 0.05, 0.025, 0.01] as const
const tables = { c: [0.347, 0.463, 0.574, 0.739], ct: [0.119, 0.146, 0.176, 0.216] } as const

export type KpssLags = number | 'legacy' | 'auto'

/** Against a unit root: the null is that the series is stationary around a constant (c) or a trend (ct). Bartlett's kernel. */
export function kpss(values: Float64Array, trend: 'c' | 'ct' = 'c', lagRule: KpssLags = 'auto'): Result<KpssResult, QuantError> {
  const refusal = refuseSeries('The series', values, 4)
  if (refusal !== undefined) return refusal
  if (isConstant(values)) return constantSeries
  const n = values.length
  const design = matrixOf(n, trend === 'c' ? 1 : 2, (row, column) => (column === 0 ? 1 : (row + 1) / n))
  const fit = leastSquares(design, values)
  if (!fit.ok) return fit
  const { residuals } = fit.value
  const ruled = (): number => (lagRule === 'legacy' ? Math.ceil(12 * (n / 100) ** 0.25) : lagsOfData(residuals))
  const lags = typeof lagRule === 'number' ? lagRule : Math.min(ruled(), n - 1)
  const lagRefusal = refuseLag(lags, n - 1)
  if (lagRefusal !== undefined) return lagRefusal
  let sum = 0
  let squares = 0
  for (const residual of residuals) {
    sum += residual
    squares += sum * sum
  }
  let variance = lagged(residuals, 0)
  for (let lag = 1; lag <= lags; lag++) variance += 2 * (1 - lag / (lags + 1)) * lagged(residuals, lag)
  if (!(variance > 1e-14 * lagged(values, 0))) return refuse('degenerate', 'The long-run variance of the residuals is zero.')
  const stat = squares / (n * variance)
  return ok({ stat, p: pValue(stat, tables[trend]), lags })
}

function lagged(values: Float64Array, lag: number): number {
  let sum = 0
  for (let index = lag; index < values.length; index++) sum += at(values, index) * at(values, index - lag)
  return sum
}

/** Hobijn, Franses and Ooms (1998): from the autocovariances themselves. */
function lagsOfData(residuals: Float64Array): number {
  const n = residuals.length
  const looked = Math.trunc(n ** (2 / 9))
  let level = lagged(residuals, 0) / n
  let slope = 0
  for (let lag = 1; lag <= looked; lag++) {
    const covariance = (2 * lagged(residuals, lag)) / n
    level += covariance
    slope += lag * covariance
  }
  return Math.trunc(1.1447 * Math.cbrt((slope / level) ** 2) * Math.cbrt(n))
}

function pValue(stat: number, table: readonly number[]): number {
  const place = table.findIndex((critical) => stat < critical)
  if (place === 0) return 0.1
  if (place < 0) return 0.01
  const [low, high, lowShare, highShare] = [table[place - 1], table[place], shares[place - 1], shares[place]]
  assert(
    low !== undefined && high !== undefined && lowShare !== undefined && highShare !== undefined,
    'expected a row above and below',
  )
  return lowShare + ((stat - low) / (high - low)) * (highShare - lowShare)
}
