import { describe, expect, it } from 'vitest'
import { ensureDefined, ensureOk } from '../../../../src-main/base/index.ts'
import type { QuantEntry, QuantParameter, QuantValue } from '../../../../src-main/quant/catalogue-entry.ts'
import { statisticsEntries } from '../../../../src-main/quant/statistics/index.ts'
import { correlatedRows, garchSeries, normalSeries } from './simulated-series.ts'

const entryOf = (name: string): QuantEntry => ensureDefined(statisticsEntries.find((entry) => entry.name === name), name)
const evaluate = (name: string, inputs: readonly QuantValue[], params: Readonly<Record<string, QuantValue>> = {}) =>
  entryOf(name).evaluate({ params, inputs })

/** What a function cannot do without. */
const needed: Readonly<Record<string, Readonly<Record<string, QuantValue>>>> = {
  quantile: { ps: [0.5] },
  arimaFit: { order: [1, 0, 0] },
  arFit: { order: 1 },
  garchFilter: { omega: 0.1, alpha: 0.1, beta: 0.8 },
  gjrFilter: { omega: 0.1, alpha: 0.1, beta: 0.7, gamma: 0.1 },
  dccFilter: { univariate: { omega: 0.1, alpha: 0.1, beta: 0.8 }, a: 0.05, b: 0.9 },
}

const inputsOf = ({ inputs }: QuantEntry, values: readonly number[]): readonly QuantValue[] =>
  inputs.map(
    ({ shape }, index) => (
      shape === 'series' ? values.map((value) => value * (index + 1)) : values.map((value) => [value, value])
    ),
  )

const all = statisticsEntries.map((entry) => [entry.name, entry] as const)
const constant = (length: number, value: number): number[] => Array.from({ length }, () => value)
const noise = [...normalSeries(1, 200)]
const rowsOfNoise = correlatedRows(1, 200, 2)

/** A value that the description of the parameter does not allow. */
function outsideOf({ kind, choices, least }: QuantParameter): QuantValue {
  if (kind === 'text') return choices === undefined ? 7 : 'nonsense'
  if (kind === 'boolean') return 'yes'
  return least === undefined ? 'nonsense' : least - 1
}

/** Every number that an answer holds. */
function numbersIn(value: QuantValue): readonly number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(numbersIn)
}

describe('every statistic', () => {
  it.each(all)('%s refuses an empty input', (name, entry) => {
    expect(entry.evaluate({ params: needed[name] ?? {}, inputs: inputsOf(entry, []) })).toMatchObject({ ok: false })
  })

  it.each(all)('%s refuses null, text and nested nonsense in its input', (name, entry) => {
    for (const wrong of [null, 'text', [null], ['1'], [[1, 2], [3]], [{ a: 1 }], 5]) {
      const inputs = entry.inputs.map(() => wrong as QuantValue)
      expect(entry.evaluate({ params: needed[name] ?? {}, inputs })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
  })

  it.each(all)('%s refuses a number that is not finite', (name, entry) => {
    for (const wrong of [Number.NaN, Infinity, -Infinity]) {
      const values = [...noise]
      values[50] = wrong
      expect(
        entry.evaluate({ params: needed[name] ?? {}, inputs: inputsOf(entry, values) }),
      ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
  })

  it.each(all)('%s says nothing wrong of one value, of two and of a constant series', (name, entry) => {
    for (const values of [[1.5], [1.5, 1.5], constant(120, 0.1), constant(120, 0)]) {
      const answer = entry.evaluate({ params: needed[name] ?? {}, inputs: inputsOf(entry, values) })
      if (!answer.ok) expect(answer.error.message).toMatch(/^[A-Z].*\.$/)
      else expect(numbersIn(answer.value).every(Number.isFinite)).toBe(true)
    }
  })

  it.each(all)('%s gives finite numbers or an error for values of extreme sizes', (name, entry) => {
    for (const size of [1e-160, 1e-12, 1e12, 1e160, 1e300]) {
      const answer = entry.evaluate({ params: needed[name] ?? {}, inputs: inputsOf(entry, noise.map((value) => value * size)) })
      if (answer.ok) expect(numbersIn(answer.value).every(Number.isFinite)).toBe(true)
      else expect(answer.error.message.length).toBeGreaterThan(10)
    }
  })

  it.each(all)('%s refuses a parameter that it does not know, and too many inputs', (name, entry) => {
    const inputs = inputsOf(entry, noise)
    expect(
      entry.evaluate({ params: { ...needed[name], speed: 1 }, inputs }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      entry.evaluate({ params: needed[name] ?? {}, inputs: [...inputs, [1, 2]] }),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  it.each(all)('%s describes itself, and refuses a parameter outside of its description', (name, entry) => {
    expect(entry.category).toBe('statistics')
    for (const text of [entry.title, entry.formula, entry.convention, entry.source]) expect(text.length).toBeGreaterThan(5)
    for (const parameter of entry.parameters) {
      const params = { ...needed[name], [parameter.name]: outsideOf(parameter) }
      expect(entry.evaluate({ params, inputs: inputsOf(entry, noise) })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    }
  })

  it.each(all)('%s outputs no more and no less than it describes', (name, entry) => {
    const other = noise.map((value, time) => value ** 2 + (noise[(time + 7) % 200] ?? 0))
    const inputs = entry.inputs.map(({ shape }, index) => {
      if (index === 0) return shape === 'matrix' ? rowsOfNoise : noise
      return shape === 'matrix' ? other.map((value) => [value]) : other
    })
    const answer = entry.evaluate({ params: needed[name] ?? {}, inputs })
    if (name === 'studentTFit' && !answer.ok) return expect(answer.error.code).toBe('degenerate')
    const outputs = ensureOk(answer, name)
    expect(Object.keys(outputs).toSorted()).toEqual(entry.outputs.map((output) => output.name).toSorted())
    return undefined
  })
})

describe('what is not available', () => {
  it('are the shape of a constant sample and the spread of a single value', () => {
    expect(evaluate('moments', [[3, 3, 3]])).toMatchObject(
      { ok: true, value: { mean: 3, var1: 0, skew: null, exKurtosis: null, skewAdj: null, mad: 0 } },
    )
    expect(evaluate('moments', [[3]])).toMatchObject({ ok: true, value: { mean: 3, var1: null, std1: null, var0: 0 } })
    expect(evaluate('moments', [[1, 2]])).toMatchObject({ ok: true, value: { skewAdj: null, exKurtosisAdj: null } })
  })

  it('is the half-life of a spread that runs away or overshoots', () => {
    const away = Array.from({ length: 50 }, (_each, time) => 1.1 ** time + (noise[time] ?? 0) * 0.01)
    expect(evaluate('ouHalfLife', [away])).toMatchObject({ ok: true, value: { halfLife: null, halfLifeExact: null } })
    const overshoots = Array.from({ length: 50 }, (_each, time) => (-0.5) ** (time % 8) + (noise[time] ?? 0) * 0.01)
    expect(evaluate('ouHalfLife', [overshoots])).toMatchObject({ ok: true, value: { halfLifeExact: null } })
  })

  it('are the tests of constant series', () => {
    const flat = constant(60, 2)
    for (const name of ['jarqueBera', 'adf', 'kpss', 'acf', 'pacf', 'ljungBox', 'studentTFit', 'garchFit', 'gjrFit', 'ouHalfLife']) {
      expect(evaluate(name, [flat])).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    }
    for (const name of ['welchT', 'mannWhitney']) expect(evaluate(name, [flat, flat])).toMatchObject(
      { ok: false, error: { code: 'degenerate' } },
    )
    for (const name of ['ledoitWolf', 'oas', 'pcaEigenvalues']) {
      expect(evaluate(name, [flat.map((value) => [value, value])])).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    }
    expect(
      evaluate('pcaEigenvalues', [flat.map((value) => [value, value])], { matrix: 'covariance' }),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(evaluate('arFit', [flat], { order: 1 })).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(
      evaluate('arimaFit', [noise.map((_value, time) => time)], { order: [1, 1, 0] }),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })
})

describe('a fit that cannot be', () => {
  it('of Student’s law is refused for tails that are no heavier than normal', () => {
    const even = Array.from({ length: 300 }, (_each, index) => index)
    expect(evaluate('studentTFit', [even])).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('of Student’s law is refused where most values are the same', () => {
    const answer = evaluate('studentTFit', [Array.from({ length: 100 }, (_each, index) => (index < 80 ? 1 : index))])
    expect(answer.ok).toBe(false)
  })

  it('of correlations names the column that is at fault', () => {
    const rows = rowsOfNoise.map(([first = 0]) => [first, 4])
    expect(evaluate('dccFit', [rows])).toMatchObject(
      { ok: false, error: { code: 'degenerate', message: expect.stringContaining('Column 2') } },
    )
    expect(
      evaluate('dccFit', [rowsOfNoise.map(([first = 0]) => [first])]),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(evaluate('dccFit', [rowsOfNoise.map(([first = 0]) => [first, first * 2])])).toMatchObject({ ok: false })
  })

  it('of a short series is refused', () => {
    expect(evaluate('garchFit', [noise.slice(0, 30)])).toMatchObject({ ok: false, error: { code: 'too-short' } })
    expect(evaluate('arFit', [[1, 2, 3]], { order: 2 })).toMatchObject({ ok: false, error: { code: 'too-short' } })
    expect(evaluate('adf', [[1, 2, 4, 3, 5, 7]], { lags: 3 })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('adf', [[1, 2, 4, 3, 5, 7]], { regression: 'n', lags: 2 }),
    ).toMatchObject({ ok: false, error: { code: 'too-short' } })
    expect(
      evaluate('arFit', [Array.from({ length: 40 }, (_each, time) => 0.5 ** time)], { order: 1, method: 'ols' }).ok,
    ).toBe(true)
  })
})

describe('parameters', () => {
  const series = [...garchSeries(1, 300, { omega: 0.1, alpha: 0.1, beta: 0.8 })]

  it('of a filter have to keep the variance positive', () => {
    expect(
      evaluate('garchFilter', [series], { omega: 0, alpha: 0.1, beta: 0.8 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: -0.1, beta: 0.8 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('gjrFilter', [series], { omega: 0.1, alpha: 0.1, beta: 0.8, gamma: -0.2 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('gjrFilter', [series], { omega: 0.1, alpha: 0.1, beta: 0.8, gamma: [0.1, 0.1] }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: 'x', beta: 0.8 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: 0.1, beta: 'x' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('gjrFilter', [series], { omega: 0.1, alpha: 0.1, beta: 0.8, gamma: 'x' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: 0.1, beta: 0.8, dist: 't' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: 0.1, beta: 0.8, dist: 't', nu: 2 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: 1e200, beta: 1e200 }),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(
      evaluate('garchFilter', [constant(30, 0)], { omega: 0.1, alpha: 0.1, beta: 0.8 }),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('of a filter may be lists by lag, and show as many rows as wanted', () => {
    const whole = ensureOk(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: [0.1, 0.05], beta: [0.5, 0.2], head: 1000 }), 'the filter',
    )
    expect(whole['sigma']).toHaveLength(300)
    const edge = ensureOk(
      evaluate('garchFilter', [series], { omega: 0.1, alpha: [0.1, 0.05], beta: [0.5, 0.2], head: 2, tail: 1 }), 'the filter',
    )
    const sigma = whole['sigma'] as readonly number[]
    expect(edge['sigma']).toEqual([sigma[0], sigma[1], sigma[299]])
    // By hand, two steps after those that the mean square stands for.
    const h = sigma.map((value) => value ** 2)
    const [x1 = 0, x0 = 0] = [series[1], series[0]]
    expect(h[2]).toBeCloseTo(0.1 + 0.1 * x1 ** 2 + 0.05 * x0 ** 2 + 0.5 * (h[1] ?? 0) + 0.2 * (h[0] ?? 0), 12)
  })

  it('of moving correlations take one model, a list or a record by column', () => {
    const model = { omega: 0.1, alpha: 0.1, beta: 0.8 }
    const one = evaluate('dccFilter', [rowsOfNoise], { univariate: model, a: 0.05, b: 0.9 })
    expect(one.ok).toBe(true)
    expect(evaluate('dccFilter', [rowsOfNoise], { univariate: [model, model], a: 0.05, b: 0.9 })).toEqual(one)
    expect(evaluate('dccFilter', [rowsOfNoise], { univariate: { a: model, b: model }, a: 0.05, b: 0.9 })).toEqual(one)
    for (const univariate of ['x', { a: model }, [model], { omega: 'x', alpha: 0.1 }]) {
      expect(
        evaluate('dccFilter', [rowsOfNoise], { univariate, a: 0.05, b: 0.9 }),
      ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    }
    expect(
      evaluate('dccFilter', [rowsOfNoise], { univariate: model, a: 0.5, b: 0.6 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('dccFilter', [rowsOfNoise.map(([first = 0]) => [first, first])], { univariate: model, a: 0.05, b: 0.9 }),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('of the tests of unit roots are all honoured', () => {
    const walk = noise.map((_value, time) => noise.slice(0, time + 1).reduce((sum, value) => sum + value, 0))
    const stats = ['n', 'c', 'ct', 'ctt'].map(
      (regression) => ensureOk(evaluate('adf', [walk], { regression, lags: 2 }), 'the test')['stat'],
    )
    expect(new Set(stats).size).toBe(4)
    const byT = ensureOk(evaluate('adf', [walk], { autolag: 't-stat', maxlag: 6 }), 'the test')
    expect(byT['usedLag']).toBeLessThanOrEqual(6)
    expect(ensureOk(evaluate('adf', [walk]), 'the test')['usedLag']).toBeLessThanOrEqual(15)
    expect(evaluate('adf', [walk], { lags: 150 })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('adf', [Array.from({ length: 40 }, (_each, time) => time)]),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    const kernels = [0, 5, 'legacy', 'auto'].map((lags) => ensureOk(evaluate('kpss', [walk], { lags }), 'the test')['lags'])
    expect(kernels.slice(0, 3)).toEqual([0, 5, 15])
    expect(evaluate('kpss', [walk], { lags: 'many' })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(evaluate('kpss', [walk], { lags: 500 })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(evaluate('kpss', [noise], { lags: 2 })).toMatchObject({ ok: true })
    expect(
      evaluate('kpss', [noise.map((_value, time) => time)], { regression: 'ct' }),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('of cointegration allow trends and several series', () => {
    const y = noise.map((value, time) => 2 * value + time + (noise[(time * 7) % 200] ?? 0))
    const xs = noise.map((value, time) => [value, noise[(time * 3) % 200] ?? 0])
    const found = ensureOk(evaluate('engleGranger', [y, xs], { trend: 'ct', lags: 1 }), 'the test')
    expect(found['beta']).toHaveLength(2)
    expect(found['crit']).not.toEqual({})
    expect(ensureOk(evaluate('engleGranger', [y, xs], { trend: 'n' }), 'the test')).toMatchObject({ const: null, crit: {} })
    expect(
      evaluate('engleGranger', [y, noise.map((value) => [1, 2, 3, 4, 5, 6].map((power) => value ** power))]),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(evaluate('engleGranger', [y, noise.slice(1)])).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(
      evaluate('engleGranger', [noise.map((value) => 3 * value + 1), noise]),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('of the Kolmogorov–Smirnov test take every law', () => {
    const positive = noise.map(Math.abs)
    const tried = [
      { dist: 'uniform', min: -3, max: 3 }, { dist: 'exponential', rate: 1.2 }, { dist: 'lognormal', mean: -0.6, sd: 1 },
      { dist: 'logistic', mean: 0, sd: 1 }, { dist: 't', df: 5, loc: 0.1, scale: 2 },
    ]
    const stats = tried.map((params) => ensureOk(evaluate('ksOneSample', [positive], params), 'the test')['stat'] as number)
    expect(stats.every((stat) => stat > 0 && stat < 1)).toBe(true)
    const wrongs = [
      { dist: 'uniform', min: 1, max: 1 }, { dist: 'exponential', rate: 0 }, { dist: 'normal', sd: 0 }, { dist: 't', df: 0 }, { dist: 't' },
    ]
    for (const wrong of wrongs) {
      expect(evaluate('ksOneSample', [positive], wrong)).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    }
    expect(
      evaluate('ksOneSample', [[-1, -2]], { dist: 'exponential' }),
    ).toMatchObject({ ok: true, value: { stat: 1, pExact: 0 } })
    expect(evaluate('ksOneSample', [[-1]], { dist: 'lognormal' })).toMatchObject({ ok: true, value: { stat: 1 } })
  })

  it('of the rest are checked', () => {
    expect(evaluate('ljungBox', [noise], { lags: 2, fitted: 2 })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(evaluate('acf', [noise], { lags: 200 })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(evaluate('quantile', [noise], {})).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(evaluate('arimaFit', [noise], { order: [1, 0] })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(evaluate('arimaFit', [noise], { order: [1, 0.5, 0] })).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('ewmaCovariance', [rowsOfNoise], { init: 'second moment of first 0 rows' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('ewmaCovariance', [rowsOfNoise], { init: 'second moment of first 500 rows' }),
    ).toMatchObject({ ok: false, error: { code: 'too-short' } })
    expect(
      evaluate('ewmaCovariance', [rowsOfNoise], { init: 'zero' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('ewmaCovariance', [rowsOfNoise], { mean: 'median' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('ewmaCovariance', [rowsOfNoise], { lambda_: 1 }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      evaluate('ledoitWolf', [noise.map((value) => [value])], { target: 'constant_correlation' }),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(evaluate('oas', [noise.map((value) => [value])])).toMatchObject({ ok: true, value: { shrinkage: 0 } })
    const mirrored = noise.map((value) => [value, -value])
    expect(evaluate('ledoitWolf', [mirrored], { target: 'single_factor' }).ok).toBe(true)
    expect(evaluate('pcaEigenvalues', [rowsOfNoise], { matrix: 'covariance' }).ok).toBe(true)
    expect(evaluate('acf', [noise], { lags: 3, adjusted: true }).ok).toBe(true)
    expect(evaluate('pacf', [noise], { lags: 3, method: 'ld' }).ok).toBe(true)
    expect(evaluate('ljungBox', [noise], { lags: 3, transform: '|x|' }).ok).toBe(true)
  })
})
