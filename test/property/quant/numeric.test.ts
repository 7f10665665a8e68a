import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  at, bfgs, brentRoot, cholesky, covarianceMatrix, determinant, entryOf, invert, leastSquares, matrixFromColumns,
  matrixFromRows, matrixOf, multiplyMatrices, nelderMead,
  solveLinear, symmetricEigen, transpose,
} from '../../../src-main/quant/numeric/index.ts'

/** Exact fractions: what elimination gives without any rounding. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

const divisor = (left: bigint, right: bigint): bigint => (
  right === 0n ? (left < 0n ? -left : left) : divisor(right, left % right)
)
const fraction = (over: bigint, under = 1n): Fraction => {
  const common = divisor(over, under) || 1n
  const sign = under < 0n ? -1n : 1n
  return { over: (sign * over) / common, under: (sign * under) / common }
}
const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under - b.over * a.under, a.under * b.under)
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under)
const over = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over)
const toNumber = ({ over: top, under }: Fraction): number => Number((top * 10n ** 30n) / under) / 1e30

/** By Gauss in fractions; nothing when singular. */
function exactSolution(rows: readonly (readonly bigint[])[], right: readonly bigint[]): readonly number[] | undefined {
  const size = rows.length
  const work = rows.map((row, index) => [...row, right[index] ?? 0n].map((value) => fraction(value)))
  const cell = (row: number, column: number): Fraction => (work[row] as Fraction[])[column] as Fraction
  for (let step = 0; step < size; step++) {
    const pivot = work.findIndex((row, index) => index >= step && (row[step] as Fraction).over !== 0n)
    if (pivot < 0) return undefined
    ;[work[step], work[pivot]] = [work[pivot] as Fraction[], work[step] as Fraction[]]
    for (let row = 0; row < size; row++) {
      if (row === step) continue
      const factor = over(cell(row, step), cell(step, step))
      work[row] = (work[row] as Fraction[]).map((value, column) => minus(value, times(factor, cell(step, column))))
    }
  }
  return work.map((_row, index) => toNumber(over(cell(index, size), cell(index, index))))
}

const whole = fc.integer({ min: -9, max: 9 })
const squareOf = (size: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(whole, { minLength: size, maxLength: size }), { minLength: size, maxLength: size })
const square = fc.integer({ min: 1, max: 5 }).chain(squareOf)
const big = (rows: readonly (readonly number[])[]): bigint[][] => rows.map((row) => row.map(BigInt))

function expectClose(got: number | undefined, wanted: number, digits = 1e-8): void {
  expect(Math.abs((got ?? Number.NaN) - wanted)).toBeLessThanOrEqual(digits * (1 + Math.abs(wanted)))
}

describe('linear algebra against exact fractions', () => {
  it('solves what is solvable and refuses what is singular', () => {
    fc.assert(fc.property(square, fc.array(whole, { minLength: 5, maxLength: 5 }), (rows, rightSides) => {
      const right = rightSides.slice(0, rows.length)
      const exact = exactSolution(big(rows), right.map(BigInt))
      const found = solveLinear(matrixFromRows(rows), Float64Array.from(right))
      expect(found.ok).toBe(exact !== undefined)
      if (found.ok) exact?.forEach((value, index) => expectClose(found.value[index], value))
    }), { numRuns: 400 })
  })

  it('gives the coefficients of the normal equations in fractions', () => {
    const problem = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 9 })).chain(([columns, rows]) =>
      fc.tuple(
        fc.array(fc.array(whole, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
        fc.array(whole, { minLength: rows, maxLength: rows }),
      ))
    fc.assert(fc.property(problem, ([design, target]) => {
      const columns = design[0]?.length ?? 0
      const cross = Array.from({ length: columns }, (_row, left) => Array.from({ length: columns }, (_column, right) =>
        BigInt(design.reduce((sum, row) => sum + (row[left] ?? 0) * (row[right] ?? 0), 0))))
      const right = Array.from(
        { length: columns },
        (_row, left) => BigInt(design.reduce((sum, row, index) => sum + (row[left] ?? 0) * (target[index] ?? 0), 0)),
      )
      const exact = exactSolution(cross, right)
      const fit = leastSquares(matrixFromRows(design), Float64Array.from(target))
      expect(fit.ok).toBe(exact !== undefined)
      if (!fit.ok) return
      exact?.forEach((value, index) => expectClose(fit.value.coefficients[index], value))
      const inverse = invert(matrixFromRows(cross.map((row) => row.map(Number))))
      if (inverse.ok) inverse.value.values.forEach((value, index) => expectClose(fit.value.inverseCross.values[index], value))
    }), { numRuns: 400 })
  })

  it('has determinants that multiply', () => {
    const two = fc.integer({ min: 1, max: 4 }).chain((size) => fc.tuple(squareOf(size), squareOf(size)))
    fc.assert(fc.property(two, ([left, right]) => {
      const [a, b] = [matrixFromRows(left), matrixFromRows(right)]
      expectClose(determinant(multiplyMatrices(a, b)), determinant(a) * determinant(b), 1e-6)
    }), { numRuns: 300 })
  })
})

describe('symmetric matrices', () => {
  it('are what their eigenvalues and vectors multiply to, with the trace as the sum', () => {
    fc.assert(fc.property(square, (rows) => {
      const matrix = matrixOf(
        rows.length, rows.length, (row, column) => (rows[Math.max(row, column)] as number[])[Math.min(row, column)] as number,
      )
      const eigen = symmetricEigen(matrix)
      expect(eigen.ok).toBe(true)
      if (!eigen.ok) return
      const { values, vectors } = eigen.value
      const scaled = matrixOf(values.length, values.length, (row, column) => entryOf(vectors, row, column) * at(values, column))
      multiplyMatrices(scaled, transpose(vectors)).values.forEach(
        (value, index) => expectClose(value, at(matrix.values, index), 1e-11),
      )
      multiplyMatrices(transpose(vectors), vectors).values.forEach(
        (value, index) => expectClose(value, index % (values.length + 1) === 0 ? 1 : 0, 1e-12),
      )
      expect([...values]).toEqual([...values].sort((left, right) => right - left))
    }), { numRuns: 300 })
  })

  it('are factored by Cholesky just when all eigenvalues are positive', () => {
    fc.assert(fc.property(square, (rows) => {
      const matrix = matrixOf(rows.length, rows.length, (row, column) =>
        ((rows[Math.max(row, column)] as number[])[Math.min(row, column)] as number) + (row === column ? 12 : 0))
      const eigen = symmetricEigen(matrix)
      const least = eigen.ok ? (eigen.value.values.at(-1) ?? 0) : Number.NaN
      fc.pre(Math.abs(least) > 1e-9)
      expect(cholesky(matrix).ok).toBe(least > 0)
    }), { numRuns: 300 })
  })

  it('of covariances agree with the definition', () => {
    const sample = fc.array(
      fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true })),
      { minLength: 2, maxLength: 20 },
    )
    fc.assert(fc.property(sample, fc.constantFrom(0, 1), (pairs, ddof) => {
      const columns = [Float64Array.from(pairs, ([x]) => x), Float64Array.from(pairs, ([, y]) => y)]
      const covariance = covarianceMatrix(matrixFromColumns(columns), ddof)
      // Without means: half the mean squared difference over all pairs.
      let sum = 0
      for (const [x, y] of pairs) for (const [u, v] of pairs) sum += (x - u) * (y - v)
      expectClose(entryOf(covariance, 0, 1), sum / (2 * pairs.length * (pairs.length - ddof)), 1e-9)
    }), { numRuns: 200 })
  })
})

describe('optimisers', () => {
  it('find the minimum of any convex quadratic, and both the same', () => {
    const problem = fc.integer({ min: 1, max: 4 }).chain(
      (size) => fc.tuple(squareOf(size), fc.array(whole, { minLength: size, maxLength: size })),
    )
    fc.assert(fc.property(problem, ([rows, centre]) => {
      const half = matrixFromRows(rows)
      const curvature = multiplyMatrices(half, transpose(half))
      const of = (point: Float64Array): number => {
        let sum = 0
        point.forEach((x, row) => point.forEach((y, column) => {
          sum += (
            entryOf(curvature, row, column) / 50 + (row === column ? 1 : 0)
          ) * (x - (centre[row] ?? 0)) * (y - (centre[column] ?? 0))
        }))
        return sum
      }
      const start = new Float64Array(centre.length).fill(0.5)
      const exact = bfgs(of, start)
      expect(exact.ok).toBe(true)
      if (exact.ok) centre.forEach((value, index) => expectClose(exact.value.point[index], value, 1e-5))
      const simplex = nelderMead(of, start)
      if (simplex.ok) centre.forEach((value, index) => expectClose(simplex.value.point[index], value, 1e-3))
    }), { numRuns: 200 })
  })

  it('bracket every root of a rising function', () => {
    fc.assert(fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 20, noNaN: true }), (root, slope) => {
      const found = brentRoot((x) => Math.sinh(slope * (x - root) * 0.1) + (x - root), -60, 60)
      expect(found.ok).toBe(true)
      if (found.ok) expectClose(found.value.root, root, 1e-12)
    }), { numRuns: 300 })
  })
})
