import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../../src-main/base/index.ts'
import { computeIndicator, createFeatureVector, type Columns } from '../../../../src-main/quant/indicators/index.ts'
import { columnsOf, ensureIndicator, errorOf, machineOf, randomBars } from './random-bars.ts'

describe('a feature vector', () => {
  it('computes once what several features share', () => {
    const features = [
      { name: 'middle', indicator: 'bollinger', output: 'middle' }, { name: 'average', indicator: 'sma', params: { period: 20 } },
      {
        name: 'range', indicator: 'atr', params: { period: 20 },
      }, { name: 'channel', indicator: 'keltner', output: 'upper' }, { name: 'exit', indicator: 'keltnerWidth' },
    ]
    const vector = ensureOk(createFeatureVector(features), 'vector')
    const alone = features.reduce(
      (total, { indicator, output, name }) => total + ensureOk(
        createFeatureVector([{ name, indicator, ...(output === undefined ? {} : { output }) }]), name,
      ).nodeCount,
      0,
    )
    expect(vector.nodeCount).toBeLessThan(alone)
    for (const bar of randomBars(1, 60)) ensureOk(vector.update(bar), 'update')
    expect(vector.value(0)).toBe(vector.value(1))
  })

  it('steps nothing that none of its features is made of', () => {
    expect(ensureOk(createFeatureVector([{ name: 'middle', indicator: 'bollinger', output: 'middle' }]), 'vector').nodeCount)
      .toBe(ensureOk(createFeatureVector([{ name: 'average', indicator: 'sma' }]), 'vector').nodeCount)
  })

  it('is ready when its slowest feature is', () => {
    const vector = ensureOk(
      createFeatureVector(
        [{ name: 'fast', indicator: 'sma', params: { period: 2 } }, { name: 'slow', indicator: 'sma', params: { period: 5 } }],
      ),
      'vector',
    )
    const ready = randomBars(1, 6).map((bar) => vector.update(bar).ok && vector.isReady)
    expect(ready).toEqual([false, false, false, false, true, true])
    expect(vector.outputs.map(({ name }) => name)).toEqual(['fast', 'slow'])
  })

  it.each([
    ['an indicator that is not there', [{ name: 'a', indicator: 'moon' }], 'There is no indicator moon.'],
    [
      'an output that is not there', [{ name: 'a', indicator: 'macd', output: 'line' }],
      'macd has no output line: it has macd, signal, hist.',
    ],
    ['a name twice', [{ name: 'a', indicator: 'sma' }, { name: 'a', indicator: 'ema' }], 'The feature a is named twice.'],
    [
      'wrong parameters', [{ name: 'a', indicator: 'sma', params: { period: 0 } }],
      'period is expected to be a whole number from 1 to 10000, but it was 0.',
    ],
  ])('refuses %s', (_what, features, message) => {
    expect(errorOf(createFeatureVector(features))).toEqual({ code: 'bad-parameter', message })
  })
})

describe('the batch form', () => {
  const compute = (columns: Columns) => computeIndicator(ensureIndicator('atr'), {}, columns)
  const whole = columnsOf(randomBars(1, 30))

  it.each([
    ['a column is missing', { high: whole.high, low: whole.low }, 'The column close is missing.'],
    [
      'a column is shorter', { ...whole, low: new Float64Array(3) },
      'The columns are expected to be of one length, but low has 3 bars and another 30.',
    ],
    [
      'a value is not finite', { ...whole, close: whole.close?.with(7, Number.NaN) },
      'close is expected to have finite numbers only, but at bar 7 it has NaN.',
    ],
  ])('is refused when %s', (_what, columns, message) => {
    expect(errorOf(compute(columns as Columns))).toEqual({ code: 'bad-input', message })
  })

  it('leaves the machine where streaming goes on, and the last bar can still be replaced', () => {
    const bars = randomBars(5, 50)
    const machine = machineOf('atr')
    machine.run(columnsOf(bars.slice(0, 40)), 40, [new Float64Array(40)])
    ensureOk(machine.replace({ ...(bars[0] ?? bars[1] ?? never()) }), 'replace')
    ensureOk(machine.replace(bars[39] ?? never()), 'replace')
    const streamed = machineOf('atr')
    for (const bar of bars.slice(0, 40)) ensureOk(streamed.update(bar), 'update')
    for (const bar of bars.slice(40)) {
      ensureOk(machine.update(bar), 'update')
      ensureOk(streamed.update(bar), 'update')
      expect(machine.value()).toBe(streamed.value())
    }
  })
})

const never = (): never => {
  throw new Error('there are bars')
}
