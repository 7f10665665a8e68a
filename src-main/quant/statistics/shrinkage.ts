import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import {
  at, covarianceMatrix, crossProducts, demean, diagonalOf, entryOf, hasConstantColumn, matrixOf, type Matrix,
} from '../numeric/index.ts'

export type ShrinkageTarget = 'scaled identity' | 'constant_correlation' | 'single_factor' | 'diagonal'

export interface ShrunkCovariance {
  readonly cov: Matrix
  /** The weight of the target. */
  readonly shrinkage: number
}

/** What the targets are computed from: rows without their mean, their products, the covariance that is shrunk. */
interface Sample {
  readonly centred: Matrix
  readonly rows: number
  /** Divided by n, whatever the degrees of freedom of the covariance. */
  readonly biased: Matrix
  readonly covariance: Matrix
  /** Asymptotic variances of the entries of the covariance, times n. */
  readonly noise: Matrix
}

interface Target {
  readonly matrix: Matrix
  /** Of the covariances between the entries of the target and those of the sample, times n. */
  readonly noiseShared: number
}

/**
 * Ledoit and Wolf (2003, 2004): the sample covariance drawn towards a target by as much as its own noise asks for. With `ddof` 1 the
 * noise is still that of products divided by n, as PyPortfolioOpt has it.
 */
export function ledoitWolf(returns: Matrix, target: ShrinkageTarget, ddof: 0 | 1 = 0): Result<ShrunkCovariance, QuantError> {
  const refusal = refuseMatrix('The matrix', returns, 2)
  if (refusal !== undefined) return refusal
  const sample = sampleOf(returns, ddof)
  if (hasConstantColumn(returns)) return refuse('degenerate', 'A column does not vary.')
  if (target === 'constant_correlation' && returns.columns < 2) {
    return refuse('bad-input', 'Correlations need at least two columns.')
  }
  const { matrix, noiseShared } = targets[target](sample)
  const noise = sumOf(sample.noise)
  const distance = squaredDistance(sample.covariance, matrix)
  // A sample that is its own target stays what it is.
  const share = distance > 0 ? (noise - noiseShared) / distance / sample.rows : 0
  return ok(shrunk(sample.covariance, matrix, Math.max(0, Math.min(1, share))))
}

const shrunk = (covariance: Matrix, target: Matrix, shrinkage: number): ShrunkCovariance => ({
  shrinkage,
  cov: matrixOf(covariance.rows, covariance.columns, (row, column) =>
    shrinkage * entryOf(target, row, column) + (1 - shrinkage) * entryOf(covariance, row, column)),
})

function sampleOf(returns: Matrix, ddof: 0 | 1): Sample {
  const centred = demean(returns)
  const covariance = covarianceMatrix(returns, ddof)
  const biased = covarianceMatrix(returns, 0)
  const squares = { ...centred, values: centred.values.map((value) => value * value) }
  const fourth = crossProducts(squares, returns.rows)
  const noise = matrixOf(returns.columns, returns.columns, (row, column) => {
    const entry = entryOf(covariance, row, column)
    return entryOf(fourth, row, column) - 2 * entryOf(biased, row, column) * entry + entry * entry
  })
  return { centred, rows: returns.rows, biased, covariance, noise }
}

const targets: Readonly<Record<ShrinkageTarget, (sample: Sample) => Target>> = {
  'scaled identity': ({ covariance }) => {
    const size = covariance.rows
    const mean = traceOf(covariance) / size
    return { matrix: matrixOf(size, size, (row, column) => (row === column ? mean : 0)), noiseShared: 0 }
  },
  diagonal: ({ covariance, noise }) => ({
    matrix: matrixOf(covariance.rows, covariance.rows, (row, column) => (row === column ? entryOf(covariance, row, row) : 0)),
    noiseShared: traceOf(noise),
  }),
  constant_correlation: constantCorrelation,
  single_factor: singleFactor,
}

function constantCorrelation({ centred, rows, biased, covariance, noise }: Sample): Target {
  const size = covariance.rows
  const sd = diagonalOf(covariance).map((variance) => Math.sqrt(variance))
  let sum = 0
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) sum += entryOf(covariance, row, column) / (at(sd, row) * at(sd, column))
  }
  const mean = (2 * sum) / (size * (size - 1))
  const matrix = matrixOf(
    size, size, (row, column) => (row === column ? entryOf(covariance, row, row) : mean * at(sd, row) * at(sd, column)),
  )
  let noiseShared = traceOf(noise)
  for (let row = 0; row < size; row++) {
    const variance = entryOf(covariance, row, row)
    for (let column = 0; column < size; column++) {
      if (column === row) continue
      let cubed = 0
      for (let time = 0; time < rows; time++) cubed += entryOf(centred, time, row) ** 3 * entryOf(centred, time, column)
      const entry = entryOf(covariance, row, column)
      const shared = cubed / rows - entryOf(biased, row, row) * entry - entryOf(biased, row, column) * variance + variance * entry
      noiseShared += (mean * at(sd, column) * shared) / at(sd, row)
    }
  }
  return { matrix, noiseShared }
}

/** The market is the mean of the columns; each column is its beta and a noise of its own. */
function singleFactor({ centred, rows, covariance, noise }: Sample): Target {
  const size = covariance.rows
  const market = Float64Array.from({ length: rows }, (_each, time) => {
    let sum = 0
    for (let column = 0; column < size; column++) sum += entryOf(centred, time, column)
    return sum / size
  })
  const meanOver = (of: (time: number) => number): number => {
    let sum = 0
    for (let time = 0; time < rows; time++) sum += of(time)
    return sum / rows
  }
  const variance = meanOver((time) => at(market, time) ** 2)
  const betas = Float64Array.from(
    { length: size }, (_each, column) => meanOver((time) => entryOf(centred, time, column) * at(market, time)),
  )
  // A market that does not move explains nothing: the target is the diagonal.
  if (!(variance > 0)) return targets.diagonal({ centred, rows, biased: covariance, covariance, noise })
  const matrix = matrixOf(size, size, (row, column) =>
    row === column ? entryOf(covariance, row, row) : (at(betas, row) * at(betas, column)) / variance)
  let noiseShared = traceOf(noise)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (row === column) continue
      const entry = entryOf(covariance, row, column)
      const x = (time: number): number => entryOf(centred, time, row)
      const y = (time: number): number => entryOf(centred, time, column)
      const withBeta = meanOver((time) => x(time) ** 2 * y(time) * at(market, time)) - at(betas, row) * entry
      const withMarket = meanOver((time) => x(time) * y(time) * at(market, time) ** 2) - variance * entry
      const [own, other] = [at(betas, row) / variance, at(betas, column) / variance]
      noiseShared += 2 * withBeta * other - withMarket * own * other
    }
  }
  return { matrix, noiseShared }
}

/** Chen, Wiesel, Eldar and Hero (2010), towards the scaled identity, as scikit-learn computes it. */
export function oracleApproximating(returns: Matrix): Result<ShrunkCovariance, QuantError> {
  const refusal = refuseMatrix('The matrix', returns, 2)
  if (refusal !== undefined) return refusal
  const covariance = covarianceMatrix(returns, 0)
  const size = covariance.rows
  const mean = traceOf(covariance) / size
  if (!(mean > 0)) return refuse('degenerate', 'No column varies.')
  if (size === 1) return ok({ cov: covariance, shrinkage: 0 })
  let squares = 0
  for (const value of covariance.values) squares += value * value
  const alpha = squares / (size * size)
  const spread = (returns.rows + 1) * (alpha - (mean * mean) / size)
  const shrinkage = spread > 0 ? Math.min(1, (alpha + mean * mean) / spread) : 1
  return ok(shrunk(covariance, matrixOf(size, size, (row, column) => (row === column ? mean : 0)), shrinkage))
}

const traceOf = (matrix: Matrix): number => sumOf({ ...matrix, values: diagonalOf(matrix) })

function sumOf({ values }: Matrix): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

function squaredDistance(left: Matrix, right: Matrix): number {
  let sum = 0
  left.values.forEach((value, index) => (sum += (value - at(right.values, index)) ** 2))
  return sum
}
