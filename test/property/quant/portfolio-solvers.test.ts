import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../../../src-main/base/index.ts'
import {
  addMatrices, dot, identityMatrix, matrixFromColumns, matrixOf, multiplyMatrices, multiplyVector, scaleMatrix, solveLinear, transpose, type Matrix,
} from '../../../src-main/quant/numeric/index.ts'
import { solveLinearProgram, type LinearProgram } from '../../../src-main/quant/portfolio/solvers/linear-program.ts'
import {
  solveQuadraticProgram, type LinearConstraint, type QuadraticProgram,
} from '../../../src-main/quant/portfolio/solvers/quadratic-program.ts'
import { anyRandom } from './returns-of-markets.ts'

const whole = (random: Random, size: number): number => random.nextInt(2 * size + 1) - size

/** Small whole numbers make ties, redundant equations and bounds that touch: what a simplex method stumbles over. */
function drawLinearProgram(random: Random): LinearProgram {
  const equations = 1 + random.nextInt(3)
  const free = 1 + random.nextInt(4)
  const columns = Array.from({ length: free }, () => Float64Array.from({ length: equations }, () => whole(random, 3)))
  // A slack in each equation makes every vertex a choice of so many columns.
  const slacks = Array.from(
    { length: equations }, (_each, row) => Float64Array.from({ length: equations }, (_other, column) => (row === column ? 1 : 0)),
  )
  const lower = Float64Array.from({ length: free + equations }, () => -random.nextInt(4))
  return {
    columns: [...columns, ...slacks],
    totals: Float64Array.from({ length: equations }, () => whole(random, 6)),
    costs: Float64Array.from({ length: free + equations }, (_each, index) => (index < free ? whole(random, 4) : 0)),
    lower,
    upper: lower.map((bound) => bound + random.nextInt(5)),
  }
}

/** Every vertex there is: any members, all others at one of their bounds. Undefined when none is allowed. */
function leastByEnumeration({ columns, totals, costs, lower, upper }: LinearProgram): number | undefined {
  let least: number | undefined
  const values = new Float64Array(columns.length)
  const choose = (index: number, members: readonly number[]): void => {
    if (index === columns.length) {
      if (members.length !== totals.length) return
      const value = valueOfVertex(members)
      if (value !== undefined && (least === undefined || value < least)) least = value
      return
    }
    if (members.length < totals.length) choose(index + 1, [...members, index])
    for (const bound of new Set([lower[index] ?? 0, upper[index] ?? 0])) {
      values[index] = bound
      choose(index + 1, members)
    }
  }
  const valueOfVertex = (members: readonly number[]): number | undefined => {
    const rest = totals.map(
      (total, row) => columns.reduce(
        (left, column, index) => (members.includes(index) ? left : left - (column[row] ?? 0) * (values[index] ?? 0)), total,
      ),
    )
    const solved = solveLinear(matrixFromColumns(members.map((member) => columns[member] ?? totals)), rest)
    if (!solved.ok) return undefined
    const point = values.map((value, index) => (members.includes(index) ? (solved.value[members.indexOf(index)] ?? 0) : value))
    const isAllowed = point.every((value, index) => value >= (lower[index] ?? 0) - 1e-9 && value <= (upper[index] ?? 0) + 1e-9)
    return isAllowed ? dot(costs, point) : undefined
  }
  choose(0, [])
  return least
}

describe('the linear program', () => {
  it('finds what looking at every vertex finds, or that there is none', () => {
    let found = 0
    let impossible = 0
    fc.assert(
      fc.property(anyRandom(), (random) => {
        const program = drawLinearProgram(random)
        const least = leastByEnumeration(program)
        // Without any patience it always goes by the rule that cannot circle.
        const answer = solveLinearProgram(program, random.nextInt(2) === 0 ? 0 : undefined)
        if (least === undefined) {
          impossible++
          expect(answer.kind).toBe('infeasible')
          return
        }
        found++
        if (answer.kind !== 'optimal') throw new Error(`${answer.kind}, but there is one of ${least}`)
        expect(answer.value).toBeCloseTo(least, 8)
        expect(dot(program.costs, answer.point)).toBeCloseTo(least, 8)
        for (const [row, total] of program.totals.entries()) {
          expect(
            program.columns.reduce((sum, column, index) => sum + (column[row] ?? 0) * (answer.point[index] ?? 0), 0),
          ).toBeCloseTo(total, 8)
        }
        expectToBeOptimal(program, answer.point, answer.multipliers)
      }),
      { numRuns: 600 },
    )
    expect(Math.min(found, impossible)).toBeGreaterThan(50)
  })

  it('says when a cost can fall for ever', () => {
    const answer = solveLinearProgram({
      columns: [Float64Array.of(1), Float64Array.of(-1)],
      totals: Float64Array.of(0),
      costs: Float64Array.of(-1, 0),
      lower: Float64Array.of(0, 0),
      upper: Float64Array.of(Infinity, Infinity),
    })
    expect(answer.kind).toBe('unbounded')
  })

  it('ends where the plain rule goes in circles (Beale 1955)', () => {
    const answer = solveLinearProgram({
      columns: [
        [0.25, 0.5, 0], [-60, -90, 0], [-0.04, -0.02, 1], [9, 3, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1],
      ].map((column) => Float64Array.from(column)),
      totals: Float64Array.of(0, 0, 1),
      costs: Float64Array.of(-0.75, 150, -0.02, 6, 0, 0, 0),
      lower: new Float64Array(7),
      upper: new Float64Array(7).fill(Infinity),
    })
    if (answer.kind !== 'optimal') throw new Error(answer.kind)
    expect(answer.value).toBeCloseTo(-0.05, 12)
  })
})

/** No variable away from its bound would lower the cost, judged by the multipliers. */
function expectToBeOptimal({ columns, costs, lower, upper }: LinearProgram, point: Float64Array, multipliers: Float64Array): void {
  for (const [index, column] of columns.entries()) {
    const reduced = (costs[index] ?? 0) - dot(multipliers, column)
    const value = point[index] ?? 0
    if (value > (lower[index] ?? 0) + 1e-9) expect(reduced).toBeLessThan(1e-8)
    if (value < (upper[index] ?? 0) - 1e-9) expect(reduced).toBeGreaterThan(-1e-8)
  }
}

function drawQuadraticProgram(random: Random): QuadraticProgram {
  const size = 1 + random.nextInt(6)
  const drawn = matrixOf(size, size, () => random.nextNormal())
  const hessian = addMatrices(scaleMatrix(multiplyMatrices(drawn, transpose(drawn)), 1 / size), scaleMatrix(identityMatrix(size), 0.05))
  const constraint = (): LinearConstraint => (
    { coefficients: Float64Array.from({ length: size }, () => whole(random, 2)), bound: whole(random, 2) / 2 }
  )
  return {
    hessian,
    slope: Float64Array.from({ length: size }, () => random.nextNormal()),
    equalities: Array.from({ length: random.nextInt(Math.min(size, 3)) }, constraint),
    atLeast: Array.from({ length: random.nextInt(2 * size + 1) }, constraint),
  }
}

/** The same limits as a linear program: is there any point that keeps them? */
function isPossible({ slope, equalities, atLeast }: QuadraticProgram): boolean {
  const rows = [...equalities, ...atLeast]
  if (rows.length === 0) return true
  const column = (place: number): Float64Array => Float64Array.from(rows, ({ coefficients }) => coefficients[place] ?? 0)
  const slack = (index: number): Float64Array => Float64Array.from(rows, (_row, place) => (place === equalities.length + index ? -1 : 0))
  const columns = [...Array.from(slope, (_value, place) => column(place)), ...atLeast.map((_row, index) => slack(index))]
  const answer = solveLinearProgram({
    columns,
    totals: Float64Array.from(rows, ({ bound }) => bound),
    costs: new Float64Array(columns.length),
    lower: Float64Array.from(columns, (_column, index) => (index < slope.length ? -Infinity : 0)),
    upper: new Float64Array(columns.length).fill(Infinity),
  })
  return answer.kind === 'optimal'
}

describe('the quadratic program', () => {
  it('keeps the conditions of Karush, Kuhn and Tucker, or says rightly that nothing keeps the limits', () => {
    let solved = 0
    let impossible = 0
    fc.assert(
      fc.property(anyRandom(), (random) => {
        const program = drawQuadraticProgram(random)
        const answer = solveQuadraticProgram(program)
        expect(answer.kind).toBe(isPossible(program) ? 'optimal' : 'infeasible')
        if (answer.kind !== 'optimal') {
          impossible++
          return
        }
        solved++
        expectStationary(program, answer.point, answer.multipliers)
      }),
      { numRuns: 600 },
    )
    expect(Math.min(solved, impossible)).toBeGreaterThan(50)
  })

  it('finds what projected gradients find on a simplex with caps', () => {
    fc.assert(
      fc.property(anyRandom(), (random) => {
        const { hessian, slope } = drawQuadraticProgram(random)
        const size = slope.length
        const cap = 1 / size + random.nextFloat53()
        const unit = (index: number, sign: number): Float64Array => Float64Array.from(
          { length: size }, (_each, place) => (place === index ? sign : 0),
        )
        const answer = solveQuadraticProgram({
          hessian,
          slope,
          equalities: [{ coefficients: new Float64Array(size).fill(1), bound: 1 }],
          atLeast: Array.from(
            { length: size }, (_each, index) => [
              { coefficients: unit(index, 1), bound: 0 }, { coefficients: unit(index, -1), bound: -cap },
            ],
          ).flat(),
        })
        if (answer.kind !== 'optimal') throw new Error(answer.kind)
        const slow = projectedGradient(hessian, slope, cap)
        const value = (point: Float64Array): number => dot(point, multiplyVector(hessian, point)) / 2 + dot(slope, point)
        expect(value(answer.point)).toBeLessThanOrEqual(value(slow) + 1e-12)
        for (const [index, weight] of slow.entries()) expect(answer.point[index]).toBeCloseTo(weight, 4)
      }),
      { numRuns: 200 },
    )
  })

  it('refuses a Hessian that is not positive definite', () => {
    const flat = matrixOf(2, 2, () => 1)
    expect(solveQuadraticProgram({ hessian: flat, slope: new Float64Array(2), equalities: [], atLeast: [] }).kind).toBe('not-convex')
  })

  it('takes the same limit twice', () => {
    const one: LinearConstraint = { coefficients: Float64Array.of(1, 1), bound: 1 }
    const answer = solveQuadraticProgram(
      { hessian: identityMatrix(2), slope: new Float64Array(2), equalities: [one, one], atLeast: [one, one] },
    )
    if (answer.kind !== 'optimal') throw new Error(answer.kind)
    expect([...answer.point]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)])
  })
})

function expectStationary({ hessian, slope, equalities, atLeast }: QuadraticProgram, point: Float64Array, multipliers: Float64Array): void {
  const constraints = [...equalities, ...atLeast]
  const pull = multiplyVector(hessian, point).map((value, place) =>
    constraints.reduce(
      (left, { coefficients }, index) => left - (multipliers[index] ?? 0) * (coefficients[place] ?? 0), value + (slope[place] ?? 0),
    ),
  )
  for (const value of pull) expect(Math.abs(value)).toBeLessThan(1e-8)
  for (const [index, { coefficients, bound }] of constraints.entries()) {
    const slack = dot(coefficients, point) - bound
    const multiplier = multipliers[index] ?? 0
    if (index < equalities.length) expect(Math.abs(slack)).toBeLessThan(1e-9)
    else {
      expect(slack).toBeGreaterThan(-1e-9)
      expect(multiplier).toBeGreaterThanOrEqual(-1e-10)
      expect(Math.abs(slack * multiplier)).toBeLessThan(1e-8)
    }
  }
}

function projectedGradient(hessian: Matrix, slope: Float64Array, cap: number): Float64Array {
  const size = slope.length
  let stiffness = 0
  for (const value of hessian.values) stiffness += value * value
  let point = project(new Float64Array(size), cap)
  for (let step = 0; step < 5_000; step++) {
    const gradient = multiplyVector(hessian, point).map((value, index) => value + (slope[index] ?? 0))
    const next = project(point.map((value, index) => value - (gradient[index] ?? 0) / Math.sqrt(stiffness)), cap)
    const moved = next.reduce((most, value, index) => Math.max(most, Math.abs(value - (point[index] ?? 0))), 0)
    point = next
    if (moved < 1e-13) break
  }
  return point
}

/** The nearest point of the capped simplex: all coordinates are lowered alike until their sum is one. */
function project(values: Float64Array, cap: number): Float64Array {
  let [low, high] = [Math.min(...values) - cap - 1, Math.max(...values) + 1]
  const lowered = (by: number): Float64Array => values.map((value) => Math.min(cap, Math.max(0, value - by)))
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (lowered(middle).reduce((sum, value) => sum + value, 0) > 1) low = middle
    else high = middle
  }
  return lowered(high)
}
