import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../../src-main/base/index.ts'
import {
  computeIndicator, createIndicator, indicatorDefinitions, warmUp, type Bar,
} from '../../../../src-main/quant/indicators/index.ts'
import { columnsOf, ensureIndicator, errorOf, machineOf, randomBars, shortParams } from './random-bars.ts'

const still = (count: number, price: number, volume: number): readonly Bar[] =>
  Array.from(
    { length: count },
    (_, index) => ({ open: price, high: price, low: price, close: price, volume, session: Math.floor(index / 24) }),
  )

const every = indicatorDefinitions.map((definition) => [definition.name, definition] as const)
/** Their values come with turns, not with time. */
const sparse = new Set(['fractals', 'zigzag', 'pivotPoints'])

describe.each(every)('%s', (name, definition) => {
  const compute = (bars: readonly Bar[], params = shortParams(definition, 0)) => ensureOk(
    computeIndicator(definition, params, columnsOf(bars)), name,
  )

  it('has nothing for no bars', () => {
    expect(Object.values(compute([])).map((values) => values.length)).toEqual(definition.outputs.map(() => 0))
  })

  it('takes one bar', () => {
    const first = ensureOk(warmUp(definition, shortParams(definition, 0)), name)
    for (const [output, values] of Object.entries(
      compute(randomBars(1, 1)),
    )) if ((first[output] ?? 0) > 0) expect(values[0]).toBeNaN()
  })

  it('has its first value exactly when its warm-up is over', () => {
    if (sparse.has(name)) return
    const first = ensureOk(warmUp(definition), name)
    for (const [output, values] of Object.entries(compute(randomBars(3, 400), {}))) {
      expect([output, values.findIndex((value) => !Number.isNaN(value))]).toEqual([output, first[output]])
    }
  })

  it.each([
    ['a market that stands still', still(150, 10, 100)],
    ['a price that no sum of binary fractions meets', still(150, 0.1, 0.3)],
    ['no volume', randomBars(5, 150).map((bar) => ({ ...bar, volume: 0 }))],
    ['bars without range', randomBars(6, 150).map((bar) => ({ ...bar, open: bar.close, high: bar.close, low: bar.close }))],
    [
      'tiny prices',
      randomBars(7, 150).map(
        (bar) => ({ ...bar, open: bar.open * 1e-300, high: bar.high * 1e-300, low: bar.low * 1e-300, close: bar.close * 1e-300 }),
      ),
    ],
    [
      'huge prices',
      randomBars(8, 150).map(
        (bar) => ({ ...bar, open: bar.open * 1e300, high: bar.high * 1e300, low: bar.low * 1e300, close: bar.close * 1e300 }),
      ),
    ],
    ['prices of nothing', still(150, 0, 0)],
  ])('is never infinite in %s', (_what, bars) => {
    for (const values of Object.values(compute(bars))) expect(
      values.every((value) => Number.isNaN(value) || Number.isFinite(value)),
    ).toBe(true)
  })

  it('comes back after the market stood still', () => {
    if (sparse.has(name)) return
    const bars = [...still(120, 100, 0), ...randomBars(9, 150).map((bar) => ({ ...bar, session: (bar.session ?? 0) + 5 }))]
    for (const [output, values] of Object.entries(compute(bars))) expect(
      [output, Number.isFinite(values.at(-1))],
    ).toEqual([output, true])
  })

  it('refuses a bar that is no number, and changes nothing', () => {
    const machine = ensureOk(createIndicator(definition, shortParams(definition, 0)), name)
    const bars = randomBars(10, 40)
    for (const bar of bars) ensureOk(machine.update(bar), 'update')
    const before = machine.snapshot()
    for (const column of machine.columns) {
      for (const wrong of [Number.NaN, Infinity, -Infinity]) {
        expect(errorOf(machine.update({ ...randomBars(10, 1)[0] as Bar, [column]: wrong })).code).toBe('bad-input')
        expect(errorOf(machine.replace({ ...randomBars(10, 1)[0] as Bar, [column]: wrong })).code).toBe('bad-input')
      }
    }
    expect(machine.snapshot()).toEqual(before)
  })
})

describe('where a definition has no answer', () => {
  const last = (name: string, output: string, bars: readonly Bar[]): number | undefined => ensureOk(
    computeIndicator(ensureIndicator(name), {}, columnsOf(bars)), name,
  )[output]?.at(-1)

  it.each([
    ['rsi', 'rsi'], ['stochastic', 'k'], ['stochRsi', 'k'], ['williamsR', 'willr'], ['mfi', 'mfi'], ['cmo', 'cmo'], [
      'rollingCorrelation', 'corr',
    ], ['bollinger', 'percentB'],
    ['zScore', 'z'], ['vhf', 'vhf'], ['choppiness', 'chop'], ['vortex', 'plus'], ['rollingSharpe', 'sharpe'], [
      'rollingSkewness', 'skewness',
    ],
  ])('%s.%s of a market that stands still is not available', (name, output) => {
    expect(last(name, output, still(400, 10, 5))).toBeNaN()
  })

  it.each([
    ['cci', 'cci', 0], ['adx', 'adx', 0], ['adx', 'dx', 0], [
      'bollinger', 'bandwidth', 0,
    ], ['rollingStd', 'std', 0], ['atr', 'atr', 0], ['sma', 'sma', 10], ['ema', 'ema', 10],
    ['kama', 'kama', 10], ['macd', 'hist', 0], ['supertrend', 'supertrend', 10], ['entropy', 'entropy', 0],
  ])('%s.%s of a market that stands still is %d', (name, output, expected) => {
    expect(last(name, output, still(400, 10, 5))).toBe(expected)
  })

  it('a steady rise has the greatest strength, a steady fall the least', () => {
    const steady = (sign: number) => still(60, 100, 1).map(
      (bar, index) => ({ ...bar, close: 100 + sign * index, high: 100 + sign * index, low: 100 + sign * index }),
    )
    expect([last('rsi', 'rsi', steady(1)), last('rsi', 'rsi', steady(-1))]).toEqual([100, 0])
  })

  it('a volume-weighted price without volume is not available', () => {
    const bars = randomBars(1, 60).map((bar) => ({ ...bar, volume: 0 }))
    expect(
      ['vwma.vwma', 'vwapRolling.vwap', 'vwapSession.vwap', 'cmf.cmf'].map(
        (path) => last(path.split('.')[0] ?? '', path.split('.')[1] ?? '', bars),
      ),
    ).toEqual([NaN, NaN, NaN, NaN])
  })
})

describe('the streaming face', () => {
  it('says when every output exists', () => {
    const machine = machineOf('macd')
    const ready = randomBars(2, 40).map((bar) => {
      ensureOk(machine.update(bar), 'update')
      return machine.isReady
    })
    expect(ready.indexOf(true)).toBe(33)
    expect(machine.value(2)).not.toBeNaN()
    expect(machine.bars).toBe(40)
  })

  it('has nothing to replace before the first bar', () => {
    expect(errorOf(machineOf('sma').replace(randomBars(1, 1)[0] as Bar)).code).toBe('too-short')
  })

  it('names the column that was refused', () => {
    expect(
      errorOf(machineOf('atr').update({ open: 1, high: 1, low: Number.NaN, close: 1, volume: 1 })).message,
    ).toBe('The bar’s low is expected to be a finite number, but it was NaN.')
    expect(
      errorOf(machineOf('vwapSession').update({ open: 1, high: 1, low: 1, close: 1, volume: 1 })).message,
    ).toContain('session')
  })

  it('takes a bar whose other columns mean nothing', () => {
    expect(machineOf('sma').update({ open: NaN, high: NaN, low: NaN, close: 1, volume: NaN }).ok).toBe(true)
  })

  it('restores no snapshot of another indicator, other parameters, or a torn one', () => {
    const machine = machineOf('sma', { period: 3 })
    for (const bar of randomBars(4, 5)) ensureOk(machine.update(bar), 'update')
    const snapshot = machine.snapshot()
    const before = machine.value()
    for (const wrong of [
      machineOf('sma', { period: 4 }).snapshot(), machineOf('ema', { period: 3 }).snapshot(), { ...snapshot, bars: -1 }, {
        ...snapshot, cells: snapshot.cells.slice(16),
      },
      { ...snapshot, cells: `zz${snapshot.cells.slice(2)}` },
    ]) expect(errorOf(machine.restore(wrong)).code).toBe('bad-input')
    expect(machine.value()).toBe(before)
  })
})
