import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import {
  addMatrices, at, entryOf, invert, matrixOf, multiplyMatrices, multiplyVector, scaleMatrix, transpose, type Matrix,
} from '../numeric/index.ts'

export interface BlackLittermanViews {
  /** The weights that the market holds. */
  readonly marketWeights: Float64Array
  /** Risk aversion of the market. */
  readonly delta: number
  /** How uncertain the prior means are, as a share of the covariance. */
  readonly tau: number
  /** One row for each view: which assets it speaks of. */
  readonly picks: Matrix
  /** What each view expects, per period. */
  readonly expected: Float64Array
  /** How uncertain each view is; `diag(τ P S P')` when it is not given (He and Litterman 1999). */
  readonly uncertainty?: Matrix
}

export interface BlackLittermanMeans {
  /** What the market's own weights imply. */
  readonly prior: Float64Array
  readonly posterior: Float64Array
  /** S plus the uncertainty that is left about the means. */
  readonly posteriorCovariance: Matrix
}

/** Black and Litterman 1992: π = δSw, then the views are weighed against it by how certain each is. */
export function blackLitterman(covariance: Matrix, views: BlackLittermanViews): Result<BlackLittermanMeans, QuantError> {
  const checked = checkViews(covariance.rows, views)
  if (!checked.ok) return checked
  const { marketWeights, delta, tau, picks, expected } = views
  const prior = multiplyVector(covariance, marketWeights).map((value) => delta * value)
  const scaled = scaleMatrix(covariance, tau)
  // S P', and from it the covariance of what the views speak of.
  const spread = multiplyMatrices(scaled, transpose(picks))
  const viewed = multiplyMatrices(picks, spread)
  const uncertainty = views.uncertainty ?? matrixOf(
    viewed.rows, viewed.columns, (row, column) => (row === column ? entryOf(viewed, row, row) : 0),
  )
  const inverse = invert(addMatrices(viewed, uncertainty))
  if (!inverse.ok) return refuse('degenerate', 'Two views say the same with certainty, or a view has no risk.')
  const gain = multiplyMatrices(spread, inverse.value)
  const said = multiplyVector(picks, prior)
  const change = multiplyVector(gain, expected.map((value, view) => value - at(said, view)))
  const learnt = multiplyMatrices(gain, transpose(spread))
  return ok({
    prior,
    posterior: prior.map((value, asset) => value + at(change, asset)),
    posteriorCovariance: matrixOf(
      covariance.rows,
      covariance.rows,
      (row, column) => entryOf(covariance, row, column) + entryOf(scaled, row, column) - entryOf(learnt, row, column),
    ),
  })
}

function checkViews(
  assets: number, { marketWeights, delta, tau, picks, expected, uncertainty }: BlackLittermanViews,
): Result<void, QuantError> {
  const views = expected.length
  if (!(delta > 0 && delta < Infinity)) return refuse('bad-parameter', `delta is expected to be a positive number, not ${delta}.`)
  if (!(tau > 0 && tau < Infinity)) return refuse('bad-parameter', `tau is expected to be a positive number, not ${tau}.`)
  if (marketWeights.length !== assets) {
    return refuse('bad-parameter', `marketWeights has ${marketWeights.length} numbers for ${assets} assets.`)
  }
  if (views === 0) return refuse('bad-parameter', 'Q is expected to have at least one view.')
  if (picks.rows !== views || picks.columns !== assets) {
    return refuse('bad-parameter', `P is expected to have ${views} rows of ${assets} numbers.`)
  }
  if (uncertainty !== undefined && (uncertainty.rows !== views || uncertainty.columns !== views)) {
    return refuse('bad-parameter', `omega is expected to have ${views} rows of ${views} numbers.`)
  }
  const all = [marketWeights, picks.values, expected, uncertainty?.values ?? expected]
  const isFinite = all.every((values) => values.every(Number.isFinite))
  return isFinite ? ok(undefined) : refuse('bad-parameter', 'The views are expected to be made of finite numbers.')
}
