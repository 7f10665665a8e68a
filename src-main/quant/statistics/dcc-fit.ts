import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import { at, bfgs, columnMeans, columnOf, type Matrix } from '../numeric/index.ts'
import { filterDcc, standardise, walkDcc, type DccFilter, type DccWeights, type Standardised } from './dcc-filter.ts'
import { garchFit, type GarchFit } from './garch-fit.ts'

export interface DccFit extends DccFilter {
  readonly univariate: readonly GarchFit[]
  readonly mu: Float64Array
  readonly a: number
  /** Undefined when a is nothing: then correlations stand still, whatever b is. */
  readonly b: number | undefined
}

/** Below this a shock moves no correlation by anything that could be seen. */
const aLeast = 1e-6

/**
 * Dynamic conditional correlations of Engle (2002) in two steps, as rmgarch does: a GARCH(1,1) with normal innovations for each
 * column, then a and b by the likelihood of all columns together.
 */
export function dccFit(observations: Matrix, mean: 'zero' | 'constant' = 'zero'): Result<DccFit, QuantError> {
  const refusal = refuseMatrix('The matrix', observations, 60)
  if (refusal !== undefined) return refusal
  if (observations.columns < 2) return refuse('bad-input', 'Correlations need at least two columns.')
  const mu = mean === 'zero' ? new Float64Array(observations.columns) : columnMeans(observations)
  const returns = {
    ...observations, values: observations.values.map((value, index) => value - at(mu, index % observations.columns)),
  }
  const univariate: GarchFit[] = []
  for (let column = 0; column < returns.columns; column++) {
    const fit = garchFit(columnOf(returns, column))
    if (!fit.ok) return refuse(fit.error.code, `Column ${column + 1}: ${fit.error.message}`)
    univariate.push(fit.value)
  }
  const standardised = standardise(returns, univariate.map(({ model }) => model))
  if (!standardised.ok) return standardised
  const weights = fitWeights(standardised.value)
  if (!weights.ok) return weights
  const filtered = filterDcc(standardised.value, weights.value)
  if (!filtered.ok) return filtered
  const { a, b } = weights.value
  return ok({ ...filtered.value, univariate, mu, a: a < aLeast ? 0 : a, b: a < aLeast ? undefined : b })
}

const starts: readonly DccWeights[] = [
  { a: 0.01, b: 0.97 }, { a: 0.03, b: 0.94 }, { a: 0.05, b: 0.85 }, { a: 0.02, b: 0.8 }, { a: 0.1, b: 0.6 }, { a: 0.05, b: 0.3 },
  { a: 0.2, b: 0.1 },
]
/** How many of the starts are followed to their maximum. */
const searches = 2

function fitWeights(standardised: Standardised): Result<DccWeights, QuantError> {
  const { rows, columns } = standardised.z
  const objective = (point: Float64Array): number =>
    -walkDcc(standardised, weightsOf(point), 'presample').loglik / (rows * columns)
  const tried = starts.map((start) => ({ point: pointOf(start), value: objective(pointOf(start)) }))
    .sort((left, right) => left.value - right.value)
  const found = tried.slice(0, searches).map(({ point }) => bfgs(objective, point, { gradientTolerance: 1e-7 }))
  const minima = found.flatMap((result) => (result.ok ? [result.value] : [])).sort((left, right) => left.value - right.value)
  const [best] = minima
  const [first] = found
  if (best !== undefined) return ok(weightsOf(best.point))
  const reason = first?.ok === false ? first.error : { code: 'not-converged' as const, message: '' }
  return refuse(reason.code, `The correlations were not fitted: ${reason.message}`)
}

/** Shares of one with what is missing to it, so that a + b stays below. */
function weightsOf(point: Float64Array): DccWeights {
  const most = Math.max(0, at(point, 0), at(point, 1))
  const [a, b] = [Math.exp(at(point, 0) - most), Math.exp(at(point, 1) - most)]
  const total = a + b + Math.exp(-most)
  return { a: a / total, b: b / total }
}

function pointOf({ a, b }: DccWeights): Float64Array {
  return Float64Array.of(Math.log(a / (1 - a - b)), Math.log(b / (1 - a - b)))
}
