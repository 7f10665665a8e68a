import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../../../src-main/base/index.ts'
import {
  addMatrices, cholesky, columnOf, correlationFrom, correlationMatrix, covarianceMatrix, determinant, diagonalOf, dot, entryOf,
  identityMatrix, invert, invertPositive,
  isFiniteSeries, leastSquares, logDeterminant, luFactors, matrixFromColumns, matrixFromRows, meanOf, momentsOf, multiplyMatrices,
  multiplyVector, rowOf,
  rowsFromMatrix, scaleMatrix, solveCholesky, solveLinear, symmetricEigen, transpose, varianceOf,
} from '../../../../src-main/quant/numeric/index.ts'

const positive = matrixFromRows([[4, 2, 0.5], [2, 3, 1], [0.5, 1, 5]])

describe('matrices', () => {
  it('are read by row, column and diagonal', () => {
    const matrix = matrixFromRows([[1, 2, 3], [4, 5, 6]])
    expect([...rowOf(matrix, 1)]).toEqual([4, 5, 6])
    expect([...columnOf(matrix, 2)]).toEqual([3, 6])
    expect([...diagonalOf(matrix)]).toEqual([1, 5])
    expect(rowsFromMatrix(transpose(matrix))).toEqual([[1, 4], [2, 5], [3, 6]])
    expect(rowsFromMatrix(matrixFromColumns([Float64Array.of(1, 4), Float64Array.of(2, 5)]))).toEqual([[1, 2], [4, 5]])
  })

  it('are multiplied, added and scaled', () => {
    const left = matrixFromRows([[1, 2], [3, 4]])
    expect(rowsFromMatrix(multiplyMatrices(left, matrixFromRows([[0, 1], [1, 0]])))).toEqual([[2, 1], [4, 3]])
    expect(rowsFromMatrix(addMatrices(left, scaleMatrix(left, -1)))).toEqual([[0, 0], [0, 0]])
    expect([...multiplyVector(left, Float64Array.of(1, -1))]).toEqual([-1, -1])
    expect(dot(Float64Array.of(1, 2), Float64Array.of(3, 4))).toBe(11)
  })

  it('of shapes that do not fit are a bug', () => {
    const wide = matrixFromRows([[1, 2, 3]])
    expect(() => multiplyMatrices(wide, wide)).toThrow(InvariantError)
    expect(() => addMatrices(wide, transpose(wide))).toThrow(InvariantError)
    expect(() => multiplyVector(wide, Float64Array.of(1))).toThrow(InvariantError)
    expect(() => matrixFromRows([[1], [1, 2]])).toThrow(InvariantError)
    expect(() => cholesky(wide)).toThrow(InvariantError)
    expect(() => luFactors(wide)).toThrow(InvariantError)
    expect(() => symmetricEigen(wide)).toThrow(InvariantError)
  })

  it('find what is not finite', () => {
    expect(isFiniteSeries(Float64Array.of(1, 2))).toBe(true)
    expect(isFiniteSeries(Float64Array.of(1, Number.NaN))).toBe(false)
  })
})

describe('factorisations', () => {
  it('by Cholesky give the matrix back, solve and know the determinant', () => {
    const lower = cholesky(positive)
    if (!lower.ok) throw new Error(lower.error.message)
    multiplyMatrices(lower.value, transpose(lower.value)).values.forEach(
      (value, index) => expect(value).toBeCloseTo(positive.values[index] ?? Number.NaN, 14),
    )
    const solution = solveCholesky(lower.value, Float64Array.of(1, 2, 3))
    multiplyVector(positive, solution).forEach((value, index) => expect(value).toBeCloseTo(index + 1, 13))
    expect(Math.exp(logDeterminant(lower.value))).toBeCloseTo(determinant(positive), 12)
  })

  it.each([
    ['negative', [[1, 2], [2, 1]]], ['singular', [[1, 1], [1, 1]]], ['zero', [[0, 0], [0, 0]]], [
      'with NaN in it', [[Number.NaN, 0], [0, 1]],
    ],
    ['with Infinity in it', [[Infinity, 0], [0, 1]]],
  ])('by Cholesky refuse a matrix that is %s', (_what, rows) => {
    expect(cholesky(matrixFromRows(rows))).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(invertPositive(matrixFromRows(rows)).ok).toBe(false)
  })

  it('by LU exchange rows where a pivot is zero', () => {
    const matrix = matrixFromRows([[0, 2, 1], [1, 0, 0], [3, 0, 1]])
    const solution = solveLinear(matrix, Float64Array.of(5, 1, 6))
    expect(solution.ok && [...solution.value]).toEqual([1, 1, 3])
    expect(determinant(matrix)).toBeCloseTo(-2, 14)
  })

  it('by LU refuse a singular matrix and one that is not finite', () => {
    for (const rows of [[[1, 2], [2, 4]], [[Number.NaN, 1], [1, 1]], [[0, 0], [0, 0]]]) {
      expect(invert(matrixFromRows(rows))).toMatchObject({ ok: false, error: { code: 'degenerate' } })
      expect(solveLinear(matrixFromRows(rows), Float64Array.of(1, 1)).ok).toBe(false)
      expect(determinant(matrixFromRows(rows))).toBe(0)
    }
  })

  it('give inverses', () => {
    for (const inverse of [invert(positive), invertPositive(positive)]) {
      if (!inverse.ok) throw new Error(inverse.error.message)
      multiplyMatrices(positive, inverse.value).values.forEach(
        (value, index) => expect(value).toBeCloseTo(identityMatrix(3).values[index] ?? Number.NaN, 14),
      )
    }
  })
})

describe('eigenvalues of a symmetric matrix', () => {
  it('come the largest first, with vectors of length one whose largest part is positive', () => {
    const eigen = symmetricEigen(matrixFromRows([[2, -1], [-1, 2]]))
    if (!eigen.ok) throw new Error(eigen.error.message)
    expect(eigen.value.values[0]).toBeCloseTo(3, 14)
    expect(eigen.value.values[1]).toBeCloseTo(1, 14)
    expect(entryOf(eigen.value.vectors, 0, 0)).toBeCloseTo(Math.SQRT1_2, 14)
    expect(entryOf(eigen.value.vectors, 1, 0)).toBeCloseTo(-Math.SQRT1_2, 14)
  })

  it('keep small values exact beside large ones', () => {
    const eigen = symmetricEigen(matrixFromRows([[1e10, 1e-3], [1e-3, 1e-10]]))
    expect(eigen.ok && eigen.value.values[1]).toBeCloseTo(1e-10 - 1e-16, 24)
  })

  it('are refused where an entry is not finite', () => {
    expect(
      symmetricEigen(matrixFromRows([[1, Number.NaN], [Number.NaN, 1]])),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  it('of a diagonal matrix are its diagonal', () => {
    const eigen = symmetricEigen(matrixFromRows([[1, 0], [0, 7]]))
    expect(eigen.ok && [...eigen.value.values]).toEqual([7, 1])
  })
})

describe('least squares', () => {
  it('refuse fewer rows than coefficients', () => {
    expect(leastSquares(matrixFromRows([[1, 2]]), Float64Array.of(1))).toMatchObject({ ok: false, error: { code: 'too-short' } })
  })

  it('refuse regressors that are combinations of each other', () => {
    const design = matrixFromRows([[1, 2, 3], [1, 5, 6], [1, 1, 2], [1, 7, 8]])
    expect(leastSquares(design, Float64Array.of(1, 2, 3, 4))).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('refuse a column of zeros and targets that are not finite', () => {
    expect(
      leastSquares(matrixFromRows([[0], [0]]), Float64Array.of(1, 2)),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(
      leastSquares(matrixFromRows([[1], [2]]), Float64Array.of(1, Infinity)),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  it('survive a design whose normal equations would be singular in doubles', () => {
    const small = 1e-9
    const design = matrixFromRows([[1, 1], [small, 0], [0, small]])
    const fit = leastSquares(design, Float64Array.of(2, small, small))
    expect(fit.ok && fit.value.coefficients[0]).toBeCloseTo(1, 6)
    expect(fit.ok && fit.value.coefficients[1]).toBeCloseTo(1, 6)
  })
})

describe('means and covariances', () => {
  it('do not lose digits to a large offset', () => {
    const shifted = Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16)
    expect(meanOf(shifted)).toBe(1e9 + 10)
    expect(varianceOf(momentsOf(shifted), 1)).toBe(30)
    expect(entryOf(covarianceMatrix(matrixFromColumns([shifted]), 1), 0, 0)).toBe(30)
  })

  it('have no variance of fewer values than are lost', () => {
    expect(varianceOf(momentsOf(Float64Array.of(1)), 1)).toBeNaN()
    expect(() => covarianceMatrix(matrixFromRows([[1, 2]]), 1)).toThrow(InvariantError)
  })

  it('give correlations with ones on the diagonal, and none for what does not vary', () => {
    const correlation = correlationMatrix(matrixFromRows([[1, 2], [2, 4], [3, 7]]))
    expect(entryOf(correlation, 0, 0)).toBe(1)
    expect(entryOf(correlation, 0, 1)).toBeCloseTo(0.9933992677987828, 14)
    expect(entryOf(correlationFrom(matrixFromRows([[0, 0], [0, 1]])), 0, 1)).toBeNaN()
  })
})
