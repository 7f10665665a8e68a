import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random, Result } from '../../../src-main/base/index.ts'
import { dot, matrixOf, multiplyVector, type Matrix } from '../../../src-main/quant/numeric/index.ts'
import {
  contributionsOf, hierarchicalRiskParity, hierarchyDistances, inverseVolatility, linkages, maximumDiversification, maximumSharpe,
  meanVarianceTarget, minimumCvar, minimumVariance, riskParity, sampleMoments, type Moments, type PortfolioConstraints,
} from '../../../src-main/quant/portfolio/index.ts'
import { sampleCvar } from '../../../src-main/quant/portfolio/minimum-cvar.ts'
import { anyRandom, drawReturns, drawWeights } from './returns-of-markets.ts'

function valueOf<Value>(result: Result<Value, { readonly message: string }>): Value {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const momentsOf = (returns: Matrix): Moments => valueOf(sampleMoments(returns))
const drawMoments = (random: Random, assets: number): Moments => momentsOf(drawReturns(random, 4 * assets + 20, assets))
const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
const varianceAt = (covariance: Matrix, weights: Float64Array): number => dot(weights, multiplyVector(covariance, weights))

/** Caps and one sector that leave room. */
function drawConstraints(random: Random, assets: number): PortfolioConstraints {
  const cap = Math.min(1, 1.2 / assets + random.nextFloat53())
  const members = Array.from({ length: assets }, (_each, asset) => asset).filter(() => random.nextInt(2) === 0)
  const least = Math.max(0, 1 - cap * (assets - members.length))
  const max = least + (1 - least) * random.nextFloat53()
  const groups = members.length === 0 ? [] : [{ name: 'sector', members, max: Math.max(max, 0.05) }]
  return random.nextInt(2) === 0 ? { maxWeight: cap, groups } : { maxWeight: Array.from({ length: assets }, () => cap), groups }
}

function keeps(weights: Float64Array, { maxWeight = Infinity, groups = [] }: PortfolioConstraints, slack = 1e-10): boolean {
  const capOf = (asset: number): number => (typeof maxWeight === 'number' ? maxWeight : (maxWeight[asset] ?? Infinity))
  return (
    Math.abs(sumOf(weights) - 1) <= slack &&
    weights.every((weight, asset) => weight >= 0 && weight <= capOf(asset)) &&
    groups.every(({ members, max = Infinity }) => members.reduce((sum, member) => sum + (weights[member] ?? 0), 0) <= max + slack)
  )
}

/** Mixtures of the answer with other portfolios: were one of them better, a small step towards it would be too. */
function rivalsOf(random: Random, weights: Float64Array, constraints: PortfolioConstraints): readonly Float64Array[] {
  return Array.from({ length: 40 }, () => {
    const other = drawWeights(random, weights.length)
    const share = random.nextFloat53() ** 4
    return weights.map((weight, asset) => (1 - share) * weight + share * (other[asset] ?? 0))
  }).filter((rival) => keeps(rival, constraints))
}

const assetsMost = 7

describe('optimal portfolios', () => {
  it('keep every limit, and no rival within the limits is better', () => {
    let rivals = 0
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: assetsMost }), (random, assets) => {
        const moments = drawMoments(random, assets)
        const { covariance, means } = moments
        const constraints = drawConstraints(random, assets)
        const deviations = Float64Array.from(
          { length: assets }, (_each, asset) => Math.sqrt(covariance.values[asset * assets + asset] ?? 0),
        )
        const riskFree = Math.min(...means) - 0.0001
        const goals: readonly (readonly [Float64Array, (weights: Float64Array) => number])[] = [
          [valueOf(minimumVariance(covariance, constraints)).weights, (weights) => -varianceAt(covariance, weights)],
          [
            valueOf(
              maximumSharpe(moments, { ...constraints, riskFree }),
            ).weights, (weights) => (dot(weights, means) - riskFree) / Math.sqrt(varianceAt(covariance, weights)),
          ],
          [
            valueOf(
              maximumDiversification(covariance, constraints),
            ).weights, (weights) => dot(weights, deviations) / Math.sqrt(varianceAt(covariance, weights)),
          ],
        ]
        for (const [weights, goodness] of goals) {
          expect(keeps(weights, constraints)).toBe(true)
          for (const rival of rivalsOf(random, weights, constraints)) {
            rivals++
            expect(goodness(rival)).toBeLessThanOrEqual(goodness(weights) + 1e-9 * Math.abs(goodness(weights)))
          }
        }
      }),
      { numRuns: 200 },
    )
    expect(rivals).toBeGreaterThan(2_000)
  })

  it('reach a mean return with the least variance', () => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 2, max: assetsMost }), fc.double(
        { min: 0, max: 1, noNaN: true },
      ), (random, assets, share) => {
        const moments = drawMoments(random, assets)
        const { covariance, means } = moments
        const targetReturn = Math.min(...means) + share * (Math.max(...means) - Math.min(...means))
        const { weights, variance } = valueOf(meanVarianceTarget(moments, { targetReturn }))
        expect(keeps(weights, {})).toBe(true)
        expect(dot(weights, means)).toBeCloseTo(targetReturn, 12)
        expect(variance).toBeCloseTo(varianceAt(covariance, weights), 15)
        expect(variance).toBeGreaterThanOrEqual(valueOf(minimumVariance(covariance, {})).variance * (1 - 1e-9))
      }),
      { numRuns: 200 },
    )
  })

  it('without limits are the closed forms, which the solver meets when its limits do not bind', () => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: assetsMost }), (random, assets) => {
        const { covariance } = drawMoments(random, assets)
        const free = valueOf(minimumVariance(covariance, { longOnly: false }))
        const wide = valueOf(minimumVariance(covariance, { longOnly: false, minWeight: -1e4, maxWeight: 1e4 }))
        for (const [asset, weight] of free.weights.entries()) expect(wide.weights[asset]).toBeCloseTo(weight, 7)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the least conditional value at risk', () => {
  it('is that of its weights, and no rival has a lower one', () => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: 5 }), fc.double(
        { min: 0.05, max: 0.99, noNaN: true },
      ), (random, assets, level) => {
        const returns = drawReturns(random, 10 + random.nextInt(60), assets)
        const constraints = drawConstraints(random, assets)
        const { weights, cvar } = valueOf(minimumCvar(returns, { ...constraints, level }))
        expect(keeps(weights, constraints, 1e-8)).toBe(true)
        expect(cvar).toBe(sampleCvar(returns, weights, level))
        for (
          const rival of rivalsOf(random, weights, constraints)
        ) expect(sampleCvar(returns, rival, level)).toBeGreaterThanOrEqual(cvar - 1e-9)
      }),
      { numRuns: 200 },
    )
  })
})

describe('risk parity', () => {
  it('gives every asset its budget of the risk', () => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: assetsMost }), (random, assets) => {
        const { covariance } = drawMoments(random, assets)
        const budgets = Array.from({ length: assets }, () => 0.01 + random.nextFloat53())
        const whole = budgets.reduce((sum, budget) => sum + budget, 0)
        const { weights, riskContribution } = valueOf(riskParity(covariance, budgets))
        expect(keeps(weights, {})).toBe(true)
        for (const [asset, share] of contributionsOf(covariance, weights).entries()) {
          expect(share).toBeCloseTo((budgets[asset] ?? 0) / whole, 9)
          expect(riskContribution[asset]).toBe(share)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is inverse volatility when nothing is correlated', () => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: assetsMost }), (random, assets) => {
        const variances = Array.from({ length: assets }, () => 1e-6 + 1e-3 * random.nextFloat53())
        const covariance = matrixOf(assets, assets, (row, column) => (row === column ? (variances[row] ?? 0) : 0))
        const { weights } = valueOf(riskParity(covariance, 'equal'))
        for (const [asset, weight] of valueOf(inverseVolatility(covariance)).entries()) expect(weights[asset]).toBeCloseTo(weight, 10)
      }),
    )
  })
})

describe('hierarchical risk parity', () => {
  it('does not depend on the order of the assets where their order below the tree does not', () => {
    let compared = 0
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: 9 }), fc.constantFrom(...linkages), fc.constantFrom(...hierarchyDistances), (
        random, assets, linkage, distance
      ) => {
        const { covariance } = drawMoments(random, assets)
        const places = shuffled(random, assets)
        const shuffledCovariance = matrixOf(
          assets, assets, (row, column) => covariance.values[(places[row] ?? 0) * assets + (places[column] ?? 0)] ?? 0,
        )
        const plain = valueOf(hierarchicalRiskParity(covariance, { linkage, distance }))
        const moved = valueOf(hierarchicalRiskParity(shuffledCovariance, { linkage, distance }))
        expect(keeps(plain.weights, {})).toBe(true)
        const order = moved.order.map((asset) => places[asset] ?? 0)
        // Of two leaves that were joined the lower number stands on the left, so such a pair may change sides.
        expect(order.toSorted()).toEqual(plain.order.toSorted())
        if (order.join() !== plain.order.join()) return
        compared++
        for (const [place, asset] of places.entries()) expect(moved.weights[place]).toBeCloseTo(plain.weights[asset] ?? 0, 12)
      }),
      { numRuns: 400 },
    )
    expect(compared).toBeGreaterThan(80)
  })
})

function shuffled(random: Random, count: number): readonly number[] {
  const places = Array.from({ length: count }, (_each, place) => place)
  for (let last = count - 1; last > 0; last--) {
    const other = random.nextInt(last + 1)
    ;[places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0]
  }
  return places
}
