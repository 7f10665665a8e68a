import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, refuse, refuseSeriesOf } from '../entry-form/index.ts'
import { meanOf } from '../numeric/index.ts'
import { studentTTwoSided } from '../special/index.ts'

export interface SimpleRegression {
  readonly intercept: number
  readonly slope: number
  /** Null when the fit leaves no residual to estimate an error from. */
  readonly interceptError: number | null
  readonly slopeError: number | null
  readonly interceptP: number | null
  readonly slopeP: number | null
  /** Null when what is explained does not vary. */
  readonly r2: number | null
  readonly n: number
}

/** Least squares of `explained ~ 1 + explaining`. */
export function olsSimple(explained: Float64Array, explaining: Float64Array): Result<SimpleRegression, QuantError> {
  const refusal = refuseSeriesOf({ explained, explaining }, 3)
  if (refusal !== undefined) return refusal
  if (explaining.every((value) => value === explaining[0])) {
    return refuse('degenerate', 'The explaining series is constant, so it has no slope.')
  }
  const n = explained.length
  const sums = centeredSums(explained, explaining)
  const slope = sums.xy / sums.xx
  const intercept = sums.meanY - slope * sums.meanX
  let residual = 0
  for (let at = 0; at < n; at += 1) {
    residual += ((explained[at] as number) - sums.meanY - slope * ((explaining[at] as number) - sums.meanX)) ** 2
  }
  const isConstant = explained.every((value) => value === explained[0])
  const variance = isConstant ? 0 : residual / (n - 2)
  const slopeError = Math.sqrt(variance / sums.xx)
  const interceptError = Math.sqrt(variance * (1 / n + (sums.meanX * sums.meanX) / sums.xx))
  return ok({
    intercept, slope, n,
    interceptError: positive(interceptError),
    slopeError: positive(slopeError),
    interceptP: interceptError > 0 ? studentTTwoSided(intercept / interceptError, n - 2) : null,
    slopeP: slopeError > 0 ? studentTTwoSided(slope / slopeError, n - 2) : null,
    r2: isConstant ? null : available(1 - residual / sums.yy),
  })
}

const positive = (value: number): number | null => (value > 0 ? available(value) : null)

interface CenteredSums {
  readonly meanX: number
  readonly meanY: number
  readonly xx: number
  readonly xy: number
  readonly yy: number
}

function centeredSums(explained: Float64Array, explaining: Float64Array): CenteredSums {
  const [meanX, meanY] = [meanOf(explaining), meanOf(explained)]
  let [xx, xy, yy] = [0, 0, 0]
  for (let at = 0; at < explained.length; at += 1) {
    const x = (explaining[at] as number) - meanX
    const y = (explained[at] as number) - meanY
    xx += x * x
    xy += x * y
    yy += y * y
  }
  return { meanX, meanY, xx, xy, yy }
}
