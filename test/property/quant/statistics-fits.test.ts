import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import { at, columnOf, matrixFromRows } from '../../../src-main/quant/numeric/index.ts'
import {
  arFit, arimaFit, dccFit, filterDcc, filterVariance, garchFit, persistenceOf, standardise, studentTFit, type VarianceModel,
} from '../../../src-main/quant/statistics/index.ts'
import {
  armaSeries, correlatedRows, garchSeries, normalSeries, unitStudent, type GarchTruth,
} from '../../unit/quant/statistics/simulated-series.ts'
import { createRandom } from '../../../src-main/base/index.ts'

const modelOf = ({ omega, alpha, beta, gamma = 0 }: GarchTruth): VarianceModel =>
  ({ omega, alphas: Float64Array.of(alpha), betas: Float64Array.of(beta), gammas: Float64Array.of(gamma) })

const truths: readonly GarchTruth[] = [
  { omega: 0.05, alpha: 0.08, beta: 0.9 }, { omega: 0.3, alpha: 0.2, beta: 0.5 }, { omega: 1e-6, alpha: 0.1, beta: 0.85 },
  { omega: 0.01, alpha: 0.03, beta: 0.96 },
  { omega: 500, alpha: 0.12, beta: 0.8 }, { omega: 0.05, alpha: 0.1, beta: 0.85, nu: 5 },
  { omega: 0.02, alpha: 0.04, beta: 0.88, gamma: 0.1 },
  { omega: 0.02, alpha: 0.04, beta: 0.88, gamma: 0.1, nu: 6, mu: 0.05 },
]
/** Fits are slow: the fast tier takes the first of the cases, the deep one all of them. */
const isDeep = process.env['BALLAST_DEEP'] !== undefined
const some = <Case>(cases: readonly Case[], fast: number): readonly Case[] => (isDeep ? cases : cases.slice(0, fast))
const fitted = truths.flatMap((truth) => some([1, 2, 3], 1).map((seed) => ({ truth, seed })))

describe('a GARCH fit of a simulated series', () => {
  it.each(fitted)('is at least as likely as the truth $truth and as its neighbours (seed $seed)', ({ truth, seed }) => {
    const series = garchSeries(seed, 2_500, truth)
    const isAsymmetric = truth.gamma !== undefined
    const mean = truth.mu === undefined ? 'zero' : 'constant'
    const fit = ensureOk(garchFit(series, { dist: truth.nu === undefined ? 'normal' : 't', isAsymmetric, mean }), 'the fit')
    const likelihood = (model: VarianceModel, mu: number, nu: number | undefined): number => {
      const filtered = filterVariance(
        series.map((value) => value - mu), model, nu === undefined ? { dist: 'normal' } : { dist: 't', nu },
      )
      return filtered.ok ? filtered.value.loglik : -Infinity
    }
    expect(likelihood(fit.model, fit.mu, fit.nu)).toBeCloseTo(fit.loglik, 6)
    expect(fit.loglik).toBeGreaterThanOrEqual(likelihood(modelOf(truth), truth.mu ?? 0, truth.nu))
    for (const factor of [0.97, 1.03]) {
      expect(likelihood({ ...fit.model, omega: fit.model.omega * factor }, fit.mu, fit.nu)).toBeLessThan(fit.loglik)
      expect(
        likelihood({ ...fit.model, alphas: fit.model.alphas.map((alpha) => alpha * factor) }, fit.mu, fit.nu),
      ).toBeLessThan(fit.loglik)
      expect(
        likelihood({ ...fit.model, betas: fit.model.betas.map((beta) => beta * factor) }, fit.mu, fit.nu),
      ).toBeLessThan(fit.loglik)
      if (fit.nu !== undefined) expect(likelihood(fit.model, fit.mu, fit.nu * factor)).toBeLessThan(fit.loglik)
    }
    // Several standard errors of such a sample.
    expect(Math.abs(persistenceOf(fit.model) - persistenceOf(modelOf(truth)))).toBeLessThan(truth.beta < 0.6 ? 0.3 : 0.06)
    expect(Math.abs(at(fit.model.alphas, 0) - truth.alpha)).toBeLessThan(0.07)
    if (isAsymmetric) expect(Math.abs(at(fit.model.gammas, 0) - (truth.gamma ?? 0))).toBeLessThan(0.08)
  })

  it.each(truths.slice(0, 3))('does not depend on the unit of the returns (%o)', (truth) => {
    const series = garchSeries(7, 1_200, truth)
    const here = ensureOk(garchFit(series), 'the fit')
    const there = ensureOk(garchFit(series.map((value) => value * 128)), 'the fit')
    expect(there.model.alphas[0]).toBeCloseTo(at(here.model.alphas, 0), 8)
    expect(there.model.omega / 128 ** 2 / here.model.omega).toBeCloseTo(1, 8)
    expect(there.loglik).toBeCloseTo(here.loglik - series.length * Math.log(128), 4)
  })

  it('with more lags is at least as likely as with fewer, where both see the same rows', () => {
    const series = garchSeries(3, 1_500, { omega: 0.05, alpha: 0.1, beta: 0.85 })
    const short = ensureOk(garchFit(series), 'the fit')
    const long = ensureOk(garchFit(series, { p: 2, q: 1 }), 'the fit')
    expect(long.model.alphas).toHaveLength(2)
    expect(long.loglik).toBeGreaterThan(short.loglik - 0.5)
    const arch = ensureOk(garchFit(series, { p: 3, q: 0 }), 'the fit')
    expect(arch.model.betas).toHaveLength(0)
    expect(arch.loglik).toBeLessThan(short.loglik)
  })

  it.each(some([1, 2, 3], 1))('stays stationary where the variance of the series grows for ever (seed %i)', (seed) => {
    const growing = normalSeries(seed, 900).map((value, time) => value * Math.exp(time / 60))
    const fit = garchFit(growing)
    if (fit.ok) expect(fit.value.persistence).toBeLessThan(1)
    else expect(['not-converged', 'degenerate']).toContain(fit.error.code)
  })

  it('forecasts towards the unconditional deviation', () => {
    const fit = ensureOk(garchFit(garchSeries(4, 2_000, { omega: 0.3, alpha: 0.1, beta: 0.7 }), { horizon: 200 }), 'the fit')
    expect(fit.sigmaForecast.at(-1)).toBeCloseTo(Math.sqrt(fit.model.omega / (1 - fit.persistence)), 6)
  })
})

describe('a fit of Student’s law', () => {
  it.each([[3, 1], [4, 2], [6, 3], [8, 4]])('finds %i degrees of freedom (seed %i)', (nu, seed) => {
    const random = createRandom(seed)
    const series = Float64Array.from({ length: 4_000 }, () => 2 + 3 * unitStudent(random, nu))
    const fit = ensureOk(studentTFit(series), 'the fit')
    expect(fit.df / nu).toBeGreaterThan(0.75)
    expect(fit.df / nu).toBeLessThan(1.35)
    expect(fit.loc).toBeCloseTo(2, 0)
    expect(fit.scale / (3 * Math.sqrt((nu - 2) / nu))).toBeCloseTo(1, 1)
    const shifted = ensureOk(studentTFit(series.map((value) => 1e-4 * value)), 'the fit')
    expect(shifted.df).toBeCloseTo(fit.df, 4)
  })
})

describe('correlations that move', () => {
  it.each(some([[2, 1], [3, 2], [5, 3]], 2))('are fitted over %i columns better than any neighbour (seed %i)', (columns, seed) => {
    const returns = matrixFromRows(correlatedRows(seed, 1_200, columns))
    const fit = ensureOk(dccFit(returns), 'the fit')
    const standardised = ensureOk(standardise(returns, fit.univariate.map(({ model }) => model)), 'the first step')
    const b = fit.b ?? Number.NaN
    expect(ensureOk(filterDcc(standardised, { a: fit.a, b }), 'the filter').loglik).toBeCloseTo(fit.loglik, 8)
    for (const [da, db] of [[0.003, 0], [-0.003, 0], [0, 0.004], [0, -0.01]] as const) {
      const moved = filterDcc(standardised, { a: fit.a + da, b: b + db })
      if (moved.ok) expect(moved.value.loglik).toBeLessThan(fit.loglik)
    }
    expect(fit.univariate[0]?.loglik).toBe(ensureOk(garchFit(columnOf(returns, 0)), 'the fit').loglik)
    expect(fit.lastCor.values.every((value) => Math.abs(value) <= 1)).toBe(true)
  })

  it('of two columns with constant variances have the likelihood of the bivariate normal law, row by row', () => {
    const rows = correlatedRows(5, 200, 2)
    const constant: VarianceModel = {
      omega: 1, alphas: Float64Array.of(0), betas: Float64Array.of(0), gammas: new Float64Array(0),
    }
    const standardised = ensureOk(standardise(matrixFromRows(rows), [constant, constant]), 'the first step')
    const found = ensureOk(filterDcc(standardised, { a: 0.05, b: 0.9 }), 'the filter')
    let sum = 0
    rows.forEach(([x = 0, y = 0], time) => {
      const [sx, sy] = [at(standardised.sigma.values, 2 * time), at(standardised.sigma.values, 2 * time + 1)]
      const rho = at(found.firstPair, time)
      const share = 1 - rho * rho
      const squares = ((x / sx) ** 2 - (2 * rho * x * y) / (sx * sy) + (y / sy) ** 2) / share
      sum -= Math.log(2 * Math.PI * sx * sy) + Math.log(share) / 2 + squares / 2
    })
    expect(found.loglik).toBeCloseTo(sum, 8)
  })

  it('that stand still have no b', () => {
    const columns = [1, 2].map((seed) => normalSeries(seed, 800))
    const rows = Array.from({ length: 800 }, (_each, time) => columns.map((column) => at(column, time)))
    const fit = dccFit(matrixFromRows(rows))
    if (fit.ok && fit.value.a === 0) expect(fit.value.b).toBeUndefined()
    expect(fit.ok && fit.value.a).toBeLessThan(0.05)
  })
})

const armaTruths = [
  { ar: [0.5], ma: [0.3], d: 1 }, { ar: [0.7, -0.2], ma: [], mean: 1e5 }, { ar: [], ma: [0.6] }, { ar: [], ma: [-0.8], d: 1 },
  { ar: [-0.6], ma: [0.2], d: 2 }, { ar: [0.9], ma: [], mean: 5 },
]

describe('an ARIMA fit of a simulated series', () => {
  it.each(armaTruths)('finds $ar and $ma of a series differenced $d times', ({ ar, ma, d = 0, mean }) => {
    const series = armaSeries(11, 1_500, { ar, ma, d, ...(mean === undefined ? {} : { mean }) })
    const fit = ensureOk(arimaFit(series, { p: ar.length, d, q: ma.length }, mean !== undefined, 20), 'the fit')
    ;[...fit.ar, ...fit.ma].forEach((value, index) => {
      const truth = [...ar, ...ma][index] ?? Number.NaN
      expect(Math.abs(value - truth)).toBeLessThan(4.5 * at(fit.se, index))
    })
    expect(fit.sigma2).toBeGreaterThan(0.85)
    expect(fit.sigma2).toBeLessThan(1.15)
    if (mean !== undefined) expect(Math.abs((fit.mean ?? 0) - mean)).toBeLessThan(4.5 * at(fit.se, ar.length + ma.length))
    expect([...fit.forecastSe]).toEqual([...fit.forecastSe].sort((left, right) => left - right))
  })

  it('has the likelihood of the normal law with the covariance of the process', () => {
    const series = armaSeries(2, 6, { ar: [0.6], ma: [] })
    const fit = ensureOk(arimaFit(series, { p: 1, d: 0, q: 0 }, false, 1), 'the fit')
    const phi = at(fit.ar, 0)
    // For one lag: the first value has the variance of the process, each other that of the shock.
    let loglik = -0.5 * (
      Math.log((2 * Math.PI * fit.sigma2) / (1 - phi ** 2)) + (at(series, 0) ** 2 * (1 - phi ** 2)) / fit.sigma2
    )
    for (let time = 1; time < 6; time++) loglik -= 0.5 * (
      Math.log(2 * Math.PI * fit.sigma2) + (at(series, time) - phi * at(series, time - 1)) ** 2 / fit.sigma2
    )
    expect(fit.loglik).toBeCloseTo(loglik, 9)
  })

  it('forecasts a random walk with drift by a straight line and the root of time', () => {
    const series = armaSeries(9, 400, { ar: [], ma: [], d: 1, mean: 0.5 })
    const fit = ensureOk(arimaFit(series, { p: 0, d: 1, q: 0 }, true, 5), 'the fit')
    fit.forecast.forEach((value, step) => {
      expect(value).toBeCloseTo(at(series, 399) + (step + 1) * (fit.mean ?? 0), 9)
      expect(fit.forecastSe[step]).toBeCloseTo(Math.sqrt((step + 1) * fit.sigma2), 9)
    })
    expect(fit.mean).toBeCloseTo((at(series, 399) - at(series, 0)) / 399, 9)
  })

  it('refuses terms that cancel each other', () => {
    const series = Float64Array.from({ length: 60 }, (_each, time) => (time % 2 === 0 ? 1 : -1) * (1 + (time % 3) * 1e-3))
    expect(arimaFit(series, { p: 2, d: 0, q: 2 }, false, 1).ok).toBe(false)
  })

  it('agrees between the three ways to fit an autoregression', () => {
    const series = armaSeries(21, 3_000, { ar: [0.5, 0.2], ma: [], mean: 3 })
    const fits = (['ols', 'yule-walker', 'ml'] as const).map((method) => ensureOk(arFit(series, 2, method, 3), 'the fit'))
    for (const fit of fits) {
      expect(fit.coef[0]).toBeCloseTo(at(fits[0]?.coef ?? new Float64Array(1), 0), 2)
      expect(fit.mean).toBeCloseTo(fits[0]?.mean ?? 0, 1)
      expect(fit.const).toBeCloseTo((fit.mean ?? 0) * (1 - at(fit.coef, 0) - at(fit.coef, 1)), 9)
      expect(fit.forecastSe[0]).toBeCloseTo(Math.sqrt(fit.sigma2), 3)
    }
  })
})
