import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import { at, entryOf, matrixFromRows } from '../../../src-main/quant/numeric/index.ts'
import {
  autocorrelations, ewmaCovariance, jarqueBera, ksOneSample, ksTwoSample, ledoitWolf, levinsonDurbin, mannWhitney, moments,
  oracleApproximating, ouHalfLife,
  partialAutocorrelations, principalComponents, quantiles, welchT, type QuantileType,
} from '../../../src-main/quant/statistics/index.ts'

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((x) => Math.round(x * 1e6) / 1e6 + 0)
const sample = (least: number, most: number): fc.Arbitrary<Float64Array> =>
  fc.array(
    value, { minLength: least, maxLength: most },
  ).filter((values) => new Set(values).size > 1).map((values) => Float64Array.from(values))
const table = fc.integer({ min: 2, max: 4 }).chain(
  (columns) => fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 4, maxLength: 12 }),
)
  .filter((rows) => (rows[0] ?? []).every((_each, column) => new Set(rows.map((row) => row[column])).size > 1))

function expectClose(got: number | undefined, wanted: number, tolerance = 1e-9): void {
  expect(Math.abs((got ?? Number.NaN) - wanted)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(wanted)))
}

const average = (values: Iterable<number>): number => {
  const list = [...values]
  return list.reduce((sum, each) => sum + each, 0) / list.length
}

describe('samples against their definitions', () => {
  it('have moments that do not depend on the order, and move with scale and place', () => {
    fc.assert(fc.property(sample(4, 30), fc.double({ min: 0.1, max: 50, noNaN: true }), fc.double(
      { min: -100, max: 100, noNaN: true },
    ), (values, scale, place) => {
      const here = ensureOk(moments(values), 'the moments')
      const there = ensureOk(moments(values.toReversed().map((each) => each * scale + place)), 'the moments')
      expectClose(there.mean, here.mean * scale + place)
      expectClose(there.var1, (here.var1 ?? 0) * scale * scale, 1e-7)
      expectClose(there.median, here.median * scale + place)
      expectClose(there.mad, here.mad * scale)
      fc.pre(here.var0 > 1e-3)
      expectClose(there.skew, here.skew ?? 0, 1e-6)
      expectClose(there.exKurtosisAdj, here.exKurtosisAdj ?? 0, 1e-6)
    }), { numRuns: 300 })
  })

  it('have a Jarque–Bera statistic that is its formula', () => {
    fc.assert(fc.property(sample(5, 40), (values) => {
      const mean = average(values)
      const moment = (power: number): number => average(values.map((each) => (each - mean) ** power))
      fc.pre(moment(2) > 1e-3)
      const skew = moment(3) / moment(2) ** 1.5
      const kurtosis = moment(4) / moment(2) ** 2 - 3
      const wanted = (values.length / 6) * (skew ** 2 + kurtosis ** 2 / 4)
      const test = ensureOk(jarqueBera(values), 'the test')
      expectClose(test.stat, wanted, 1e-7)
      // The upper tail of χ²(2) is an exponential.
      expectClose(test.p, Math.exp(-test.stat / 2), 1e-10)
    }), { numRuns: 300 })
  })

  it('have quantiles that invert the step function (type 1) or lie on the line between order statistics (7)', () => {
    fc.assert(fc.property(sample(1 + 1, 20), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const sorted = [...values].sort((left, right) => left - right)
      const of = (type: QuantileType): number => at(ensureOk(quantiles(values, Float64Array.of(share), type), 'the quantile'), 0)
      const product = values.length * share
      fc.pre(Math.abs(product - Math.round(product)) > 1e-9)
      expect(of(1)).toBe(sorted.find((_each, index) => (index + 1) / values.length >= share))
      expect(of(2)).toBe(of(1))
      const position = (values.length - 1) * share
      const below = sorted[Math.floor(position)] ?? 0
      expectClose(of(7), below + (position - Math.floor(position)) * ((sorted[Math.ceil(position)] ?? below) - below))
      for (const type of [3, 4, 5, 6, 8, 9] as const) {
        expect(of(type)).toBeGreaterThanOrEqual(sorted[0] ?? 0)
        expect(of(type)).toBeLessThanOrEqual(sorted.at(-1) ?? 0)
      }
    }), { numRuns: 300 })
  })

  it('have autocorrelations by definition, of at most one', () => {
    fc.assert(fc.property(sample(3, 40), fc.integer({ min: 0, max: 10 }), (values, lag) => {
      fc.pre(lag < values.length)
      const mean = average(values)
      const rest = [...values].map((each) => each - mean)
      const product = (shift: number): number => rest.reduce((sum, each, index) => sum + each * (rest[index + shift] ?? 0), 0)
      fc.pre(product(0) > 1e-3)
      const found = ensureOk(autocorrelations(values, lag), 'the autocorrelations')
      expectClose(found[lag], product(lag) / product(0), 1e-7)
      expect(Math.abs(at(found, lag))).toBeLessThanOrEqual(1 + 1e-12)
    }), { numRuns: 300 })
  })

  it('have partial autocorrelations whose coefficients solve the Yule–Walker equations', () => {
    fc.assert(fc.property(sample(12, 40), fc.integer({ min: 1, max: 5 }), (values, order) => {
      const correlations = ensureOk(autocorrelations(values, order), 'the autocorrelations')
      const { coefficients, partial } = levinsonDurbin(correlations, order)
      for (let lag = 1; lag <= order; lag++) {
        let sum = 0
        coefficients.forEach((coefficient, index) => (sum += coefficient * at(correlations, Math.abs(lag - 1 - index))))
        expectClose(sum, at(correlations, lag), 1e-6)
      }
      expect(at(partial, order)).toBe(coefficients.at(-1))
      expect([...ensureOk(partialAutocorrelations(values, order), 'the pacf')]).toEqual([...partial])
    }), { numRuns: 200 })
  })
})

describe('two samples against their definitions', () => {
  it('give Mann and Whitney’s U as a count of pairs, and both sides together all pairs', () => {
    const ties = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(ties, ties, (first, second) => {
      fc.pre(new Set([...first, ...second]).size > 1)
      const count = first.flatMap(
        (x) => second.map((y): number => (x > y ? 1 : x === y ? 0.5 : 0)),
      ).reduce((sum, each) => sum + each, 0)
      const [there, back] = [
        mannWhitney(Float64Array.from(first), Float64Array.from(second)),
        mannWhitney(Float64Array.from(second), Float64Array.from(first)),
      ]
      const forward = ensureOk(there, 'the test')
      expect(forward.U).toBe(count)
      expect(ensureOk(back, 'the test').U).toBe(first.length * second.length - count)
      expectClose(ensureOk(back, 'the test').p, forward.p)
      expect(forward.p >= 0 && forward.p <= 1).toBe(true)
    }), { numRuns: 300 })
  })

  it('give Welch’s t the other sign when they are exchanged', () => {
    fc.assert(fc.property(sample(2, 15), sample(2, 15), (first, second) => {
      const forward = ensureOk(welchT(first, second), 'the test')
      const back = ensureOk(welchT(second, first), 'the test')
      expect(back.t).toBeCloseTo(-forward.t, 10)
      expectClose(back.p, forward.p)
      expect(forward.df).toBeGreaterThanOrEqual(Math.min(first.length, second.length) - 1 - 1e-9)
      expect(forward.df).toBeLessThanOrEqual(first.length + second.length - 2 + 1e-9)
    }), { numRuns: 200 })
  })

  it('have the exact p of Kolmogorov and Smirnov that all orderings count out', () => {
    const size = fc.integer({ min: 1, max: 5 })
    fc.assert(fc.property(size, size, fc.array(
      fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 },
    ), (n, m, draws) => {
      fc.pre(new Set(draws).size === draws.length)
      const [first, second] = [draws.slice(0, n), draws.slice(n, n + m)]
      const test = ensureOk(ksTwoSample(Float64Array.from(first), Float64Array.from(second)), 'the test')
      const gaps = orderings(n, m).map((order) => gapOf(order, n, m))
      expectClose(test.pExact, average(gaps.map((gap) => (gap >= test.stat - 1e-12 ? 1 : 0))), 1e-12)
    }), { numRuns: 200 })
  })

  it('have the exact p of one sample by the volume that Steck’s determinant gives', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.02, max: 0.98, noNaN: true }), (n, draw) => {
      // One value shifted so that the statistic is whatever is wanted: the volume is computed from the statistic alone.
      const values = Float64Array.from({ length: n }, (_each, index) => Math.min(1, Math.max(0, (index + draw) / n)))
      const test = ensureOk(ksOneSample(values, { name: 'uniform', min: 0, max: 1 }), 'the test')
      expectClose(test.pExact, 1 - volumeWithin(test.stat, n), 1e-9)
    }), { numRuns: 200 })
  })
})

/** All ways to mix n of one with m of another. */
function orderings(n: number, m: number): readonly (readonly boolean[])[] {
  if (n === 0) return [Array.from({ length: m }, () => false)]
  if (m === 0) return [Array.from({ length: n }, () => true)]
  return [...orderings(n - 1, m).map((rest) => [true, ...rest]), ...orderings(n, m - 1).map((rest) => [false, ...rest])]
}

function gapOf(order: readonly boolean[], n: number, m: number): number {
  let [first, second, gap] = [0, 0, 0]
  for (const isFirst of order) {
    if (isFirst) first++
    else second++
    gap = Math.max(gap, Math.abs(first / n - second / m))
  }
  return gap
}

/** Steck (1971): n!·det[(vᵢ₊₁₋… )] for order statistics between i/n − d and (i − 1)/n + d. */
function volumeWithin(d: number, n: number): number {
  const lower = Array.from({ length: n }, (_each, index) => Math.max(0, (index + 1) / n - d))
  const upper = Array.from({ length: n }, (_each, index) => Math.min(1, index / n + d))
  const entry = (row: number, column: number): number => {
    const power = column - row + 1
    if (power < 0) return 0
    if (power === 0) return 1
    return Math.max(0, (upper[row] ?? 0) - (lower[column] ?? 0)) ** power / factorial(power)
  }
  return factorial(n) * expansion(
    Array.from({ length: n }, (_row, row) => Array.from({ length: n }, (_column, column) => entry(row, column))),
  )
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

function expansion(rows: readonly (readonly number[])[]): number {
  const [first, ...others] = rows
  if (first === undefined) return 1
  return first.reduce(
    (sum, factor, column) => sum + (column % 2 === 0 ? 1 : -1) * factor * expansion(
      others.map((row) => row.toSpliced(column, 1)),
    ),
    0,
  )
}

describe('covariances against their definitions', () => {
  it('with exponential weights are the recursion, step by step', () => {
    fc.assert(fc.property(table, fc.double({ min: 0.5, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 4 }), (rows, decay, first) => {
      const found = ensureOk(
        ewmaCovariance(matrixFromRows(rows), { decay, mean: 0, start: { kind: 'first-rows', rows: first } }), 'the covariance',
      )
      const product = (row: readonly number[]): number => (row[0] ?? 0) * (row[1] ?? 0)
      let wanted = average(rows.slice(0, first).map(product))
      for (const row of rows.slice(first)) wanted = decay * wanted + (1 - decay) * product(row)
      expectClose(entryOf(found, 0, 1), wanted)
      expect(entryOf(found, 1, 0)).toBe(entryOf(found, 0, 1))
    }), { numRuns: 200 })
  })

  it('with normalised weights and their mean do not see a constant that is added', () => {
    fc.assert(fc.property(table, value, (rows, shift) => {
      const options = { decay: 0.9, mean: 'weighted', start: { kind: 'normalised' } } as const
      const here = ensureOk(ewmaCovariance(matrixFromRows(rows), options), 'the covariance')
      const there = ensureOk(
        ewmaCovariance(matrixFromRows(rows.map((row) => row.map((each) => each + shift))), options), 'the covariance',
      )
      here.values.forEach((each, index) => expectClose(there.values[index], each, 1e-6))
    }), { numRuns: 200 })
  })

  it('shrunk towards the scaled identity are the formula of Ledoit and Wolf, sum by sum', () => {
    fc.assert(fc.property(table, (rows) => {
      const found = ensureOk(ledoitWolf(matrixFromRows(rows), 'scaled identity'), 'the shrinkage')
      const [n, k] = [rows.length, rows[0]?.length ?? 0]
      const means = Array.from({ length: k }, (_each, column) => average(rows.map((row) => row[column] ?? 0)))
      const centred = rows.map((row) => row.map((each, column) => each - (means[column] ?? 0)))
      const cell = (row: readonly number[], i: number, j: number): number => (row[i] ?? 0) * (row[j] ?? 0)
      const S = Array.from(
        { length: k }, (_row, i) => Array.from({ length: k }, (_column, j) => average(centred.map((row) => cell(row, i, j)))),
      )
      const mu = average(S.map((row, i) => row[i] ?? 0))
      const norm = (of: (i: number, j: number) => number): number => S.flatMap(
        (row, i) => row.map((_each, j) => of(i, j) ** 2),
      ).reduce((sum, each) => sum + each, 0) / k
      const delta = norm((i, j) => (S[i]?.[j] ?? 0) - (i === j ? mu : 0))
      fc.pre(delta > 1e-3)
      const beta = average(centred.map((row) => norm((i, j) => cell(row, i, j) - (S[i]?.[j] ?? 0)))) / n
      const shrinkage = Math.min(beta, delta) / delta
      expectClose(found.shrinkage, shrinkage, 1e-6)
      expectClose(entryOf(found.cov, 0, 1), (1 - shrinkage) * (S[0]?.[1] ?? 0), 1e-5)
    }), { numRuns: 200 })
  })

  it('keep the variances of every target that keeps them, the trace always, and shares from 0 to 1', () => {
    fc.assert(fc.property(table, fc.constantFrom(
      'scaled identity', 'constant_correlation', 'single_factor', 'diagonal',
    ), (rows, target) => {
      const matrix = matrixFromRows(rows)
      const { cov, shrinkage } = ensureOk(ledoitWolf(matrix, target), 'the shrinkage')
      const oas = ensureOk(oracleApproximating(matrix), 'the shrinkage')
      const trace = (of: typeof cov): number =>
        Array.from({ length: of.rows }, (_each, index) => entryOf(of, index, index)).reduce((sum, each) => sum + each, 0)
      expect(shrinkage >= 0 && shrinkage <= 1 && oas.shrinkage >= 0 && oas.shrinkage <= 1).toBe(true)
      expectClose(trace(cov), trace(oas.cov), 1e-8)
      const variance = average(rows.map((row) => ((row[0] ?? 0) - average(rows.map((each) => each[0] ?? 0))) ** 2))
      if (target !== 'scaled identity') expectClose(entryOf(cov, 0, 0), variance, 1e-7)
    }), { numRuns: 200 })
  })

  it('have components whose shares sum to one, with a correlation’s eigenvalues summing to the columns', () => {
    fc.assert(fc.property(table, (rows) => {
      const found = ensureOk(principalComponents(matrixFromRows(rows), 'correlation'), 'the components')
      expectClose([...found.eigenvalues].reduce((sum, each) => sum + each, 0), rows[0]?.length ?? 0, 1e-8)
      expectClose([...found.shares].reduce((sum, each) => sum + each, 0), 1, 1e-12)
    }), { numRuns: 200 })
  })
})

describe('a spread', () => {
  it('that halves its distance in h steps has a half-life of h', () => {
    fc.assert(fc.property(fc.double(
      { min: 0.5, max: 40, noNaN: true },
    ), fc.double({ min: -50, max: 50, noNaN: true }), (halfLife, level) => {
      const spread = Float64Array.from({ length: 60 }, (_each, time) => level + 10 * 0.5 ** (time / halfLife))
      const found = ensureOk(ouHalfLife(spread), 'the half-life')
      expectClose(found.halfLifeExact, halfLife, 1e-6)
      expectClose(found.slope, 0.5 ** (1 / halfLife) - 1, 1e-6)
    }), { numRuns: 200 })
  })
})
