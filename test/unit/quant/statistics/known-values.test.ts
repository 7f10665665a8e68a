import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../../src-main/base/index.ts'
import { matrixFromRows } from '../../../../src-main/quant/numeric/index.ts'
import {
  arFit, kpss, ksOneSample, ksTwoSample, ledoitWolf, quantiles, type QuantileType,
} from '../../../../src-main/quant/statistics/index.ts'
import { oneSampleExactP, twoSampleExactP } from '../../../../src-main/quant/statistics/kolmogorov-exact.ts'
import { mackinnonCritical, mackinnonP } from '../../../../src-main/quant/statistics/mackinnon.ts'
import { kolmogorovSurvival } from '../../../../src-main/quant/special/index.ts'
import { readFixtures } from '../fixture-cases.ts'
import { normalSeries } from './simulated-series.ts'

describe('quantiles', () => {
  // By the formulas of Hyndman and Fan on 1, 2, 4, 8 at 0.4, where each type stands elsewhere.
  it.each(
    [[1, 2], [2, 2], [3, 2], [4, 1.6], [5, 2.2], [6, 2], [7, 2.4], [8, 2 + 2 / 15], [9, 2.15]] as const,
  )('of type %i lie at %f', (type, wanted) => {
    const found = ensureOk(quantiles(Float64Array.of(8, 1, 4, 2), Float64Array.of(0.4), type as QuantileType), 'the quantile')
    expect(found[0]).toBeCloseTo(wanted, 12)
  })

  it('take a share that is whole but for rounding as whole', () => {
    const values = Float64Array.from({ length: 20 }, (_each, index) => index)
    expect([...ensureOk(quantiles(values, Float64Array.of(0.15, 0, 1), 1), 'the quantiles')]).toEqual([2, 0, 19])
    expect([...ensureOk(quantiles(values, Float64Array.of(0.15), 2), 'the quantiles')]).toEqual([2.5])
  })
})

describe('the exact law of Kolmogorov and Smirnov', () => {
  // Printed critical values at 5 %: n = 5, 10, 20.
  it.each(
    [[5, 0.56328], [10, 0.40925], [20, 0.29408]],
  )('has 5 %% beyond the printed critical value for %i values', (n, critical) => {
    expect(oneSampleExactP(critical, n)).toBeCloseTo(0.05, 4)
  })

  it('joins its parts without a step', () => {
    for (const [n, square] of [[100, 4.5], [2_000, 2.2]] as const) {
      const d = Math.sqrt(square / n)
      expect(oneSampleExactP(d * (1 - 1e-9), n)).toBeCloseTo(oneSampleExactP(d * (1 + 1e-9), n), 7)
    }
    // From the exact law to the expansion: the steps from one size to the next stay even.
    const [before, last, next] = [139, 140, 141].map((n) => oneSampleExactP(0.9 / Math.sqrt(n), n)) as [number, number, number]
    expect(Math.abs(next - 2 * last + before)).toBeLessThan(1e-5)
  })

  it('has its ends, and tails that do not vanish in subtraction', () => {
    expect(oneSampleExactP(0.5, 1)).toBe(1)
    expect(oneSampleExactP(1, 7)).toBe(0)
    expect(oneSampleExactP(0.75, 1)).toBeCloseTo(0.5, 14)
    expect(oneSampleExactP(0.99, 10) / (2 * 0.01 ** 10)).toBeCloseTo(1, 1)
    // Small gaps of many values: the power of the matrix overflows unless its exponent is kept apart.
    expect(oneSampleExactP(0.0075, 2_000)).toBeCloseTo(
      kolmogorovSurvival(0.0075 * Math.sqrt(2_000) + 1 / (6 * Math.sqrt(2_000))), 4,
    )
    expect(oneSampleExactP(0.2, 1_000)).toBeGreaterThan(0)
    expect(oneSampleExactP(0.2, 1_000)).toBeLessThan(1e-33)
  })

  it('of two samples is certain without a gap, and not computed for too many', () => {
    expect(twoSampleExactP(0, 3, 4)).toBe(1)
    expect(twoSampleExactP(1, 3, 4)).toBeCloseTo(2 / 35, 14)
    expect(twoSampleExactP(0.1, 20_000, 20_000)).toBeUndefined()
    const same = normalSeries(1, 30)
    expect(ensureOk(ksTwoSample(same, same), 'the test')).toEqual({ stat: 0, pLimit: 1, pExact: 1 })
  })

  it('agrees with the limit for many values', () => {
    const test = ensureOk(ksOneSample(normalSeries(5, 20_000), { name: 'normal', mean: 0, sd: 1 }), 'the test')
    expect(test.pExact).toBeCloseTo(test.pLimit, 2)
  })
})

describe('MacKinnon’s surfaces', () => {
  it('have 5 % near the critical values of many observations', () => {
    for (const trend of ['n', 'c', 'ct', 'ctt'] as const) {
      for (const series of trend === 'n' ? [1] : [1, 2, 3, 4, 5, 6]) {
        const critical = mackinnonCritical(1e9, trend, series)
        expect(mackinnonP(critical?.p5 ?? 0, trend, series)).toBeCloseTo(0.05, 2)
        expect(mackinnonP(critical?.p1 ?? 0, trend, series)).toBeCloseTo(0.01, 2)
        expect(mackinnonP(critical?.p10 ?? 0, trend, series)).toBeCloseTo(0.1, 2)
      }
    }
  })

  it('are continuous, rise, and end at 0 and 1', () => {
    for (const trend of ['n', 'c', 'ct', 'ctt'] as const) {
      let before = 0
      for (let stat = -15; stat < 0.5; stat += 0.01) {
        const p = mackinnonP(stat, trend)
        expect(p).toBeGreaterThanOrEqual(before - 1e-3)
        expect(p - before).toBeLessThan(0.02)
        before = p
      }
      expect(mackinnonP(-100, trend)).toBe(0)
      if (trend !== 'n') expect(mackinnonP(5, trend)).toBe(1)
    }
    expect(mackinnonCritical(100, 'n', 2)).toBeUndefined()
  })
})

describe('the rest', () => {
  it('holds the p of KPSS within its table', () => {
    const noise = normalSeries(3, 300)
    expect(ensureOk(kpss(noise, 'c', 4), 'the test').p).toBe(0.1)
    const walk = noise.map((_value, time) => noise.slice(0, time + 1).reduce((sum, value) => sum + value, 0))
    expect(ensureOk(kpss(walk, 'c', 4), 'the test').p).toBe(0.01)
    // Between the rows of 5 and 10 %: a trend weak enough, found by looking for it.
    const between = Array.from(
      { length: 60 },
      (_each, step) => ensureOk(kpss(noise.map((value, time) => value + (step * time) / 30_000), 'c', 4), 'the test'),
    )
    const inside = between.filter(({ p }) => p > 0.01 && p < 0.1)
    expect(inside.length).toBeGreaterThan(3)
    for (let step = 1; step < inside.length; step++) expect(inside[step]?.stat ?? 0).not.toBe(inside[step - 1]?.stat)
    expect(ensureOk(kpss(noise, 'c', 'auto'), 'the test').lags).toBeLessThan(15)
  })

  it('meets the reference of the single factor, which only one package computes', () => {
    const file = readFixtures('statistics')
    const reference = file.cases.find(({ id }) => id === 'LW.single_factor')
    const found = ensureOk(
      ledoitWolf(matrixFromRows(file.series['lw'] as readonly (readonly number[])[]), 'single_factor'), 'the shrinkage',
    )
    expect(found.shrinkage).toBeCloseTo(reference?.expected['shrinkage'] as number, 10)
  })

  it('refuses an order that is none', () => {
    expect(arFit(normalSeries(1, 50), 0, 'ols', 1)).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
  })
})
