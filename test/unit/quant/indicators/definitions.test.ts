import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../../src-main/base/index.ts'
import {
  createIndicator, displacements, indicatorDefinitions, indicatorEntries, warmUp,
} from '../../../../src-main/quant/indicators/index.ts'
import { ensureIndicator, errorOf } from './random-bars.ts'

describe('the definitions', () => {
  it('are at least 105, each with a name of its own', () => {
    expect(indicatorDefinitions.length).toBeGreaterThanOrEqual(105)
    expect(new Set(indicatorDefinitions.map(({ name }) => name)).size).toBe(indicatorDefinitions.length)
    expect(new Set(indicatorDefinitions.map(({ title }) => title)).size).toBe(indicatorDefinitions.length)
  })

  it.each(
    indicatorDefinitions.map((definition) => [definition.name, definition] as const),
  )('%s says all that charts and strategies ask', (name, definition) => {
    expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/)
    for (const text of [definition.title, definition.formula, definition.convention, definition.source]) expect(
      text.trim().length,
    ).toBeGreaterThan(2)
    expect(new Set(definition.outputs.map((output) => output.name)).size).toBe(definition.outputs.length)
    expect(definition.outputs.every(({ meaning }) => meaning.length > 2)).toBe(true)
    for (const parameter of definition.parameters) {
      expect(parameter.meaning.length).toBeGreaterThan(2)
      expect(parameter.preset).toBeDefined()
      if (parameter.kind === 'text') expect(parameter.choices).toContain(parameter.preset)
      if (typeof parameter.preset === 'number') expect(parameter.preset).toBeGreaterThanOrEqual(parameter.least ?? Infinity)
    }
  })

  it.each(
    indicatorDefinitions.map((definition) => [definition.name, definition] as const),
  )('%s reads the columns that it names, and only those', (_name, definition) => {
    const machine = ensureOk(createIndicator(definition), 'streaming')
    expect(machine.columns.every((column) => definition.inputs.includes(column))).toBe(true)
    const withPrice = definition.parameters.some(({ name }) => name === 'price')
    if (!withPrice) expect(
      machine.columns.length === definition.inputs.length || definition.name === 'ichimoku' || definition.name === 'pivotPoints',
    ).toBe(true)
  })

  it('say how long each output warms up', () => {
    expect(ensureOk(warmUp(ensureIndicator('macd')), 'macd')).toEqual({ macd: 25, signal: 33, hist: 33 })
    expect(ensureOk(warmUp(ensureIndicator('macd'), { alignSeed: true }), 'macd')).toEqual({ macd: 33, signal: 33, hist: 33 })
    expect(
      ensureOk(warmUp(ensureIndicator('adx'), { period: 10 }), 'adx'),
    ).toEqual({ plusDI: 10, minusDI: 10, adx: 19, adxr: 28, dx: 10 })
    expect(errorOf(warmUp(ensureIndicator('sma'), { period: 0 })).code).toBe('bad-parameter')
  })

  it('say where a chart draws what is not of its own bar', () => {
    expect(
      ensureOk(displacements(ensureIndicator('ichimoku'), { displacement: 10 }), 'ichimoku'),
    ).toMatchObject({ tenkan: 0, senkouA: 0, chikou: -10, leadA: 10 })
    expect(ensureOk(displacements(ensureIndicator('fractals')), 'fractals')).toEqual({ up: -2, down: -2 })
    expect(errorOf(displacements(ensureIndicator('fractals'), { wings: 2 })).code).toBe('bad-parameter')
  })
})

describe('parameters', () => {
  const refusal = (
    name: string, params: Parameters<typeof createIndicator>[1],
  ): string => errorOf(createIndicator(ensureIndicator(name), params)).message

  it.each([
    ['sma', { period: 0 }, 'period is expected to be a whole number from 1 to 10000, but it was 0.'],
    ['sma', { period: 2.5 }, 'period is expected to be a whole number from 1 to 10000, but it was 2.5.'],
    ['sma', { period: '20' }, 'period is expected to be a whole number from 1 to 10000, but it was "20".'],
    ['sma', { length: 3 }, 'There is no parameter length: known are period.'],
    ['trueRange', { period: 3 }, 'There is no parameter period: none is taken.'],
    ['ema', { seed: 'last' }, 'seed is expected to be one of sma, first, but it was "last".'],
    ['macd', { alignSeed: 1 }, 'alignSeed is expected to be true or false, but it was 1.'],
    ['macd', { fast: 26, slow: 12 }, 'fast is expected to be less than slow.'],
    ['ultimateOscillator', { periods: [7, 14] }, 'periods is expected to be three whole numbers.'],
    ['ultimateOscillator', { periods: 7 }, 'periods is expected to be a list of numbers from 1 to 10000, but it was 7.'],
    ['knowSureThing', { rates: [1, 2, 3] }, 'rates and means are expected to be four whole numbers each.'],
    ['frama', { period: 15 }, 'period is expected to be even.'],
    ['bollinger', { period: 1, ddof: 1 }, 'period is expected to be greater than ddof.'],
    ['rollingStd', { period: 1, ddof: 1 }, 'period is expected to be greater than ddof.'],
    ['rollingVariance', { period: 1, ddof: 1 }, 'period is expected to be greater than ddof.'],
    ['autocorrelation', { period: 5, lag: 5 }, 'lag is expected to be less than period.'],
    ['mama', { fast: 0.1, slow: 0.2 }, 'slow is expected to be at most fast.'],
    ['bollinger', { k: Number.NaN }, 'k is expected to be a number from 0 to 100, but it was NaN.'],
  ])('of %s that are wrong are refused in one sentence: %j', (name, params, message) => {
    expect(refusal(name, params)).toBe(message)
  })

  it('that are left out are the presets', () => {
    expect(ensureOk(warmUp(ensureIndicator('sma')), 'sma')).toEqual({ sma: 19 })
    expect(
      ensureOk(warmUp(ensureIndicator('keltner'), { atrPeriod: null, period: 5 }), 'keltner'),
    ).toEqual({ upper: 5, middle: 4, lower: 5 })
  })

  it('all matter: each changes what the indicator computes, or when it begins', () => {
    for (const { name, parameters } of indicatorDefinitions) {
      for (const parameter of parameters) {
        const other = parameter.kind === 'integer' && typeof parameter.preset === 'number' ? parameter.preset + (
          name === 'frama' ? 2 : 1
        ) : undefined
        if (other === undefined || other > (parameter.most ?? Infinity)) continue
        const [preset, changed] = [{}, { [parameter.name]: other }].map(
          (params) => ensureOk(createIndicator(ensureIndicator(name), params), `${name} ${JSON.stringify(params)}`).snapshot(),
        )
        expect([name, parameter.name, changed?.fingerprint]).not.toEqual([name, parameter.name, preset?.fingerprint])
      }
    }
  })
})

describe('the entries', () => {
  const evaluate = (
    name: string, params: Parameters<typeof createIndicator>[1] = {}, inputs: readonly (readonly unknown[])[] = [],
  ) => {
    const entry = indicatorEntries.find((candidate) => candidate.name === name)
    if (entry === undefined) throw new Error(`no entry ${name}`)
    return entry.evaluate({ params: params ?? {}, inputs: inputs as never })
  }

  it('are one for each indicator, and one for the edges', () => {
    expect(indicatorEntries.map(({ name }) => name)).toEqual([...indicatorDefinitions.map(({ name }) => name), 'edgeBehaviour'])
  })

  it('give null where nothing is available', () => {
    expect(ensureOk(evaluate('sma', { period: 3 }, [[1, 2, 3, 4]]), 'sma')).toEqual({ sma: [null, null, 2, 3] })
    expect(ensureOk(evaluate('sma', { period: 3 }, [[1, 2]]), 'sma')).toEqual({ sma: [null, null] })
    expect(ensureOk(evaluate('sma', { period: 3 }, [[]]), 'sma')).toEqual({ sma: [] })
    expect(ensureOk(evaluate('zScore', { period: 2 }, [[5, 5, 6]]), 'z')).toEqual({ z: [null, null, 1] })
  })

  it('draw what is displaced where it belongs', () => {
    const series = [[3, 4, 5, 6], [1, 2, 3, 4], [2, 3, 4, 5]]
    const drawn = ensureOk(evaluate('ichimoku', { tenkan: 1, kijun: 1, senkou: 1, displacement: 1 }, series), 'ichimoku')
    expect(drawn).toEqual({
      tenkan: [2, 3, 4, 5], kijun: [2, 3, 4, 5], senkouA: [
        null, 2, 3, 4,
      ], senkouB: [null, 2, 3, 4], chikou: [3, 4, 5, null], leadA: [null, 2, 3, 4], leadB: [null, 2, 3, 4],
    })
  })

  it.each([
    ['a series too few', 'vwma', {}, [[1, 2]], 'The inputs are expected to be close, volume, but 1 were given.'],
    ['a price that needs other series', 'vwapRolling', { price: 'hlc3' }, [[1, 2], [1, 2]], 'The column high is missing.'],
    [
      'series of two lengths', 'vwma', {}, [[1, 2], [1]], 'The series are expected to be of the same length, but close '
        + 'has 2, volume has 1.',
    ],
    ['a hole in a series', 'sma', {}, [[1, null, 3]], 'close is expected to have finite numbers only, but the one at 1 is not.'],
    ['something infinite', 'sma', {}, [[1, Infinity]], 'close is expected to have finite numbers only, but the one at 1 is not.'],
    ['text', 'sma', {}, ['12'], 'close is expected to be a series of numbers.'],
  ])('refuse %s', (_what, name, params, inputs, message) => {
    expect(errorOf(evaluate(name, params, inputs as never))).toEqual({ code: 'bad-input', message })
  })

  it('take the series that the chosen price needs', () => {
    const [high, low, close, volume] = [[3, 6], [1, 2], [2, 4], [10, 30]]
    expect(
      ensureOk(evaluate('vwapRolling', { price: 'hlc3', period: 2 }, [high, low, close, volume]), 'vwap'),
    ).toEqual({ vwap: [null, 3.5] })
    expect(
      ensureOk(evaluate('vwapRolling', { price: 'close', period: 2 }, [close, volume]), 'vwap'),
    ).toEqual({ vwap: [null, 3.5] })
  })

  it('refuse wrong parameters', () => {
    expect(errorOf(evaluate('sma', { period: -1 }, [[1, 2, 3]])).code).toBe('bad-parameter')
    expect(errorOf(evaluate('edgeBehaviour', { period: 0 })).code).toBe('bad-parameter')
  })
})
