import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseSeries } from '../entry-form/index.ts'
import { at, bestOfStarts, bfgs, isConstant, momentsOf, varianceOf, type Minimum } from '../numeric/index.ts'
import { logGamma } from '../special/index.ts'
import { quantiles } from './moments.ts'

export interface StudentTFit {
  readonly df: number
  readonly loc: number
  readonly scale: number
  readonly loglik: number
}

/** Degrees of freedom to start from; a likelihood of Student's law may have more than one maximum. */
const starts = [1.5, 4, 12, 60]

/** By maximum likelihood, in location, ln scale and ln degrees of freedom of the standardised sample. */
export function studentTFit(values: Float64Array): Result<StudentTFit, QuantError> {
  const refusal = refuseSeries('The series', values, 5)
  if (refusal !== undefined) return refusal
  if (isConstant(values)) return constantSeries
  const quartiles = quantiles(values, Float64Array.of(0.25, 0.5, 0.75))
  if (!quartiles.ok) return quartiles
  const [low, median, high] = quartiles.value as unknown as readonly [number, number, number]
  const unit = high > low ? (high - low) / 1.349 : Math.sqrt(varianceOf(momentsOf(values), 0))
  const scaled = values.map((value) => (value - median) / unit)
  const n = values.length
  const minusLogLikelihood = (point: Float64Array): number =>
    -standardLogLikelihood(scaled, at(point, 0), at(point, 1), at(point, 2)) / n
  const found = bestOfStarts(
    starts.map((df) => Float64Array.of(0, df < 3 ? -0.3 : 0, Math.log(df))),
    (start) => bfgs(minusLogLikelihood, start, { gradientTolerance: 1e-9 }),
  )
  if (!found.ok) return refuse('not-converged', `The law of Student was not fitted: ${found.error.message}`)
  return interpret(found.value, { scaled, unit, median })
}

interface Standardised {
  readonly scaled: Float64Array
  readonly unit: number
  readonly median: number
}

function interpret({ point, value }: Minimum, { scaled, unit, median }: Standardised): Result<StudentTFit, QuantError> {
  const n = scaled.length
  const [loc, scale, df] = [at(point, 0), Math.exp(at(point, 1)), Math.exp(at(point, 2))]
  const normal = -0.5 * (Math.log(2 * Math.PI * varianceOf(momentsOf(scaled), 0)) + 1)
  // The likelihood rises for ever towards the normal law: there is no maximum to report.
  if (df > 1e4 || -value - normal < 1e-9) {
    return refuse(
      'degenerate', 'The tails are no heavier than those of the normal law, so there are no degrees of freedom to fit.',
    )
  }
  if (scale < 1e-6) return refuse('degenerate', 'Too many values are the same: the likelihood has no maximum.')
  return ok({ df, loc: median + unit * loc, scale: unit * scale, loglik: -value * n - n * Math.log(unit) })
}

function standardLogLikelihood(values: Float64Array, loc: number, logScale: number, logDf: number): number {
  const df = Math.exp(logDf)
  if (!(df < 1e8 && df > 1e-3)) return -Infinity
  const inverse = Math.exp(-2 * logScale) / df
  let sum = 0
  for (let index = 0; index < values.length; index++) {
    const rest = at(values, index) - loc
    sum += Math.log1p(rest * rest * inverse)
  }
  const peak = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI) - logScale
  return values.length * peak - 0.5 * (df + 1) * sum
}
