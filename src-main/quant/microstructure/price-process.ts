import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, refuse, refuseSeries, refuseSeriesOf } from '../entry-form/index.ts'
import { meanOf } from '../numeric/index.ts'
import { olsSimple } from '../performance/index.ts'
import { normalTwoSided } from '../special/index.ts'

export interface Trades {
  readonly price: Float64Array
  /** 1 when the buyer was the taker, -1 when the seller was. */
  readonly side: Float64Array
  readonly size: Float64Array
}

export interface KyleLambda {
  /** Price change for one unit of signed size. */
  readonly lambda: number
  readonly intercept: number
  readonly r2: number | null
}

/** Kyle (1985): the price change of each trade on its own signed size. The first trade has no change. */
export function kyleLambda({ price, side, size }: Trades): Result<KyleLambda, QuantError> {
  const refusal = refuseSeriesOf({ price, side, size }, 4)
  if (refusal !== undefined) return refusal
  const changes = price.subarray(1).map((value, at) => value - (price[at] as number))
  const signed = side.subarray(1).map((value, at) => value * (size[at + 1] as number))
  const line = olsSimple(changes, signed)
  if (!line.ok) return line
  return ok({ lambda: line.value.slope, intercept: line.value.intercept, r2: line.value.r2 })
}

export interface VarianceRatio {
  /** 1 for a random walk, above it when moves go on, below when they turn. */
  readonly vr: number
  readonly z: number
  /** Robust to changing volatility; null when the returns lie too far apart to estimate its error. */
  readonly zHetero: number | null
  readonly p: number
  readonly pHetero: number | null
}

/** Lo and MacKinlay (1988) with overlapping sums of k returns and the unbiased variances. */
export function varianceRatio(returns: Float64Array, { k }: { readonly k: number }): Result<VarianceRatio, QuantError> {
  if (!Number.isInteger(k) || k < 2) return refuse('bad-parameter', `k is expected to be a whole number of at least 2, but it was ${k}.`)
  const refusal = refuseSeries('returns', returns, k + 1)
  if (refusal !== undefined) return refusal
  if (returns.every((value) => value === returns[0])) return refuse(
    'degenerate', 'The returns are constant, so their variance has no ratio.',
  )
  const n = returns.length
  const center = meanOf(returns)
  const squares = returns.map((value) => (value - center) ** 2)
  const total = squares.reduce((sum, value) => sum + value, 0)
  const ratio = sumOfLongSquares(returns, k, center) / (k * (n - k + 1) * (1 - k / n)) / (total / (n - 1))
  const z = (ratio - 1) / Math.sqrt((2 * (2 * k - 1) * (k - 1)) / (3 * k * n))
  const zHetero = available((ratio - 1) / Math.sqrt(robustVariance(squares, k, total)))
  return ok({ vr: ratio, z, zHetero, p: normalTwoSided(z), pHetero: zHetero === null ? null : normalTwoSided(zHetero) })
}

function sumOfLongSquares(returns: Float64Array, k: number, center: number): number {
  const centered = returns.map((value) => value - center)
  let sum = 0
  for (let end = k; end <= centered.length; end += 1) {
    let long = 0
    for (let at = end - k; at < end; at += 1) long += centered[at] as number
    sum += long * long
  }
  return sum
}

function robustVariance(squares: Float64Array, k: number, total: number): number {
  let variance = 0
  for (let lag = 1; lag < k; lag += 1) {
    let products = 0
    for (let at = lag; at < squares.length; at += 1) products += (squares[at] as number) * (squares[at - lag] as number)
    variance += ((2 * (k - lag)) / k) ** 2 * (products / (total * total))
  }
  return variance
}
