import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excessKurtosisOf, momentsOf, quantileOfSorted, skewOf, varianceOf } from '../../../src-main/quant/numeric/index.ts'
import {
  christoffersen, componentRisk, componentShortfall, drawdown, esCornishFisher, esHistorical, esParametric, gpdFit, hill, kupiec,
  varCornishFisher, varHistorical, varParametric,
} from '../../../src-main/quant/risk-measures/index.ts'
import { chiSquareSurvival } from '../../../src-main/quant/special/index.ts'
import type { Result } from '../../../src-main/base/index.ts'

const runs = { numRuns: Math.min(2_000, Math.max(200, fc.readConfigureGlobal()?.numRuns ?? 0)) }
const returnOf = fc.double({ min: -0.5, max: 0.5, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6)
const series = (minLength: number, maxLength = 60) => fc.array(returnOf, { minLength, maxLength }).map(
  (values) => Float64Array.from(values),
)
const level = fc.double({ min: 0.6, max: 0.99, noNaN: true })

const must = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const near = (
  got: number, expected: number, tolerance = 1e-11
): void => expect(Math.abs(got - expected)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected)))
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('moments and quantiles', () => {
  it('agree with their definitions', () => {
    fc.assert(fc.property(series(2), (values) => {
      const list = [...values]
      const n = list.length
      const center = sum(list) / n
      const moments = momentsOf(values)
      near(moments.mean, center)
      near(varianceOf(moments, 1), sum(list.map((value) => (value - center) ** 2)) / (n - 1))
      const second = sum(list.map((value) => (value - center) ** 2)) / n
      if (second < 1e-6) return
      near(skewOf(moments), sum(list.map((value) => (value - center) ** 3)) / n / second ** 1.5, 1e-8)
      near(excessKurtosisOf(moments), sum(list.map((value) => (value - center) ** 4)) / n / second ** 2 - 3, 1e-8)
    }), runs)
  })

  it('put the quantile between two neighbours by the type-7 rule', () => {
    fc.assert(fc.property(series(1), fc.double({ min: 0, max: 1, noNaN: true }), (values, probability) => {
      const list = [...values].sort((a, b) => a - b)
      const position = (list.length - 1) * probability
      const low = list[Math.floor(position)] ?? Number.NaN
      const high = list[Math.ceil(position)] ?? Number.NaN
      near(quantileOfSorted(values.toSorted(), probability), low + (position - Math.floor(position)) * (high - low))
    }), runs)
  })
})

describe('value at risk and expected shortfall', () => {
  it('move with the returns and grow with their scale', () => {
    fc.assert(fc.property(series(5), level, fc.double(
      { min: -0.2, max: 0.2, noNaN: true },
    ), fc.double({ min: 0.1, max: 10, noNaN: true }), (values, at, shift, scale) => {
      const moved = values.map((value) => value * scale + shift)
      if (varianceOf(momentsOf(values), 0) < 1e-8) return
      const parametric = { level: at, ddof: 0 }
      for (const measure of [
        (returns: Float64Array) => varHistorical(returns, { level: at }),
        (returns: Float64Array) => varParametric(returns, parametric),
        (returns: Float64Array) => varCornishFisher(returns, parametric),
        (returns: Float64Array) => esHistorical(returns, { level: at, tail: 'rockafellar-uryasev' }) as Result<number, unknown>,
        (returns: Float64Array) => esParametric(returns, { ...parametric, freedom: 5 }),
        (returns: Float64Array) => esCornishFisher(returns, { ...parametric, variant: 'boudt-edgeworth' }),
        (returns: Float64Array) => esCornishFisher(returns, { ...parametric, variant: 'integral' }),
      ]) near(must(measure(moved)), must(measure(values)) * scale - shift, 1e-7)
    }), runs)
  })

  it('make the coherent ES the least of c + mean excess over c', () => {
    fc.assert(fc.property(series(1, 40), level, (values, at) => {
      const losses = [...values].map((value) => -value)
      const heights = losses.map((c) => c + sum(losses.map((loss) => Math.max(0, loss - c))) / losses.length / (1 - at))
      near(must(esHistorical(values, { level: at, tail: 'rockafellar-uryasev' })) ?? Number.NaN, Math.min(...heights), 1e-9)
    }), runs)
  })

  it('average the returns below the quantile in the strict form', () => {
    fc.assert(fc.property(series(1, 40), level, (values, at) => {
      const limit = -must(varHistorical(values, { level: at }))
      const below = [...values].filter((value) => value < limit)
      const got = must(esHistorical(values, { level: at, tail: 'strict' }))
      if (below.length === 0) expect(got).toBeNull()
      else near(got ?? Number.NaN, -sum(below) / below.length)
    }), runs)
  })

  it('integrate the quantiles of the tail', () => {
    fc.assert(fc.property(series(8), fc.double({ min: 0.8, max: 0.99, noNaN: true }), fc.option(
      fc.double({ min: 3, max: 50, noNaN: true }), { nil: undefined },
    ), (values, at, freedom) => {
      if (varianceOf(momentsOf(values), 0) < 1e-6) return
      const choice = { ddof: 0, ...(freedom === undefined ? {} : { freedom }) }
      const steps = 2000
      // Midpoints of u³ spread the points towards the end, where the quantile is steep.
      const average = (quantile: (tail: number) => number): number => {
        let total = 0
        for (let step = 0; step < steps; step += 1) {
          const u = (step + 0.5) / steps
          total += quantile((1 - at) * u ** 3) * 3 * u * u
        }
        return total / steps
      }
      near(
        must(esParametric(values, { ...choice, level: at })), average(
          (tail) => must(varParametric(values, { ...choice, level: 1 - tail })),
        ), 1e-3,
      )
      near(
        must(esCornishFisher(values, { level: at, ddof: 0, variant: 'integral' })),
        average((tail) => must(varCornishFisher(values, { level: 1 - tail, ddof: 0 }))), 1e-3,
      )
    }), { numRuns: 20 })
  })
})

describe('the parts of the risk of a portfolio', () => {
  const portfolio = fc.integer({ min: 1, max: 4 }).chain((assets) => fc.record({
    weights: fc.array(
      fc.double({ min: -1, max: 1, noNaN: true }), { minLength: assets, maxLength: assets },
    ).map((values) => Float64Array.from(values)),
    columns: fc.array(series(30, 30), { minLength: assets, maxLength: assets }),
  }))

  it('sum to the whole, and the marginal ones are its slopes', () => {
    fc.assert(fc.property(portfolio, level, ({ weights, columns }, at) => {
      const combined = (w: Float64Array): Float64Array =>
        Float64Array.from({ length: 30 }, (_each, t) => sum(columns.map((column, asset) => (w[asset] ?? 0) * (column[t] ?? 0))))
      if (varianceOf(momentsOf(combined(weights)), 0) < 1e-4) return
      const risk = must(componentRisk(weights, columns, { level: at, ddof: 1 }))
      near(risk.valueAtRisk.total, must(varParametric(combined(weights), { level: at, ddof: 1 })), 1e-9)
      near(risk.expectedShortfall.total, must(esParametric(combined(weights), { level: at, ddof: 1 })), 1e-9)
      const bumped = (asset: number, by: number): Float64Array => weights.map((weight, index) => weight + (index === asset ? by : 0))
      for (const [asset, marginal] of risk.valueAtRisk.marginal.entries()) {
        const slope = (must(varParametric(combined(bumped(asset, 1e-5)), { level: at, ddof: 1 }))
          - must(varParametric(combined(bumped(asset, -1e-5)), { level: at, ddof: 1 }))) / 2e-5
        near(marginal, slope, 1e-4)
      }
      near(
        must(componentShortfall(weights, columns, { level: at })).total,
        must(esHistorical(combined(weights), { level: at, tail: 'rockafellar-uryasev' })) ?? Number.NaN, 1e-9,
      )
    }), runs)
  })
})

describe('drawdown', () => {
  it('is the worst way from any point to a later one', () => {
    fc.assert(fc.property(series(1), (values) => {
      const equity = [1]
      for (const value of values) equity.push((equity.at(-1) ?? 1) * (1 + value))
      let worst = 0
      for (const [from, high] of equity.entries()) for (const low of equity.slice(from)) worst = Math.max(worst, 1 - low / high)
      const depths = equity.slice(1).map((value, at) => 1 - value / Math.max(...equity.slice(0, at + 2)))
      const got = must(drawdown(values))
      near(got.maxDrawdown, worst)
      near(got.pain, sum(depths) / depths.length)
      near(got.ulcer, Math.sqrt(sum(depths.map((depth) => depth ** 2)) / depths.length))
      if (got.troughIndex !== null && got.peakIndex !== null) {
        near(1 - (equity[got.troughIndex + 1] ?? 0) / (equity[got.peakIndex + 1] ?? 0), worst)
        if (got.recoveryIndex !== null) expect(equity[got.recoveryIndex + 1]).toBeGreaterThanOrEqual(equity[got.peakIndex + 1] ?? Infinity)
      }
    }), runs)
  })
})

describe('extreme values', () => {
  it('are fitted so that no neighbour is more likely', () => {
    fc.assert(fc.property(
      fc.array(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), { minLength: 15, maxLength: 60 }),
      fc.double({ min: -0.3, max: 0.9, noNaN: true }), fc.double({ min: -6, max: 6, noNaN: true }),
      (uniforms, xi, exponent) => {
        const losses = Float64Array.from(uniforms, (u) => (10 ** exponent * (Math.abs(xi) < 1e-6 ? -Math.log(u) : (u ** -xi - 1) / xi)))
        const fit = gpdFit(losses, { threshold: 0, strict: true })
        if (!fit.ok) {
          expect(fit.error.code).toMatch(/not-converged|too-short/)
          return
        }
        const negative = (shape: number, scale: number): number =>
          sum(
            [...losses].map(
              (y) => (1 + (shape * y) / scale > 0 ? Math.log(scale) + (1 + 1 / shape) * Math.log1p((shape * y) / scale) : Infinity),
            ),
          )
        near(fit.value.nllh, negative(fit.value.xi, fit.value.beta), 1e-6)
        for (const [up, right] of [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]] as const) {
          expect(
            negative(fit.value.xi + 1e-3 * up, fit.value.beta * (1 + 1e-3 * right)),
          ).toBeGreaterThanOrEqual(fit.value.nllh - 1e-7 * (1 + Math.abs(fit.value.nllh)))
        }
      },
    ), runs)
  })

  it('of Hill agree with the plain sum and do not see the scale', () => {
    fc.assert(fc.property(fc.array(
      fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 3, maxLength: 50 },
    ), fc.nat(), (losses, pick) => {
      const k = 1 + (pick % (losses.length - 1))
      const descending = [...losses].sort((a, b) => b - a)
      const base = descending[k] ?? Number.NaN
      const got = must(hill(Float64Array.from(losses), { k }))
      near(got, sum(descending.slice(0, k).map((loss) => Math.log(loss / base))) / k)
      near(must(hill(Float64Array.from(losses, (loss) => loss * 1000), { k })), got)
    }), runs)
  })
})

describe('the tests of forecasts', () => {
  it('agree with likelihoods that are multiplied out', () => {
    fc.assert(fc.property(fc.array(
      fc.boolean(), { minLength: 2, maxLength: 80 },
    ), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (hits, alpha) => {
      const actual = Float64Array.from(hits, (hit) => (hit ? -1 : 1))
      const forecast = new Float64Array(hits.length)
      const chance = (events: readonly boolean[], p: number): number => sum(events.map((event) => Math.log(event ? p : 1 - p)))
      const share = (events: readonly boolean[]): number => (events.length === 0 ? 0 : events.filter(Boolean).length / events.length)
      const best = (events: readonly boolean[]): number => {
        const p = share(events)
        return p === 0 || p === 1 ? 0 : chance(events, p)
      }
      const coverage = -2 * (chance(hits, alpha) - best(hits))
      const test = must(kupiec({ actual, forecast }, { alpha }))
      near(test.lr, coverage, 1e-9)
      near(test.p, chiSquareSurvival(Math.max(0, coverage), 1), 1e-6)
      const later = hits.slice(1)
      const afterHit = later.filter((_hit, at) => hits[at])
      const afterMiss = later.filter((_hit, at) => !hits[at])
      const independence = 2 * (best(afterHit) + best(afterMiss) - best(later))
      const second = must(christoffersen({ actual, forecast }, { alpha }))
      near(second.lrInd, independence, 1e-9)
      near(second.lrCc, independence + coverage, 1e-9)
    }), runs)
  })
})
