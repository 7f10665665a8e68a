import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import { correlationFrom, covarianceMatrix, hasConstantColumn, symmetricEigen, type Matrix } from '../numeric/index.ts'

export interface PrincipalComponents {
  /** The largest first. */
  readonly eigenvalues: Float64Array
  readonly shares: Float64Array
  /** A column for each component. */
  readonly loadings: Matrix
}

/** Of the correlations, or of the covariances divided by n − 1. */
export function principalComponents(returns: Matrix, of: 'correlation' | 'covariance'): Result<PrincipalComponents, QuantError> {
  const refusal = refuseMatrix('The matrix', returns, 2)
  if (refusal !== undefined) return refusal
  const covariance = covarianceMatrix(returns, 1)
  if (of === 'correlation' && hasConstantColumn(returns)) {
    return refuse('degenerate', 'A column does not vary, so it has no correlations.')
  }
  const eigen = symmetricEigen(of === 'correlation' ? correlationFrom(covariance) : covariance)
  if (!eigen.ok) return eigen
  const total = eigen.value.values.reduce((sum, value) => sum + value, 0)
  if (!(total > 0)) return refuse('degenerate', 'No column varies.')
  return ok(
    { eigenvalues: eigen.value.values, shares: eigen.value.values.map((value) => value / total), loadings: eigen.value.vectors },
  )
}
