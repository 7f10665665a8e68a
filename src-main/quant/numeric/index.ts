/** The face of the numerical tools: dense linear algebra and optimisers that say whether they converged. Deterministic. */
export {
  addMatrices, at, columnOf, createMatrix, diagonalOf, dot, entryOf, identityMatrix, isFiniteSeries, matrixFromColumns, matrixFromRows,
  matrixOf, multiplyMatrices, multiplyVector, rowOf, rowsFromMatrix, scaleMatrix, transpose,
} from './matrix.ts'
export type { Matrix } from './matrix.ts'
export { cholesky, invertPositive, logDeterminant, solveCholesky, solveLower } from './cholesky.ts'
export { determinant, invert, luFactors, solveLinear, solveLu } from './lu.ts'
export type { LuFactors } from './lu.ts'
export { leastSquares } from './least-squares.ts'
export type { LeastSquares } from './least-squares.ts'
export { symmetricEigen } from './symmetric-eigen.ts'
export type { SymmetricEigen } from './symmetric-eigen.ts'
export {
  columnMeans, correlationFrom, correlationMatrix, covarianceMatrix, crossProducts, demean, hasConstantColumn,
} from './covariance.ts'
export {
  deviationOf, excessKurtosisOf, isConstant, meanOf, momentsOf, quantileOfSorted, skewOf, snapped, varianceOf,
} from './sample.ts'
export type { QuantileType, SampleMoments } from './sample.ts'
export { brentRoot } from './brent-root.ts'
export type { Root, RootOptions } from './brent-root.ts'
export { brentMinimum } from './brent-minimum.ts'
export type { LineMinimum } from './brent-minimum.ts'
export { centralGradient } from './minimum.ts'
export type { Gradient, Minimum, MinimumFailure, MinimumResult, Objective } from './minimum.ts'
export { centralHessian } from './hessian.ts'
export { nelderMead } from './nelder-mead.ts'
export type { NelderMeadOptions } from './nelder-mead.ts'
export { bfgs } from './bfgs.ts'
export type { BfgsOptions } from './bfgs.ts'
export { bestOfStarts, boundedFrom, freeFrom, logistic, logit, minimiseWithin } from './bounds.ts'
export type { Bound } from './bounds.ts'
